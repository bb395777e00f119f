// The encrypted part of an archive (R21.1): under a passphrase that the officer chooses and that is kept nowhere.
import { createCipheriv, randomBytes, scrypt } from 'node:crypto';

/** How the key comes from the passphrase: RFC 7914, 128 MiB of memory. */
export const SCRYPT = { N: 131_072, r: 8, p: 1, length: 32 } as const;

/** The key of an encrypted part, from its passphrase and its salt (hex). */
export function keyFromPassphrase(passphrase: string, salt: string): Promise<Buffer> {
  const { N, r, p, length } = SCRYPT;
  const options = { N, r, p, maxmem: 256 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'hex'), length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** A fresh salt, 32 bytes in hex. */
export function newSalt(): string {
  return randomBytes(32).toString('hex');
}

/** A member of the encrypted part: nonce (12 bytes), AES-256-GCM ciphertext, tag (16 bytes); bound to its path. */
export function sealMember(key: Uint8Array, path: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(path, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** What `secret/key.json` says: everything but the passphrase. */
export function keyNote(salt: string): object {
  const { N, r, p, length } = SCRYPT;
  return { kdf: 'scrypt', N, r, p, length, salt, cipher: 'aes-256-gcm', nonce: 12, tag: 16, aad: 'path' };
}
