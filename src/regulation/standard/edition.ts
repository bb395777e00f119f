// What an edition of the national data structure is, as data (R7.1): which columns, in which words, for whom, since when.
import type { CivilDate } from '../deadlines/deadlines.ts';
import type { Category } from '../vocabulary.ts';
import type { Field, FieldName } from './fields.ts';
import { FIELDS } from './fields.ts';
import type { Column } from './headings.ts';

/** A column that is not a field of the record but says something about it; `name-of`: the name that belongs to the code of the field `of`. */
export type SideColumn = 'institution-code' | 'institution-name' | 'degree-category-name' | 'name-of';

/** How days and months are written. */
export const DATE_FORMS = ['yyyyMMdd', 'yyyyMM', 'iso'] as const;
export type DateForm = (typeof DATE_FORMS)[number];

/** A column of a record file: the field it holds, or what it says beside the fields; neither: it stays empty. */
export interface RecordColumn extends Column {
  readonly field: FieldName | null;
  readonly side?: SideColumn;
  readonly of?: FieldName;
  /** Mnemonic of the national structure. */
  readonly mnemonic?: string;
  /** Whether a coded field is written as its code (when nothing is said) or by its name. */
  readonly form?: 'code' | 'name';
  /** ISO when nothing is said. */
  readonly format?: DateForm;
  /** Longest cell, counted as `measure` says: characters, Han characters with all others as half, or bytes of GB 18030. */
  readonly maxLength?: number;
  readonly measure?: 'characters' | 'han' | 'bytes';
}

/** An edition: one that we ship (version 0), or one that an institution has loaded (1 and up). */
export interface Edition {
  /** What imports and exports call it: the id, of a loaded one with its version: `master-2026@2`. */
  readonly key: string;
  readonly id: string;
  readonly version: number;
  readonly zh: string;
  readonly en: string;
  /** Where it is known from. */
  readonly source: string;
  readonly validFrom: CivilDate | null;
  readonly validUntil: CivilDate | null;
  readonly categories: readonly Category[];
  /** False: put together from what is publicly known, and not confirmed. */
  readonly verified: boolean;
  /** What its files have as headings. */
  readonly headings: 'mnemonics' | 'chinese';
  readonly columns: readonly RecordColumn[];
}

/** The key of a version of an edition. */
export function editionKey(id: string, version: number): string {
  return version === 0 ? id : `${id}@${version}`;
}

/** The heading of a column as a file of the edition has it. */
export function headingOf({ headings }: Pick<Edition, 'headings'>, { heading, mnemonic }: RecordColumn): string {
  return headings === 'mnemonics' ? (mnemonic ?? heading) : heading;
}

/** The header of a file of the edition. */
export function headerOf(edition: Edition): string[] {
  return edition.columns.map((column) => headingOf(edition, column));
}

/** The name that people read; says of an unverified edition that it is one. */
export function editionName({ zh, verified }: Pick<Edition, 'zh' | 'verified'>): string {
  return verified ? zh : `${zh}（未核实版本）`;
}

/** The same in English. */
export function editionNameEn({ en, verified }: Pick<Edition, 'en' | 'verified'>): string {
  return verified ? en : `${en} (unverified edition)`;
}

const LONGEST_DBF_NAME = 10;

/** The name of a column in a DBF file: at most ten bytes; the mnemonic, or as much of the heading as fits. */
export function dbfName({ mnemonic, heading }: Pick<RecordColumn, 'mnemonic' | 'heading'>): string {
  if (mnemonic !== undefined && mnemonic.length <= LONGEST_DBF_NAME) return mnemonic;
  let name = '';
  let bytes = 0;
  for (const character of heading) {
    bytes += character < '\u0080' ? 1 : 2;
    if (bytes > LONGEST_DBF_NAME) break;
    name += character;
  }
  return name;
}

/** Length and measure that the field itself has. */
export function lengthOf(field: FieldName): Pick<RecordColumn, 'maxLength' | 'measure'> {
  const { maxLength, measure }: Field = FIELDS[field];
  if (maxLength === undefined) return {};
  return { maxLength, measure: measure ?? 'characters' };
}
