// Records, enrolment records and rosters as tables: columns of the editions, cells as officers write them.

import type { EnrolmentFields } from '../../regulation/record/enrolment.ts';
import type { RecordFields } from '../../regulation/record/record.ts';
import type { RosterRow } from '../../regulation/resolution/roster.ts';
import { type CodeTableName, lookUp } from '../../regulation/standard/codes.ts';
import {
  type EditionId,
  editionHeader,
  NATIONAL_BACHELOR_COLUMNS,
  templateColumns,
} from '../../regulation/standard/columns.ts';
import { ENROLMENT_TEMPLATE } from '../../regulation/standard/enrolment-template.ts';
import { FIELD_NAMES, FIELDS, type Field, type FieldName } from '../../regulation/standard/fields.ts';
import { ROSTER_TEMPLATE } from '../../regulation/standard/roster-template.ts';
import { CATEGORIES, type Category } from '../../regulation/vocabulary.ts';

/** A table as text, header first. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What one row of a record file says, by field, as text in its cells. */
export type Cells = Partial<Record<FieldName, string>>;

/** In words where officers write words; codes of disciplines and degree categories stay codes. */
const IN_WORDS: ReadonlySet<FieldName> = new Set<FieldName>([
  'sex',
  'country',
  'ethnicity',
  'politicalStatus',
  'identityType',
  'lengthOfStudy',
  'studyForm',
  'studyMode',
  'outcomeType',
  'thesisTopicSource',
  'thesisLanguage',
]);

function cellOf(name: FieldName, value: string, edition: EditionId, on: string): string {
  const { kind, table }: Field = FIELDS[name];
  if (IN_WORDS.has(name) && table !== undefined) return lookUp(table as CodeTableName, value, on)?.name ?? value;
  const compact = edition === 'bachelor-2024-06' && (kind === 'date' || kind === 'month');
  return compact ? value.replaceAll('-', '') : value;
}

/** The cells of a record in an edition; the fields that the resolution supplies are left to it in our own template. */
export function cellsOf(record: RecordFields, edition: EditionId): Cells {
  const cells: Cells = {};
  for (const name of FIELD_NAMES) {
    const value = record[name];
    if (value === null || value === '') continue;
    const { suppliedBy }: Field = FIELDS[name];
    if (edition === 'vermilion-1' && suppliedBy === 'resolution') continue;
    cells[name] = cellOf(name, value, edition, record.conferralDate);
  }
  return cells;
}

/** What the two side columns of the national edition say: the institution, and the degree category in words. */
const SIDES = {
  'institution-code': (record: RecordFields) => record.institution,
  'institution-name': () => '聊城大学',
  'degree-category-name': (record: RecordFields) =>
    lookUp('degreeCategory', record.degreeCategory, record.conferralDate)?.name ?? '',
} as const;

/** A row of a record file; `record` gives what stands beside the fields. */
export function recordRow(cells: Cells, record: RecordFields, edition: EditionId): string[] {
  const columns = edition === 'vermilion-1' ? templateColumns(record.category) : NATIONAL_BACHELOR_COLUMNS;
  return columns.map(({ field, side }) => {
    if (side !== undefined && side !== 'name-of') return SIDES[side](record);
    return field === null ? '' : (cells[field] ?? '');
  });
}

/** The header of a record file. */
export function recordHeader(edition: EditionId, category: Category): string[] {
  return editionHeader(edition, category);
}

/** A file of enrolment records. */
export function enrolmentTable(records: readonly EnrolmentFields[], on: string): TextTable {
  const rows = records.map((record) =>
    ENROLMENT_TEMPLATE.map(({ key }) => {
      if (key === 'category') return CATEGORIES[record.category].zh;
      const value = record[key];
      if (value === null) return '';
      return key === 'graduationDate' ? value : cellOf(key, value, 'vermilion-1', on);
    }),
  );
  return { header: ENROLMENT_TEMPLATE.map(({ heading }) => heading), rows };
}

/** The roster of a resolution. */
export function rosterTable(roster: readonly RosterRow[]): TextTable {
  const rows = roster.map((row) =>
    ROSTER_TEMPLATE.map(({ key }) => (key === 'category' ? CATEGORIES[row.category].zh : String(row[key]))),
  );
  return { header: ROSTER_TEMPLATE.map(({ heading }) => heading), rows };
}
