// The disk under an embedded database: whether there is room to write, and an end with a sentence where its log cannot be written.
import { statfsSync, writeSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { DatabaseRefused } from '../database/errors.ts';

const MIB = 1024 * 1024;
/** So much stays free for what is under way when the disk becomes full: four segments of the log. */
export const RESERVE = 64 * MIB;
/** What a new database takes, and its first migrations. */
export const FRESH = 48 * MIB;
/** How long an answer about the disk is believed, milliseconds. */
const BELIEVED = 200;
/** After so many bytes sent it is asked again at once. */
const MOST_UNASKED = MIB;

/** Bytes that this process may still write on the disk of a directory; without end where the system does not say. */
export function freeBytes(directory: string): number {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Tells whether so many bytes may be sent to be kept. The disk is asked a few times a second at most, and before every large body. */
export type Room = (bytes: number) => boolean;

/** Room while more than the reserve is free. `free` is asked, a few microseconds each time; `now` in milliseconds. */
export function roomAbove(reserve: number, free: () => number, now: () => number = () => performance.now()): Room {
  let asked = Number.NEGATIVE_INFINITY;
  let sent = 0;
  let last = true;
  return (bytes) => {
    sent += bytes;
    if (now() - asked < BELIEVED && sent < MOST_UNASKED) return last;
    asked = now();
    sent = 0;
    last = free() >= reserve + bytes;
    return last;
  };
}

/** Refuses to open a database where the first statements would fill the disk. @throws DatabaseRefused */
export function refuseFull(directory: string, needed: number, free: number): void {
  if (free >= needed) return;
  const mib = (bytes: number) => Math.floor(bytes / MIB);
  throw new DatabaseRefused({
    zh: `数据目录 ${directory} 所在磁盘已满：只剩 ${mib(free)} MiB，至少需要 ${mib(needed)} MiB。请腾出空间后再启动；已有数据未受影响。`,
    en: `The disk of the data directory ${directory} is full: ${mib(free)} MiB are free, ${mib(needed)} MiB are needed at least. Free some space and start again; what is kept is untouched.`,
  });
}

/**
 * The log could not be written, and a PostgreSQL ends itself then and recovers at its next start. PGlite goes on instead and turns round
 * in one place for ever, where not even a signal reaches the process; so that ends here, while it still can.
 */
function endProcess(directory: string): never {
  writeSync(
    2,
    `内置数据库的日志无法写入（${directory}）：磁盘已满或损坏，程序停止。已确认的内容都在；请腾出空间后重新启动。\n` +
      `The log of the embedded database cannot be written (${directory}): the disk is full or broken, so the program stops. ` +
      'All that was acknowledged is kept; free some space and start again.\n',
  );
  process.exit(1);
}

interface Stream {
  readonly node: FileNode;
}
interface FileNode {
  readonly name: string;
  readonly parent: FileNode;
}
type Write = (stream: Stream, buffer: Uint8Array, offset: number, length: number, position?: number) => number;

/** What of the file system of PGlite's runtime is looked at here. */
interface NodeFiles {
  stream_ops: { write: Write };
  node_ops: { mknod(parent: FileNode, name: string, mode: number, dev: number): FileNode };
}

/** The folder of the log inside a database. */
const LOG = 'pg_wal';

/** A directory of the machine as PGlite's file system; the process ends when a file of the log cannot be written. */
export class GuardedFiles extends NodeFS {
  override async init(...given: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...given);
    const guard = (runtime: object) =>
      guardLog((runtime as { NODEFS: NodeFiles }).NODEFS, () => endProcess(this.rootDir));
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), guard] } };
  }
}

/** Calls `end` where writing the log fails; each opened database has a runtime, and so these functions, of its own. */
function guardLog(files: NodeFiles, end: () => never): void {
  const { write } = files.stream_ops;
  const { mknod } = files.node_ops;
  const ofLog = (node: FileNode): boolean => node.name === LOG || (node.parent !== node && ofLog(node.parent));
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch {
      return end();
    }
  };
  files.stream_ops.write = (stream, buffer, offset, length, position) => {
    if (!ofLog(stream.node)) return write(stream, buffer, offset, length, position);
    let done = 0;
    // A disk that becomes full takes a part without a word; the rest then says why.
    while (done < length) {
      const at = position === undefined ? undefined : position + done;
      const taken = guarded(() => write(stream, buffer, offset + done, length - done, at));
      done += taken > 0 ? taken : end();
    }
    return done;
  };
  files.node_ops.mknod = (parent, name, mode, dev) =>
    ofLog(parent) ? guarded(() => mknod(parent, name, mode, dev)) : mknod(parent, name, mode, dev);
}
