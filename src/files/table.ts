// A file with a header and rows, whatever its form: decides between CSV, XLSX and DBF by content and gives the same shape.
import { looksLikeBig5 } from './big5.ts';
import { isBlankRow, unwrapCell, usedWidth } from './cell-text.ts';
import { type CsvForm, csvRows, makeFormulaTextWatch, type RawRow, readDelimiter } from './csv.ts';
import { dbfRows, openDbf } from './dbf.ts';
import { DBF_BLOCK, isDbf } from './dbf-header.ts';
import { FileProblem } from './problems.ts';
import { atRandom, checkSize, type FileSource, readHead } from './source.ts';
import { detectSourceEncoding } from './text.ts';
import { takingTurns } from './turns.ts';
import { isWorkbook, openWorkbook, xlsxRows } from './xlsx.ts';

/** A row of a table: the line (CSV) or row (XLSX) on which it begins, and exactly as many cells as the header. */
export type TableRow = { line: number; cells: string[] };

/** An opened table. `rows()` and `blocks()` read the file from its beginning each time, in flat memory. */
export type Table = {
  kind: 'csv' | 'xlsx' | 'dbf';
  /** `utf-8`, `utf-8-bom` or `gb18030`; absent for XLSX. */
  encoding?: string;
  /** The cells of the first row that is not blank, trimmed, without empty ones at its end. */
  header: string[];
  rows: () => AsyncIterable<TableRow>;
  /** The same rows, as many at a time as are read together: whoever takes many need not wait for each. */
  blocks: () => AsyncIterable<TableRow[]>;
};

const MAX_COLUMNS = 500;
/** More than any header line. */
const HEADER_BYTES = 64 * 1024;

const startsWith = (head: Uint8Array, ...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte);

/** Decides by the first bytes; refuses, by its real name, what is certainly no table. */
function kindOf(head: Uint8Array): 'text' | 'zip' | 'dbf' {
  if (startsWith(head, 0x50, 0x4b, 3, 4) || startsWith(head, 0x50, 0x4b, 5, 6)) return 'zip';
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) throw new FileProblem('old-excel');
  const expected = 'CSV / XLSX / DBF';
  if (startsWith(head, 0x25, 0x50, 0x44, 0x46)) throw new FileProblem('unsupported-type', { found: 'PDF', expected });
  if (startsWith(head, 0xff, 0xd8, 0xff)) throw new FileProblem('unsupported-type', { found: 'JPEG', expected });
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47)) throw new FileProblem('unsupported-type', { found: 'PNG', expected });
  return isDbf(head) ? 'dbf' : 'text';
}

async function csvForm(source: FileSource): Promise<CsvForm> {
  const watch = makeFormulaTextWatch();
  if (looksLikeBig5(await readHead(source, HEADER_BYTES))) {
    throw new FileProblem('wrong-encoding', { found: 'Big5', expected: 'UTF-8 / GB 18030' });
  }
  const { encoding } = await detectSourceEncoding(source, watch.look);
  const delimiter = await readDelimiter(source, encoding);
  return { encoding, delimiter, quotes: watch.quotes(), looseQuotes: watch.seen() };
}

function headerOf(row: RawRow | undefined): string[] {
  if (row === undefined) throw new FileProblem('no-header');
  const width = usedWidth(row.cells);
  if (width > MAX_COLUMNS) {
    const place = { row: row.line };
    throw new FileProblem('too-many-columns', { found: String(width), expected: `≤ ${MAX_COLUMNS}`, place });
  }
  return row.cells.slice(0, width).map((cell) => cell.trim());
}

/** What gives the rows of a file, blank ones too, as they are read together, and what is done to each cell. */
interface Source {
  blocks(): AsyncIterable<RawRow[]>;
  cell(text: string): string;
}

/** The first row that is not blank. */
async function firstOf({ blocks, cell }: Source): Promise<RawRow | undefined> {
  const turn = takingTurns();
  for await (const rows of blocks()) {
    for (const { line, cells } of rows) if (!isBlankRow(cells)) return { line, cells: cells.map(cell) };
    await turn();
  }
  return undefined;
}

