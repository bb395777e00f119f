// The rows of an XLSX sheet, read in pieces: memory holds the shared texts (packed) and one piece of the sheet.

import type { RawRow } from './csv.ts';
import { FileProblem } from './problems.ts';
import type { FileSource } from './source.ts';
import { type CellContext, cellText, type RawCell } from './xlsx-cells.ts';
import {
  parseXml,
  readSharedStrings,
  readStyles,
  readWorkbook,
  refuseLongCell,
  type XmlListener,
} from './xlsx-parts.ts';
import { type OpenZip, openZip, type ZipLimits } from './zip-entries.ts';

const MAX_COLUMNS = 16_384;
const MAX_ROW = 1_048_576;

// A sheet packs far better than prose (rows differ in few characters), but not two hundred times.
const WORKBOOK_LIMITS: ZipLimits = {
  maxEntries: 2000,
  maxEntryBytes: 1024 ** 3,
  maxTotalBytes: 1.5 * 1024 ** 3,
  maxRatio: 200,
};
const MAX_SHARED_BYTES = 512 * 1024 * 1024;

/** Opens a workbook with the limits for spreadsheets. Anything wrong with the package is FileProblem `broken-xlsx`. */
export async function openWorkbook(source: FileSource): Promise<OpenZip> {
  try {
    return await openZip(source, WORKBOOK_LIMITS);
  } catch (error) {
    throw asWorkbookProblem(error);
  }
}

// Inside a spreadsheet an officer knows nothing of archives: only bombs and passwords keep their own sentence.
function asWorkbookProblem(error: unknown): FileProblem {
  if (!(error instanceof FileProblem)) return new FileProblem('broken-xlsx');
  const own = ['broken-zip', 'unsupported-zip', 'unsafe-path', 'link-entry', 'duplicate-entry', 'too-many-entries'];
  return own.includes(error.code) ? new FileProblem('broken-xlsx') : error;
}

/** True when the archive holds an XLSX workbook. */
export function isWorkbook(zip: OpenZip): boolean {
  const names = new Set(zip.entries.map((entry) => entry.name.toLowerCase()));
  return names.has('xl/workbook.xml') && names.has('[content_types].xml');
}

/** The number of a column from 0 for a reference like `AB12`; -1 when it is none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const letter = (reference.charCodeAt(at) | 0x20) - 0x60;
    if (letter < 1 || letter > 26) return at === 0 ? -1 : column - 1;
    column = column * 26 + letter;
    if (column > MAX_COLUMNS) return -1;
  }
  return -1;
}

/** Collects rows from the events of a sheet's XML into `rows`, which the caller empties. */
function sheetListener(context: CellContext, rows: RawRow[]): XmlListener {
  let line = 0;
  let cells: string[] = [];
  let column = -1;
  let cell: RawCell | null = null;
  let inValue = false;
  let inRow = false;
  let aids = 0;
  const broken = (): FileProblem => new FileProblem('broken-xlsx', { place: { row: line, column: column + 1 } });

  return {
    open(name, at) {
      if (name === 'row') {
        line = at.r === undefined ? line + 1 : Number(at.r);
        if (!Number.isInteger(line) || line < 1 || line > MAX_ROW) throw broken();
        cells = [];
        column = -1;
        inRow = true;
      } else if (name === 'c' && inRow) {
        column = at.r === undefined ? column + 1 : columnOf(at.r);
        if (column < 0 || column >= MAX_COLUMNS) throw broken();
        cell = { type: at.t ?? 'n', style: Number(at.s ?? 0), text: '' };
      } else if (name === 'rPh') aids++;
      else if (cell && (cell.type === 'inlineStr' ? name === 't' && aids === 0 : name === 'v')) inValue = true;
    },
    text(part) {
      if (!inValue || !cell) return;
      cell.text += part;
      // An escaped character takes seven.
      refuseLongCell(cell.text.length / 7, line);
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'rPh') aids--;
      else if (name === 'c' && cell) {
        const text = cell.text === '' && cell.type !== 's' ? '' : cellText(cell, context);
        // A styled cell without a value is an empty one, whatever type it claims.
        if (text === null && cell.text !== '') throw broken();
        if (text) {
          refuseLongCell(text.length, line);
          while (cells.length < column) cells.push('');
          cells[column] = text;
        }
        cell = null;
      } else if (name === 'row') {
        inRow = false;
        if (cells.length > 0) rows.push({ line, cells });
      }
    },
  };
}

/** The name of the sheet whose rows {@link xlsxRows} gives. @throws FileProblem `broken-xlsx`, `zip-bomb`, `encrypted-zip` */
export async function readSheetName(source: FileSource): Promise<string> {
  const zip = await openWorkbook(source);
  try {
    return (await readWorkbook(zip)).sheetName;
  } catch (error) {
    throw asWorkbookProblem(error);
  } finally {
    zip.close();
  }
}

/**
 * All rows of the first visible sheet that hold something, the header among them. `line` is the row number in the sheet.
 * @throws FileProblem `broken-xlsx` (place when known), `cell-too-long`, `zip-bomb`, `encrypted-zip`
 */
export async function* xlsxRows(source: FileSource): AsyncGenerator<RawRow[]> {
  const zip = await openWorkbook(source);
  try {
    const { sheetPath, from1904 } = await readWorkbook(zip);
    const sheet = zip.entries.find((entry) => entry.name.toLowerCase() === sheetPath.toLowerCase());
    if (!sheet) throw new FileProblem('broken-xlsx', { expected: sheetPath });
    const styles = await readStyles(zip);
    const strings = await readSharedStrings(zip, MAX_SHARED_BYTES);
    const rows: RawRow[] = [];
    for await (const _ of parseXml(zip.stream(sheet), sheetListener({ strings, styles, from1904 }, rows))) {
      if (rows.length > 0) yield rows.splice(0);
    }
  } catch (error) {
    throw asWorkbookProblem(error);
  } finally {
    zip.close();
  }
}
