// Where bytes come from: a path or a buffer, read in pieces. Nothing here knows what the bytes mean.
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { asProblem, FileProblem } from './problems.ts';

/** A file on disk, or bytes already in memory. */
export type FileSource = { path: string } | { bytes: Uint8Array };

const PIECE = 256 * 1024;

/** Size in bytes. Throws FileProblem `unreadable` when there is no such ordinary file. */
export async function sizeOf(source: FileSource): Promise<number> {
  if ('bytes' in source) return source.bytes.length;
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

/** The whole file in pieces of at most 256 KiB. Throws FileProblem `unreadable`. */
export async function* pieces(source: FileSource): AsyncGenerator<Uint8Array> {
  if ('bytes' in source) {
    for (let at = 0; at < source.bytes.length; at += PIECE) yield source.bytes.subarray(at, at + PIECE);
    return;
  }
  try {
    yield* createReadStream(source.path, { highWaterMark: PIECE }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem('unreadable');
  }
}
