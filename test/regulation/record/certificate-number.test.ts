// Article 8(2), 9: the certificate number and what its parts say (学位〔2015〕18号 art. 5).
import { describe, expect, it } from 'vitest';
import { certificateNumberViolations } from '../../../src/regulation/record/certificate-number.ts';
import { duplicateFinder, personAlreadyRecorded, takenNumber } from '../../../src/regulation/record/uniqueness.ts';
import { codes } from '../samples.ts';

const basis = { institution: '10447', level: 'bachelor', conferralDate: '2026-06-21' } as const;
const check = (number: string, changes = {}) => codes(certificateNumberViolations(number, { ...basis, ...changes }));
const at = (code: string) => `${code}@certificateNumber`;

describe('Article 9: the number agrees with the record', () => {
  it('accepts institution, level, year and six free digits', () => {
    expect(check('1044742026000001')).toEqual([]);
    expect(check('1044732026999999', { level: 'master' })).toEqual([]);
  });

  it.each([
    ['1042242026000001', ['certificate-number-institution']],
    ['1044732026000001', ['certificate-number-level']],
    ['1044742025000001', ['certificate-number-year']],
    ['1042222025000001', ['certificate-number-institution', 'certificate-number-level', 'certificate-number-year']],
    ['104474202600001', ['certificate-number-malformed']],
    ['1044752026000001', ['certificate-number-malformed']],
    ['1.04474E+15', ['certificate-number-malformed']],
    ['１０４４７42026000001', ['certificate-number-malformed']],
    ['C1044742026000001', ['certificate-number-malformed']],
  ])('%s', (number, expected) => {
    expect(check(number)).toEqual(expected.map(at));
  });

  it('takes letters only for old records that are imported as such', () => {
    const old = { conferralDate: '2012-06-21' };
    expect(check('C1044742012000001', old)).toEqual([at('certificate-number-malformed')]);
    expect(check('C1044742012000001', { ...old, legacy: true })).toEqual([]);
    expect(check('1044742012S00001', { ...old, legacy: true })).toEqual([]);
    expect(check('C1044742026000001', { legacy: true })).toEqual([at('certificate-number-malformed')]);
  });
});

describe('Article 9: a number is given once, for ever', () => {
  it('finds numbers and people twice in a file and says where first', () => {
    const find = duplicateFinder();
    expect(find({ line: 2, certificateNumber: '1', person: 'p' })).toEqual([]);
    expect(find({ line: 3, certificateNumber: '2', person: '' })).toEqual([]);
    expect(find({ line: 4, certificateNumber: '', person: '' })).toEqual([]);
    expect(find({ line: 9, certificateNumber: '1', person: 'p' })).toMatchObject([
      { code: 'certificate-number-doubled', expected: '≠ 2' },
      { code: 'person-doubled', expected: '≠ 2' },
    ]);
  });

  it('tells the register from the deleted', () => {
    expect(takenNumber('1', 'record').code).toBe('certificate-number-taken');
    expect(takenNumber('1', 'deleted-record').code).toBe('certificate-number-of-deleted');
    expect(personAlreadyRecorded('2022101001')).toMatchObject({ code: 'person-already-recorded', found: '2022101001' });
  });
});
