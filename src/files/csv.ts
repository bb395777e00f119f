// Delimited text to rows: RFC 4180 quoting, with comma, tab or semicolon decided by the header line.
import { finished } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { isBlankRow, tooManyCells, WIDEST } from './cell-text.ts';
import { type Delimiter, plainRows } from './csv-plain.ts';
import { FileProblem } from './problems.ts';
import type { FileSource } from './source.ts';
import { decodeText, type TextEncoding } from './text.ts';

/** A row as it stands in the file. `line` is the line on which it begins, from 1. */
export type RawRow = { line: number; cells: string[] };

/** What must be known before rows can be read. `quotes`: a quotation mark occurs somewhere; `looseQuotes`: some stand inside a cell. */
export type CsvForm = { encoding: TextEncoding; delimiter: Delimiter; quotes: boolean; looseQuotes: boolean };

// A row of 60 full cells is far below this; a forgotten closing quote would otherwise swallow the file.
const MAX_ROW_BYTES = 1024 * 1024;
const HEAD = 64 * 1024;

/** The parser is given so many bytes at once that it takes no longer than this (ms). */
const MOST_MS = 4;
const LEAST_BIT = 128;
const MOST_BIT = 64 * 1024;

const QUOTE = 0x22;
const EQUALS = 0x3d;
const BEFORE_CELL = new Set([0x2c, 0x3b, 0x09, 0x0d, 0x0a]);

// Where quotes stand side by side, a search for each would take most of the time.
const next = (piece: Uint8Array, at: number): number =>
  piece[at + 1] === QUOTE ? at + 1 : piece.indexOf(QUOTE, at + 1);

/**
 * Sees the raw bytes in pieces and remembers whether some cell is written `="1234"` without quotes around it,
 * as several systems export numbers. Such files break RFC 4180, so quotes inside a cell must then be tolerated.
 * The same bytes inside a quoted cell count for nothing. No accepted encoding has these bytes inside a character.
 * Also remembers whether there is any quotation mark at all.
 */
export function makeFormulaTextWatch(): {
  look: (piece: Uint8Array) => void;
  seen: () => boolean;
  quotes: () => boolean;
} {
  let [before, last] = [0x0a, 0x0a];
  let first = true;
  let quoted = false;
  let seen = false;
  let quotes = false;
  const look = (whole: Uint8Array): void => {
    const marked = first && whole[0] === 0xef && whole[1] === 0xbb && whole[2] === 0xbf;
    const piece = marked ? whole.subarray(3) : whole;
    first = false;
    const byteAt = (at: number): number => piece[at] ?? (at === -1 ? last : before);
    quotes ||= piece.includes(QUOTE);
    for (let at = piece.indexOf(QUOTE); at >= 0 && !seen; at = next(piece, at)) {
      seen = !quoted && byteAt(at - 1) === EQUALS && BEFORE_CELL.has(byteAt(at - 2));
      quoted = !quoted;
    }
    if (piece.length > 0) [before, last] = [byteAt(piece.length - 2), byteAt(piece.length - 1)];
  };
  return { look, seen: () => seen, quotes: () => quotes };
}

/** The delimiter of a header line: the most frequent of comma, tab and semicolon outside quotes; comma when there is none. */
export function delimiterOf(head: string): Delimiter {
  const counts = new Map<Delimiter, number>([
    [',', 0],
    ['\t', 0],
    [';', 0],
  ]);
  let quoted = false;
  let started = false;
  for (const char of head) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) {
      if (started) break;
    } else {
      started ||= char.trim() !== '';
      const count = counts.get(char as Delimiter);
      if (!quoted && count !== undefined) counts.set(char as Delimiter, count + 1);
    }
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** {@link delimiterOf} for a file. */
export async function readDelimiter(source: FileSource, encoding: TextEncoding): Promise<Delimiter> {
  let head = '';
  for await (const text of decodeText(source, encoding)) {
    head += text;
    if (head.length >= HEAD) break;
  }
  return delimiterOf(head.slice(0, HEAD));
}

