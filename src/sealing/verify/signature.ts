// Verifying one signature with WebCrypto: RSA PKCS#1 v1.5 and ECDSA on P-256/P-384 with SHA-256/384/512. Anything else is refused.
import { children, integerBytes, oidText, readDer, TAG } from './der.ts';
import { OID } from './oids.ts';
import { type AlgorithmIdentifier, readAlgorithm } from './x509.ts';

type HashName = 'SHA-256' | 'SHA-384' | 'SHA-512';

const DIGESTS: Readonly<Record<string, HashName>> = {
  [OID.sha256]: 'SHA-256',
  [OID.sha384]: 'SHA-384',
  [OID.sha512]: 'SHA-512',
};

const SIGNATURES: Readonly<Record<string, { key: 'rsa' | 'ec'; hash: HashName }>> = {
  [OID.sha256WithRsa]: { key: 'rsa', hash: 'SHA-256' },
  [OID.sha384WithRsa]: { key: 'rsa', hash: 'SHA-384' },
  [OID.sha512WithRsa]: { key: 'rsa', hash: 'SHA-512' },
  [OID.ecdsaWithSha256]: { key: 'ec', hash: 'SHA-256' },
  [OID.ecdsaWithSha384]: { key: 'ec', hash: 'SHA-384' },
  [OID.ecdsaWithSha512]: { key: 'ec', hash: 'SHA-512' },
};

const CURVES: Readonly<Record<string, { name: string; bytes: number }>> = {
  [OID.p256]: { name: 'P-256', bytes: 32 },
  [OID.p384]: { name: 'P-384', bytes: 48 },
};

const SMALLEST_RSA_BITS = 2048;
const LARGEST_RSA_BITS = 8192;

/** WebCrypto's name of a digest algorithm; `undefined` for unknown or broken ones, and for parameters other than NULL. */
export function digestName(algorithm: AlgorithmIdentifier): HashName | undefined {
  return harmless(algorithm) ? DIGESTS[algorithm.oid] : undefined;
}

/** Digest of the bytes. */
export async function digest(name: HashName, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await globalThis.crypto.subtle.digest(name, new Uint8Array(bytes)));
}

function harmless(algorithm: AlgorithmIdentifier): boolean {
  return (
    algorithm.parameters === undefined ||
    (algorithm.parameters.tag === TAG.null && algorithm.parameters.content.length === 0)
  );
}

/** DER ECDSA-Sig-Value as the fixed-width r ‖ s that WebCrypto takes; `undefined` for any other encoding. */
function fixedWidth(signature: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> | undefined {
  const [r, s, extra] = children(readDer(signature, TAG.sequence));
  if (extra) return undefined;
  const out = new Uint8Array(2 * bytes);
  for (const [i, element] of [r, s].entries()) {
    const value = integerBytes(element);
    if ((value[0] ?? 0) >= 0x80) return undefined;
    const digits = value[0] === 0 ? value.subarray(1) : value;
    if (digits.length > bytes || digits.length === 0) return undefined;
    out.set(digits, (i + 1) * bytes - digits.length);
  }
  return out;
}

/**
 * True when the signature over `data` is good under the key. False for every unknown algorithm, weak key or odd encoding.
 * @param signature.algorithm from the certificate or SignerInfo
 * @param signature.digest for CMS that names only rsaEncryption: the digest algorithm beside it (RFC 5754 section 3.2)
 */
export async function verifySignature(signature: {
  algorithm: AlgorithmIdentifier;
  digest?: AlgorithmIdentifier;
  spki: Uint8Array;
  data: Uint8Array;
  value: Uint8Array;
}): Promise<boolean> {
  try {
    const { algorithm, spki, data, value } = signature;
    const hash = signature.digest && digestName(signature.digest);
    if (signature.digest && !hash) return false;
    const scheme =
      algorithm.oid === OID.rsaEncryption && hash ? { key: 'rsa' as const, hash } : SIGNATURES[algorithm.oid];
    if (!scheme || !harmless(algorithm) || (hash && hash !== scheme.hash)) return false;
    if (scheme.key === 'ec' && algorithm.parameters) return false;
    const keyAlgorithm = readAlgorithm(children(readDer(spki, TAG.sequence))[0]);
    const bytes = new Uint8Array(data);
    const key = new Uint8Array(spki);
    const { subtle } = globalThis.crypto;
    if (scheme.key === 'rsa') {
      if (keyAlgorithm.oid !== OID.rsaEncryption || !harmless(keyAlgorithm)) return false;
      const imported = await subtle.importKey('spki', key, { name: 'RSASSA-PKCS1-v1_5', hash: scheme.hash }, false, [
        'verify',
      ]);
      const bits = (imported.algorithm as RsaHashedKeyAlgorithm).modulusLength;
      if (bits < SMALLEST_RSA_BITS || bits > LARGEST_RSA_BITS) return false;
      return await subtle.verify('RSASSA-PKCS1-v1_5', imported, new Uint8Array(value), bytes);
    }
    const curve = keyAlgorithm.oid === OID.ecPublicKey ? CURVES[oidText(keyAlgorithm.parameters)] : undefined;
    const fixed = curve && fixedWidth(value, curve.bytes);
    if (!curve || !fixed) return false;
    const imported = await subtle.importKey('spki', key, { name: 'ECDSA', namedCurve: curve.name }, false, ['verify']);
    return await subtle.verify({ name: 'ECDSA', hash: scheme.hash }, imported, fixed, bytes);
  } catch {
    return false;
  }
}
