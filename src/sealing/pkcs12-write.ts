// Writing PKCS#12 (RFC 7292): one private key, encrypted by node:crypto, its certificate and the issuing ones.
import { createHmac, type KeyObject, randomBytes } from 'node:crypto';
import { der, explicit, integer, nullValue, octetString, oid, sequence, setOf } from './der-write.ts';
import { macKey } from './pkcs12-read.ts';
import { OID } from './verify/oids.ts';

const BAG = '1.2.840.113549.1.12.10.1.';
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';
const ITERATIONS = 2048;

/**
 * A PKCS#12 file, DER. The key is in PBES2 with AES-256; certificates are public and stay readable; an HMAC-SHA-256 covers all.
 * @param certificates DER, the key's own first
 */
export function writePkcs12(key: KeyObject, certificates: readonly Uint8Array[], passphrase: string): Buffer {
  const localKeyId = setOf(sequence(oid(LOCAL_KEY_ID), setOf(octetString(Buffer.from([1])))));
  const shrouded = key.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase });
  const bags = certificates.map((certificate, i) => {
    const bag = sequence(oid(X509_CERTIFICATE), explicit(0, octetString(certificate)));
    return sequence(oid(`${BAG}3`), explicit(0, bag), ...(i === 0 ? [localKeyId] : []));
  });
  const keyBag = sequence(oid(`${BAG}2`), explicit(0, shrouded), localKeyId);
  const safe = (contents: Buffer): Buffer => sequence(oid(OID.data), explicit(0, octetString(contents)));
  const content = sequence(safe(sequence(...bags)), safe(sequence(keyBag)));
  const salt = randomBytes(16);
  const mac = createHmac('sha256', macKey(passphrase, salt, ITERATIONS, 'sha256'))
    .update(content)
    .digest();
  const digestInfo = sequence(sequence(oid(OID.sha256), nullValue), octetString(mac));
  return sequence(integer(3), safe(content), sequence(digestInfo, der(0x04, salt), integer(ITERATIONS)));
}
