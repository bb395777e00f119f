// Records as rows of an exported file: first everything that cannot stand in it, then the rows themselves.
import { gb18030Length } from '../../files/gb18030.ts';
import { writeCsv } from '../../files/write-csv.ts';
import { DBF_LIMITS, writeDbf } from '../../files/write-dbf.ts';
import { writeXlsx } from '../../files/write-xlsx.ts';
import { type ExportFormat, MOST_EXPORTED } from '../../regulation/exports.ts';
import { shown } from '../../regulation/record/record-fields.ts';
import type { ExtraCodes } from '../../regulation/standard/codes.ts';
import { dbfName, type Edition, editionName, headerOf, type RecordColumn } from '../../regulation/standard/edition.ts';
import { type RowInstitution, writeRow } from '../../regulation/standard/write-row.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { eachRecord, type OpenRecord, type RecordWhere } from '../../store/records/records.ts';
import type { Call } from '../call.ts';
import type { Subject } from '../statement.ts';
import { recordSubject } from '../subjects.ts';

/** A file to be written: of which records, in which edition and form. */
export interface ExportPlan {
  readonly institution: RowInstitution;
  readonly where: RecordWhere;
  readonly edition: Edition;
  readonly format: ExportFormat;
  readonly encoding: 'utf-8' | 'gb18030' | null;
  readonly codes: ExtraCodes;
  readonly day: string;
}

/** What was found by looking at every record once. `widths`: bytes of GB 18030 that the widest cell of each column takes. */
export interface Surveyed {
  readonly subjects: readonly Subject[];
  readonly widths: readonly number[];
  readonly violations: readonly Violation[];
}

/** A refusal names so many problems. */
const NAMED_PROBLEMS = 200;

/** Bytes where the encoding has every character; else twice the characters, and the lack is named by itself. */
const bytesOf = (text: string): number => gb18030Length(text) ?? 2 * text.length;

/** What the encoding and the format cannot hold; the path begins with the row. */
function formViolations(column: RecordColumn, text: string, plan: ExportPlan): Violation[] {
  const { format, encoding } = plan;
  if (encoding !== 'gb18030' || text === '') return [];
  const label = { zh: column.heading, en: column.en };
  const source = column.field ?? column.of ?? 'institution';
  const found = column.field === null ? text : shown(column.field, text);
  const bytes = gb18030Length(text);
  if (bytes === null || (format === 'dbf' && text.includes('\0'))) {
    return [violation('export-character', source, { label, found, expected: 'GB 18030' })];
  }
  if (format !== 'dbf' || bytes <= DBF_LIMITS.width) return [];
  const details = { label, found: `${bytes} B：${found}`, expected: `DBF ≤ ${DBF_LIMITS.width} B` };
  return [violation('export-value-too-long', source, details)];
}

/** Looks at every record of the plan: nothing is written while one of them cannot stand in the file. */
export async function surveyExport(tx: Transaction, call: Call, plan: ExportPlan): Promise<Surveyed> {
  const { columns } = plan.edition;
  const subjects: Subject[] = [];
  const violations: Violation[] = [];
  const widths = columns.map(() => 1);
  for await (const chunk of recordsOf(tx, call, plan)) {
    for (const { row, fields } of chunk) {
      subjects.push(recordSubject(row));
      const written = writeRow(plan.edition, fields, plan.institution, plan.codes, bytesOf);
      const problems = [
        ...written.violations,
        ...columns.flatMap((column, at) => formViolations(column, written.cells[at] ?? '', plan)),
      ];
      for (const problem of problems) {
        if (violations.length >= NAMED_PROBLEMS) break;
        const found = `${fields.certificateNumber} ${problem.found ?? ''}`.trim();
        violations.push({ ...problem, path: `rows[${subjects.length + 1}].${problem.path}`, found });
      }
      if (plan.format !== 'dbf') continue;
      for (const [at, cell] of written.cells.entries()) widths[at] = Math.max(widths[at] ?? 1, bytesOf(cell));
    }
    if (subjects.length > MOST_EXPORTED) {
      violations.push(violation('export-too-many', 'selection', { expected: `≤ ${MOST_EXPORTED}` }));
      break;
    }
  }
  if (subjects.length === 0) violations.push(violation('export-nothing', 'selection', { found: '0', expected: '≥ 1' }));
  return { subjects, widths, violations };
}

function recordsOf(tx: Transaction, call: Call, { institution, where }: ExportPlan): AsyncGenerator<OpenRecord[]> {
  return eachRecord(tx, institution.code, where, call.world.cipher);
}

/** The file in pieces. A DBF column is as wide as the edition says in bytes, or as its widest cell. */
export function writeExport(
  tx: Transaction,
  call: Call,
  plan: ExportPlan,
  { subjects, widths }: Surveyed,
): AsyncGenerator<Uint8Array> {
  const { edition, institution, codes, format, encoding, day } = plan;
  async function* rows(): AsyncGenerator<string[]> {
    for await (const chunk of recordsOf(tx, call, plan)) {
      for (const { fields } of chunk) yield writeRow(edition, fields, institution, codes, bytesOf).cells;
    }
  }
  if (format === 'xlsx') return writeXlsx(editionName(edition), headerOf(edition), rows());
  if (format === 'csv') return writeCsv(headerOf(edition), rows(), encoding === 'gb18030' ? 'gb18030' : 'utf-8-bom');
  const columns = edition.columns.map((column, at) => ({
    name: dbfName(column),
    width:
      column.measure === 'bytes' && column.maxLength ? Math.min(DBF_LIMITS.width, column.maxLength) : (widths[at] ?? 1),
  }));
  return writeDbf(columns, rows(), subjects.length, day);
}
