// An exclusive claim on a directory, kept in a file beside it: who holds it, and whether the holder is still alive.
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { DatabaseRefused } from './errors.ts';

interface Holder {
  token: string;
  pid: number;
  host: string;
  /** when that process started, in the words of its system (Linux only): a number of a dead process is given out again */
  born: string;
}

/** A holder touches the file this often, milliseconds. */
const HEARTBEAT = 5_000;
/** A holder on another machine that has not touched the file for so long is dead, milliseconds. */
const SILENCE = 60_000;
/** A file without sense may be in the middle of being written for so long, milliseconds. */
const BREATH = 2_000;

/**
 * Claims `path` for this process until the returned function is called.
 * Takes over the file of a process that has died, kill -9 and power loss included.
 * @throws DatabaseRefused when a live process holds it
 */
export function claim(path: string): () => void {
  const own: Holder = { token: randomUUID(), pid: process.pid, host: hostname(), born: birth(process.pid) };
  for (let attempt = 0; !create(path, own); attempt += 1) {
    const holder = read(path);
    if (holder && (attempt > 5 || alive(holder, path))) throw new DatabaseRefused(inUse(path, holder));
    if (holder) remove(path, holder.token);
  }
  const heartbeat = setInterval(() => touch(path), HEARTBEAT).unref();
  return () => {
    clearInterval(heartbeat);
    remove(path, own.token);
  };
}

/** Writes the whole file under another name first, so that nobody ever reads half of it. */
function create(path: string, own: Holder): boolean {
  const draft = `${path}.${own.token}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    writeFileSync(path, JSON.stringify(own), { flag: 'wx' }); // a file system without hard links
    return true;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes the file only if it still is the one with this token: another process may have taken over in between. */
function remove(path: string, token: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    if (read(aside)?.token !== token) linkSync(aside, path);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error))) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    return { token: '', pid: 0, host: '', born: '' }; // not written by us, or cut off by a full disk
  }
}

function alive(holder: Holder, path: string): boolean {
  if (holder.token === '') return Date.now() - modified(path) < BREATH;
  if (holder.host !== hostname()) return Date.now() - modified(path) < SILENCE;
  if (holder.pid === process.pid) return holder.born === birth(process.pid);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  const born = birth(holder.pid);
  return born === '' || holder.born === '' || born === holder.born;
}

/** Boot and start time of a process on Linux, `''` elsewhere. Field 22 of /proc/<pid>/stat, counted after the name. */
function birth(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return '';
  }
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // The file is gone or the disk is read-only: the next writer will say so better than a timer can.
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function inUse(path: string, { pid, host }: Holder): { zh: string; en: string } {
  return {
    zh: `内置数据库正被另一进程使用（进程号 ${pid}，主机 ${host}）：${path}。一个数据目录只能由一个进程打开；请先停止该进程，或设置 DATABASE_URL 使用 PostgreSQL。`,
    en: `Another process (pid ${pid} on ${host}) is using the embedded database: ${path}. One data directory serves one process; stop that one first, or set DATABASE_URL to use PostgreSQL.`,
  };
}
