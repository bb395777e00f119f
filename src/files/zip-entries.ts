// The table of contents of a ZIP archive, judged as a whole before any entry is read, and the reading of one entry
// with its size, ratio and checksum verified. ISO/IEC 21320-1 and PKWARE APPNOTE 6.3.
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, openPromise, validateFileName, type ZipFile } from 'yauzl';
import { FileProblem } from './problems.ts';
import { atRandom, type FileSource, sizeOf } from './source.ts';

/** Limits of an archive: counts, bytes after expansion, and how many times larger than its packed form an entry may be. */
export type ZipLimits = { maxEntries: number; maxEntryBytes: number; maxTotalBytes: number; maxRatio: number };

/** An archive whose whole table of contents was found harmless. Close it when done. */
export type OpenZip = {
  entries: ZipEntry[];
  stream: (entry: ZipEntry) => AsyncGenerator<Uint8Array>;
  close: () => void;
};

/** One file inside: its decoded name and its expanded size as declared. */
export type ZipEntry = { name: string; size: number; raw: Entry };

// Below this an entry cannot hurt, whatever its ratio: short repetitive texts pack a thousandfold.
const HARMLESS_BYTES = 64 * 1024;
const UTF8_FLAG = 0x800;
const UNICODE_PATH = 0x7075;
const CJK = /\p{Script=Han}/u;

function decodeName(raw: Buffer, encoding: 'utf-8' | 'gb18030'): string | null {
  try {
    const name = new TextDecoder(encoding, { fatal: true }).decode(raw);
    return name.includes('\uFFFD') ? null : name;
  } catch {
    return null;
  }
}

// The hexadecimal name goes to the place, as every name does: it may still identify a person.
const undecodable = (raw: Buffer): FileProblem =>
  new FileProblem('unsafe-path', { place: { entry: `0x${raw.toString('hex')}` } });

/**
 * The name of an entry: UTF-8 when it says so, otherwise UTF-8 or GB 18030 by its bytes. Bytes that are valid as both
 * are GB 18030 when that gives han characters and UTF-8 only Western letters ("毛" would else be "ë").
 */
export function entryName(raw: Buffer, flags: number, extra: readonly { id: number; data: Buffer }[]): string {
  const unicode = extra.find((field) => field.id === UNICODE_PATH)?.data;
  if (unicode && unicode.length > 5 && unicode[0] === 1 && unicode.readUInt32LE(1) === crc32(raw)) {
    const name = decodeName(unicode.subarray(5), 'utf-8');
    if (name !== null) return name;
  }
  const utf8 = decodeName(raw, 'utf-8');
  if (flags & UTF8_FLAG || (utf8 !== null && /^[\x20-\x7e]*$/.test(utf8))) {
    if (utf8 !== null) return utf8;
    throw undecodable(raw);
  }
  const gb = decodeName(raw, 'gb18030');
  const westernOnly = utf8 !== null && [...utf8].every((char) => char < '\u0800');
  const name = utf8 !== null && !(westernOnly && gb !== null && CJK.test(gb)) ? utf8 : gb;
  if (name === null) throw undecodable(raw);
  return name;
}

const hasControl = (name: string): boolean =>
  [...name].some((char) => char < ' ' || char === '\x7f' || /[\u202A-\u202E\u2066-\u2069]/.test(char));

/** Throws `unsafe-path` for `..`, absolute and Windows paths, backslashes, control and direction-changing characters. */
export function refuseUnsafeName(name: string): void {
  const bad = name === '' || name.length > 1024 || hasControl(name) || /^[A-Za-z]:/.test(name);
  if (bad || validateFileName(name) !== null) throw new FileProblem('unsafe-path', { place: { entry: name } });
}

/** Two names with the same key would meet on a file system that ignores case, composition or `./`. */
export function nameKey(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return parts.join('/').normalize('NFC').toLowerCase();
}

function refuseKind(entry: Entry, name: string): void {
  const place = { entry: name };
  if (entry.isEncrypted()) throw new FileProblem('encrypted-zip', { place });
  const fileType = (entry.externalFileAttributes >>> 16) & 0xf000;
  if (fileType !== 0 && fileType !== 0x8000 && fileType !== 0x4000) throw new FileProblem('link-entry', { place });
  const method = entry.compressionMethod;
  if (method !== 0 && method !== 8) throw new FileProblem('unsupported-zip', { found: String(method), place });
}

