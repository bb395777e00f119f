// Rows as PostgreSQL's COPY text format (manual, COPY, "Text Format"): cells between tabs, rows on lines, \N for NULL.
import type { Column } from './bulk.ts';

// Only these four would be taken for something else: the escape itself, both line breaks and the delimiter.
const SPECIAL = /[\\\n\r\t]/;
const ALL_SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const NEW_LINE = 0x0a;
const ROOM = 64 * 1024;
/** Where lines are put together, again and again: as one string they would be made, checked and turned into bytes in passes of their own. */
let lines = Buffer.alloc(ROOM);
/** Room beyond this is given back. */
const MOST_KEPT = 32 * ROOM;

/**
 * The rows as lines in UTF-8, one value per column: strings, numbers, bigints, booleans, Date, Uint8Array (bytea), arrays of these,
 * any JSON (jsonb), null and undefined (both NULL).
 * @throws {TypeError} text with half a surrogate pair, which UTF-8 cannot hold. {RangeError} a Date that is none
 */
export function copyText(columns: readonly Column[], rows: readonly (readonly unknown[])[]): Uint8Array {
  const json = columns.map(({ type }) => type === 'jsonb');
  const cells: string[] = columns.map(() => '');
  let end = 0;
  for (const row of rows) {
    for (let at = 0; at < cells.length; at++) {
      const value = row[at];
      if (value === null || value === undefined) cells[at] = '\\N';
      else cells[at] = escaped(json[at] ? JSON.stringify(value) : plainText(value));
    }
    const line = cells.join('\t');
    if (!line.isWellFormed()) throw new TypeError('The text is not well-formed Unicode.');
    // A UTF-16 code unit takes at most three bytes.
    const room = end + 3 * line.length + 1;
    if (room > lines.length) lines = Buffer.concat([lines], 2 * room);
    end += lines.write(line, end);
    lines[end++] = NEW_LINE;
  }
  const written = Buffer.allocUnsafeSlow(end);
  lines.copy(written);
  if (lines.length > MOST_KEPT) lines = Buffer.alloc(ROOM);
  return written;
}

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(ALL_SPECIAL, (character) => ESCAPES[character] ?? '') : text;
}

/** A value as its type reads it. */
function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) {
    return `\\x${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`;
  }
  if (Array.isArray(value)) return `{${value.map(element).join(',')}}`;
  return String(value);
}

/** An element of an array literal (manual 8.15.2), always in quotes, so that a text NULL stays a text. */
function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  return `"${plainText(value).replace(/["\\]/g, '\\$&')}"`;
}
