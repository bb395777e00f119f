// Reading X.509 certificates (RFC 5280): what a chain needs, with the exact signed bytes. No judgement here.
import { toHex } from './bytes.ts';
import {
  bitStringBytes,
  booleanValue,
  children,
  type Der,
  DerProblem,
  expectTag,
  integerBytes,
  oidText,
  readDer,
  TAG,
  timeValue,
} from './der.ts';
import { NAME_LABELS } from './oids.ts';

/** An AlgorithmIdentifier: object identifier, DER of the parameters if any, and its whole encoding for comparison. */
export interface AlgorithmIdentifier {
  oid: string;
  parameters?: Der;
  raw: Uint8Array;
}

/** A distinguished name: its encoding (names are compared byte for byte), readable text and attributes by label. */
export interface DistinguishedName {
  raw: Uint8Array;
  text: string;
  attributes: Readonly<Record<string, string>>;
}

/** One extension: whether a reader that does not know it must refuse, and the DER inside. */
export interface Extension {
  critical: boolean;
  value: Uint8Array;
}

/** A certificate as read; nothing about it has been verified. */
export interface Certificate {
  raw: Uint8Array;
  tbs: Uint8Array;
  serial: string;
  algorithm: AlgorithmIdentifier;
  issuer: DistinguishedName;
  subject: DistinguishedName;
  notBefore: Date;
  notAfter: Date;
  spki: Uint8Array;
  extensions: ReadonlyMap<string, Extension>;
  signature: Uint8Array;
}

/** Reads an AlgorithmIdentifier. @throws {DerProblem} */
export function readAlgorithm(element: Der | undefined): AlgorithmIdentifier {
  const sequence = expectTag(element, TAG.sequence);
  const [oid, parameters, extra] = children(sequence);
  if (extra) throw new DerProblem('algorithm identifier with too many parts');
  return { oid: oidText(oid), raw: sequence.raw, ...(parameters ? { parameters } : {}) };
}

function nameText(value: Der): string {
  if (value.tag === TAG.bmpString) return new TextDecoder('utf-16be').decode(value.content);
  return new TextDecoder().decode(value.content);
}

/** Reads a distinguished name. @throws {DerProblem} */
export function readName(element: Der | undefined): DistinguishedName {
  const name = expectTag(element, TAG.sequence);
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  const parts: string[] = [];
  for (const set of children(name)) {
    for (const attribute of children(expectTag(set, TAG.set))) {
      const [type, value] = children(expectTag(attribute, TAG.sequence));
      if (!value) throw new DerProblem('name attribute without value');
      const oid = oidText(type);
      const label = NAME_LABELS[oid] ?? oid;
      const text = nameText(value);
      attributes[label] ??= text;
      parts.push(`${label}=${text.replace(/[,+"\\<>;]/g, '\\$&')}`);
    }
  }
  return { raw: name.raw, text: parts.reverse().join(','), attributes };
}

/** Reads a SEQUENCE OF Extension; a repeated extension is refused (RFC 5280 section 4.2). @throws {DerProblem} */
export function readExtensions(element: Der): ReadonlyMap<string, Extension> {
  const out = new Map<string, Extension>();
  for (const extension of children(expectTag(element, TAG.sequence))) {
    const parts = children(expectTag(extension, TAG.sequence));
    const oid = oidText(parts[0]);
    const critical = parts.length === 3 && booleanValue(parts[1]);
    if (parts.length > 3 || out.has(oid)) throw new DerProblem(`bad or repeated extension ${oid}`);
    out.set(oid, { critical, value: expectTag(parts[parts.length - 1], TAG.octetString).content });
  }
  return out;
}

/** Reads one DER certificate, version 3 only. @throws {DerProblem} when it is anything else */
export function readCertificate(der: Uint8Array): Certificate {
  const [tbs, outer, signature, extra] = children(readDer(der, TAG.sequence));
  if (extra) throw new DerProblem('certificate with too many parts');
  const body = expectTag(tbs, TAG.sequence);
  const parts = children(body);
  const version = children(expectTag(parts[0], 0xa0));
  if (integerBytes(version[0])[0] !== 2) throw new DerProblem('not a version 3 certificate');
  const algorithm = readAlgorithm(outer);
  // The unsigned copy must repeat the signed one (RFC 5280 section 4.1.1.2).
  if (toHex(readAlgorithm(parts[2]).raw) !== toHex(algorithm.raw)) throw new DerProblem('two different algorithms');
  const [notBefore, notAfter] = children(expectTag(parts[4], TAG.sequence));
  const last = parts[parts.length - 1];
  const extensionList = last?.tag === 0xa3 ? children(last)[0] : undefined;
  return {
    raw: der,
    tbs: body.raw,
    serial: toHex(integerBytes(parts[1])),
    algorithm,
    issuer: readName(parts[3]),
    notBefore: timeValue(notBefore),
    notAfter: timeValue(notAfter),
    subject: readName(parts[5]),
    spki: expectTag(parts[6], TAG.sequence).raw,
    extensions: extensionList ? readExtensions(extensionList) : new Map(),
    signature: bitStringBytes(signature),
  };
}
