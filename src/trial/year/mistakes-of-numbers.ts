// Deliberate mistakes in rows: certificate numbers, and rows that should not be there.
import { ADULT, corrected, REGULAR, ROSTER, type RowMistake } from './row-mistake.ts';
import type { Cells } from './tables.ts';

const number = (cells: Cells) => cells.certificateNumber ?? '';

/** Certificate numbers, and rows that should not be there. */
export const OF_NUMBERS: readonly RowMistake[] = [
  corrected(
    REGULAR,
    ['number-level', '证书编号层次位错误', 'certificate number of another level'],
    'certificate-number-level',
    ROSTER,
    (good) => ({
      ...good,
      certificateNumber: `${number(good).slice(0, 5)}3${number(good).slice(6)}`,
    }),
  ),
  corrected(
    REGULAR,
    ['number-year', '证书编号年份错误', 'certificate number of another year'],
    'certificate-number-year',
    ROSTER,
    (good) => ({
      ...good,
      certificateNumber: `${number(good).slice(0, 6)}2019${number(good).slice(10)}`,
    }),
  ),
  corrected(
    REGULAR,
    ['number-institution', '证书编号单位代码错误', 'certificate number of another institution'],
    'certificate-number-institution',
    ROSTER,
    (good) => ({
      ...good,
      certificateNumber: `10999${number(good).slice(5)}`,
    }),
  ),
  corrected(
    ADULT,
    ['number-short', '证书编号少一位', 'certificate number one digit short'],
    'certificate-number-malformed',
    ROSTER,
    (good) => ({
      ...good,
      certificateNumber: number(good).slice(1),
    }),
  ),
  {
    ...{ id: 'not-on-roster', zh: '名单中没有此人', en: 'name that is not on the roster', place: REGULAR },
    ...{ code: 'roster-entry-missing', row: 'stray', spoil: (good) => good },
  },
  {
    ...{ id: 'namesake', zh: '同名但不在名单', en: 'namesake of a person on the roster', place: REGULAR },
    ...{ code: 'roster-mismatch', row: 'stray', spoil: (good) => good },
  },
  {
    ...{ id: 'row-twice', zh: '同一行重复', en: 'certificate number twice in the file', place: REGULAR },
    ...{ code: 'certificate-number-doubled', also: ['person-doubled'], row: 'stray', spoil: (good) => good },
  },
  {
    ...{ id: 'person-twice', zh: '同一人两个编号', en: 'one person under two certificate numbers', place: REGULAR },
    ...{ code: 'person-doubled', also: ROSTER, row: 'stray' },
    spoil: (good) => ({ ...good, certificateNumber: `${number(good).slice(0, 10)}9${number(good).slice(11)}` }),
  },
  {
    ...{ id: 'number-taken', zh: '证书编号已在库中', en: 'certificate number that is in the register', place: REGULAR },
    ...{
      code: 'certificate-number-taken',
      also: ['person-already-recorded'],
      row: 'stray-later',
      spoil: (good) => good,
    },
  },
];
