// Reading PKCS#12 (RFC 7292): decrypts certificates and hands over the still encrypted private key for node:crypto to open.
import { createDecipheriv, createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import forge from 'node-forge';
import { children, type Der, DerProblem, expectTag, oidText, readDer, smallInteger, TAG } from './verify/der.ts';
import { OID } from './verify/oids.ts';

/** What a PKCS#12 file holds. Keys are PKCS#8, DER; `encrypted` tells whether the passphrase is still needed. */
export interface Pkcs12Content {
  certificates: Uint8Array[];
  keys: { der: Uint8Array; encrypted: boolean }[];
}

/** The integrity code does not fit: the passphrase is wrong (or the file was altered). */
export class Pkcs12Passphrase extends Error {
  override readonly name = 'Pkcs12Passphrase';
}

const HASHES: Readonly<Record<string, 'sha1' | 'sha256' | 'sha384' | 'sha512'>> = {
  '1.3.14.3.2.26': 'sha1',
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};
const PRFS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const CIPHERS: Readonly<Record<string, { name: string; keyLength: number }>> = {
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyLength: 24 },
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyLength: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyLength: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyLength: 32 },
};
const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const BAG = '1.2.840.113549.1.12.10.1.';
const MOST_ITERATIONS = 10_000_000;

const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Octets of an OCTET STRING that BER may have cut into pieces. */
function octets(element: Der | undefined): Uint8Array {
  if (element && (element.tag === 0x24 || element.tag === 0xa0)) return Buffer.concat(children(element).map(octets));
  if (element?.tag === 0x80) return element.content;
  return expectTag(element, TAG.octetString).content;
}

function iterationsOf(element: Der | undefined): number {
  const count = element ? smallInteger(element) : 1;
  if (count < 1 || count > MOST_ITERATIONS) throw new DerProblem('unreasonable iteration count');
  return count;
}

type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512';
const SIZES = {
  sha1: { digestLength: 20, blockLength: 64 },
  sha256: { digestLength: 32, blockLength: 64 },
  sha384: { digestLength: 48, blockLength: 128 },
  sha512: { digestLength: 64, blockLength: 128 },
} as const;

/** The hash of node:crypto as forge takes it: its own, in JavaScript, needs fifty times as long for the rounds of a key. */
function hashForForge(name: HashName): forge.md.MessageDigest {
  let hash = createHash(name);
  const digest = {
    ...SIZES[name],
    start: () => {
      hash = createHash(name);
    },
    update: (bytes: string) => {
      hash.update(bytes, 'latin1');
    },
    digest: () => forge.util.createBuffer(binary(hash.digest())),
  };
  // The types leave out what forge calls, and ask for what it does not.
  return digest as unknown as forge.md.MessageDigest;
}

function deriveKey(
  passphrase: string,
  salt: Uint8Array,
  purpose: 1 | 2 | 3,
  iterations: number,
  length: number,
  name: HashName,
): Buffer {
  const bytes = forge.util.createBuffer(binary(salt));
  const key = forge.pkcs12.generateKey(passphrase, bytes, purpose, iterations, length, hashForForge(name));
  return Buffer.from(key.getBytes(), 'latin1');
}

/** Key of the integrity code of PKCS#12 (RFC 7292 appendix B), in which the passphrase is UTF-16. */
export function macKey(passphrase: string, salt: Uint8Array, iterations: number, name: HashName): Buffer {
  return deriveKey(passphrase, salt, 3, iterations, SIZES[name].digestLength, name);
}

function checkMac(content: Uint8Array, mac: Der | undefined, passphrase: string): void {
  // Without an integrity code anyone could have put another certificate in.
  const [info, salt, iterations] = children(expectTag(mac, TAG.sequence));
  const [algorithm, expected] = children(expectTag(info, TAG.sequence));
  const name = HASHES[oidText(children(expectTag(algorithm, TAG.sequence))[0])];
  if (!name) throw new DerProblem('unknown integrity algorithm');
  const key = macKey(passphrase, octets(salt), iterationsOf(iterations), name);
  const found = createHmac(name, key).update(content).digest();
  const wanted = octets(expected);
  if (found.length !== wanted.length || !timingSafeEqual(found, wanted)) throw new Pkcs12Passphrase('wrong passphrase');
}

