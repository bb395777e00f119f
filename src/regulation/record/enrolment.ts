// The enrolment record (学籍学历信息) against the degree record, and what it fills in (R9.2, R9.3, R11.8).
import type { CivilDate } from '../deadlines/deadlines.ts';
import type { FieldName } from '../standard/fields.ts';
import { FIELD_NAMES, FIELDS, isAbsent, needOf } from '../standard/fields.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category } from '../vocabulary.ts';
import { identityViolations } from './identity.ts';
import { nameViolations } from './names.ts';
import type { RecordFields } from './record.ts';
import { formViolations, shownApart } from './record-fields.ts';

/** What the student system knows of a person, in plain text and in codes. */
export interface EnrolmentFields {
  readonly studentNumber: string;
  readonly name: string;
  readonly sex: string;
  readonly birthDate: CivilDate;
  readonly country: string;
  readonly ethnicity: string | null;
  readonly politicalStatus: string | null;
  readonly identityType: string;
  readonly identityNumber: string;
  readonly category: Category;
  readonly disciplineCode: string;
  readonly disciplineName: string;
  readonly trainingUnitCode: string | null;
  readonly trainingUnitName: string | null;
  readonly examineeNumber: string | null;
  readonly admissionMonth: string;
  readonly lengthOfStudy: string | null;
  readonly studyForm: string | null;
  readonly studyMode: string | null;
  readonly graduationDate: CivilDate | null;
}

/** The fields that both sides hold (R9.2). */
export const ENROLMENT_FIELDS: readonly FieldName[] = FIELD_NAMES.filter((name) => FIELDS[name].enrolment);

/** The value of a record field as the enrolment record holds it; null when it holds none. */
export function enrolmentValue(enrolment: EnrolmentFields, name: FieldName): string | null {
  if (name === 'graduationMonth')
    return enrolment.graduationDate === null ? null : enrolment.graduationDate.slice(0, 7);
  const value = (enrolment as unknown as Readonly<Record<string, string | null>>)[name];
  return value === undefined || value === '' ? null : value;
}

/** Whether a record of the category has an enrolment record behind it; equivalent-education masters have none. */
export function needsEnrolment(category: Category): boolean {
  return category !== 'equivalent-education-master';
}

/**
 * What is wrong with an enrolment record by itself: characters of the name, forms of numbers and texts as of a record (what it fills in there
 * must pass there), identity number against sex and birth date. Empty fields are named where the file is read.
 */
export function enrolmentRecordViolations(enrolment: EnrolmentFields, on: CivilDate): Violation[] {
  const { name, identityType, identityNumber, sex, birthDate } = enrolment;
  return [
    ...nameViolations(name, 'name'),
    ...ENROLMENT_FIELDS.flatMap((field) => formViolations(field, enrolmentValue(enrolment, field) ?? '', on)),
    ...(identityNumber === '' ? [] : identityViolations(identityType, identityNumber, { sex, birthDate, on })),
  ];
}

/** Why a record has no enrolment record beside it: none was imported, it has not been linked yet, or more than one would fit. */
export type NoEnrolment = 'missing' | 'not-linked' | 'ambiguous';

const NEXT: Readonly<Record<NoEnrolment, string>> = {
  missing: '导入学籍学历信息，再关联 importEnrolmentRecords, then linkEnrolment',
  'not-linked': '关联学籍学历信息 linkEnrolment',
  ambiguous: '1',
};

/** That a record has no enrolment record beside it, and what is to be done. */
export function noEnrolment(why: NoEnrolment, studentNumber: string | null): Violation {
  const code = why === 'not-linked' ? 'enrolment-not-linked' : (`enrolment-record-${why}` as const);
  return violation(code, 'studentNumber', { found: studentNumber ?? '', expected: NEXT[why] });
}

/** Compares a record with its enrolment record, field by field with both values (R9.2); a word says why there is none, `null` that none was found. */
export function enrolmentViolations(
  record: RecordFields,
  enrolment: EnrolmentFields | NoEnrolment | null,
): Violation[] {
  if (!needsEnrolment(record.category)) return [];
  if (enrolment === null || typeof enrolment === 'string') {
    return [noEnrolment(enrolment ?? 'missing', record.studentNumber)];
  }
  const violations: Violation[] = [];
  for (const name of ENROLMENT_FIELDS) {
    const found = record[name];
    const expected = enrolmentValue(enrolment, name);
    // Empty on either side is no contradiction: a missing mandatory field is named by the record's own rules.
    if (found === null || found === '' || expected === null || found === expected) continue;
    violations.push(
      violation('enrolment-mismatch', name, { label: FIELDS[name], ...shownApart(name, found, expected) }),
    );
  }
  if (record.category !== enrolment.category) {
    const label = { zh: '类别', en: 'category' };
    violations.push(
      violation('enrolment-mismatch', 'category', { label, found: record.category, expected: enrolment.category }),
    );
  }
  const { graduationDate } = enrolment;
  const { conferralDate } = record;
  // The month alone is judged by the record's own rules; here the day is known.
  if (
    graduationDate !== null &&
    conferralDate.slice(0, 7) === graduationDate.slice(0, 7) &&
    conferralDate < graduationDate
  ) {
    const details = { found: conferralDate, expected: `≥ ${graduationDate}` };
    violations.push(violation('conferral-before-graduation', 'conferralDate', details));
  }
  return violations;
}

/** Fills the empty fields of a record that its enrolment record holds and its category has; nothing that is there is touched (R9.4, R11.8). */
export function fillFromEnrolment(
  record: RecordFields,
  enrolment: EnrolmentFields,
): { readonly filled: FieldName[]; readonly record: RecordFields } {
  const filled: FieldName[] = [];
  const values: Partial<Record<FieldName, string>> = {};
  const country = record.country === '' ? enrolment.country : record.country;
  for (const name of ENROLMENT_FIELDS) {
    const present = record[name];
    const value = enrolmentValue(enrolment, name);
    if ((present !== null && present !== '') || value === null || isAbsent(name, record.category)) continue;
    if (needOf(name, { ...record, country }) === 'absent') continue;
    filled.push(name);
    values[name] = value;
  }
  return { filled, record: filled.length === 0 ? record : { ...record, ...values } };
}
