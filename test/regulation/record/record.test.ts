// Article 8, 9 and 20: one record by itself, in every category.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordNotices, recordViolations } from '../../../src/regulation/record/record.ts';
import { indexCodes } from '../../../src/regulation/standard/codes.ts';
import { FIELD_NAMES, FIELDS, needOf, SUPPLIED_LATER } from '../../../src/regulation/standard/fields.ts';
import type { Category } from '../../../src/regulation/vocabulary.ts';
import { CATEGORIES, keysOf } from '../../../src/regulation/vocabulary.ts';
import { CONTEXT, codes, identityNumber, sample } from '../samples.ts';

const check = (...of: Parameters<typeof sample>) => codes(recordViolations(sample(...of), CONTEXT));

describe.each(keysOf(CATEGORIES))('Article 8: %s', (category) => {
  it('accepts a good record without a word', () => {
    expect(recordViolations(sample(category), CONTEXT)).toEqual([]);
  });

  const record = sample(category);
  const mandatory = FIELD_NAMES.filter((name) => needOf(name, record) === 'mandatory');
  it.each(mandatory)('names %s when it is missing', (name) => {
    const found = recordViolations({ ...record, [name]: '' }, CONTEXT);
    expect(found).toContainEqual(
      expect.objectContaining({ code: 'field-missing', path: name, article: FIELDS[name].article }),
    );
  });

  const absent = FIELD_NAMES.filter((name) => FIELDS[name].need[category] === 'absent');
  it.each(absent)('refuses %s where it does not belong', (name) => {
    expect(codes(recordViolations({ ...record, [name]: '1' }, CONTEXT))).toContain(`field-not-of-level@${name}`);
  });
});

describe('Article 8(1): the person', () => {
  it('leaves ethnicity and political status out for foreign masters, optional for Hong Kong, Macao and Taiwan', () => {
    const person = { ethnicity: null, politicalStatus: null };
    const passport = { identityType: 'passport', identityNumber: 'AB1234567' };
    expect(check('academic-master', { ...person, country: '586', ...passport })).toEqual([]);
    expect(check('academic-master', { country: '586', ...passport })).toEqual([
      'field-not-of-level@ethnicity',
      'field-not-of-level@politicalStatus',
    ]);
    const permit = {
      identityType: 'hmt-residence-permit',
      identityNumber: identityNumber('810000', '2000-03-15', '001'),
    };
    expect(check('academic-master', { ...person, country: '344', ...permit })).toEqual([]);
    expect(check('academic-master', person)).toEqual(['field-missing@ethnicity', 'field-missing@politicalStatus']);
  });

  it('keeps Chinese nationals out of the international category', () => {
    expect(check('international-student-bachelor', { country: '156' })).toEqual(['country-not-of-category@country']);
    expect(check('international-student-bachelor', { country: '158' })).toEqual(['country-not-of-category@country']);
  });

  it.each([
    ...['13800138000', '19912345678', '138 0013 8000', '138-0013-8000', '+8613800138000', '+86 138 0013 8000'],
    ...['008613800138000', '0635-8230000', '010-62751234', '(010)62751234', '0635 8230000-123', '+86 635 8230000'],
    ...['+852 5123 4567', '+1-202-555-0143', '+4930123456', '0081312345678'],
  ])('takes %s for a telephone', (phone) => {
    expect(check('regular-bachelor', { phone })).toEqual([]);
  });

  it.each([
    ...[
      '12345',
      '1380013800',
      '138001380001',
      '23800138000',
      '12800138000',
      '00000000',
      '8230000',
      '+123456',
      '+1234567890123456',
    ],
    ...[
      '+8612345',
      '0635',
      '+',
      '138 0013 800O',
      '13800138000,1390013',
      '1 3 8 0 0 1 3 8000',
      '(010 62751234',
      '10086',
    ],
  ])('takes %s for none, and does not repeat it', (phone) => {
    const found = recordViolations(sample('regular-bachelor', { phone }), CONTEXT);
    expect(codes(found)).toEqual(['field-malformed@phone']);
    expect(found[0]?.expected).toContain('1##########');
    if (phone.length > 4) expect(JSON.stringify(found)).not.toContain(phone);
  });

  it('no eight digits are a telephone, every number of the mainland is, with its country code or without', () => {
    const phone = (value: string) => check('regular-bachelor', { phone: value });
    fc.assert(fc.property(fc.stringMatching(/^[0-9]{1,8}$/), (short) => phone(short).length === 1));
    const mobile = fc.tuple(fc.constantFrom('', '+86', '+86 ', '0086'), fc.stringMatching(/^1[3-9][0-9]{9}$/));
    fc.assert(fc.property(mobile, ([code, number]) => phone(code + number).length === 0));
  });

  it.each(['Zhang San', "O'Brien", 'O’Brien', 'Jean-Luc', 'King Jr.', 'Lǚ Wénchāo', 'LYU WENCHAO', 'Nguyễn', 'x̱'])(
    'takes %s for a name in Latin letters',
    (namePinyin) => {
      expect(check('regular-bachelor', { namePinyin })).toEqual([]);
    },
  );

  it.each([
    '数字1',
    '张三',
    'Zhang1',
    'Zhang_San',
    '1',
    '-',
    '.',
    'Иван',
    'Zhаng',
    'Ⅷ',
    '😀',
    'Zhang<San>',
    'Zhang\nSan',
  ])('takes %j for none', (namePinyin) => {
    expect(check('regular-bachelor', { namePinyin })).toContain('field-malformed@namePinyin');
  });

  it('never repeats a secret value', () => {
    const secrets = { phone: '1380013', email: 'no-address-at-all', identityNumber: '37150220040315001' };
    const text = JSON.stringify(recordViolations(sample('regular-bachelor', secrets), CONTEXT));
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
  });
});

