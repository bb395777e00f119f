// ZIP archives as they are exchanged: reading uploads of many files, writing archives that are the same bytes every time.
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { FileProblem } from './problems.ts';
import type { FileSource } from './source.ts';
import { nameKey, openZip, refuseUnsafeName, type ZipLimits } from './zip-entries.ts';

/** One file of an archive. Names use `/` and are relative. `day`: the civil date that a written archive shows for it; `packed`: it hardly gets smaller, so little time is spent on that. */
export type ZipFileEntry = { name: string; bytes: Uint8Array; day?: string; packed?: boolean };

// What operating systems add on their own.
const isLitter = (name: string): boolean =>
  name.startsWith('__MACOSX/') || /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(name);

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/**
 * The files of an archive, one in memory at a time. Directories and the litter of operating systems are left out.
 * The whole table of contents is judged before the first file is given, so that a bad archive gives nothing.
 *
 * @throws FileProblem broken-zip, encrypted-zip, unsupported-zip, unsafe-path, link-entry, duplicate-entry,
 * too-many-entries, entry-too-large, zip-bomb (declared sizes before, actual sizes while expanding)
 */
export async function* readZip(source: FileSource, opts: ZipLimits): AsyncGenerator<ZipFileEntry> {
  const zip = await openZip(source, opts);
  try {
    for (const entry of zip.entries) {
      if (entry.name.endsWith('/') || isLitter(entry.name)) continue;
      yield { name: entry.name, bytes: await collect(zip.stream(entry)) };
    }
  } finally {
    zip.close();
  }
}

/** The settings with which every entry is written: a fixed local date, because archives of the same files must be equal. */
export const FIXED_ENTRY = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 } as const;

/** What is being written: its stream, and whether the reader of the archive has gone. */
export type Writing = { current?: Readable; gone: boolean };

/** Midnight of a civil day where this runs: ZIP keeps local times, and the same day must give the same bytes everywhere. */
function midnight(day: string): Date {
  const [year = 1980, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
}

function give(zip: ZipFile, { name, bytes, day, packed }: ZipFileEntry, writing: Writing): Promise<void> {
  const options = {
    ...FIXED_ENTRY,
    ...(day === undefined ? {} : { mtime: midnight(day) }),
    ...{ size: bytes.length, compressionLevel: packed ? 1 : 6 },
  };
  // yazl keeps what is called below until the archive is done: it must not keep the bytes alive.
  const held = bytes.length > 0 ? [bytes] : [];
  return new Promise<void>((resolve, reject) => {
    zip.addReadStreamLazy(name, options, (take) => {
      const stream = Readable.from(held.splice(0), { objectMode: false });
      writing.current = stream.once('close', resolve).once('error', reject);
      take(null, stream);
    });
  });
}

async function feed(
  zip: ZipFile,
  entries: AsyncIterable<ZipFileEntry> | Iterable<ZipFileEntry>,
  writing: Writing,
): Promise<void> {
  const keys = new Set<string>();
  for await (const entry of entries) {
    const { name } = entry;
    refuseUnsafeName(name);
    const key = nameKey(name);
    if (keys.has(key)) throw new FileProblem('duplicate-entry', { place: { entry: name } });
    keys.add(key);
    // The next entry is asked for when this one has been taken, so that only one is in memory.
    await give(zip, entry, writing);
    if (writing.gone) return;
  }
  zip.end();
}

/**
 * The bytes that a yazl archive puts out while `work` fills it. A failure of `work` comes out of the loop; when the
 * reader stops early, the stream that is being written is closed, so that its rows or files are let go.
 */
export async function* zipOutput(zip: ZipFile, work: Promise<void>, writing: Writing): AsyncGenerator<Uint8Array> {
  const output = zip.outputStream as Readable;
  work.catch((error: Error) => output.destroy(error));
  try {
    yield* output as AsyncIterable<Uint8Array>;
  } finally {
    writing.gone = true;
    writing.current?.destroy();
  }
}

/**
 * An archive in pieces, as they become ready. Same entries in the same order give the same bytes.
 * @throws FileProblem unsafe-path, duplicate-entry
 */
export async function* writeZip(
  entries: AsyncIterable<ZipFileEntry> | Iterable<ZipFileEntry>,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const writing: Writing = { gone: false };
  yield* zipOutput(zip, feed(zip, entries, writing), writing);
}
