// Article 7, 11(1): reading record files in the national edition and in our own template.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeRecord, recordViolations } from '../../../src/regulation/record/record.ts';
import { editionHeader, NATIONAL_BACHELOR_COLUMNS, templateColumns } from '../../../src/regulation/standard/columns.ts';
import type { HeaderMatch } from '../../../src/regulation/standard/editions.ts';
import { parseRow, readHeader } from '../../../src/regulation/standard/editions.ts';
import type { FieldName } from '../../../src/regulation/standard/fields.ts';
import { SUPPLIED_LATER } from '../../../src/regulation/standard/fields.ts';
import { NATIONAL_BACHELOR_EDITION, ownTemplate } from '../../../src/regulation/standard/shipped-editions.ts';
import { writeRow } from '../../../src/regulation/standard/write-row.ts';
import type { Category } from '../../../src/regulation/vocabulary.ts';
import { CATEGORIES, keysOf } from '../../../src/regulation/vocabulary.ts';
import { runs } from '../../support/chance.ts';
import { CONTEXT, codes, INSTITUTION, identityNumber, sample, TODAY } from '../samples.ts';

const ROW = { on: TODAY, institution: INSTITUTION };
const NATIONAL = editionHeader('bachelor-2024-06', 'regular-bachelor');

function understood(header: readonly string[], category: Category): HeaderMatch {
  const match = readHeader(header, category);
  if ('edition' in match) return match;
  throw new Error(codes(match).join(', '));
}
const refused = (header: readonly string[], category: Category) => {
  const match = readHeader(header, category);
  return 'edition' in match ? [] : match;
};

const nationalRow: Readonly<Record<string, string>> = {
  XM: '张三',
  XB: '男',
  CSRQ: '20040315',
  ZJLX: '居民身份证',
  ZJHM: identityNumber('371502', '2004-03-15', '001'),
  GB: '中国',
  KSH: '22370101110001',
  XH: '2022101001',
  PYDWM: '10447',
  PYDW: '聊城大学',
  ZYDM: '080901',
  ZYMC: '计算机科学与技术',
  XWSYDWM: '10447',
  XWSYDW: '聊城大学',
  XZXM: '李校长',
  ZXXM: '李校长',
  XWLBM: '408',
  XWLB: '工学学士学位',
  HXWRQ: '20260621',
  XWZSBH: '1044742026000001',
  DSXM: '王老师',
  LWLX: '毕业论文',
  LWTM: '题目',
  LWGJC: '甲；乙',
  LWXTLY: '非立项',
  LWYJFX: '机器学习',
  LWZXYZ: '中文',
};
const cellsOf = (changes: Readonly<Record<string, string>> = {}) =>
  NATIONAL.map((heading) => changes[heading] ?? nationalRow[heading] ?? '');
const parse = (changes: Readonly<Record<string, string>> = {}) =>
  parseRow(understood(NATIONAL, 'regular-bachelor'), cellsOf(changes), 'regular-bachelor', ROW);