function toWidth(row: RawRow, width: number): TableRow {
  const { cells, line } = row;
  const used = cells.length > width ? usedWidth(cells) : cells.length;
  if (used > width) {
    const place = { row: line, column: width + 1 };
    throw new FileProblem('too-many-cells', { found: String(used), expected: `≤ ${width}`, place });
  }
  cells.length = Math.min(cells.length, width);
  while (cells.length < width) cells.push('');
  return row;
}

/** One step for all that is done to a row: each step of its own would wait for every row. */
async function* tableBlocks({ blocks, cell }: Source, width: number, maxRows: number): AsyncGenerator<TableRow[]> {
  let count = -1;
  const turn = takingTurns();
  for await (const rows of blocks()) {
    const block: TableRow[] = [];
    try {
      for (const { line, cells } of rows) {
        if (isBlankRow(cells)) continue;
        count++;
        if (count === 0) continue;
        if (count > maxRows) throw new FileProblem('too-many-rows', { expected: `≤ ${maxRows}`, place: { row: line } });
        block.push(toWidth({ line, cells: cells.map(cell) }, width));
      }
    } finally {
      // Rows before one that stops the reading are given all the same.
      if (block.length > 0) yield block;
    }
    await turn();
  }
}

/** What every table has, whatever its form. */
async function tableOf(source: Source, maxRows: number): Promise<Pick<Table, 'header' | 'rows' | 'blocks'>> {
  const header = headerOf(await firstOf(source));
  const blocks = () => tableBlocks(source, header.length, maxRows);
  async function* rows(): AsyncGenerator<TableRow> {
    for await (const block of blocks()) yield* block;
  }
  return { header, rows, blocks };
}

async function openByContent(source: FileSource, opts: { maxBytes: number; maxRows: number }): Promise<Table> {
  await checkSize(source, opts.maxBytes);
  const kind = kindOf(await readHead(source, DBF_BLOCK));
  if (kind === 'dbf') {
    const table = await openDbf(source);
    const all: Source = { blocks: () => dbfRows(source, table), cell: (text) => text };
    return { kind: 'dbf', encoding: table.encoding, ...(await tableOf(all, opts.maxRows)) };
  }
  if (kind === 'zip') {
    const archive = await atRandom(source);
    const zip = await openWorkbook(archive);
    const workbook = isWorkbook(zip);
    zip.close();
    if (!workbook) {
      throw new FileProblem('unsupported-type', { found: 'ZIP', expected: 'CSV / XLSX / DBF' });
    }
    const all: Source = { blocks: () => xlsxRows(archive), cell: (text) => text };
    return { kind: 'xlsx', ...(await tableOf(all, opts.maxRows)) };
  }
  const form = await csvForm(source);
  const all: Source = { blocks: () => csvRows(source, form), cell: unwrapCell };
  return { kind: 'csv', encoding: form.encoding, ...(await tableOf(all, opts.maxRows)) };
}

/**
 * Opens a CSV (UTF-8 or GB 18030; comma, tab or semicolon), XLSX (first visible sheet) or DBF file (GB 18030 or UTF-8) and reads its header.
 * Content decides, the name never. Blank rows are skipped, missing cells at the end are empty, wrappings like `'1234`
 * are taken off, numbers come as typed, days as `YYYY-MM-DD`. Digits lost to `1.04474E+15` come as that text.
 *
 * @param opts.name the file's name as uploaded, which stands as `place.entry` in problems about the whole file
 * @param opts.maxBytes larger files are refused unread; `opts.maxRows` rows after the header are given at most
 * @throws FileProblem here for what concerns the file or its header, from `rows()` for what concerns a row
 */
export async function openTable(
  source: FileSource,
  opts: { name: string; maxBytes: number; maxRows: number },
): Promise<Table> {
  try {
    return await openByContent(source, opts);
  } catch (error) {
    if (!(error instanceof FileProblem) || error.place !== undefined) throw error;
    const { code, found, expected } = error;
    const details = { ...(found === undefined ? {} : { found }), ...(expected === undefined ? {} : { expected }) };
    throw new FileProblem(code, { ...details, place: { entry: opts.name } });
  }
}
