// `new-key-ring`: makes the file of keys that encrypt personal data, once, before the first start in production.
import { existsSync } from 'node:fs';
import { readConfig } from '../config.ts';
import { loadKeyRing } from '../secrecy/key-ring.ts';

/** Exit code 0 when the key ring was made, 1 when there is one already: it is never replaced. */
export async function newKeyRing(): Promise<number> {
  const { keyRingFile, keyRingPassphrase: passphrase } = readConfig();
  if (existsSync(keyRingFile)) {
    console.error(`密钥环已存在，不予替换。The key ring exists and is never replaced: ${keyRingFile}`);
    return 1;
  }
  const ring = loadKeyRing(keyRingFile, { create: true, ...(passphrase === undefined ? {} : { passphrase }) });
  console.log(
    `已生成密钥环。Made the key ring ${keyRingFile} (current key ${ring.currentKeyId}). Back it up apart from the database.`,
  );
  return 0;
}
