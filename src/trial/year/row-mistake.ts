// What a deliberate mistake in a row of a record file is, and the small words with which the kinds are written down.
import type { RecordFields } from '../../regulation/record/record.ts';
import type { ViolationCode } from '../../regulation/violation-codes.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { Sitting } from './plan.ts';
import type { Cells } from './tables.ts';

/** A group of the year: sitting and category. */
export type Place = `${Sitting['key']}/${Category}`;

/** One kind of mistake in a row. */
export interface RowMistake {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly place: Place;
  /** The code under which it must be found. */
  readonly code: ViolationCode;
  /** Codes that may come along, because one wrong value contradicts several papers. */
  readonly also?: readonly ViolationCode[];
  /**
   * `corrected`: a person of the roster whose right row comes in the second file. `stray`: a row that nobody waits for: no such
   * person, or a copy of a good row. `stray-later`: such a copy in the second file, when the good row is already in the register.
   */
  readonly row: 'corrected' | 'stray' | 'stray-later';
  /** A declassification that does not help the row: of somebody else, or one that holds long after (art. 20). */
  readonly declassified?: 'another' | 'later';
  /** The cells of the row, made from the good ones. */
  readonly spoil: (cells: Cells, record: RecordFields) => Cells;
}

/** The groups in which mistakes are planted. */
export const REGULAR = 'june-bachelor/regular-bachelor';
export const ABROAD = 'june-bachelor/international-student-bachelor';
export const ADULT = 'january/adult-education-bachelor';
export const ACADEMIC = 'june-master/academic-master';
export const PROFESSIONAL = 'june-master/professional-master';
export const EQUIVALENT = 'march/equivalent-education-master';

/** The papers that one wrong value contradicts besides. */
export const PAPERS = ['roster-mismatch', 'enrolment-mismatch'] as const;
export const ENROLMENT = ['enrolment-mismatch'] as const;
export const ROSTER = ['roster-mismatch'] as const;

/** How the good cells are spoilt. */
export type Spoil = RowMistake['spoil'];
/** Name, Chinese and English words of a kind. */
export type Words = readonly [id: string, zh: string, en: string];

/** A mistake that the second file puts right. */
export function corrected(
  place: Place,
  [id, zh, en]: Words,
  code: ViolationCode,
  also: readonly ViolationCode[],
  spoil: Spoil,
): RowMistake {
  return { id, zh, en, place, code, also, row: 'corrected', spoil };
}

/** Puts cells in place of the good ones. */
export const set =
  (cells: Cells): Spoil =>
  (good) => ({ ...good, ...cells });

/** A name with another last character: what happens when somebody types what they hear. */
export function misspelt(name: string): string {
  return [...name].slice(0, -1).join('') + (name.endsWith('玥') ? '悦' : '玥');
}
