// One change of the key ring at a time: the file is claimed, so that two commands never lose a key of each other.
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../config.ts';
import type { KeyRing, KeyRingContent } from '../secrecy/key-ring.ts';
import { changeKeyRing } from '../secrecy/rotation.ts';
import { KeyFileProblem } from '../secrecy/secret-problems.ts';
import { DatabaseRefused } from '../store/database/errors.ts';
import { claim } from '../store/database/lock-file.ts';

const PATIENCE_MS = 15_000;
const AGAIN_MS = 50;

/** Claims the ring of the configuration, waiting for who has it. @throws {KeyFileProblem} `in-use` after 15 s, `missing` directory */
async function claimRing(path: string): Promise<() => void> {
  for (const until = Date.now() + PATIENCE_MS; ; await pause(AGAIN_MS)) {
    try {
      return claim(`${path}.lock`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new KeyFileProblem('missing', path);
      if (!(error instanceof DatabaseRefused)) throw new KeyFileProblem('cannot-replace', path);
      if (Date.now() > until) throw new KeyFileProblem('in-use', path);
    }
  }
}

/** Does work while nobody else changes the ring. `change` puts new content in its place, at once or not at all. */
export async function withKeyRing<T>(
  work: (
    change: <Said extends object>(
      by: (content: KeyRingContent, ring: KeyRing) => Said & { readonly content: KeyRingContent },
    ) => Said & { readonly ring: KeyRing },
    path: string,
  ) => Promise<T>,
): Promise<T> {
  const { keyRingFile: path, keyRingPassphrase } = readConfig();
  const release = await claimRing(path);
  try {
    return await work((by) => changeKeyRing(path, keyRingPassphrase, by), path);
  } finally {
    release();
  }
}

/** What to do after every change. */
export function remindOfBackup(path: string): void {
  console.error(`请立即备份密钥环文件（与数据库备份分开存放），并重启所有服务器：${path}`);
  console.error(`Back the key ring up now, apart from the database, and restart every server: ${path}`);
}
