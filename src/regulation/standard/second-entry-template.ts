// The table of a blind second entry (盲录, art. 11(2)): the key fields of sampled records, read by the same cell rules as an import.
import { SECOND_ENTRY_FIELDS, type SecondEntryField, type SecondEntryValues } from '../cross-check/sample.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { matchHeader } from './headings.ts';
import type { SideContext, SideTemplateColumn } from './side-templates.ts';
import { fieldColumn, readSideRow } from './side-templates.ts';

type Key = 'sequence' | 'studentNumber' | SecondEntryField;
type SecondEntryColumn = SideTemplateColumn<Key>;

/** The columns in the order in which we offer them. Place and number identify the paper; a number that is there must be that of the place. */
export const SECOND_ENTRY_TEMPLATE: readonly SecondEntryColumn[] = [
  { key: 'sequence', heading: '序号', en: 'place on the roster', aliases: ['编号'], required: true, rule: null },
  fieldColumn('studentNumber', {
    aliases: ['学号(申请学位编号)', '学号/申请学位编号', '申请学位编号'],
    required: false,
  }),
  fieldColumn('name'),
  fieldColumn('degreeCategory', { heading: '学位类别码', aliases: ['学位类别代码'] }),
  fieldColumn('disciplineCode', { aliases: ['专业代码', '学科专业码'] }),
  fieldColumn('conferralDate'),
  fieldColumn('certificateNumber', { aliases: ['证书编号'] }),
  fieldColumn('resolutionNumber', { aliases: ['决议编号', '决议文号'] }),
];

/** Reads the header of such a table: the column of each cell, or every violation at once. */
export function readSecondEntryHeader(
  header: readonly string[],
): readonly (SecondEntryColumn | null)[] | { readonly violations: Violation[] } {
  const result = matchHeader(header, SECOND_ENTRY_TEMPLATE);
  return 'violations' in result ? result : result.match;
}

/** One second entry: whose it is, and the values. */
export interface SecondEntryRow {
  readonly sequence: number;
  readonly studentNumber: string;
  readonly values: SecondEntryValues;
}

/** Reads a row; `row` is null when anything is wrong with it. Codes are judged on the day `context.on`. */
export function parseSecondEntry(
  match: readonly (SecondEntryColumn | null)[],
  cells: readonly string[],
  context: SideContext = {},
): { readonly row: SecondEntryRow | null; readonly violations: Violation[] } {
  const { values, violations } = readSideRow(match, cells, '11(2)', context);
  const sequence = Number(values.sequence);
  if (values.sequence !== undefined && !(Number.isSafeInteger(sequence) && sequence > 0)) {
    violations.push(violation('roster-sequence', 'sequence', { found: values.sequence, expected: '≥ 1' }));
  }
  if (violations.length > 0) return { row: null, violations };
  const entries = SECOND_ENTRY_FIELDS.map((name) => [name, values[name] ?? '']);
  const entered: SecondEntryValues = Object.fromEntries(entries);
  const disciplineCode = entered.disciplineCode.toUpperCase();
  const studentNumber = values.studentNumber ?? '';
  return { row: { sequence, studentNumber, values: { ...entered, disciplineCode } }, violations };
}