function decryptPbes2(parameters: Der | undefined, data: Uint8Array, passphrase: string): Uint8Array {
  const [derivation, encryption] = children(expectTag(parameters, TAG.sequence));
  const [derivationOid, derivationParameters] = children(expectTag(derivation, TAG.sequence));
  if (oidText(derivationOid) !== PBKDF2) throw new DerProblem('unknown key derivation');
  const [salt, iterations, ...more] = children(expectTag(derivationParameters, TAG.sequence));
  const prfElement = more.find((element) => element.tag === TAG.sequence);
  const prf = prfElement ? PRFS[oidText(children(prfElement)[0])] : 'sha1';
  const [cipherOid, iv] = children(expectTag(encryption, TAG.sequence));
  const cipher = CIPHERS[oidText(cipherOid)];
  if (!prf || !cipher) throw new DerProblem('unknown cipher');
  const key = pbkdf2Sync(passphrase, octets(salt), iterationsOf(iterations), cipher.keyLength, prf);
  const decipher = createDecipheriv(cipher.name, key, octets(iv));
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

/** The two ciphers of old files (RFC 7292 appendix C): 3DES and 40-bit RC2, which OpenSSL 3 no longer offers and forge does. */
function decryptOld(oid: string, parameters: Der | undefined, data: Uint8Array, passphrase: string): Uint8Array {
  const [salt, iterations] = children(expectTag(parameters, TAG.sequence));
  const derive = (purpose: 1 | 2, length: number): Buffer =>
    deriveKey(passphrase, octets(salt), purpose, iterationsOf(iterations), length, 'sha1');
  if (oid === '1.2.840.113549.1.12.1.3') {
    const decipher = createDecipheriv('des-ede3-cbc', derive(1, 24), derive(2, 8));
    return Buffer.concat([decipher.update(data), decipher.final()]);
  }
  if (oid !== '1.2.840.113549.1.12.1.6') throw new DerProblem('unknown cipher');
  const cipher = forge.rc2.createDecryptionCipher(binary(derive(1, 5)), 40);
  cipher.start(binary(derive(2, 8)));
  cipher.update(forge.util.createBuffer(binary(data)));
  if (!cipher.finish()) throw new DerProblem('bad padding');
  return Buffer.from(cipher.output?.getBytes() ?? '', 'latin1');
}

function decrypt(encrypted: Der | undefined, passphrase: string): Uint8Array {
  const [, info] = children(expectTag(encrypted, TAG.sequence));
  const [, algorithm, data] = children(expectTag(info, TAG.sequence));
  const [oidElement, parameters] = children(expectTag(algorithm, TAG.sequence));
  const oid = oidText(oidElement);
  if (oid === PBES2) return decryptPbes2(parameters, octets(data), passphrase);
  return decryptOld(oid, parameters, octets(data), passphrase);
}

function readBags(safe: Uint8Array, out: Pkcs12Content): void {
  for (const bag of children(readDer(safe, TAG.sequence))) {
    const [type, value] = children(expectTag(bag, TAG.sequence));
    const inner = children(expectTag(value, 0xa0))[0];
    switch (oidText(type)) {
      case `${BAG}1`:
        out.keys.push({ der: expectTag(inner, TAG.sequence).raw, encrypted: false });
        break;
      case `${BAG}2`:
        out.keys.push({ der: expectTag(inner, TAG.sequence).raw, encrypted: true });
        break;
      case `${BAG}3`: {
        const wrapped = children(expectTag(inner, TAG.sequence))[1];
        out.certificates.push(octets(wrapped && children(wrapped)[0]));
        break;
      }
      default:
        // CRLs, secrets and nested safes are no part of a seal's key file.
        break;
    }
  }
}

/**
 * Opens a PKCS#12 file. Files in BER (made by some Java tools) are read too.
 * @throws {Pkcs12Passphrase} for a wrong passphrase; {DerProblem} or another error when it is no PKCS#12
 */
export function readPkcs12(file: Uint8Array, passphrase: string): Pkcs12Content {
  const normal = Buffer.from(forge.asn1.toDer(forge.asn1.fromDer(binary(file), true)).getBytes(), 'latin1');
  const [version, authSafe, mac] = children(readDer(normal, TAG.sequence));
  if (smallInteger(version) !== 3) throw new DerProblem('not PKCS#12 version 3');
  const [kind, wrapped] = children(expectTag(authSafe, TAG.sequence));
  if (oidText(kind) !== OID.data) throw new DerProblem('not in passphrase integrity mode');
  const content = octets(children(expectTag(wrapped, 0xa0))[0]);
  checkMac(content, mac, passphrase);
  const out: Pkcs12Content = { certificates: [], keys: [] };
  for (const part of children(readDer(content, TAG.sequence))) {
    const [type, body] = children(expectTag(part, TAG.sequence));
    const inner = children(expectTag(body, 0xa0))[0];
    if (oidText(type) === OID.data) readBags(octets(inner), out);
    else if (oidText(type) === OID.encryptedData) readBags(decrypt(inner, passphrase), out);
    else throw new DerProblem('unknown part');
  }
  return out;
}