describe('Article 7: the national bachelor edition', () => {
  it('has 27 columns', () => {
    expect(NATIONAL).toHaveLength(27);
    expect(understood(NATIONAL, 'regular-bachelor').edition).toBe('bachelor-2024-06');
    const chinese = NATIONAL_BACHELOR_COLUMNS.map(({ heading }) => heading);
    expect(understood(chinese, 'adult-education-bachelor').edition).toBe('bachelor-2024-06');
  });

  it('is not for masters', () => {
    expect(codes(refused(NATIONAL, 'academic-master'))).toEqual(['edition-not-for-category@header']);
  });

  it('is an exact set: missing, unknown and doubled columns are all named, with what was meant', () => {
    const header = NATIONAL.map((heading) => (heading === 'XWZSBH' ? '学位证书编码' : heading)).filter(
      (heading) => heading !== 'XB',
    );
    expect(refused([...header, 'XM', ''], 'regular-bachelor')).toMatchObject([
      { code: 'header-column-unknown', path: 'header[18]', found: '学位证书编码', expected: '学位证书编号' },
      { code: 'header-column-doubled', path: 'header[26]', found: 'XM' },
      { code: 'header-column-missing', path: '性别' },
      { code: 'header-column-missing', path: '学位证书编号' },
    ]);
  });

  it('gives codes and ISO dates, and a record that only enrolment and photo still complete', () => {
    const { fields, violations, rejected } = parse();
    expect(violations).toEqual([]);
    expect(rejected.size).toBe(0);
    expect(fields).toMatchObject({
      sex: '1',
      country: '156',
      birthDate: '2004-03-15',
      conferralDate: '2026-06-21',
      outcomeType: 'LW',
    });
    const record = completeRecord(fields, { institution: INSTITUTION, category: 'regular-bachelor' });
    expect(recordViolations(record, { ...CONTEXT, pending: SUPPLIED_LATER })).toEqual([]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['another institution', { XWSYDWM: '10422' }, ['row-institution-mismatch@institution']],
    [
      'name and code of the degree category that disagree',
      { XWLB: '理学学士学位' },
      ['code-name-mismatch@degreeCategory'],
    ],
    ['an unknown country', { GB: '台湾' }, ['code-unknown@country']],
    ['an impossible date', { CSRQ: '20040230' }, ['date-impossible@birthDate']],
    ['a date of another form', { HXWRQ: '21.06.2026' }, ['date-impossible@conferralDate']],
    ['a number in scientific notation', { XWZSBH: '1.04474E+15' }, ['number-damaged-by-spreadsheet@certificateNumber']],
    [
      'an identity number in scientific notation',
      { ZJHM: '3.71502E+17' },
      ['number-damaged-by-spreadsheet@identityNumber'],
    ],
    [
      'several at once',
      { XB: '?', LWLX: '论文', KSH: '2.2E+13' },
      ['code-unknown@sex', 'number-damaged-by-spreadsheet@examineeNumber', 'code-unknown@outcomeType'],
    ],
  ])('refuses %s', (_, changes, expected) => {
    const { violations, rejected, fields } = parse(changes);
    expect(codes(violations)).toEqual(expected);
    for (const { path } of violations) {
      if (path === 'institution' || path === 'degreeCategory') continue;
      expect(rejected.has(path as FieldName)).toBe(true);
      expect(fields).not.toHaveProperty(path);
    }
  });

  it('normalises what is the same thing written otherwise', () => {
    const { fields } = parse({
      XM: '阿依古丽•买买提',
      ZJHM: '37150220010301006x',
      XH: '２０２２101001',
      XB: '1',
      HXWRQ: '2026-06-21',
    });
    expect(fields).toMatchObject({
      name: '阿依古丽·买买提',
      nameRaw: '阿依古丽•买买提',
      identityNumber: '37150220010301006X',
      studentNumber: '2022101001',
      sex: '1',
      conferralDate: '2026-06-21',
    });
  });

  it('judges codes on the conferral date of the row', () => {
    expect(parse({ HXWRQ: '20240531', LWXTLY: '国家重点研发计划项目' }).violations).toMatchObject([
      { code: 'code-not-valid-on-date', path: 'thesisTopicSource', expected: '02 973、863项目' },
    ]);
  });
});

describe.each(keysOf(CATEGORIES))('Article 11(1): our template for %s', (category) => {
  const header = editionHeader('vermilion-1', category);
  const record = sample(category);
  const cells = templateColumns(category).map(({ field }) => (field === null ? '' : (record[field] ?? '')));

  it('carries a whole record, photo apart', () => {
    const { fields, violations } = parseRow(understood(header, category), cells, category, ROW);
    expect(violations).toEqual([]);
    const back = completeRecord(fields, { institution: INSTITUTION, category });
    expect({ ...back, photoDigest: record.photoDigest }).toEqual(record);
  });

  it('reads its columns in any order', () => {
    const order = fc.shuffledSubarray([...header.keys()], { minLength: header.length });
    fc.assert(
      fc.property(order, (places) => {
        const match = understood(
          places.map((at) => `${header[at]} `),
          category,
        );
        const { fields } = parseRow(
          match,
          places.map((at) => cells[at] ?? ''),
          category,
          ROW,
        );
        expect({
          ...completeRecord(fields, { institution: INSTITUTION, category }),
          photoDigest: record.photoDigest,
        }).toEqual(record);
      }),
      { numRuns: runs(20) },
    );
  });

  it('may leave out what enrolment record and resolution supply, and nothing else', () => {
    const least = templateColumns(category).filter(({ required }) => required);
    expect(
      refused(
        least.map(({ heading }) => heading),
        category,
      ),
    ).toEqual([]);
    for (const { heading } of least) {
      const without = least.map((column) => column.heading).filter((text) => text !== heading);
      expect(codes(refused(without, category))).toEqual([`header-column-missing@${heading}`]);
    }
  });
});

describe('Article 7: export speaks what import reads', () => {
  const institution = { code: INSTITUTION, name: '聊城大学' };

  it.each(keysOf(CATEGORIES))('our template, %s', (category) => {
    const record = sample(category);
    const match = understood(editionHeader('vermilion-1', category), category);
    const { fields } = parseRow(match, writeRow(ownTemplate(category), record, institution).cells, category, ROW);
    const back = completeRecord(fields, { institution: INSTITUTION, category });
    expect({ ...back, photoDigest: record.photoDigest }).toEqual(record);
  });

  it('the national edition, to the letter', () => {
    const { fields } = parse();
    const record = completeRecord(fields, { institution: INSTITUTION, category: 'regular-bachelor' });
    expect(writeRow(NATIONAL_BACHELOR_EDITION, record, institution)).toEqual({ cells: cellsOf(), violations: [] });
  });
});

describe('Article 11(1): headings as people write them', () => {
  it('reads asterisks, hints in brackets, spaces and older headings', () => {
    const header = editionHeader('vermilion-1', 'regular-bachelor').map((text) =>
      text === '出生日期'
        ? '*出生日期（yyyyMMdd）'
        : text === '身份证件号码'
          ? '身份证号'
          : text === '姓名'
            ? '姓 名'
            : text,
    );
    expect(understood(header, 'regular-bachelor').columns.slice(0, 2)).toEqual(['name', 'namePinyin']);
  });

  it('refuses a file that is something else', () => {
    expect(codes(refused(['订单号', '金额', ''], 'regular-bachelor'))).toEqual(['header-empty@header']);
    expect(codes(refused([], 'academic-master'))).toEqual(['header-empty@header']);
  });

  it('reads a degree category without its level', () => {
    const header = editionHeader('vermilion-1', 'regular-bachelor');
    const row = header.map((heading) => (heading === '学位类别' ? '工学' : ''));
    const { fields } = parseRow(understood(header, 'regular-bachelor'), row, 'regular-bachelor', ROW);
    expect(fields).toEqual({ degreeCategory: '408' });
  });

  it('never throws, whatever the cells are', () => {
    const match = understood(NATIONAL, 'regular-bachelor');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 30 }), (cells) => {
        const { fields, rejected } = parseRow(match, cells, 'regular-bachelor', ROW);
        const record = completeRecord(fields, { institution: INSTITUTION, category: 'regular-bachelor' });
        recordViolations(record, { ...CONTEXT, pending: rejected });
      }),
      { numRuns: runs(300) },
    );
  });
});
