// Everything about each seal algorithm, in one table. Adding an algorithm is adding an entry here.
import { generateKeyPair, hash, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { nullValue, oid, sequence } from './der-write.ts';
import { OID } from './verify/oids.ts';

/** Names of the algorithms that seals can have. */
export type AlgorithmName = 'rsa-3072-sha256' | 'ecdsa-p256-sha256';

/** One algorithm: its words, its DER identifiers, and what node:crypto does for it. */
export interface Algorithm {
  zh: string;
  en: string;
  /** DER AlgorithmIdentifier of the digest, parameters absent (RFC 5754 section 2). */
  digestIdentifier: Buffer;
  /** DER AlgorithmIdentifier of the signature (RFC 5754 section 3, RFC 5758 section 3.2). */
  signatureIdentifier: Buffer;
  /** Digest of a message, raw bytes. */
  digest(message: Uint8Array): Buffer;
  /** Signature over a message, made off the event loop. ECDSA signatures are DER. */
  sign(key: KeyObject, message: Uint8Array): Promise<Buffer>;
  /** True for a key of this algorithm, length and curve included. */
  fits(key: KeyObject): boolean;
  /** A new private key. */
  generate(): Promise<KeyObject>;
}

const generate = promisify(generateKeyPair);

function signSha256(key: KeyObject, message: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign('sha256', message, key, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}

const sha256 = (message: Uint8Array): Buffer => hash('sha256', message, 'buffer');

/** The table (SEALING.md: RSA-3072 is read by everything, P-256 is about 60 times faster). */
export const ALGORITHMS: Readonly<Record<AlgorithmName, Algorithm>> = {
  'rsa-3072-sha256': {
    zh: 'RSA 3072 位，SHA-256',
    en: 'RSA 3072 bits with SHA-256',
    digestIdentifier: sequence(oid(OID.sha256)),
    signatureIdentifier: sequence(oid(OID.sha256WithRsa), nullValue),
    digest: sha256,
    sign: signSha256,
    fits: (key) => key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails?.modulusLength === 3072,
    generate: async () => (await generate('rsa', { modulusLength: 3072 })).privateKey,
  },
  'ecdsa-p256-sha256': {
    zh: 'ECDSA P-256，SHA-256',
    en: 'ECDSA P-256 with SHA-256',
    digestIdentifier: sequence(oid(OID.sha256)),
    signatureIdentifier: sequence(oid(OID.ecdsaWithSha256)),
    digest: sha256,
    sign: signSha256,
    fits: (key) => key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1',
    generate: async () => (await generate('ec', { namedCurve: 'P-256' })).privateKey,
  },
};

/** The algorithm whose keys look like this one; `undefined` when no seal may use such a key. */
export function algorithmOf(key: KeyObject): AlgorithmName | undefined {
  return (Object.keys(ALGORITHMS) as AlgorithmName[]).find((name) => ALGORITHMS[name].fits(key));
}
