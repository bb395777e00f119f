// Opening the encrypted part of an archive with its passphrase: scrypt and AES-256-GCM as `secret/key.json` says.
import { createDecipheriv, scryptSync } from 'node:crypto';
import type { ArchiveSource } from '../sealing/verify/archive-format.ts';

/** No more memory than a key needs that this software makes: a stranger's note must not ask for all there is. */
const MOST_MEMORY = 512 * 1024 * 1024;

/** What opens members of the encrypted part; `undefined` when there is none. @param passphrase as typed, a line end at its end is not part of it */
export async function archiveOpener(source: ArchiveSource, passphrase: string): Promise<ArchiveSource['open']> {
  const note = await source.read('secret/key.json');
  if (!note) return undefined;
  const refuse = async () => undefined;
  try {
    const { N, r, p, length, salt } = JSON.parse(Buffer.from(note).toString('utf8')) as Record<string, unknown>;
    const plain = passphrase.replace(/\r?\n$/, '').normalize('NFC');
    const key = scryptSync(plain, Buffer.from(String(salt), 'hex'), Number(length), {
      ...{ N: Number(N), r: Number(r), p: Number(p), maxmem: MOST_MEMORY },
    });
    return async (path, box) => {
      try {
        const opened = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12), { authTagLength: 16 });
        opened.setAAD(Buffer.from(path, 'utf8'));
        opened.setAuthTag(box.subarray(-16));
        return new Uint8Array(Buffer.concat([opened.update(box.subarray(12, -16)), opened.final()]));
      } catch {
        return undefined;
      }
    };
  } catch {
    return refuse;
  }
}
