// The key file on disk: refused when others can read it, created once and whole, wrapped by a passphrase when there is one.
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { KeyFileProblem } from './secret-problems.ts';

const FORMAT = 'vermilion-key-ring-1';
// OWASP's scrypt setting: 128 MiB, about a third of a second, once per start.
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;
const AAD = Buffer.from(FORMAT);

type Wrapped = { salt: string; iv: string; box: string };

function wrap(content: unknown, passphrase: string): Wrapped {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase.normalize('NFKC'), salt, 32, SCRYPT), iv);
  cipher.setAAD(AAD);
  const box = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { salt: salt.toString('base64url'), iv: iv.toString('base64url'), box: box.toString('base64url') };
}

function unwrap(wrapped: Wrapped, passphrase: string): unknown {
  const box = Buffer.from(wrapped.box, 'base64url');
  const key = scryptSync(passphrase.normalize('NFKC'), Buffer.from(wrapped.salt, 'base64url'), 32, SCRYPT);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(wrapped.iv, 'base64url'), { authTagLength: 16 });
  decipher.setAAD(AAD);
  decipher.setAuthTag(box.subarray(-16));
  return JSON.parse(decipher.update(box.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8'));
}

const isWrapped = (value: unknown): value is Wrapped =>
  typeof value === 'object' &&
  value !== null &&
  ['salt', 'iv', 'box'].every((name) => typeof (value as Record<string, unknown>)[name] === 'string');

const errorCode = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** POSIX permissions that let anybody but the owner in. Windows has none of them. */
const open = (mode: number): boolean => process.platform !== 'win32' && (mode & 0o077) !== 0;

/** Whether others than its owner can open a file that holds a secret. Throws what the system says when there is none. */
export function isOpenToOthers(path: string): boolean {
  return open(statSync(path).mode);
}

/** The text of the file, read from the same handle whose permissions were checked. Undefined when there is no file. */
function readPrivate(path: string): string | undefined {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new KeyFileProblem('unreadable', path);
  }
  try {
    const info = fstatSync(handle);
    if (!info.isFile()) throw new KeyFileProblem('unreadable', path);
    if (open(info.mode)) throw new KeyFileProblem('open-to-others', path);
    return readFileSync(handle, 'utf8');
  } catch (error) {
    throw error instanceof KeyFileProblem ? error : new KeyFileProblem('unreadable', path);
  } finally {
    closeSync(handle);
  }
}

/** The content of a key file, not yet judged. Undefined when there is none. Throws KeyFileProblem. */
export function readKeyFile(path: string, passphrase?: string): unknown {
  const text = readPrivate(path);
  if (text === undefined) return undefined;
  let file: { format?: unknown; content?: unknown; wrapped?: unknown } | null;
  try {
    file = JSON.parse(text) as typeof file;
  } catch {
    // The parser's own message would quote the text.
    throw new KeyFileProblem('malformed', path);
  }
  if (typeof file !== 'object' || file?.format !== FORMAT) throw new KeyFileProblem('malformed', path);
  if (file.wrapped === undefined) {
    if (passphrase !== undefined) throw new KeyFileProblem('passphrase-unused', path);
    return file.content ?? null;
  }
  if (!isWrapped(file.wrapped)) throw new KeyFileProblem('malformed', path);
  if (passphrase === undefined) throw new KeyFileProblem('passphrase-needed', path);
  try {
    return unwrap(file.wrapped, passphrase);
  } catch {
    throw new KeyFileProblem('passphrase-wrong', path);
  }
}

function syncDirectory(path: string): void {
  // Windows cannot open directories; there the rename itself is the best that can be had.
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function textOf(content: unknown, passphrase: string | undefined): string {
  const body = passphrase === undefined ? { content } : { wrapped: wrap(content, passphrase) };
  return `${JSON.stringify({ format: FORMAT, ...body }, null, 2)}\n`;
}

/**
 * Puts new content in the place of a key file: owner and permissions stay, and whoever reads meanwhile, or after a power loss, finds the
 * old file or the new one, whole. Throws KeyFileProblem `cannot-replace`; the old file is there then.
 */
export function replaceKeyFile(path: string, content: unknown, passphrase?: string): void {
  let temporary: string | undefined;
  try {
    // The file itself, not a link to it: that would be cut.
    const real = realpathSync(path);
    const { mode, uid, gid } = statSync(real);
    const draft = `${real}.${randomBytes(6).toString('hex')}.tmp`;
    const handle = openSync(draft, 'wx', 0o600);
    temporary = draft;
    try {
      writeSync(handle, textOf(content, passphrase));
      const own = fstatSync(handle);
      // Run by another user than the server's, as root: the server must still be able to read it.
      if (own.uid !== uid || own.gid !== gid) fchownSync(handle, uid, gid);
      fchmodSync(handle, mode & 0o700);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, real);
    temporary = undefined;
    syncDirectory(dirname(real));
  } catch {
    throw new KeyFileProblem('cannot-replace', path);
  } finally {
    if (temporary !== undefined) rmSync(temporary, { force: true });
  }
}

/**
 * Writes a new key file with 0600, whole and on disk, or leaves the one that somebody else made in the meantime.
 * Throws KeyFileProblem `cannot-create`.
 */
export function createKeyFile(path: string, content: unknown, passphrase?: string): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const handle = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(handle, textOf(content, passphrase));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    try {
      linkSync(temporary, path);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    } finally {
      unlinkSync(temporary);
    }
    syncDirectory(dirname(path));
  } catch {
    throw new KeyFileProblem('cannot-create', path);
  }
}
