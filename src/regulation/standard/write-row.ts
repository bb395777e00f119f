// Writing a record as a row of an edition: the way back of editions.ts, so that export speaks what import reads (R7.1).
import type { RecordFields } from '../record.ts';
import type { CodeTableName, ExtraCodes } from './codes.ts';
import { lookUp } from './codes.ts';
import type { EditionId, RecordColumn } from './columns.ts';
import { NATIONAL_BACHELOR_COLUMNS, templateColumns } from './columns.ts';
import type { Field } from './fields.ts';
import { FIELDS } from './fields.ts';

/** What a row says of the institution beside the record's own fields. */
export interface RowInstitution {
  readonly code: string;
  readonly name: string;
}

function nameOf(table: CodeTableName, code: string, on: string, extra?: ExtraCodes): string {
  return lookUp(table, code, on, extra)?.name ?? code;
}

/** Sex as certificates and the national files write it. */
const SHORT_SEX: Readonly<Record<string, string>> = { '1': '男', '2': '女' };

/** The national edition: names instead of codes (but for degree category, discipline and units), dates yyyyMMdd, months yyyyMM. */
function nationalCell(column: RecordColumn, record: RecordFields, of: RowInstitution, extra?: ExtraCodes): string {
  const { field, side } = column;
  if (side === 'institution-code') return of.code;
  if (side === 'institution-name') return of.name;
  if (side === 'degree-category-name')
    return nameOf('degreeCategory', record.degreeCategory, record.conferralDate, extra);
  const value = field === null ? null : record[field];
  if (field === null || value === null || value === '') return '';
  const { kind, table }: Field = FIELDS[field];
  if (kind === 'date' || kind === 'month') return value.replaceAll('-', '');
  if (field === 'sex') return SHORT_SEX[value] ?? nameOf('sex', value, record.conferralDate, extra);
  if (table === undefined || table === 'discipline' || field === 'degreeCategory') return value;
  return nameOf(table, value, record.conferralDate, extra);
}

/** The cells of a record under {@link editionHeader} of the same edition and category. Secret fields are written as the record holds them: mask before, where that is due. */
export function writeRow(edition: EditionId, record: RecordFields, of: RowInstitution, extra?: ExtraCodes): string[] {
  if (edition === 'vermilion-1') {
    return templateColumns(record.category).map(({ field }) => (field === null ? '' : (record[field] ?? '')));
  }
  return NATIONAL_BACHELOR_COLUMNS.map((column) => nationalCell(column, record, of, extra));
}
