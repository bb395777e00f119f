// The table of a form check: its columns and its rows, one for each record that passed and one for each field that is wrong.
import type { FormCheckEntry } from '../reporting/form-check.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { FIELD_NAMES, FIELDS, type FieldName, isFieldName } from './fields.ts';
import { type Column, type ColumnMatch, matchHeader, plainHeading } from './headings.ts';

type Key = 'certificateNumber' | 'result' | 'field' | 'reason';

/** A column of such a table. */
export interface FormCheckColumn extends Column {
  readonly key: Key;
}

/** The columns in the order in which we offer them; the order of a file is free. */
export const FORM_CHECK_TEMPLATE: readonly FormCheckColumn[] = [
  {
    key: 'certificateNumber',
    heading: '学位证书编号',
    en: 'certificate number',
    aliases: ['证书编号', 'XWZSBH', 'certificateNumber'],
    required: true,
  },
  { key: 'result', heading: '核查结果', en: 'result', aliases: ['结果', 'result'], required: true },
  { key: 'field', heading: '问题字段', en: 'field', aliases: ['字段', 'field'], required: true },
  { key: 'reason', heading: '问题说明', en: 'reason', aliases: ['原因', '说明', 'reason'], required: true },
];

const RESULTS: ReadonlyMap<string, boolean> = new Map([
  ...['通过', '合格', 'PASSED', 'PASS'].map((word): [string, boolean] => [word, true]),
  ...['不通过', '未通过', '不合格', 'FAILED', 'FAIL'].map((word): [string, boolean] => [word, false]),
]);

const FIELDS_BY_WORD: ReadonlyMap<string, FieldName> = new Map(
  FIELD_NAMES.flatMap((name): [string, FieldName][] => {
    const { zh, mnemonic }: { zh: string; mnemonic: string | null } = FIELDS[name];
    return [zh, ...(mnemonic === null ? [] : [mnemonic])].map((word): [string, FieldName] => [
      plainHeading(word),
      name,
    ]);
  }),
);

/** Reads the header; every violation at once. */
export function readFormCheckHeader(header: readonly string[]): ColumnMatch<FormCheckColumn> | Violation[] {
  const result = matchHeader(header, FORM_CHECK_TEMPLATE);
  return 'violations' in result ? [...result.violations] : result.match;
}

/** Whether a header was understood. */
export function isHeader(read: ColumnMatch<FormCheckColumn> | Violation[]): read is ColumnMatch<FormCheckColumn> {
  return !read.some((each) => each !== null && 'code' in each);
}

/** The field that a word names: its name here, in Chinese, or its mnemonic of the national structure; the word itself when none. */
export function fieldOfWord(word: string): string {
  if (isFieldName(word)) return word;
  return FIELDS_BY_WORD.get(plainHeading(word)) ?? word;
}

/** Reads a row; null when its result or number cannot be read. */
export function readFormCheckRow(
  match: ColumnMatch<FormCheckColumn>,
  cells: readonly string[],
  path: string,
): { readonly entry: FormCheckEntry | null; readonly violations: Violation[] } {
  const values: Partial<Record<Key, string>> = {};
  for (const [at, column] of match.entries()) if (column) values[column.key] = cells[at]?.trim() ?? '';
  const { certificateNumber = '', result = '', field = '', reason = '' } = values;
  const violations: Violation[] = [];
  const passed = RESULTS.get(result.toUpperCase());
  if (certificateNumber === '') {
    violations.push(
      violation('field-missing', `${path}.certificateNumber`, {
        label: FIELDS.certificateNumber,
        found: '0',
        expected: '1',
      }),
    );
  }
  if (passed === undefined) {
    const details = { found: result.slice(0, 40), expected: '通过 / 不通过' };
    violations.push(violation('form-check-result-unknown', `${path}.result`, details));
  }
  if (passed === undefined || violations.length > 0) return { entry: null, violations };
  const reasons = field === '' && reason === '' ? [] : [{ field: fieldOfWord(field), reason }];
  return { entry: { certificateNumber, passed, reasons, path }, violations };
}
