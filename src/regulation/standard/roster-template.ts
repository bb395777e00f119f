// The roster file of a resolution (授予学位名单): its columns, its header, its rows (R6.1, R9.1).
import type { RosterRow } from '../resolution/roster.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { matchHeader } from './headings.ts';
import type { SideContext, SideTemplateColumn } from './side-templates.ts';
import { CATEGORY_COLUMN, fieldColumn, readSideRow } from './side-templates.ts';

type Key = keyof RosterRow;
type RosterColumn = SideTemplateColumn<Key>;

/** The columns in the order in which we offer them; the order of a file is free. 学号 is 申请学位编号 for equivalent-education masters. */
export const ROSTER_TEMPLATE: readonly RosterColumn[] = [
  { key: 'sequence', heading: '序号', en: 'sequence', aliases: ['编号'], required: true, rule: null },
  fieldColumn('name'),
  fieldColumn('studentNumber', { aliases: ['学号(申请学位编号)', '学号/申请学位编号', '申请学位编号'] }),
  CATEGORY_COLUMN,
  fieldColumn('degreeCategory', { heading: '学位类别码', aliases: ['学位类别代码'] }),
  fieldColumn('disciplineCode', { aliases: ['专业代码', '学科专业码'] }),
  fieldColumn('conferralDate'),
  fieldColumn('certificateNumber', { aliases: ['证书编号'] }),
];

/** A roster header that was understood; goes into {@link parseRosterRow} as it is. */
export interface RosterHeader {
  readonly columns: readonly (Key | null)[];
  readonly match: readonly (RosterColumn | null)[];
}

/** Reads the header of a roster file; every violation at once. */
export function readRosterHeader(header: readonly string[]): RosterHeader | Violation[] {
  const result = matchHeader(header, ROSTER_TEMPLATE);
  if ('violations' in result) return result.violations;
  return { columns: result.match.map((column) => column?.key ?? null), match: result.match };
}

/** Reads a row; `row` is null when anything is wrong with it. `context.on` is the day of the resolution. */
export function parseRosterRow(
  header: RosterHeader,
  cells: readonly string[],
  context: SideContext = {},
): { readonly row: RosterRow | null; readonly violations: Violation[] } {
  const { values, category, violations } = readSideRow(header.match, cells, '6', context);
  const sequence = Number(values.sequence);
  if (values.sequence !== undefined && !(Number.isSafeInteger(sequence) && sequence > 0)) {
    violations.push(violation('roster-sequence', 'sequence', { found: values.sequence, expected: '≥ 1' }));
  }
  if (category === null || violations.length > 0) return { row: null, violations };
  const text = (key: Key) => values[key] ?? '';
  const row: RosterRow = {
    sequence,
    name: text('name'),
    studentNumber: text('studentNumber'),
    category,
    degreeCategory: text('degreeCategory'),
    disciplineCode: text('disciplineCode').toUpperCase(),
    conferralDate: text('conferralDate'),
    certificateNumber: text('certificateNumber'),
  };
  return { row, violations };
}