describe('Article 7: codes on the conferral date', () => {
  it('proposes the nearest entry for an unknown code', () => {
    const [found] = recordViolations(sample('regular-bachelor', { politicalStatus: '中共党员' }), CONTEXT);
    expect(found).toMatchObject({ code: 'code-unknown', found: '中共党员', article: '7' });
    expect(found?.expected).toContain('01 中国共产党党员');
  });

  it('refuses a major whose code was replaced, and names the new one', () => {
    const old = { disciplineCode: '083201TK', disciplineName: '未来机器人' };
    const [found] = recordViolations(sample('regular-bachelor', old), CONTEXT);
    expect(found).toMatchObject({ code: 'code-not-valid-on-date', expected: '140001TK 未来机器人' });
    const before = { ...old, conferralDate: '2025-06-21', certificateNumber: '1044742025000001' };
    const early = { admissionMonth: '2021-09', graduationMonth: '2025-06' };
    expect(check('regular-bachelor', { ...before, ...early })).toEqual([]);
  });

  it('notices an undergraduate code outside the sample, and refuses it once the institution has its own edition', () => {
    const record = sample('regular-bachelor', { disciplineCode: '080999T', disciplineName: '某新专业' });
    expect(recordViolations(record, CONTEXT)).toEqual([]);
    expect(codes(recordNotices(record, CONTEXT))).toEqual(['code-outside-loaded-edition@disciplineCode']);
    const row = { codeTable: 'undergraduateDiscipline', code: '080901', name: '计算机科学与技术' };
    const own = indexCodes([{ ...row, validFrom: '2012-01-01', validUntil: null }]);
    expect(codes(recordViolations(record, { ...CONTEXT, codes: own }))).toEqual(['code-unknown@disciplineCode']);
    expect(recordNotices(record, { ...CONTEXT, codes: own })).toEqual([]);
  });

  it('refuses an undergraduate code of the wrong shape, a wrong name, and the catalogue of the other level', () => {
    expect(check('regular-bachelor', { disciplineCode: '99-XY' })).toEqual(['code-unknown@disciplineCode']);
    expect(check('regular-bachelor', { disciplineName: '软件工程' })).toEqual(['code-name-mismatch@disciplineName']);
    expect(check('regular-bachelor', { disciplineName: '计算机科学与技术（师范）' })).toEqual([]);
    expect(check('regular-bachelor', { disciplineCode: '0812' })).toEqual(['discipline-of-other-level@disciplineCode']);
    expect(check('academic-master', { disciplineCode: '0502104TK' })).toEqual([
      'discipline-of-other-level@disciplineCode',
    ]);
  });
});

