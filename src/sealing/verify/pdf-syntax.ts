// A strict reader of PDF objects (ISO 32000-1 section 7.3): one value at one place, no repair, offsets of strings and arrays kept.

/** A PDF value. Strings and arrays know where they stand, `end` exclusive. */
export type PdfValue =
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'word'; word: 'true' | 'false' | 'null' }
  | { kind: 'string'; bytes: Uint8Array; hex: boolean; start: number; end: number }
  | { kind: 'array'; items: PdfValue[] }
  | PdfDictionary
  | { kind: 'reference'; object: number; generation: number };

/** A dictionary; a repeated key is refused, because readers disagree about which one counts. */
export interface PdfDictionary {
  kind: 'dictionary';
  entries: ReadonlyMap<string, PdfValue>;
}

/** Bytes are not the PDF syntax expected. */
export class PdfProblem extends Error {
  override readonly name = 'PdfProblem';
}

/** A place in the file from which values are read one after another. */
export interface PdfCursor {
  bytes: Uint8Array;
  at: number;
}

const DEEPEST = 50;
const WHITESPACE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set([...'()<>[]{}/%'].map((character) => character.charCodeAt(0)));

function fail(cursor: PdfCursor, what: string): never {
  throw new PdfProblem(`${what} at ${cursor.at}`);
}

/** Moves over white space. Comments are not skipped: they could hide anything. */
export function skipSpace(cursor: PdfCursor): void {
  while (WHITESPACE.has(cursor.bytes[cursor.at] ?? -1)) cursor.at += 1;
}

/** True when the ASCII text stands here. */
export function looksAt(cursor: PdfCursor, text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (cursor.bytes[cursor.at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Moves over the ASCII text, which must stand here. @throws {PdfProblem} */
export function expectText(cursor: PdfCursor, text: string): void {
  if (!looksAt(cursor, text)) fail(cursor, `expected ${text}`);
  cursor.at += text.length;
}

function regular(cursor: PdfCursor): string {
  const start = cursor.at;
  for (;;) {
    const byte = cursor.bytes[cursor.at];
    if (byte === undefined || WHITESPACE.has(byte) || DELIMITERS.has(byte)) break;
    cursor.at += 1;
  }
  if (cursor.at - start > 200) fail(cursor, 'token too long');
  return String.fromCharCode(...cursor.bytes.subarray(start, cursor.at));
}

/** A non-negative integer written with digits only. @throws {PdfProblem} */
export function readCount(cursor: PdfCursor): number {
  const token = regular(cursor);
  if (!/^\d{1,10}$/.test(token)) fail(cursor, 'expected a count');
  return Number(token);
}

function readName(cursor: PdfCursor): PdfValue {
  cursor.at += 1;
  const token = regular(cursor);
  const name = token.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { kind: 'name', name };
}

function readHexString(cursor: PdfCursor): PdfValue {
  const start = cursor.at;
  const end = cursor.bytes.indexOf(0x3e, start);
  if (end < 0) fail(cursor, 'unended hexadecimal string');
  const out = new Uint8Array((end - start - 1) >> 1);
  if ((end - start - 1) % 2 !== 0) fail(cursor, 'odd hexadecimal string');
  for (let i = 0; i < out.length; i += 1) {
    const digits = String.fromCharCode(cursor.bytes[start + 1 + 2 * i] ?? 0, cursor.bytes[start + 2 + 2 * i] ?? 0);
    if (!/^[0-9A-Fa-f]{2}$/.test(digits)) fail(cursor, 'bad hexadecimal string');
    out[i] = Number.parseInt(digits, 16);
  }
  cursor.at = end + 1;
  return { kind: 'string', bytes: out, hex: true, start, end: cursor.at };
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12, '(': 40, ')': 41, '\\': 92 };

function readEscape(cursor: PdfCursor, out: number[]): void {
  const character = String.fromCharCode(cursor.bytes[cursor.at] ?? fail(cursor, 'unended string'));
  const octal = /^[0-7]{1,3}/.exec(String.fromCharCode(...cursor.bytes.subarray(cursor.at, cursor.at + 3)))?.[0];
  if (octal) {
    out.push(Number.parseInt(octal, 8) & 0xff);
    cursor.at += octal.length;
  } else if (character === '\r' || character === '\n') {
    cursor.at += character === '\r' && cursor.bytes[cursor.at + 1] === 10 ? 2 : 1;
  } else {
    out.push(ESCAPES[character] ?? character.charCodeAt(0));
    cursor.at += 1;
  }
}

function readLiteralString(cursor: PdfCursor): PdfValue {
  const start = cursor.at;
  const out: number[] = [];
  let open = 0;
  do {
    const byte = cursor.bytes[cursor.at] ?? fail(cursor, 'unended string');
    cursor.at += 1;
    if (byte === 0x5c) {
      readEscape(cursor, out);
      continue;
    }
    if (byte === 0x28) open += 1;
    if (byte === 0x29) open -= 1;
    if (open > 0 && !(byte === 0x28 && open === 1 && cursor.at === start + 1)) out.push(byte);
  } while (open > 0);
  return { kind: 'string', bytes: Uint8Array.from(out), hex: false, start, end: cursor.at };
}

function readDictionary(cursor: PdfCursor, depth: number): PdfDictionary {
  cursor.at += 2;
  const entries = new Map<string, PdfValue>();
  for (;;) {
    skipSpace(cursor);
    if (looksAt(cursor, '>>')) break;
    if (!looksAt(cursor, '/')) fail(cursor, 'expected a key');
    const key = readName(cursor);
    if (key.kind !== 'name' || entries.has(key.name)) fail(cursor, 'repeated key');
    entries.set(key.name, readValue(cursor, depth + 1));
  }
  cursor.at += 2;
  return { kind: 'dictionary', entries };
}

function readNumberOrReference(cursor: PdfCursor): PdfValue {
  const token = regular(cursor);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(token)) fail(cursor, 'unknown token');
  const after = cursor.at;
  if (/^\d{1,10}$/.test(token)) {
    skipSpace(cursor);
    const generation = regular(cursor);
    skipSpace(cursor);
    if (/^\d{1,5}$/.test(generation) && regular(cursor) === 'R') {
      return { kind: 'reference', object: Number(token), generation: Number(generation) };
    }
    cursor.at = after;
  }
  return { kind: 'number', value: Number(token) };
}

/** Reads one value after white space. @throws {PdfProblem} */
export function readValue(cursor: PdfCursor, depth = 0): PdfValue {
  if (depth > DEEPEST) fail(cursor, 'too deep');
  skipSpace(cursor);
  if (looksAt(cursor, '<<')) return readDictionary(cursor, depth);
  if (looksAt(cursor, '<')) return readHexString(cursor);
  if (looksAt(cursor, '(')) return readLiteralString(cursor);
  if (looksAt(cursor, '/')) return readName(cursor);
  if (looksAt(cursor, '[')) {
    cursor.at += 1;
    const items: PdfValue[] = [];
    for (skipSpace(cursor); !looksAt(cursor, ']'); skipSpace(cursor)) items.push(readValue(cursor, depth + 1));
    cursor.at += 1;
    return { kind: 'array', items };
  }
  for (const word of ['true', 'false', 'null'] as const) {
    const start = cursor.at;
    if (looksAt(cursor, word) && regular(cursor) === word) return { kind: 'word', word };
    cursor.at = start;
  }
  return readNumberOrReference(cursor);
}
