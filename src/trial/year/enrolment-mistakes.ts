// Deliberate mistakes of the student system: enrolment records that contradict good degree records, until they are delivered again.
import type { EnrolmentFields } from '../../regulation/record/enrolment.ts';
import type { ViolationCode } from '../../regulation/violation-codes.ts';
import { ADULT, misspelt, type Place, PROFESSIONAL, REGULAR } from './row-mistake.ts';

/** One kind of mistake in an enrolment record. */
export interface EnrolmentMistake {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly place: Place;
  readonly code: ViolationCode;
  /** `import`: the enrolment records came before the degree records. `link`: they came after. */
  readonly found: 'import' | 'link';
  /** The enrolment record as it is first delivered; null when it is not delivered at all. */
  readonly spoil: (good: EnrolmentFields) => EnrolmentFields | null;
}

/** Every kind of mistake in an enrolment record. */
export const ENROLMENT_MISTAKES: readonly EnrolmentMistake[] = [
  {
    ...{ id: 'enrolment-name', zh: '学籍姓名不同', en: 'enrolment record with another name', place: REGULAR },
    ...{ code: 'enrolment-mismatch', found: 'import', spoil: (good) => ({ ...good, name: misspelt(good.name) }) },
  },
  {
    ...{
      id: 'enrolment-discipline',
      zh: '学籍专业不同',
      en: 'enrolment record with another discipline',
      place: REGULAR,
    },
    ...{ code: 'enrolment-mismatch', found: 'import' },
    spoil: (good) =>
      good.disciplineCode === '050101'
        ? { ...good, disciplineCode: '050201', disciplineName: '英语' }
        : { ...good, disciplineCode: '050101', disciplineName: '汉语言文学' },
  },
  {
    ...{
      id: 'enrolment-number',
      zh: '学籍学号不同',
      en: 'enrolment record with another student number',
      place: PROFESSIONAL,
    },
    ...{ code: 'enrolment-mismatch', found: 'import' },
    spoil: (good) => ({ ...good, studentNumber: `${good.studentNumber}9` }),
  },
  {
    ...{ id: 'enrolment-late', zh: '关联时发现姓名不同', en: 'another name found when linking', place: ADULT },
    ...{ code: 'enrolment-mismatch', found: 'link', spoil: (good) => ({ ...good, name: misspelt(good.name) }) },
  },
  {
    ...{ id: 'enrolment-absent', zh: '没有学籍信息', en: 'no enrolment record', place: ADULT },
    ...{ code: 'enrolment-record-missing', found: 'link', spoil: () => null },
  },
];