describe('Article 8(2): degree category and discipline', () => {
  it.each<[string, Category, Parameters<typeof sample>[1], string[]]>([
    [
      'a master category for a bachelor',
      'regular-bachelor',
      { degreeCategory: '308' },
      ['degree-category-of-other-level@degreeCategory'],
    ],
    [
      'a bachelor category for a master',
      'academic-master',
      { degreeCategory: '408' },
      ['degree-category-of-other-level@degreeCategory'],
    ],
    [
      'a professional category for an academic master',
      'academic-master',
      { degreeCategory: '342' },
      ['degree-category-of-other-kind@degreeCategory'],
    ],
    [
      'an academic category for a professional master',
      'professional-master',
      { degreeCategory: '308' },
      ['degree-category-of-other-kind@degreeCategory'],
    ],
    [
      'an academic discipline for a professional master',
      'professional-master',
      { disciplineCode: '081203', degreeCategory: '342' },
      ['discipline-of-other-kind@disciplineCode'],
    ],
    [
      'another professional discipline',
      'professional-master',
      { disciplineCode: '045101' },
      ['degree-category-discipline-mismatch@disciplineCode'],
    ],
    ['an unknown category', 'academic-master', { degreeCategory: '399' }, ['code-unknown@degreeCategory']],
  ])('refuses %s', (_, category, changes, expected) => {
    expect(check(category, changes)).toEqual(expected);
  });

  it('lets equivalent-education masters be of either kind', () => {
    expect(check('equivalent-education-master', { degreeCategory: '342', disciplineCode: '045101' })).toEqual([]);
  });

  it('says that level and category disagree', () => {
    expect(check('academic-master', { level: 'bachelor' })).toContain('category-level-mismatch@level');
  });
});

describe('Article 9: dates', () => {
  it.each<[string, Parameters<typeof sample>[1], string[]]>([
    ['an impossible conferral date', { conferralDate: '2026-02-30' }, ['date-impossible@conferralDate']],
    ['a conferral in the future', { conferralDate: '2026-07-01' }, ['date-in-future@conferralDate']],
    ['a conferral before graduation', { graduationMonth: '2026-07' }, ['conferral-before-graduation@conferralDate']],
    [
      'a graduation before admission',
      { admissionMonth: '2026-09' },
      ['admission-not-before-graduation@admissionMonth'],
    ],
    ['an impossible month', { admissionMonth: '2022-13' }, ['month-impossible@admissionMonth']],
  ])('refuses %s', (_, changes, expected) => {
    expect(check('regular-bachelor', changes)).toEqual(expected);
  });

  it('allows conferral in the month of graduation', () => {
    expect(check('regular-bachelor', { graduationMonth: '2026-06' })).toEqual([]);
  });

  it('refuses an application after the conferral, and a birth after the admission', () => {
    expect(check('equivalent-education-master', { applicationMonth: '2026-07' })).toEqual([
      'application-after-conferral@applicationMonth',
    ]);
    expect(check('regular-bachelor', { birthDate: '2023-03-15' })).toEqual([
      'birth-after-admission@birthDate',
      'identity-birth-mismatch@birthDate',
    ]);
  });
});

