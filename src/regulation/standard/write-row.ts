// Writing a record as a row of an edition: the way back of editions.ts, so that export speaks what import reads (R7.1).
// What the edition cannot hold is said, never shortened or replaced.

import type { RecordFields } from '../record/record.ts';
import { shown } from '../record/record-fields.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { CodeTableName, ExtraCodes } from './codes.ts';
import { lookUp } from './codes.ts';
import type { Edition, RecordColumn } from './edition.ts';
import type { Field, FieldName } from './fields.ts';
import { FIELDS } from './fields.ts';

/** What a row says of the institution beside the record's own fields. */
export interface RowInstitution {
  readonly code: string;
  readonly name: string;
}

/** The cells of a row in the order of the columns, and why some of them cannot stand there. */
export interface WrittenRow {
  readonly cells: string[];
  readonly violations: readonly Violation[];
}

/** Sex as certificates and the national files write it. */
const SHORT_SEX: Readonly<Record<string, string>> = { '1': '男', '2': '女' };

/** The name of a code on the day, if the name leads back to the code; null when there is none. */
function nameOf(field: FieldName, code: string, on: string, extra?: ExtraCodes): string | null {
  const { table }: Field = FIELDS[field];
  if (table === undefined || table === 'discipline') return code;
  const name = (field === 'sex' ? SHORT_SEX[code] : undefined) ?? lookUp(table as CodeTableName, code, on, extra)?.name;
  if (name === undefined) return null;
  return lookUp(table as CodeTableName, name, on, extra)?.code === code ? name : null;
}

function dateText(value: string, { format }: RecordColumn): string {
  if (format === 'yyyyMMdd') return value.replaceAll('-', '');
  return format === 'yyyyMM' ? value.replaceAll('-', '').slice(0, 6) : value;
}

/** The text of a cell; null where the code has no name. */
function cellOf(column: RecordColumn, record: RecordFields, of: RowInstitution, extra?: ExtraCodes): string | null {
  const { field, side, form } = column;
  if (side === 'institution-code') return of.code;
  if (side === 'institution-name') return of.name;
  const source = side === 'degree-category-name' ? 'degreeCategory' : side === 'name-of' ? column.of : field;
  const value = source === null || source === undefined ? null : record[source];
  if (source === null || source === undefined || value === null || value === '') return '';
  const { kind }: Field = FIELDS[source];
  if (kind === 'date' || kind === 'month') return dateText(value, column);
  if (side === undefined && form !== 'name') return value;
  return nameOf(source, value, record.conferralDate, extra);
}

const HAN = /\p{Script=Han}/u;

/** Length of a cell as a column counts it. Characters of the basic plane beyond ASCII take two bytes or four: four are counted where it matters. */
function lengthIn(text: string, measure: RecordColumn['measure'], bytesOf: (text: string) => number): number {
  if (measure === 'bytes') return bytesOf(text);
  let length = 0;
  for (const character of text) length += measure !== 'han' || HAN.test(character) ? 1 : 0.5;
  return Math.ceil(length);
}

/**
 * The cells of a record under the header of the edition. Secret fields are written as the record holds them.
 * @param bytesOf how many bytes of GB 18030 a text takes: asked where a column is measured in bytes
 */
export function writeRow(
  edition: Pick<Edition, 'columns'>,
  record: RecordFields,
  of: RowInstitution,
  extra?: ExtraCodes,
  bytesOf: (text: string) => number = (text) => text.length * 2,
): WrittenRow {
  const violations: Violation[] = [];
  const cells = edition.columns.map((column) => {
    const text = cellOf(column, record, of, extra);
    const label = { zh: column.heading, en: column.en };
    const source = column.field ?? column.of ?? 'degreeCategory';
    if (text === null) {
      violations.push(violation('export-code-without-name', source, { label, found: record[source] ?? '' }));
      return '';
    }
    const { maxLength } = column;
    if (maxLength !== undefined && text.length > maxLength / 4) {
      const length = lengthIn(text, column.measure, bytesOf);
      const details = { label, found: `${length}：${shown(source, text)}`, expected: `≤ ${maxLength}` };
      if (length > maxLength) violations.push(violation('export-value-too-long', source, details));
    }
    if (text !== text.trim())
      violations.push(violation('export-value-spaces', source, { label, found: `「${shown(source, text)}」` }));
    return text;
  });
  return { cells, violations };
}