// csv-parse counts a CR LF inside quotes as two lines; `pairs` is by how much its later counts are too high.
function breaksIn(cells: readonly string[]): { breaks: number; pairs: number } {
  let breaks = 0;
  let pairs = 0;
  for (const cell of cells) {
    for (let at = 0; at < cell.length; at++) {
      const code = cell.charCodeAt(at);
      if (code !== 10 && code !== 13) continue;
      breaks++;
      if (code === 13 && cell.charCodeAt(at + 1) === 10) pairs++;
    }
  }
  return { breaks, pairs };
}

/** What the parser found, as a problem of the file. What the source said when it was read is passed on: that is no fault of the file. */
function toProblem(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof FileProblem) return error;
  const { code, lines } = error as { code?: string; lines?: number };
  const place = { row: lines ?? 1 };
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new FileProblem('row-too-long', { expected: `≤ ${MAX_ROW_BYTES} B`, place });
  if (code?.includes('QUOTE')) return new FileProblem('broken-quotes', { place });
  return code?.startsWith('CSV_') ? new FileProblem('unreadable', { place }) : error;
}

/**
 * All rows that are not blank, the header among them, in flat memory, as many at a time as are read together.
 * @throws FileProblem `broken-quotes`, `row-too-long`, `too-many-cells`, each naming the line
 */
export function csvRows(source: FileSource, form: CsvForm): AsyncGenerator<RawRow[]> {
  if (form.quotes) return quotedRows(source, form);
  return plainRows(decodeText(source, form.encoding), form.delimiter, MAX_ROW_BYTES);
}

async function* quotedRows(source: FileSource, form: CsvForm): AsyncGenerator<RawRow[]> {
  let parsed: Parsed[] = [];
  const parser = parse({
    delimiter: form.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: form.looseQuotes,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_BYTES,
    on_record: (record: string[]) => {
      parsed.push({ record, lines: counts.lines });
      // For each row that is not as wide as the first the parser makes an error with a copy of the row, also when it is told not to mind:
      // twenty times the work of reading it. The next row is always a first one.
      counts.records = 0;
      return null;
    },
  });
  const counts: { lines: number; records: number } = parser.info;
  // What goes wrong is asked for below.
  parser.on('error', () => {});
  const rowOf = rowMaker(form.looseQuotes);
  const rowsThere = (): Generator<RawRow[]> => {
    const there = parsed;
    parsed = [];
    return rowsOf(there, rowOf);
  };
  let most = 512;
  try {
    for await (const text of decodeText(source, form.encoding)) {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) {
        const begun = performance.now();
        parser.write(bytes.subarray(at, at + most));
        at += most;
        yield* rowsThere();
        if (parser.errored) throw parser.errored;
        // Cells of a character or two take the parser longer than long ones.
        const took = performance.now() - begun;
        if (took > MOST_MS && most > LEAST_BIT) most /= 2;
        if (took < MOST_MS / 4 && most < MOST_BIT) most *= 2;
      }
    }
    parser.end();
    parser.resume();
    await finished(parser);
    yield* rowsThere();
  } catch (error) {
    throw toProblem(error);
  } finally {
    parser.destroy();
  }
}

/** What the parser made of the bytes that it has, in one go; rows before one that cannot be are given. */
function* rowsOf(parsed: readonly Parsed[], rowOf: (item: Parsed) => RawRow): Generator<RawRow[]> {
  const rows: RawRow[] = [];
  try {
    for (const item of parsed) {
      const row = rowOf(item);
      if (!isBlankRow(row.cells)) rows.push(row);
    }
  } finally {
    yield rows;
  }
}

/** A row of the parser, and how many lines it has counted by then. */
type Parsed = { record: string[]; lines: number };

/** Says on which line a row begins that the parser gives, and whether it can be one. */
function rowMaker(looseQuotes: boolean): (item: Parsed) => RawRow {
  let surplus = 0;
  return ({ record: cells, lines }) => {
    const { breaks, pairs } = breaksIn(cells);
    const line = lines - breaks - surplus;
    surplus += pairs;
    if (cells.length > WIDEST && !isBlankRow(cells)) throw tooManyCells(line);
    // With loose quotes a cell that still begins with a quote and spans lines has swallowed its neighbours.
    if (looseQuotes && cells.some((cell) => cell.startsWith('"') && cell.includes('\n'))) {
      throw new FileProblem('broken-quotes', { place: { row: line } });
    }
    return { line, cells };
  };
}