/** Throws when one entry is too large, or expands more than the limits allow. */
function refuseSize(size: number, packed: number, limits: ZipLimits, name: string): void {
  const place = { entry: name };
  if (size > limits.maxEntryBytes) {
    throw new FileProblem('entry-too-large', { found: `${size} B`, expected: `≤ ${limits.maxEntryBytes} B`, place });
  }
  if (size > HARMLESS_BYTES && size > packed * limits.maxRatio) {
    const found = packed > 0 ? `${Math.round(size / packed)} : 1` : `${size} : 0`;
    throw new FileProblem('zip-bomb', { found, expected: `≤ ${limits.maxRatio} : 1`, place });
  }
}

async function readContents(zip: ZipFile, archiveBytes: number, limits: ZipLimits): Promise<ZipEntry[]> {
  const tooMany = (found: number): FileProblem =>
    new FileProblem('too-many-entries', { found: String(found), expected: `≤ ${limits.maxEntries}` });
  if (zip.entryCount > limits.maxEntries) throw tooMany(zip.entryCount);
  const entries: ZipEntry[] = [];
  const keys = new Set<string>();
  let total = 0;
  for await (const raw of zip.eachEntry()) {
    const name = entryName(raw.fileNameRaw, raw.generalPurposeBitFlag, raw.extraFields);
    refuseUnsafeName(name);
    refuseKind(raw, name);
    refuseSize(raw.uncompressedSize, raw.compressedSize, limits, name);
    const key = nameKey(name);
    if (keys.has(key)) throw new FileProblem('duplicate-entry', { place: { entry: name } });
    keys.add(key);
    if (keys.size > limits.maxEntries) throw tooMany(keys.size);
    total += raw.uncompressedSize;
    if (total > limits.maxTotalBytes) {
      throw new FileProblem('zip-bomb', { found: `≥ ${total} B`, expected: `≤ ${limits.maxTotalBytes} B` });
    }
    entries.push({ name, size: raw.uncompressedSize, raw });
  }
  // Entries that share the same packed bytes each look modest; together they do not.
  if (total > HARMLESS_BYTES && total > archiveBytes * limits.maxRatio) {
    const found = `${Math.round(total / archiveBytes)} : 1`;
    throw new FileProblem('zip-bomb', { found, expected: `≤ ${limits.maxRatio} : 1` });
  }
  return entries;
}

function toProblem(error: unknown, entry?: string): FileProblem {
  if (error instanceof FileProblem) return error;
  const place = entry === undefined ? {} : { place: { entry } };
  // yauzl's sentence for an entry that goes on after its declared size.
  const lied = error instanceof Error && error.message.startsWith('too many bytes in the stream');
  return new FileProblem(lied ? 'zip-bomb' : 'broken-zip', place);
}

async function* verified(zip: ZipFile, entry: ZipEntry, limits: ZipLimits): AsyncGenerator<Uint8Array> {
  let stream: Readable | undefined;
  try {
    stream = await zip.openReadStreamPromise(entry.raw);
    let size = 0;
    let sum = 0;
    for await (const piece of stream as AsyncIterable<Buffer>) {
      size += piece.length;
      refuseSize(size, entry.raw.compressedSize, limits, entry.name);
      sum = crc32(piece, sum);
      yield piece;
    }
    if (sum !== entry.raw.crc32) throw new FileProblem('broken-zip', { found: 'CRC-32', place: { entry: entry.name } });
  } catch (error) {
    throw toProblem(error, entry.name);
  } finally {
    stream?.destroy();
  }
}

/**
 * Opens an archive and judges every entry's declared name, kind and size before anything is expanded.
 * @throws FileProblem broken-zip, encrypted-zip, unsupported-zip, unsafe-path, link-entry, duplicate-entry,
 * too-many-entries, entry-too-large, zip-bomb
 */
export async function openZip(source: FileSource, limits: ZipLimits): Promise<OpenZip> {
  const archiveBytes = await sizeOf(source);
  const place = await atRandom(source);
  let zip: ZipFile | undefined;
  try {
    const opts = { lazyEntries: true, decodeStrings: false, autoClose: false } as const;
    if ('path' in place) zip = await openPromise(place.path, opts);
    else {
      const { buffer, byteOffset, length } = place.bytes;
      zip = await fromBufferPromise(Buffer.from(buffer, byteOffset, length), opts);
    }
    const opened = zip;
    const entries = await readContents(opened, archiveBytes, limits);
    return { entries, stream: (entry) => verified(opened, entry, limits), close: () => opened.close() };
  } catch (error) {
    zip?.close();
    throw toProblem(error);
  }
}
