// Building X.509 certificates and revocation lists (RFC 5280), signed by node:crypto. For the development CA.
import { createPublicKey, hash, type KeyObject, randomBytes } from 'node:crypto';
import { ALGORITHMS, algorithmOf } from './algorithms.ts';
import {
  bitString,
  boolean,
  der,
  explicit,
  integer,
  octetString,
  oid,
  sequence,
  setOf,
  time,
  utf8String,
} from './der-write.ts';
import { children, readDer } from './verify/der.ts';
import { OID } from './verify/oids.ts';

/** Attributes of a distinguished name in their order: object identifier and text. */
export type NameParts = readonly (readonly [oid: string, text: string])[];

/** What a certificate is for: `ca` with the number of authorities allowed below it, or `seal`. */
export type CertificateUse = { kind: 'ca'; pathLength: number } | { kind: 'seal' };

/** DER of a distinguished name. The country is a PrintableString as RFC 5280 wants it. */
export function writeName(parts: NameParts): Buffer {
  return sequence(
    ...parts.map(([type, text]) =>
      setOf(sequence(oid(type), type === OID.country ? der(0x13, Buffer.from(text)) : utf8String(text))),
    ),
  );
}

/** SubjectPublicKeyInfo of a private key, DER. */
export function spkiOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

function keyIdentifier(spki: Uint8Array): Buffer {
  const bits = children(readDer(spki))[1]?.content.subarray(1) ?? new Uint8Array();
  return hash('sha256', bits, 'buffer').subarray(0, 20);
}

function extension(type: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value));
}

async function signed(body: Buffer, key: KeyObject): Promise<Buffer> {
  const name = algorithmOf(key);
  if (!name) throw new RangeError('no seal algorithm has such a key');
  const algorithm = ALGORITHMS[name];
  return sequence(body, algorithm.signatureIdentifier, bitString(await algorithm.sign(key, body)));
}

function signatureIdentifier(key: KeyObject): Buffer {
  return ALGORITHMS[algorithmOf(key) ?? 'rsa-3072-sha256'].signatureIdentifier;
}

/** A signed version 3 certificate, DER, with a random 127-bit serial number. */
export function writeCertificate(certificate: {
  subject: Uint8Array;
  spki: Uint8Array;
  issuer: { subject: Uint8Array; key: KeyObject };
  notBefore: Date;
  notAfter: Date;
  use: CertificateUse;
}): Promise<Buffer> {
  const { subject, spki, issuer, notBefore, notAfter, use } = certificate;
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const constraints = use.kind === 'ca' ? sequence(boolean(true), integer(use.pathLength)) : sequence();
  // Bits: keyCertSign(5) + cRLSign(6), or digitalSignature(0) + nonRepudiation(1).
  const usage = use.kind === 'ca' ? bitString(Uint8Array.of(0x06), 1) : bitString(Uint8Array.of(0xc0), 6);
  const extensions = sequence(
    extension(OID.basicConstraints, true, constraints),
    extension(OID.keyUsage, true, usage),
    extension(OID.subjectKeyIdentifier, false, octetString(keyIdentifier(spki))),
    extension(OID.authorityKeyIdentifier, false, sequence(der(0x80, keyIdentifier(spkiOf(issuer.key))))),
  );
  const body = sequence(
    explicit(0, integer(2)),
    integer(serial),
    signatureIdentifier(issuer.key),
    issuer.subject,
    sequence(time(notBefore), time(notAfter)),
    subject,
    spki,
    explicit(3, extensions),
  );
  return signed(body, issuer.key);
}

/** A signed version 2 revocation list, DER. `revoked`: serial numbers in hex, when, and the reason code of RFC 5280 section 5.3.1. */
export function writeRevocationList(list: {
  issuer: { subject: Uint8Array; key: KeyObject };
  thisUpdate: Date;
  nextUpdate: Date;
  number: number;
  revoked: readonly { serial: string; at: Date; reason?: number }[];
}): Promise<Buffer> {
  const { issuer, thisUpdate, nextUpdate, number, revoked } = list;
  const entries = revoked.map(({ serial, at, reason }) =>
    sequence(
      integer(Buffer.from(serial, 'hex')),
      time(at),
      ...(reason === undefined ? [] : [sequence(extension(OID.crlReason, false, der(0x0a, Uint8Array.of(reason))))]),
    ),
  );
  const extensions = sequence(
    extension(OID.authorityKeyIdentifier, false, sequence(der(0x80, keyIdentifier(spkiOf(issuer.key))))),
    extension(OID.crlNumber, false, integer(number)),
  );
  const body = sequence(
    integer(1),
    signatureIdentifier(issuer.key),
    issuer.subject,
    time(thisUpdate),
    time(nextUpdate),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    explicit(0, extensions),
  );
  return signed(body, issuer.key);
}
