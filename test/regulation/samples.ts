// One good record of every category, for tests to break in one place; all people are invented.
import { identityCheckCharacter } from '../../src/regulation/record/identity-check.ts';
import type { RecordContext, RecordFields, RecordInput } from '../../src/regulation/record/record.ts';
import { completeRecord } from '../../src/regulation/record/record.ts';
import type { Violation } from '../../src/regulation/violations.ts';
import type { Category } from '../../src/regulation/vocabulary.ts';

export const INSTITUTION = '10447';
export const TODAY = '2026-06-30';
export const CONTEXT: RecordContext = { institution: { code: INSTITUTION }, on: TODAY };

/** An identity number with its check character. */
export function identityNumber(region: string, birthDate: string, sequence: string): string {
  const first17 = `${region}${birthDate.replaceAll('-', '')}${sequence}`;
  return first17 + identityCheckCharacter(first17);
}

const PERSON: RecordInput = {
  name: '张三',
  sex: '1',
  country: '156',
  ethnicity: '01',
  politicalStatus: '03',
  birthDate: '2004-03-15',
  identityType: '01',
  identityNumber: identityNumber('371502', '2004-03-15', '001'),
  headName: '李校长',
  chairName: '李校长',
  conferralDate: '2026-06-21',
  resolutionNumber: '聊大学位〔2026〕1号',
  photoDigest: 'a'.repeat(64),
};

const BACHELOR: RecordInput = {
  ...PERSON,
  degreeCategory: '408',
  disciplineCode: '080901',
  disciplineName: '计算机科学与技术',
  certificateNumber: '1044742026000001',
  studentNumber: '2022101001',
  trainingUnitCode: INSTITUTION,
  trainingUnitName: '聊城大学',
  admissionMonth: '2022-09',
  lengthOfStudy: '4',
  studyForm: 'full-time',
  graduationMonth: '2026-06',
};

const MASTER: RecordInput = {
  ...PERSON,
  birthDate: '2000-03-15',
  identityNumber: identityNumber('371502', '2000-03-15', '001'),
  degreeCategory: '308',
  disciplineCode: '081203',
  disciplineName: '计算机应用技术',
  certificateNumber: '1044732026000001',
  studentNumber: '2023201001',
  admissionMonth: '2023-09',
  studyMode: 'full-time',
  graduationMonth: '2026-06',
  supervisorName: '王老师',
  thesisTitle: '黄河三角洲土壤盐分的遥感反演研究',
  thesisKeywords: '遥感；土壤盐分',
  thesisTopicSource: '06',
};

function without(input: RecordInput, ...names: (keyof RecordInput)[]): RecordInput {
  return Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name as keyof RecordInput)));
}

const PASSPORT: RecordInput = {
  name: 'AHMED KHAN',
  country: '586',
  identityType: 'passport',
  identityNumber: 'AB1234567',
};

const INPUTS: Readonly<Record<Category, RecordInput>> = {
  'regular-bachelor': BACHELOR,
  'international-student-bachelor': { ...without(BACHELOR, 'ethnicity', 'politicalStatus'), ...PASSPORT },
  'adult-education-bachelor': { ...BACHELOR, studyForm: 'correspondence', lengthOfStudy: '2.5' },
  'academic-master': MASTER,
  'professional-master': {
    ...MASTER,
    degreeCategory: '30854',
    disciplineCode: '085404',
    disciplineName: '计算机技术',
    outcomeType: 'practice-outcome',
  },
  'equivalent-education-master': {
    ...without(MASTER, 'studentNumber', 'admissionMonth', 'studyMode', 'graduationMonth'),
    applicationNumber: 'TD2024001',
    applicationMonth: '2024-03',
  },
};

/** A good record of a category, with changes. */
export function sample(category: Category = 'regular-bachelor', changes: Partial<RecordFields> = {}): RecordFields {
  return { ...completeRecord(INPUTS[category], { institution: INSTITUTION, category }), ...changes };
}

/** `code@path` of each violation: what tests compare. */
export function codes(violations: readonly Violation[]): string[] {
  return violations.map(({ code, path }) => `${code}@${path}`);
}
