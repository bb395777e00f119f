// The record of art. 8 in plain text, and all rules about one record by itself. Its parts are in record-*.ts.

import type { CivilDate } from '../deadlines/deadlines.ts';
import { isCivilDate } from '../deadlines/deadlines.ts';
import type { ExtraCodes } from '../standard/codes.ts';
import type { FieldName } from '../standard/fields.ts';
import type { Violation } from '../violations.ts';
import type { Category, Level } from '../vocabulary.ts';
import { CATEGORIES } from '../vocabulary.ts';
import { certificateNumberViolations } from './certificate-number.ts';
import { identityNotices, identityViolations } from './identity.ts';
import { dateViolations } from './record-dates.ts';
import { degreeViolations, disciplineNotices } from './record-degree.ts';
import { fieldViolations } from './record-fields.ts';
import { thesisViolations } from './record-thesis.ts';

/**
 * All columns of a degree record that art. 8 names, in plain text. Empty mandatory columns are `''`, empty optional ones `null`.
 * Codes are codes (sex `1`), dates `YYYY-MM-DD`, months `YYYY-MM`.
 */
export interface RecordFields {
  readonly institution: string;
  readonly category: Category;
  readonly level: Level;
  readonly name: string;
  readonly nameRaw: string | null;
  readonly namePinyin: string | null;
  readonly sex: string;
  readonly country: string;
  readonly ethnicity: string | null;
  readonly politicalStatus: string | null;
  readonly birthDate: CivilDate;
  readonly identityType: string;
  readonly identityNumber: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly headName: string;
  readonly chairName: string;
  readonly degreeCategory: string;
  readonly disciplineCode: string;
  readonly disciplineName: string;
  readonly conferralDate: CivilDate;
  readonly certificateNumber: string;
  readonly resolutionNumber: string;
  readonly studentNumber: string | null;
  readonly examineeNumber: string | null;
  readonly trainingUnitCode: string | null;
  readonly trainingUnitName: string | null;
  readonly admissionMonth: string | null;
  readonly lengthOfStudy: string | null;
  readonly studyForm: string | null;
  readonly studyMode: string | null;
  readonly graduationMonth: string | null;
  readonly supervisorName: string | null;
  readonly applicationNumber: string | null;
  readonly applicationMonth: string | null;
  readonly outcomeType: string | null;
  readonly thesisTitle: string | null;
  readonly thesisKeywords: string | null;
  readonly thesisTopicSource: string | null;
  readonly thesisDirection: string | null;
  readonly thesisLanguage: string | null;
  readonly remark: string | null;
  readonly photoDigest: string | null;
}

/** What of a record a file or a form gives: some fields; the rest is supplied later. */
export type RecordInput = { -readonly [F in FieldName]?: NonNullable<RecordFields[F]> } & { nameRaw?: string };

/** What the rules need beside the record. */
export interface RecordContext {
  readonly institution: { readonly code: string };
  /** Today in Asia/Shanghai. */
  readonly on: CivilDate;
  /** Fields that may still be empty: supplied later (photos, enrolment), or already refused when the row was read. */
  readonly pending?: ReadonlySet<FieldName>;
  /** The institution's own entries of code tables. */
  readonly codes?: ExtraCodes;
  /** Admits certificate numbers of before 2016. */
  readonly legacy?: boolean;
}

/**
 * Makes a whole record of what was given: missing mandatory columns become `''`, missing optional ones `null`; `of` also supplies
 * what a resolution says. Written out, because one object shape for every row is ten times as fast.
 */
export function completeRecord(
  input: RecordInput,
  of: {
    readonly institution: string;
    readonly category: Category;
    readonly headName?: string;
    readonly chairName?: string;
    readonly resolutionNumber?: string;
  },
): RecordFields {
  return {
    institution: of.institution,
    category: of.category,
    level: CATEGORIES[of.category].level,
    name: input.name ?? '',
    nameRaw: input.nameRaw ?? null,
    namePinyin: input.namePinyin ?? null,
    sex: input.sex ?? '',
    country: input.country ?? '',
    ethnicity: input.ethnicity ?? null,
    politicalStatus: input.politicalStatus ?? null,
    birthDate: input.birthDate ?? '',
    identityType: input.identityType ?? '',
    identityNumber: input.identityNumber ?? '',
    phone: input.phone ?? null,
    email: input.email ?? null,
    headName: input.headName ?? of.headName ?? '',
    chairName: input.chairName ?? of.chairName ?? '',
    degreeCategory: input.degreeCategory ?? '',
    disciplineCode: input.disciplineCode ?? '',
    disciplineName: input.disciplineName ?? '',
    conferralDate: input.conferralDate ?? '',
    certificateNumber: input.certificateNumber ?? '',
    resolutionNumber: input.resolutionNumber ?? of.resolutionNumber ?? '',
    studentNumber: input.studentNumber ?? null,
    examineeNumber: input.examineeNumber ?? null,
    trainingUnitCode: input.trainingUnitCode ?? null,
    trainingUnitName: input.trainingUnitName ?? null,
    admissionMonth: input.admissionMonth ?? null,
    lengthOfStudy: input.lengthOfStudy ?? null,
    studyForm: input.studyForm ?? null,
    studyMode: input.studyMode ?? null,
    graduationMonth: input.graduationMonth ?? null,
    supervisorName: input.supervisorName ?? null,
    applicationNumber: input.applicationNumber ?? null,
    applicationMonth: input.applicationMonth ?? null,
    outcomeType: input.outcomeType ?? null,
    thesisTitle: input.thesisTitle ?? null,
    thesisKeywords: input.thesisKeywords ?? null,
    thesisTopicSource: input.thesisTopicSource ?? null,
    thesisDirection: input.thesisDirection ?? null,
    thesisLanguage: input.thesisLanguage ?? null,
    remark: input.remark ?? null,
    photoDigest: input.photoDigest ?? null,
  };
}

/** The day at which codes are judged: the conferral date, or today while that is not a date. */
export function codesOn(record: RecordFields, context: RecordContext): CivilDate {
  return isCivilDate(record.conferralDate) ? record.conferralDate : context.on;
}

/** Everything wrong with one record by itself, all at once (R8.1, R9.3, R11.5): needs, lengths, codes, dates, identity, certificate number, degree, thesis. */
export function recordViolations(record: RecordFields, context: RecordContext): Violation[] {
  const violations: Violation[] = [];
  fieldViolations(record, context, violations);
  dateViolations(record, context, violations);
  degreeViolations(record, context, violations);
  thesisViolations(record, context, violations);
  if (record.identityNumber !== '' && record.identityType !== '') {
    const { identityType, identityNumber, sex, birthDate } = record;
    violations.push(...identityViolations(identityType, identityNumber, { sex, birthDate, on: context.on }));
  }
  if (record.certificateNumber !== '' && isCivilDate(record.conferralDate)) {
    const legacy = context.legacy ?? false;
    const { conferralDate, level } = record;
    const basis = { institution: context.institution.code, level, conferralDate, legacy };
    violations.push(...certificateNumberViolations(record.certificateNumber, basis));
  }
  return violations;
}

/** What an officer should look at although it is not refused: codes outside an incomplete table, unusual document numbers. */
export function recordNotices(record: RecordFields, context: RecordContext): Violation[] {
  return [
    ...disciplineNotices(record, codesOn(record, context), context.codes),
    ...identityNotices(record.identityType, record.identityNumber),
  ];
}
