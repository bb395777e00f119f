// Article 8, 11(7): the words of a certificate.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFieldName } from '../../../src/regulation/standard/fields.ts';
import { PLACEHOLDERS } from '../../../src/regulation/templates/certificate-placeholders.ts';
import { SAMPLE_NAMES, sampleRecord } from '../../../src/regulation/templates/certificate-samples.ts';
import { certificateValues, dateInFigures, dateInWords } from '../../../src/regulation/templates/certificate-values.ts';
import { CATEGORIES, keysOf } from '../../../src/regulation/vocabulary.ts';

const OF = { institution: '10447', institutionName: '聊城大学', headName: '周明远', chairName: '周明远' };

describe('Article 8(1): dates in words', () => {
  it.each([
    ['1999-09-09', '一九九九年九月九日'],
    ['2000-10-10', '二〇〇〇年十月十日'],
    ['2004-12-11', '二〇〇四年十二月十一日'],
    ['2026-01-20', '二〇二六年一月二十日'],
    ['2026-03-31', '二〇二六年三月三十一日'],
    ['2022-09', '二〇二二年九月'],
    ['', ''],
    ['unknown', 'unknown'],
  ])('%s is %s', (date, words) => {
    expect(dateInWords(date)).toBe(words);
  });

  it('no two days have the same words', () => {
    const days = Array.from({ length: 366 }, (_, day) =>
      new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
    );
    expect(new Set(days.map(dateInWords)).size).toBe(366);
    expect(new Set(days.map(dateInFigures)).size).toBe(366);
  });

  it('what is no date is printed as it is', () => {
    const text = fc.string().filter((one) => !/^\d{4}-\d{2}(-\d{2})?$/.test(one));
    fc.assert(
      fc.property(text, (one) => {
        expect([dateInWords(one), dateInFigures(one)]).toEqual([one, one]);
      }),
    );
  });
});

describe('Article 8(2): codes as words', () => {
  const values = (category: keyof typeof CATEGORIES) =>
    certificateValues(sampleRecord({ ...OF, category, conferralDate: '2026-06-20' }, 'ordinary'), OF);

  it('the degree without the word that follows it, the sex in one word, years as they are read', () => {
    expect(values('regular-bachelor')).toMatchObject({
      degreeName: '工学学士',
      sex: '女',
      lengthOfStudy: '四年',
      studyForm: '全日制',
    });
    expect(values('adult-education-bachelor')).toMatchObject({ lengthOfStudy: '二年半', studyForm: '函授' });
    expect(values('professional-master')).toMatchObject({ degreeName: '电子信息硕士', studyMode: '非全日制' });
    expect(values('equivalent-education-master')).toMatchObject({
      applicationMonth: '二〇二四年三月',
      graduationMonth: '',
    });
  });

  it('a code that no table has is printed as it is', () => {
    const record = {
      ...sampleRecord({ ...OF, category: 'regular-bachelor', conferralDate: '2026-06-20' }, 'ordinary'),
    };
    expect(certificateValues({ ...record, degreeCategory: '999', lengthOfStudy: '9' }, OF)).toMatchObject({
      ...{ degreeName: '999', lengthOfStudy: '9' },
    });
  });

  it('every placeholder is of a field of article 8 or of the institution', () => {
    for (const { field } of Object.values(PLACEHOLDERS)) expect(field === null || isFieldName(field)).toBe(true);
    expect(Object.keys(values('regular-bachelor')).sort()).toEqual(Object.keys(PLACEHOLDERS).sort());
  });

  it('the invented people are of every category and bear a number that nobody gives', () => {
    for (const category of keysOf(CATEGORIES)) {
      for (const sample of keysOf(SAMPLE_NAMES)) {
        const record = sampleRecord({ ...OF, category, conferralDate: '2026-06-20' }, sample);
        expect(record.certificateNumber).toMatch(/^10447[34]2026000000$/);
        expect([record.category, record.identityNumber]).toEqual([category, '']);
      }
    }
  });
});
