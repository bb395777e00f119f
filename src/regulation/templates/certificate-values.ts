// What a certificate says of one record: every placeholder as the words that are printed (R11.7).

import type { RecordFields } from '../record/record.ts';
import type { CodeTableName, ExtraCodes } from '../standard/codes.ts';
import { entriesOf, lookUp } from '../standard/codes.ts';
import type { Placeholder } from './certificate-placeholders.ts';

/** Every placeholder with its words; `''` where the record has nothing. */
export type CertificateValues = Readonly<Record<Placeholder, string>>;

/** From this day degrees are conferred under the law that replaced the regulations of 1981 (学位法, art. 45). */
const LAW_IN_FORCE = '2025-01-01';

/** The words for one record. */
export function certificateValues(
  fields: RecordFields,
  of: { readonly institutionName: string; readonly codes?: ExtraCodes },
): CertificateValues {
  const { conferralDate } = fields;
  const entry = (table: CodeTableName, code: string | null) =>
    code ? (lookUp(table, code, conferralDate, of.codes) ?? { code, name: code }) : null;
  return {
    name: fields.name,
    sex: entry('sex', fields.sex)?.name.replace(/性$/, '') ?? '',
    birthDate: dateInWords(fields.birthDate),
    birthDateInFigures: dateInFigures(fields.birthDate),
    country: entry('country', fields.country)?.name ?? '',
    disciplineName: fields.disciplineName,
    // 工学学士学位 and 金融硕士专业学位 are followed by 学位 in the sentence of the certificate.
    degreeName: entry('degreeCategory', fields.degreeCategory)?.name.replace(/(?:专业)?学位$/, '') ?? '',
    conferralDate: dateInWords(conferralDate),
    conferralDateInFigures: dateInFigures(conferralDate),
    certificateNumber: fields.certificateNumber,
    resolutionNumber: fields.resolutionNumber,
    headName: fields.headName,
    chairName: fields.chairName,
    trainingUnitName: fields.trainingUnitName ?? '',
    admissionMonth: dateInWords(fields.admissionMonth ?? ''),
    graduationMonth: dateInWords(fields.graduationMonth ?? ''),
    lengthOfStudy: years(fields.lengthOfStudy, of.codes),
    studyForm: entry('studyForm', fields.studyForm)?.name ?? '',
    studyMode: entry('studyMode', fields.studyMode)?.name ?? '',
    applicationMonth: dateInWords(fields.applicationMonth ?? ''),
    institutionName: of.institutionName,
    lawName: conferralDate >= LAW_IN_FORCE ? '《中华人民共和国学位法》' : '《中华人民共和国学位条例》',
  };
}

const DIGITS = [...'〇一二三四五六七八九'];

/** 1 … 99 as it is read: 十, 十二, 二十, 三十一. */
function counted(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  const before = tens === 0 ? '' : `${tens === 1 ? '' : DIGITS[tens]}十`;
  return `${before}${ones === 0 ? '' : DIGITS[ones]}`;
}

/** `1999-09-09` → 一九九九年九月九日, `2022-09` → 二〇二二年九月. Anything else is printed as it is. */
export function dateInWords(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date) ?? [];
  if (year === undefined) return date;
  const digits = [...year].map((digit) => DIGITS[Number(digit)]).join('');
  return `${digits}年${counted(Number(month))}月${day === undefined ? '' : `${counted(Number(day))}日`}`;
}

/** `1999-09-09` → 1999年9月9日. Anything else is printed as it is. */
export function dateInFigures(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  return year === undefined ? date : `${year}年${Number(month)}月${Number(day)}日`;
}

/** 4 → 四年, 2.5 → 二年半: the other name of the code in words, where the table has one. */
function years(code: string | null, codes: ExtraCodes | undefined): string {
  if (!code) return '';
  const [entry] = entriesOf('lengthOfStudy', code, codes);
  return entry?.aliases?.find((alias) => /^[一二三四五六七八]/.test(alias)) ?? entry?.name ?? code;
}
