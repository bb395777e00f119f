// Article 9 and 11(8): the enrolment record.
import { describe, expect, it } from 'vitest';
import type { EnrolmentFields } from '../../../src/regulation/record/enrolment.ts';
import {
  ENROLMENT_FIELDS,
  enrolmentRecordViolations,
  enrolmentViolations,
  fillFromEnrolment,
} from '../../../src/regulation/record/enrolment.ts';
import { recordViolations } from '../../../src/regulation/record/record.ts';
import { CONTEXT, codes, sample, TODAY } from '../samples.ts';

const record = sample('regular-bachelor', { examineeNumber: '22370101110001' });
const enrolment: EnrolmentFields = {
  studentNumber: '2022101001',
  name: record.name,
  sex: record.sex,
  birthDate: record.birthDate,
  country: record.country,
  ethnicity: '01',
  politicalStatus: '03',
  identityType: '01',
  identityNumber: record.identityNumber,
  category: 'regular-bachelor',
  disciplineCode: '080901',
  disciplineName: '计算机科学与技术',
  trainingUnitCode: '10447',
  trainingUnitName: '聊城大学',
  examineeNumber: '22370101110001',
  admissionMonth: '2022-09',
  lengthOfStudy: '4',
  studyForm: 'full-time',
  studyMode: null,
  graduationDate: '2026-06-20',
};

describe('Article 9: what the enrolment record also holds equals it', () => {
  it('says nothing about a record that agrees, or where one side is empty', () => {
    expect(enrolmentViolations(record, enrolment)).toEqual([]);
    expect(enrolmentViolations(record, { ...enrolment, ethnicity: null, trainingUnitCode: '' })).toEqual([]);
  });

  const compared = ENROLMENT_FIELDS.filter((name) => record[name] !== null && name !== 'graduationMonth');
  it.each(compared)('names %s', (name) => {
    const found = enrolmentViolations(record, { ...enrolment, [name]: 'x' });
    expect(codes(found)).toContain(`enrolment-mismatch@${name}`);
    expect(found[0]?.article).toBe('9');
  });

  it('compares the month of graduation, and the day with the conferral (R9.3)', () => {
    expect(codes(enrolmentViolations(record, { ...enrolment, graduationDate: '2026-05-20' }))).toEqual([
      'enrolment-mismatch@graduationMonth',
    ]);
    expect(enrolmentViolations(record, { ...enrolment, graduationDate: '2026-06-22' })).toMatchObject([
      { code: 'conferral-before-graduation', found: '2026-06-21', expected: '≥ 2026-06-22' },
    ]);
    expect(enrolmentViolations(record, { ...enrolment, graduationDate: '2026-06-21' })).toEqual([]);
  });

  it('masks the identity numbers it compares', () => {
    const text = JSON.stringify(enrolmentViolations(record, { ...enrolment, identityNumber: '371502200403150038' }));
    expect(text).toContain('3****************8');
    expect(text).not.toContain('371502200403150038');
    expect(text).not.toContain(record.identityNumber);
  });

  it('asks for an enrolment record of everybody but equivalent-education masters', () => {
    expect(codes(enrolmentViolations(record, null))).toEqual(['enrolment-record-missing@studentNumber']);
    expect(enrolmentViolations(sample('equivalent-education-master'), null)).toEqual([]);
  });

  it('says to link first where there is one that was not linked', () => {
    expect(codes(enrolmentViolations(record, 'not-linked'))).toEqual(['enrolment-not-linked@studentNumber']);
    expect(codes(enrolmentViolations(record, 'ambiguous'))).toEqual(['enrolment-record-ambiguous@studentNumber']);
  });

  it.each([
    ['trainingUnitCode', '001'],
    ['trainingUnitName', 'x'.repeat(61)],
    ['studentNumber', '20221010010000001'],
    ['examineeNumber', '考生'],
    ['trainingUnitName', '聊城\u0000大学'],
  ] as const)('R11.8: takes for %s only what a record takes: %j', (field, value) => {
    const own = enrolmentRecordViolations({ ...enrolment, [field]: value }, TODAY);
    const ofRecord = recordViolations({ ...record, [field]: value }, CONTEXT).filter(({ path }) => path === field);
    expect(own.length).toBeGreaterThan(0);
    expect(own).toEqual(ofRecord);
  });

  it('checks an enrolment record by itself', () => {
    expect(enrolmentRecordViolations(enrolment, TODAY)).toEqual([]);
    expect(codes(enrolmentRecordViolations({ ...enrolment, name: '张?', sex: '2' }, TODAY))).toEqual([
      'name-replacement-character@name',
      'identity-sex-mismatch@sex',
    ]);
  });
});

describe('Article 11(8): empty fields are filled, nothing is overwritten', () => {
  const empty = { ethnicity: null, politicalStatus: null, trainingUnitCode: null, admissionMonth: null };
  const emptier = { ...empty, lengthOfStudy: null, studyForm: null, graduationMonth: null };

  it('fills what the national edition has no columns for', () => {
    const bare = sample('regular-bachelor', { ...emptier, trainingUnitName: '另一单位' });
    const { filled, record: full } = fillFromEnrolment(bare, enrolment);
    expect(new Set(filled)).toEqual(new Set([...Object.keys(emptier), 'examineeNumber']));
    expect(full).toMatchObject({ trainingUnitName: '另一单位', graduationMonth: '2026-06', studyForm: 'full-time' });
    expect(recordViolations(full, CONTEXT)).toEqual([]);
  });

  it('does not give a category what it does not have', () => {
    const master = sample('academic-master', { studyMode: null });
    const { filled } = fillFromEnrolment(master, { ...enrolment, studyMode: 'full-time' });
    expect(filled).toEqual(['trainingUnitCode', 'trainingUnitName', 'studyMode']);
  });

  it('returns the very record when there is nothing to fill', () => {
    expect(fillFromEnrolment(record, enrolment)).toEqual({ filled: [], record });
  });
});
