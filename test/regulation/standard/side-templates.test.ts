// Article 6, 11(8): files of rosters and of enrolment records.
import { describe, expect, it } from 'vitest';
import { rosterRowsViolations } from '../../../src/regulation/resolution/roster.ts';
import {
  ENROLMENT_TEMPLATE,
  parseEnrolmentRow,
  readEnrolmentHeader,
} from '../../../src/regulation/standard/enrolment-template.ts';
import { parseRosterRow, ROSTER_TEMPLATE, readRosterHeader } from '../../../src/regulation/standard/roster-template.ts';
import type { Violation } from '../../../src/regulation/violations.ts';
import { codes, INSTITUTION, identityNumber } from '../samples.ts';

const enrolmentHeading = ENROLMENT_TEMPLATE.map(({ heading }) => heading);
const rosterHeading = ROSTER_TEMPLATE.map(({ heading }) => heading);

function must<T extends object>(header: T | Violation[]): T {
  if (Array.isArray(header)) throw new Error(codes(header).join(', '));
  return header;
}

describe('Article 6: the roster file', () => {
  const header = must(readRosterHeader(rosterHeading));
  const cells = [
    '1',
    '阿依古丽•买买提',
    '2022101001',
    '普通高等教育本科学士',
    '408',
    '080901',
    '20260621',
    '1044742026000001',
  ];

  it('has the columns that the resolution decides', () => {
    expect(rosterHeading).toEqual([
      '序号',
      '姓名',
      '学号',
      '类别',
      '学位类别码',
      '学科专业代码',
      '获学位日期',
      '学位证书编号',
    ]);
  });

  it('gives roster rows', () => {
    const { row, violations } = parseRosterRow(header, cells);
    expect(violations).toEqual([]);
    expect(row).toMatchObject({
      sequence: 1,
      name: '阿依古丽·买买提',
      category: 'regular-bachelor',
      conferralDate: '2026-06-21',
    });
    expect(row && rosterRowsViolations([row], { institution: INSTITUTION, decidedOn: '2026-06-21' })).toEqual([]);
  });

  it.each<[string, number, string, string]>([
    ['no sequence', 0, '', 'field-missing@sequence'],
    ['a sequence that is none', 0, '1.5', 'roster-sequence@sequence'],
    ['an unknown category', 3, '本科', 'code-unknown@category'],
    ['an unknown degree category', 4, '999', 'code-unknown@degreeCategory'],
    ['an impossible date', 6, '20260631', 'date-impossible@conferralDate'],
    ['a damaged number', 7, '1.04474E+15', 'number-damaged-by-spreadsheet@certificateNumber'],
  ])('refuses %s', (_, at, text, expected) => {
    const { row, violations } = parseRosterRow(header, cells.with(at, text));
    expect(row).toBeNull();
    expect(codes(violations)).toEqual([expected]);
  });

  it('names every heading that is wrong', () => {
    const wrong = readRosterHeader(rosterHeading.with(7, '证书号码'));
    expect(wrong).toMatchObject([
      { code: 'header-column-unknown' },
      { code: 'header-column-missing', path: '学位证书编号' },
    ]);
  });
});

describe('Article 11(8): the enrolment file', () => {
  const header = must(readEnrolmentHeader(enrolmentHeading));
  const values: Readonly<Record<string, string>> = {
    学号: '2022101001',
    姓名: '张三',
    性别: '男性',
    出生日期: '2004/3/15',
    国家或地区: '中国',
    民族: '汉族',
    政治面貌: '中国共产主义青年团团员',
    身份证件类型: '居民身份证',
    身份证件号码: identityNumber('371502', '2004-03-15', '001'),
    类别: '普通高等教育本科学士',
    学科专业代码: '080901',
    学科专业名称: '计算机科学与技术',
    入学年月: '2022年9月',
    学制: '4年',
    学习形式: '普通全日制',
    毕业日期: '20260620',
  };
  const row = (changes: Readonly<Record<string, string>> = {}) =>
    enrolmentHeading.map((text) => changes[text] ?? values[text] ?? '');
  const parse = (changes?: Readonly<Record<string, string>>) =>
    parseEnrolmentRow(header, row(changes), 'regular-bachelor', { on: '2026-06-30' });

  it('gives enrolment records in codes', () => {
    const { fields, violations } = parse();
    expect(violations).toEqual([]);
    expect(fields).toMatchObject({
      sex: '1',
      birthDate: '2004-03-15',
      admissionMonth: '2022-09',
      lengthOfStudy: '4',
      studyForm: 'full-time',
      studyMode: null,
      graduationDate: '2026-06-20',
    });
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['another category', { 类别: '成人高等教育本科学士' }, ['row-category-mismatch@category']],
    ['no student number', { 学号: '' }, ['field-missing@studentNumber']],
    ['an unknown ethnicity', { 民族: '乌兹别克族' }, ['code-unknown@ethnicity']],
    ['sex against the identity number', { 性别: '女' }, ['identity-sex-mismatch@sex']],
    ['a replacement character', { 姓名: '张\ufffd' }, ['name-replacement-character@name']],
  ])('refuses %s', (_, changes, expected) => {
    expect(codes(parse(changes).violations)).toEqual(expected);
  });

  it('may leave out optional columns and the category of the whole file', () => {
    const least = ENROLMENT_TEMPLATE.filter(({ required }) => required).map(({ heading }) => heading);
    expect(least).not.toContain('类别');
    const short = must(readEnrolmentHeader(least));
    const { fields, violations } = parseEnrolmentRow(
      short,
      least.map((text) => values[text] ?? ''),
      'regular-bachelor',
    );
    expect(violations).toEqual([]);
    expect(fields).toMatchObject({ category: 'regular-bachelor', ethnicity: null });
  });
});
