// Where bytes come from: a path or a buffer, read in pieces. Nothing here knows what the bytes mean.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { asProblem, FileProblem } from './problems.ts';
import { takingTurns } from './turns.ts';

/** A file on disk, bytes already in memory, or bytes that come in pieces, from the beginning each time they are asked for. */
export type FileSource =
  | { path: string }
  | { bytes: Uint8Array }
  | { size: number; pieces: () => AsyncIterable<Uint8Array> };

const PIECE = 64 * 1024;

/** Size in bytes. Throws FileProblem `unreadable` when there is no such ordinary file. */
export async function sizeOf(source: FileSource): Promise<number> {
  if ('bytes' in source) return source.bytes.length;
  if ('pieces' in source) return source.size;
  const info = await asProblem('unreadable', () => stat(source.path));
  if (!info.isFile()) throw new FileProblem('unreadable');
  return info.size;
}

/** Refuses an empty file and one larger than `maxBytes`, without reading it. Returns the size in bytes. */
export async function checkSize(source: FileSource, maxBytes: number): Promise<number> {
  const size = await sizeOf(source);
  if (size === 0) throw new FileProblem('empty-file');
  if (size > maxBytes) throw new FileProblem('too-large', { found: `${size} B`, expected: `≤ ${maxBytes} B` });
  return size;
}

/** The first `length` bytes, or fewer when the file is shorter. */
export async function readHead(source: FileSource, length: number): Promise<Uint8Array> {
  if ('bytes' in source) return source.bytes.subarray(0, length);
  if ('pieces' in source) {
    const head: Uint8Array[] = [];
    let missing = length;
    for await (const piece of source.pieces()) {
      head.push(piece.subarray(0, missing));
      missing -= head.at(-1)?.length ?? 0;
      if (missing === 0) break;
    }
    return Buffer.concat(head);
  }
  return asProblem('unreadable', async () => {
    const file = await open(source.path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  });
}

/** The whole file in pieces of at most 64 KiB; others have their turn between them. Throws FileProblem `unreadable`. */
export async function* pieces(source: FileSource): AsyncGenerator<Uint8Array> {
  if ('bytes' in source) {
    yield* inTurns(cut(source.bytes));
    return;
  }
  if ('pieces' in source) {
    for await (const piece of source.pieces()) yield* inTurns(cut(piece));
    return;
  }
  try {
    yield* createReadStream(source.path, { highWaterMark: PIECE }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem('unreadable');
  }
}

/** SHA-256 of a file, lower-case hex. */
export async function digestOf(source: FileSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces(source)) hash.update(piece);
  return hash.digest('hex');
}

async function* inTurns(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const turn = takingTurns();
  for (const piece of pieces) {
    await turn();
    yield piece;
  }
}

function* cut(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/** The source for those who read here and there: what comes in pieces is put together in memory, the others stay as they are. */
export async function atRandom(source: FileSource): Promise<{ path: string } | { bytes: Uint8Array }> {
  if (!('pieces' in source)) return source;
  const bytes = Buffer.allocUnsafe(source.size);
  let filled = 0;
  for await (const piece of source.pieces()) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return { bytes: bytes.subarray(0, filled) };
}
