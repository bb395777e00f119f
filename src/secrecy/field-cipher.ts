// Encryption of single fields of personal data (R21.1): AES-256-GCM (NIST SP 800-38D), bound to the place it belongs to.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';
import { makeRandomPool } from './random-pool.ts';
import { Tampered, WrongKey } from './secret-problems.ts';

/** Seals and opens fields. A box is text: `v1.<keyId>.<iv, base64url>.<ciphertext and tag, base64url>`. */
export type FieldCipher = {
  /** The id of the key that seals. */
  readonly keyId: string;
  /** The ids of all keys that open. */
  readonly keyIds: readonly string[];
  /** @param context where the value belongs, `${institution}/${recordId}/${field}`; a box opens only there */
  seal(plain: string, context: string): string;
  /** @throws WrongKey the ring lacks the box's key; Tampered anything else that is not exactly what was sealed here */
  open(box: string, context: string): string;
  /** The id of the key that sealed the box, for rotation. @throws Tampered not a box */
  keyIdOf(box: string): string;
  /** Seals bytes, for files that hold secret fields; up to a few MiB at a time. Box: length of key id, key id, iv, ciphertext, tag. */
  sealBytes(plain: Uint8Array, context: string): Uint8Array;
  /** @throws WrongKey, Tampered like {@link FieldCipher.open} */
  openBytes(box: Uint8Array, context: string): Uint8Array;
  /** The id of the key that sealed the bytes. @throws Tampered not a box */
  keyIdOfBytes(box: Uint8Array): string;
};

const IV_BYTES = 12;
const TAG_BYTES = 16;
const BOX = /^v1\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{22,})$/;

// Key ids hold no line break, so the two parts cannot be confused.
const associatedData = (keyId: string, context: string): Buffer => Buffer.from(`v1.${keyId}\n${context}`, 'utf8');

function parts(box: string): { keyId: string; iv: Buffer; sealed: Buffer } {
  const [, keyId, iv, text] = BOX.exec(box) ?? [];
  if (keyId === undefined || iv === undefined || text === undefined) throw new Tampered();
  const sealed = Buffer.from(text, 'base64url');
  // Several texts decode to the same bytes; only the one that was written is the box.
  if (sealed.length < TAG_BYTES || sealed.toString('base64url') !== text) throw new Tampered();
  return { keyId, iv: Buffer.from(iv, 'base64url'), sealed };
}

function partsOfBytes(box: Uint8Array): { keyId: string; bytes: Buffer; ivAt: number; bodyAt: number } {
  const bytes = Buffer.from(box.buffer, box.byteOffset, box.length);
  const ivAt = 1 + (bytes[0] ?? 0);
  const bodyAt = ivAt + IV_BYTES;
  if (bytes.length < bodyAt + TAG_BYTES) throw new Tampered();
  return { keyId: bytes.toString('latin1', 1, ivAt), bytes, ivAt, bodyAt };
}

/**
 * A cipher over a key ring. Seals with the current key, opens with any key of the ring.
 * Initialisation vectors are random: rotate a key before 2^32 fields (SP 800-38D, 8.3).
 * `seal` throws TypeError for text with half a surrogate pair, which could not come back as it was.
 */
export function makeFieldCipher(keyRing: Pick<KeyRing, 'currentKeyId' | 'keyIds' | 'fieldKey'>): FieldCipher {
  const keyId = keyRing.currentKeyId;
  const key = keyRing.fieldKey(keyId);
  if (key === undefined) throw new WrongKey(keyId);
  const nextIv = makeRandomPool(IV_BYTES);

  return {
    keyId,
    keyIds: keyRing.keyIds,
    seal(plain, context) {
      if (!plain.isWellFormed()) throw new TypeError('The text is not well-formed Unicode.');
      const iv = nextIv();
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(associatedData(keyId, context));
      // Ends without more bytes: GCM is a stream.
      const text = cipher.update(plain, 'utf8');
      cipher.final();
      const sealed = Buffer.concat([text, cipher.getAuthTag()]);
      return `v1.${keyId}.${iv.toString('base64url')}.${sealed.toString('base64url')}`;
    },
    open(box, context) {
      const { keyId: usedId, iv, sealed } = parts(box);
      const used = keyRing.fieldKey(usedId);
      if (used === undefined) throw new WrongKey(usedId);
      const decipher = createDecipheriv('aes-256-gcm', used, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(associatedData(usedId, context));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      const head = decipher.update(sealed.subarray(0, -TAG_BYTES));
      try {
        return Buffer.concat([head, decipher.final()]).toString('utf8');
      } catch {
        throw new Tampered();
      }
    },
    keyIdOf: (box) => parts(box).keyId,
    sealBytes(plain, context) {
      const iv = nextIv();
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(associatedData(keyId, context));
      const head = Buffer.from(`${String.fromCharCode(keyId.length)}${keyId}`, 'latin1');
      return Buffer.concat([head, iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    keyIdOfBytes: (box) => partsOfBytes(box).keyId,
    openBytes(box, context) {
      const { bytes, ivAt, bodyAt, keyId: usedId } = partsOfBytes(box);
      const used = keyRing.fieldKey(usedId);
      if (used === undefined) throw new WrongKey(usedId);
      const decipher = createDecipheriv('aes-256-gcm', used, bytes.subarray(ivAt, bodyAt), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associatedData(usedId, context));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const head = decipher.update(bytes.subarray(bodyAt, -TAG_BYTES));
      try {
        return Buffer.concat([head, decipher.final()]);
      } catch {
        throw new Tampered();
      }
    },
  };
}