describe('Article 8(3) and 20: thesis and outcome', () => {
  const thesis = { outcomeType: 'LW', thesisTitle: '题目', thesisKeywords: '甲；乙' };
  it('asks a bachelor for title and keywords only where there is a thesis', () => {
    expect(check('regular-bachelor', thesis)).toEqual([]);
    expect(check('regular-bachelor', { outcomeType: 'LW' })).toEqual([
      'field-missing@thesisTitle',
      'field-missing@thesisKeywords',
    ]);
    expect(check('regular-bachelor', { outcomeType: 'W' })).toEqual([]);
    expect(check('regular-bachelor', { ...thesis, outcomeType: null })).toEqual(['field-missing@outcomeType']);
  });

  it.each(['W', 'SM'])('refuses thesis fields under type %s', (outcomeType) => {
    expect(check('regular-bachelor', { ...thesis, outcomeType, thesisLanguage: 'zh' })).toEqual([
      'thesis-field-without-thesis@thesisTitle',
      'thesis-field-without-thesis@thesisKeywords',
      'thesis-field-without-thesis@thesisLanguage',
    ]);
  });

  it.each(['W', 'SM', 'LW'])('never repeats what a refused thesis field says, under type %s', (outcomeType) => {
    const secret = '某型装备涂层的隐身性能研究与试验方法探讨';
    const said = { thesisTitle: `${secret}\ue000`, thesisKeywords: `${secret}\u0007`, thesisDirection: secret };
    const fields = { ...sample('regular-bachelor'), ...said, outcomeType };
    const found = recordViolations(fields, CONTEXT);
    expect(found.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(found)).not.toContain(secret.slice(0, 4));
    expect(found.map(({ path, found }) => `${path} ${found}`)).toContain(`thesisDirection ${secret.length}`);
  });

  it.each(['academic-master', 'professional-master', 'equivalent-education-master', 'regular-bachelor'] as const)(
    'a classified thesis of a %s has its mark and nothing else; whether it may enter, its declassification says',
    (category) => {
      const none = { thesisTitle: null, thesisKeywords: null, thesisTopicSource: null };
      const empty = { ...none, thesisDirection: null, thesisLanguage: null };
      expect(check(category, { ...empty, outcomeType: 'SM' })).toEqual([]);
    },
  );

  it('allows a practice outcome to professional masters only', () => {
    expect(check('professional-master')).toEqual([]);
    expect(check('academic-master', { outcomeType: 'practice-outcome' })).toEqual([
      'outcome-type-not-of-level@outcomeType',
    ]);
    expect(check('regular-bachelor', { ...thesis, outcomeType: 'thesis' })).toEqual([
      'outcome-type-not-of-level@outcomeType',
    ]);
  });

  it('measures titles in code points and keywords in Han characters', () => {
    expect(check('academic-master', { thesisTitle: '𬭼'.repeat(200) })).toEqual([]);
    expect(check('academic-master', { thesisTitle: '题'.repeat(201) })).toEqual(['field-too-long@thesisTitle']);
    expect(check('academic-master', { thesisKeywords: 'a'.repeat(200) })).toEqual([]);
    expect(check('academic-master', { thesisKeywords: '词'.repeat(101) })).toEqual(['field-too-long@thesisKeywords']);
  });

  it('allows two research directions of fifteen characters, none of them the major', () => {
    const with15 = `${'方'.repeat(15)}；${'向'.repeat(15)}`;
    expect(check('academic-master', { thesisDirection: with15 })).toEqual([]);
    expect(check('academic-master', { thesisDirection: '甲;乙;丙' })).toEqual(['directions-too-many@thesisDirection']);
    expect(check('academic-master', { thesisDirection: '方'.repeat(16) })).toEqual(['field-too-long@thesisDirection']);
    expect(check('academic-master', { thesisDirection: '计算机应用技术' })).toEqual([
      'field-malformed@thesisDirection',
    ]);
  });
});

describe('Article 11(5): all violations at once', () => {
  it('reports every broken rule of a record together', () => {
    const found = check('regular-bachelor', {
      name: '张?',
      sex: '2',
      identityNumber: identityNumber('371502', '2004-03-16', '001'),
      certificateNumber: '1044732025000001',
      studyForm: null,
      studentNumber: '1.04474E+15x学',
      email: 'nobody',
    });
    expect(found.sort()).toEqual(
      [
        'name-replacement-character@name',
        'field-malformed@email',
        'field-malformed@studentNumber',
        'field-missing@studyForm',
        'identity-birth-mismatch@birthDate',
        'identity-sex-mismatch@sex',
        'certificate-number-level@certificateNumber',
        'certificate-number-year@certificateNumber',
      ].sort(),
    );
  });

  it('does not call missing what is supplied later', () => {
    const record = sample('regular-bachelor', { photoDigest: null, ethnicity: null, trainingUnitName: null });
    expect(codes(recordViolations(record, { ...CONTEXT, pending: SUPPLIED_LATER }))).toEqual([]);
    expect(recordViolations(record, CONTEXT)).toHaveLength(3);
  });

  it('refuses a record of another institution, and unreadable characters in texts', () => {
    expect(check('regular-bachelor', { institution: '10422' })).toEqual(['row-institution-mismatch@institution']);
    expect(check('regular-bachelor', { remark: '备\ue000注' })).toEqual(['text-unreadable-character@remark']);
    expect(check('regular-bachelor', { remark: '曾用证件11010519491231002X' })).toEqual([
      'identity-number-in-text@remark',
    ]);
  });
});
