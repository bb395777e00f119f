// Opens the embedded database (PGlite): its directory, its lock, its one session behind the bridge.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { DatabaseRefused } from '../database/errors.ts';
import { claim } from '../database/lock-file.ts';
import { type Bridge, createBridge, type RunProtocol } from './bridge.ts';
import { FRESH, freeBytes, GuardedFiles, RESERVE, refuseFull, roomAbove } from './disk.ts';

/** An open embedded database. `dump` gives its whole data directory as a tar; `close` releases the directory. */
export interface Embedded {
  bridge: Bridge;
  dump(): Promise<Blob>;
  close(): Promise<void>;
}

/**
 * Opens the database kept in `<directory>/postgres`, made on first use; without a directory it lives in memory.
 * `loadFrom`: a dump to start a database in memory from. `free`: how many bytes the disk of a directory has left.
 * While less than a reserve is left, what would change something is refused as a full disk (SQLSTATE 53100) and reading goes on; where its log cannot be
 * written all the same, the process ends with a sentence and exit code 1.
 * @throws DatabaseRefused when another process has the directory open, it cannot be written, or its disk is full
 */
export async function openEmbedded(
  directory?: string,
  { loadFrom, free = freeBytes }: { loadFrom?: Blob; free?: (directory: string) => number } = {},
): Promise<Embedded> {
  const release = directory === undefined ? () => {} : lockDirectory(directory);
  try {
    if (directory !== undefined) {
      const made = existsSync(join(directory, 'postgres'));
      refuseFull(directory, made ? RESERVE : RESERVE + FRESH, free(directory));
    }
    const pglite = await openPglite(directory, loadFrom);
    await pglite.exec("set timezone = 'UTC'");
    const room = directory === undefined ? () => true : roomAbove(RESERVE, () => free(directory));
    const bridge = await createBridge(sessionOf(pglite), { room });
    const close = async () => {
      bridge.close();
      await pglite.close();
      release();
    };
    return { bridge, dump: () => pglite.dumpDataDir('none'), close };
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * The one session of a PGlite, as bytes. Each answer is handed over as it comes: by `execProtocolRaw` PGlite takes it apart besides, and
 * keeps every row that it found there for as long as it is open – gigabytes in a year.
 */
export function sessionOf(pglite: PGlite): RunProtocol {
  return async (bytes) => {
    const parts: Buffer[] = [];
    // A part is a view of the database's own memory, which the next one is written over.
    await pglite.execProtocolRawStream(bytes, { onRawData: (part) => void parts.push(Buffer.from(part)) });
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  };
}

function lockDirectory(directory: string): () => void {
  try {
    mkdirSync(directory, { recursive: true });
    return claim(join(directory, 'postgres.lock'));
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    const why = String(error.code);
    throw new DatabaseRefused(
      {
        zh: `数据目录 ${directory} 无法读写（${why}），请检查 VERMILION_DATA 及其权限。`,
        en: `The data directory ${directory} cannot be used (${why}); check VERMILION_DATA and its permissions.`,
      },
      error,
    );
  }
}

async function openPglite(directory: string | undefined, loadFrom: Blob | undefined): Promise<PGlite> {
  if (directory === undefined) return PGlite.create(loadFrom ? { loadDataDir: loadFrom } : {});
  const place = join(directory, 'postgres');
  if (!existsSync(place)) {
    // Made under another name first: a process killed on its first start leaves nothing that looks like a database.
    const draft = join(directory, 'postgres.new');
    rmSync(draft, { recursive: true, force: true });
    const fresh = await PGlite.create({ fs: new GuardedFiles(draft) });
    await fresh.close();
    renameSync(draft, place);
  }
  return PGlite.create({ fs: new GuardedFiles(place) });
}
