// A finished table as people read it (R18.1): headings that say how coarse a column is, words instead of codes.
import type { DatasetField } from '../anonymity/dataset-fields.ts';
import { DATASET_FIELDS } from '../anonymity/dataset-fields.ts';
import { ANY, GROUP_WORDS, wordsOfLevel } from '../anonymity/hierarchies.ts';
import { type ExtraCodes, entriesOf } from '../standard/codes.ts';
import { FIELDS } from '../standard/fields.ts';
import { CATEGORIES, isKeyOf } from '../vocabulary.ts';
import { datasetFieldWords } from './fields.ts';
import { GIVEN_UP } from './watermark.ts';

/** One column of a dataset; kept after its destruction, because it tells nothing of anybody. */
export interface DatasetColumn {
  readonly field: DatasetField;
  readonly heading: string;
  readonly headingEn: string;
  readonly role: 'quasi' | 'sensitive';
  /** 0: as recorded. */
  readonly level: number;
}

/** The heading of the column of row names. */
export const ROW_NAME = '行标识';

/** A column at the level that was chosen for it. */
export function datasetColumn(field: DatasetField, level: number): DatasetColumn {
  const { zh, en } = datasetFieldWords(field);
  const role = DATASET_FIELDS[field];
  if (role.role !== 'quasi' || level === 0) {
    return { field, heading: zh, headingEn: en, role: role.role === 'quasi' ? 'quasi' : 'sensitive', level };
  }
  const words = wordsOfLevel(role.hierarchy, level);
  return { field, heading: `${zh}（${words.zh}）`, headingEn: `${en} (${words.en})`, role: 'quasi', level };
}

/** A value of a column in words; dates and codes that no table names stay as they are. */
export function printedValue({ field, level }: DatasetColumn, value: string, codes?: ExtraCodes): string {
  if (value === ANY) return GIVEN_UP;
  if (value === '') return '';
  if (level > 0) return GROUP_WORDS[value]?.zh ?? value;
  if (field === 'category') return isKeyOf(CATEGORIES, value) ? CATEGORIES[value].zh : value;
  const { table } = FIELDS[field];
  // A discipline code is one of two catalogues, by a category that need not be in the table.
  if (table === undefined || table === 'discipline') return value;
  return entriesOf(table, value, codes)[0]?.name ?? value;
}
