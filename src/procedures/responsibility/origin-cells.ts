// The cell of an imported file from which a value came: found in the stored file by what was sealed, not by what the record says (R22.1).

import { FileProblem } from '../../files/problems.ts';
import { openTable, type Table } from '../../files/table.ts';
import { readSheetName } from '../../files/xlsx.ts';
import { masked } from '../../regulation/record/record-fields.ts';
import { parseRow, readHeader } from '../../regulation/standard/editions.ts';
import { parseEnrolmentRow, readEnrolmentHeader } from '../../regulation/standard/enrolment-template.ts';
import type { FieldName } from '../../regulation/standard/fields.ts';
import { CATEGORIES, type Category, isKeyOf } from '../../regulation/vocabulary.ts';
import { Tampered } from '../../secrecy/secret-problems.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { FileAltered, readBytes } from '../../store/stored-files.ts';
import type { World } from '../call.ts';
import { editionOfImport } from '../collection/record-table.ts';
import { NotFound } from '../errors.ts';
import { FILE_KINDS, MAX_ROWS } from '../files/file-kinds.ts';
import { codesOf } from '../structure/own-codes.ts';

/** An import as its sealed step names it. */
export interface SealedImport {
  readonly id: string;
  readonly fileName: string;
  /** SHA-256 of the file, from the statement. */
  readonly fileDigest: string;
  readonly edition: string | null;
  readonly category: string | null;
}

/** The cell of a file as it stood there. */
export interface ImportedCell {
  readonly importId: string;
  readonly fileName: string;
  readonly fileDigest: string;
  /** Line (CSV) or row (XLSX, DBF) of the file; the header is line 1. */
  readonly line: number;
  /** Name of the sheet; null of a file without sheets. */
  readonly sheet: string | null;
  /** Place of the column, from 1, and its heading. */
  readonly column: number;
  readonly heading: string;
  /** The text of the cell; masked where the field is secret. */
  readonly raw: string;
}

/** The row of one person in an imported file: a cell for each field that the row has a text for. */
export interface ImportedRow {
  readonly line: number;
  cellOf(field: FieldName): ImportedCell | null;
}

/** What was looked for and found: a row, no row, or no file that could be read. */
export type RowFound = ImportedRow | 'row-missing' | 'file-altered';

/** What reading a file again needs. */
export type CellWorld = Pick<World, 'cipher'> & { readonly db: { readonly prisma: CellReader } };
type CellReader = Pick<Transaction, 'storedFile' | 'loadedEdition' | 'codeEntry' | 'codeMapping' | 'codeRecoding'>;

/**
 * The row of a file of degree records with this certificate number. The line on the record is tried first; where somebody else
 * stands there, the whole file is read.
 */
export async function findRecordRow(
  world: CellWorld,
  institution: string,
  of: SealedImport,
  { certificateNumber, keptLine, on }: { certificateNumber: string; keptLine: number | null; on: string },
): Promise<RowFound> {
  return reading(world, institution, of, async (table, sheet) => {
    const db = world.db.prisma;
    const category = categoryOf(of.category);
    const header = readHeader(table.header, category, await editionOfImport(db, institution, category, of.edition));
    if (Array.isArray(header)) return 'file-altered';
    const context = { on, institution, codes: await codesOf(db, institution) };
    const isTheirs = (cells: readonly string[]) =>
      parseRow(header, cells, category, context).fields.certificateNumber === certificateNumber;
    const found = await findRow(table, keptLine, isTheirs);
    return found ? rowOf(of, sheet, table, found, (field) => header.columns.indexOf(field)) : 'row-missing';
  });
}

/** The row of a file of enrolment records by student number, or where a record has none by identity number. */
export async function findEnrolmentRow(
  world: CellWorld,
  institution: string,
  of: SealedImport,
  person: { readonly studentNumber: string; readonly identityNumber: string },
): Promise<RowFound> {
  return reading(world, institution, of, async (table, sheet) => {
    const header = readEnrolmentHeader(table.header);
    if (Array.isArray(header)) return 'file-altered';
    const category = categoryOf(of.category);
    const isTheirs = (cells: readonly string[]) => {
      const { studentNumber, identityNumber } = parseEnrolmentRow(header, cells, category).fields;
      return person.studentNumber === ''
        ? identityNumber === person.identityNumber
        : studentNumber === person.studentNumber;
    };
    const found = await findRow(table, null, isTheirs);
    const columnOf = (field: FieldName) =>
      header.columns.findIndex((key) => key === (field === 'graduationMonth' ? 'graduationDate' : field));
    return found ? rowOf(of, sheet, table, found, columnOf) : 'row-missing';
  });
}

const categoryOf = (text: string | null): Category =>
  text !== null && isKeyOf(CATEGORIES, text) ? text : 'regular-bachelor';

/** Opens the stored file whose digest was sealed; whatever is wrong with it is said, not thrown. */
async function reading(
  { cipher, db }: CellWorld,
  institution: string,
  { fileDigest, fileName: name }: SealedImport,
  read: (table: Table, sheet: string | null) => Promise<RowFound>,
): Promise<RowFound> {
  try {
    const bytes = await readBytes(db.prisma, institution, fileDigest, cipher);
    if (!bytes) return 'file-altered';
    const table = await openTable({ bytes }, { name, maxBytes: FILE_KINDS.records.maxBytes, maxRows: MAX_ROWS });
    const sheet = table.kind === 'xlsx' ? await readSheetName({ bytes }) : null;
    return await read(table, sheet);
  } catch (error) {
    const known = [FileAltered, FileProblem, Tampered, NotFound].some((kind) => error instanceof kind);
    if (!known) throw error;
    return 'file-altered';
  }
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

async function findRow(
  table: Table,
  keptLine: number | null,
  isTheirs: (cells: readonly string[]) => boolean,
): Promise<Row | null> {
  if (keptLine !== null) {
    for await (const row of table.rows()) {
      if (row.line < keptLine) continue;
      if (row.line === keptLine && isTheirs(row.cells)) return row;
      break;
    }
  }
  for await (const row of table.rows()) if (isTheirs(row.cells)) return row;
  return null;
}

function rowOf(
  { id: importId, fileName, fileDigest }: SealedImport,
  sheet: string | null,
  { header }: Table,
  { line, cells }: Row,
  columnOf: (field: FieldName) => number,
): ImportedRow {
  return {
    line,
    cellOf(field) {
      const at = columnOf(field);
      const text = cells[at] ?? '';
      if (at < 0 || text.trim() === '') return null;
      const raw = masked(field, text);
      return { importId, fileName, fileDigest, line, sheet, column: at + 1, heading: header[at] ?? '', raw };
    },
  };
}
