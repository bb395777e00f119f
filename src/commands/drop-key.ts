// `drop-key <id>`: removes a key from the key ring when nothing in the database is under it any more, and never the current one.
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { countIndexedUnder } from '../procedures/secrecy/count-indexed.ts';
import { blindIndexOf } from '../secrecy/blind-index.ts';
import { makeFieldCipher } from '../secrecy/field-cipher.ts';
import { type KeyRing, loadKeyRing } from '../secrecy/key-ring.ts';
import { type KeyUse, requireDroppable, withoutKey } from '../secrecy/rotation.ts';
import type { Database } from '../store/database/connect.ts';
import { countAllBoxes } from '../store/secrecy/box-keys.ts';
import { forgetRingKey } from '../store/secrecy/ring-keys.ts';
import { withDatabase } from './database.ts';
import { remindOfBackup, withKeyRing } from './key-ring-change.ts';

/** Exit code 0 when the key is gone, 1 when something rests on it, 2 for a bad call. */
export async function dropKey(args: string[]): Promise<number> {
  const asked = optionsOf(args);
  if (!asked) {
    console.error('用法：drop-key <密钥号> [--index]');
    console.error('Usage: drop-key <id> [--index]');
    return 2;
  }
  const { id, use } = asked;
  return withKeyRing((change, path) =>
    withDatabase(async (db) => {
      const { keyRingFile, keyRingPassphrase: passphrase } = readConfig();
      const ring = loadKeyRing(keyRingFile, { create: false, ...(passphrase === undefined ? {} : { passphrase }) });
      requireDroppable(ring, use, id);
      const used = await usesOf(db, ring, use, id);
      if (used.length > 0) {
        console.error(`密钥 ${id} 仍在使用，不能移除：`);
        console.error(`The key ${id} is still in use and was not dropped:`);
        for (const { table, count } of used) console.error(`  ${table}\t${count}`);
        return 1;
      }
      // First the register forgets it: broken off here, the ring merely has a key too many, and every server starts.
      await forgetRingKey(db.prisma, { use, id });
      change((content) => ({ content: withoutKey(content, use, id) }));
      console.log(`已移除密钥 ${id}。Dropped the key ${id}.`);
      remindOfBackup(path);
      return 0;
    }),
  );
}

/** Per table, how much is under a key; tables with nothing left out. */
async function usesOf(
  db: Database,
  ring: KeyRing,
  use: KeyUse,
  id: string,
): Promise<{ readonly table: string; readonly count: number }[]> {
  if (use === 'index')
    return countIndexedUnder(db, { cipher: makeFieldCipher(ring), blindIndex: blindIndexOf(ring) }, id);
  const counts = await countAllBoxes(db);
  return counts.filter(({ keyId }) => keyId === id).map(({ table, boxes }) => ({ table, count: boxes }));
}

function optionsOf(args: string[]): { readonly id: string; readonly use: KeyUse } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { index: { type: 'boolean' } },
    });
    const [id, ...more] = positionals;
    return id === undefined || more.length > 0 ? undefined : { id, use: values.index ? 'index' : 'field' };
  } catch {
    return undefined;
  }
}
