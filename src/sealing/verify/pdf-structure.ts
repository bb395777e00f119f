// The strict rule for PDFs that we issue: one revision, one classic cross-reference table, every byte of the file accounted for.
import {
  expectText,
  looksAt,
  type PdfCursor,
  type PdfDictionary,
  PdfProblem,
  type PdfValue,
  readCount,
  readValue,
  skipSpace,
} from './pdf-syntax.ts';

/** Why a file is not of the strict form. */
export type StructureFault = 'after-end' | 'cross-reference' | 'revisions' | 'encrypted' | 'trailer' | 'objects';

/** All objects by number and the catalog, or what is wrong. */
export type Structure = { objects: ReadonlyMap<number, PdfValue>; catalog: PdfDictionary } | { fault: StructureFault };

const TAIL = /startxref(?:\r\n|\n|\r)(\d{1,10})(?:\r\n|\n|\r)%%EOF(?:\r\n|\n|\r)?$/;
const ENTRY_BYTES = 20;
const MOST_OBJECTS = 500_000;
const TRAILER_KEYS = new Set(['Size', 'Root', 'Info', 'ID']);

class Fault extends Error {
  readonly fault: StructureFault;
  constructor(fault: StructureFault) {
    super(fault);
    this.fault = fault;
  }
}

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** True when the bytes start as a PDF does. */
export function isPdf(bytes: Uint8Array): boolean {
  return /^%PDF-(1\.[0-7]|2\.0)[\r\n]/.test(latin(bytes.subarray(0, 9)));
}

/** Offsets by object number. Only object 0 is free: a freed object is a deletion that somebody made later. */
function readTable(cursor: PdfCursor): number[] {
  expectText(cursor, 'xref');
  skipSpace(cursor);
  if (readCount(cursor) !== 0) throw new Fault('cross-reference');
  skipSpace(cursor);
  const size = readCount(cursor);
  if (size > MOST_OBJECTS) throw new Fault('cross-reference');
  skipSpace(cursor);
  const offsets: number[] = [];
  for (let i = 0; i < size; i += 1) {
    const match = /^(\d{10}) (\d{5}) ([nf])(?: \n| \r|\r\n)$/.exec(
      latin(cursor.bytes.subarray(cursor.at, cursor.at + ENTRY_BYTES)),
    );
    const wanted = i === 0 ? ['65535', 'f'] : ['00000', 'n'];
    if (!match || match[2] !== wanted[0] || match[3] !== wanted[1]) throw new Fault('cross-reference');
    offsets.push(Number(match[1]));
    cursor.at += ENTRY_BYTES;
  }
  return offsets;
}

function readTrailer(cursor: PdfCursor, size: number): PdfDictionary {
  expectText(cursor, 'trailer');
  const trailer = readValue(cursor);
  if (trailer.kind !== 'dictionary') throw new Fault('trailer');
  const { entries } = trailer;
  if (entries.has('Encrypt')) throw new Fault('encrypted');
  if (entries.has('Prev') || entries.has('XRefStm')) throw new Fault('revisions');
  const declared = entries.get('Size');
  const known = [...entries.keys()].every((key) => TRAILER_KEYS.has(key));
  if (!known || declared?.kind !== 'number' || declared.value !== size) throw new Fault('trailer');
  return trailer;
}

/** Moves over the stream behind its dictionary. The length must be written in the dictionary and be right. */
function skipStream(cursor: PdfCursor, dictionary: PdfDictionary): void {
  const type = dictionary.entries.get('Type');
  // Objects inside streams would escape the check that every byte belongs to one object.
  if (type?.kind === 'name' && (type.name === 'ObjStm' || type.name === 'XRef')) throw new Fault('objects');
  const length = dictionary.entries.get('Length');
  if (length?.kind !== 'number' || !Number.isSafeInteger(length.value) || length.value < 0) throw new Fault('objects');
  expectText(cursor, 'stream');
  if (looksAt(cursor, '\r\n')) cursor.at += 2;
  else expectText(cursor, '\n');
  cursor.at += length.value;
  skipSpace(cursor);
  expectText(cursor, 'endstream');
  skipSpace(cursor);
}

function readObject(cursor: PdfCursor, number: number): PdfValue {
  if (readCount(cursor) !== number) throw new Fault('objects');
  expectText(cursor, ' 0 obj');
  const value = readValue(cursor);
  skipSpace(cursor);
  if (looksAt(cursor, 'stream')) {
    if (value.kind !== 'dictionary') throw new Fault('objects');
    skipStream(cursor, value);
  }
  expectText(cursor, 'endobj');
  skipSpace(cursor);
  return value;
}

/** Moves over the header line and the comment of high bytes that may follow it. */
function skipHeader(cursor: PdfCursor): void {
  for (let line = 0; line < 2 && looksAt(cursor, '%'); line += 1) {
    while (cursor.at < cursor.bytes.length && cursor.bytes[cursor.at] !== 10 && cursor.bytes[cursor.at] !== 13)
      cursor.at += 1;
    skipSpace(cursor);
  }
}

function read(bytes: Uint8Array): Structure {
  const window = bytes.subarray(Math.max(0, bytes.length - 64));
  const tail = TAIL.exec(latin(window));
  if (!tail) throw new Fault('after-end');
  const tailAt = bytes.length - window.length + tail.index;
  const tableAt = Number(tail[1]);
  const table: PdfCursor = { bytes, at: tableAt };
  const offsets = readTable(table);
  skipSpace(table);
  const trailer = readTrailer(table, offsets.length);
  skipSpace(table);
  if (table.at !== tailAt) throw new Fault('after-end');
  const cursor: PdfCursor = { bytes, at: 0 };
  skipHeader(cursor);
  const objects = new Map<number, PdfValue>();
  const order = offsets.map((offset, number) => ({ offset, number })).slice(1);
  order.sort((a, b) => a.offset - b.offset);
  for (const { offset, number } of order) {
    // Anything between two objects is in no table: bytes kept ready for a later trick.
    if (offset !== cursor.at) throw new Fault('objects');
    objects.set(number, readObject(cursor, number));
  }
  if (cursor.at !== tableAt) throw new Fault('objects');
  const root = trailer.entries.get('Root');
  const catalog = root?.kind === 'reference' && root.generation === 0 ? objects.get(root.object) : undefined;
  if (catalog?.kind !== 'dictionary') throw new Fault('trailer');
  return { objects, catalog };
}

/** Reads a PDF by the strict rule. Never throws. */
export function readStructure(bytes: Uint8Array): Structure {
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof Fault) return { fault: error.fault };
    return { fault: error instanceof PdfProblem ? 'objects' : 'cross-reference' };
  }
}
