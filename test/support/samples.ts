// Valid synthetic people of every category, and the files that carry them. Every number is made up; identity numbers have true check characters.
import type { EnrolmentFields } from '../../src/regulation/record/enrolment.ts';
import { identityCheckCharacter } from '../../src/regulation/record/identity-check.ts';
import { completeRecord, type RecordFields, type RecordInput } from '../../src/regulation/record/record.ts';
import { rosterNumber } from '../../src/regulation/resolution/roster.ts';
import { editionHeader, NATIONAL_BACHELOR_COLUMNS, templateColumns } from '../../src/regulation/standard/columns.ts';
import { ENROLMENT_TEMPLATE } from '../../src/regulation/standard/enrolment-template.ts';
import { ROSTER_TEMPLATE } from '../../src/regulation/standard/roster-template.ts';
import { CATEGORIES, type Category, keysOf, LEVELS } from '../../src/regulation/vocabulary.ts';

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜'];
const GIVEN = [...'文博晓梅志强海燕国华立新建红丽敏刚静平超洋一鸣思远若涵子轩雨桐浩然'];

/** What all samples of one resolution share. */
export interface SampleBasis {
  readonly institution: string;
  readonly resolutionNumber: string;
  readonly conferralDate: string;
  readonly headName: string;
}

/** The sample resolution of 10447, decided on 2026-06-20. */
export const BASIS: SampleBasis = {
  institution: '10447',
  resolutionNumber: '聊大学位〔2026〕6号',
  conferralDate: '2026-06-20',
  headName: '周明远',
};

/** A resident identity number (GB 11643) of a birth date and a sex, different for every serial below 500. */
export function identityNumber(birthDate: string, sex: '1' | '2', serial: number): string {
  const order = String((serial % 500) * 2 + (sex === '1' ? 1 : 0)).padStart(3, '0');
  const first17 = `371502${birthDate.replaceAll('-', '')}${order}`;
  return `${first17}${identityCheckCharacter(first17)}`;
}

const BACHELOR: RecordInput = {
  trainingUnitCode: '10447',
  trainingUnitName: '聊城大学',
  admissionMonth: '2022-09',
  lengthOfStudy: '4',
  studyForm: 'full-time',
  graduationMonth: '2026-06',
  outcomeType: 'LW',
  thesisTitle: '小学语文整本书阅读教学研究',
  thesisKeywords: '小学语文；整本书阅读',
  thesisTopicSource: '16',
  thesisLanguage: 'zh',
  supervisorName: '韩梅',
};

const MASTER: RecordInput = {
  supervisorName: '韩梅；李雷',
  outcomeType: 'thesis',
  thesisTitle: '一类非线性微分方程解的存在性',
  thesisKeywords: '非线性；微分方程；不动点',
  thesisTopicSource: '06',
};

const STUDENT_MASTER: RecordInput = {
  ...MASTER,
  admissionMonth: '2023-09',
  studyMode: 'full-time',
  graduationMonth: '2026-06',
};

/** What is particular to each category; people of China unless it says otherwise. */
const OF_CATEGORY: Readonly<Record<Category, RecordInput>> = {
  'regular-bachelor': { ...BACHELOR, degreeCategory: '404', disciplineCode: '040107', disciplineName: '小学教育' },
  'international-student-bachelor': {
    ...BACHELOR,
    country: '398',
    identityType: 'passport',
    degreeCategory: '405',
    disciplineCode: '050101',
    disciplineName: '汉语言文学',
  },
  'adult-education-bachelor': {
    ...BACHELOR,
    admissionMonth: '2023-03',
    lengthOfStudy: '2.5',
    studyForm: 'correspondence',
    degreeCategory: '412',
    disciplineCode: '120203K',
    disciplineName: '会计学',
    graduationMonth: '2026-01',
  },
  'academic-master': { ...STUDENT_MASTER, degreeCategory: '307', disciplineCode: '0701', disciplineName: '数学' },
  'professional-master': {
    ...STUDENT_MASTER,
    degreeCategory: '341',
    disciplineCode: '0351',
    disciplineName: '法律',
    outcomeType: 'practice-outcome',
  },
  'equivalent-education-master': {
    ...MASTER,
    degreeCategory: '304',
    disciplineCode: '0401',
    disciplineName: '教育学',
    applicationMonth: '2024-03',
  },
};

/** A valid record; people of different serials differ in everything that must differ. `changes` go over it; an empty text takes a field away. */
export function sampleRecord(
  category: Category,
  serial: number,
  changes: RecordInput = {},
  basis: SampleBasis = BASIS,
): RecordFields {
  const sex = serial % 2 === 0 ? '2' : '1';
  const place = keysOf(CATEGORIES).indexOf(category);
  const birthDate = birthDateOf(category, serial);
  const digit = LEVELS[CATEGORIES[category].level].digit;
  const six = pad(place * 100_000 + serial, 6);
  const person: RecordInput = {
    name: nameOf(serial),
    sex,
    country: '156',
    birthDate,
    identityType: '01',
    headName: basis.headName,
    chairName: basis.headName,
    conferralDate: basis.conferralDate,
    certificateNumber: `${basis.institution}${digit}${basis.conferralDate.slice(0, 4)}${six}`,
    resolutionNumber: basis.resolutionNumber,
  };
  if (category === 'international-student-bachelor') {
    person.name = `AIDAR ${letters(serial)}`;
    person.identityNumber = `N${pad(serial, 8)}`;
  } else {
    person.ethnicity = '01';
    person.politicalStatus = '03';
    person.identityNumber = identityNumber(birthDate, sex, serial % 250);
  }
  if (category === 'equivalent-education-master') person.applicationNumber = `T2024${six}`;
  else person.studentNumber = `2022${six}`;
  const given = { ...person, ...OF_CATEGORY[category], ...changes };
  const kept = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')) as RecordInput;
  return completeRecord(kept, { institution: basis.institution, category });
}

/** `count` valid records of a category, with serials from `first` on. */
export function sampleRecords(
  category: Category,
  count: number,
  first = 1,
  basis: SampleBasis = BASIS,
): RecordFields[] {
  return Array.from({ length: count }, (_, at) => sampleRecord(category, first + at, {}, basis));
}

/** What the student system says of the same person. */
export function enrolmentOf(record: RecordFields): EnrolmentFields {
  const { name, sex, birthDate, country, ethnicity, politicalStatus, identityType, category } = record;
  const { disciplineCode, disciplineName, trainingUnitCode, trainingUnitName, examineeNumber } = record;
  const { lengthOfStudy, studyForm, studyMode, graduationMonth } = record;
  return {
    studentNumber: record.studentNumber ?? '',
    identityNumber: record.identityNumber,
    admissionMonth: record.admissionMonth ?? '',
    graduationDate: graduationMonth === null ? null : `${graduationMonth}-10`,
    ...{ name, sex, birthDate, country, ethnicity, politicalStatus, identityType, category },
    ...{ disciplineCode, disciplineName, trainingUnitCode, trainingUnitName, examineeNumber },
    ...{ lengthOfStudy, studyForm, studyMode },
  };
}

/** A table as CSV in UTF-8; cells are quoted only where they must be. */
export function csv(rows: readonly (readonly string[])[]): Buffer {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return Buffer.from(rows.map((row) => `${row.map(cell).join(',')}\r\n`).join(''), 'utf8');
}

/** Records in our own template; `without` leaves columns out. */
export function recordCsv(
  category: Category,
  records: readonly RecordFields[],
  without: readonly string[] = [],
): Buffer {
  const columns = templateColumns(category).filter(({ field }) => field !== null && !without.includes(field));
  const rows = records.map((record) => columns.map(({ field }) => (field === null ? '' : (record[field] ?? ''))));
  return csv([columns.map(({ heading }) => heading), ...rows]);
}

/** Bachelor records in the national edition of 27 columns: names instead of codes, days as yyyyMMdd. */
export function nationalCsv(records: readonly RecordFields[]): Buffer {
  const rows = records.map((record) =>
    NATIONAL_BACHELOR_COLUMNS.map(({ field, side }) => {
      if (side === 'institution-code') return record.institution;
      if (field === null) return '';
      const value = record[field] ?? '';
      if (field === 'sex') return value === '1' ? '男性' : '女性';
      if (field === 'country') return value === '156' ? '中国' : value;
      if (field === 'identityType') return value === '01' ? '居民身份证' : value;
      return field === 'birthDate' || field === 'conferralDate' ? value.replaceAll('-', '') : value;
    }),
  );
  return csv([editionHeader('bachelor-2024-06', 'regular-bachelor'), ...rows]);
}

/** The roster of these records, in their order. */
export function rosterCsv(records: readonly RecordFields[]): Buffer {
  const rows = records.map((record, at) =>
    ROSTER_TEMPLATE.map(({ key }) => {
      if (key === 'sequence') return String(at + 1);
      if (key === 'category') return CATEGORIES[record.category].zh;
      return key === 'studentNumber' ? rosterNumber(record) : record[key];
    }),
  );
  return csv([ROSTER_TEMPLATE.map(({ heading }) => heading), ...rows]);
}

/** A table of enrolment records. */
export function enrolmentCsv(records: readonly EnrolmentFields[]): Buffer {
  const rows = records.map((record) =>
    ENROLMENT_TEMPLATE.map(({ key }) => (key === 'category' ? CATEGORIES[record.category].zh : (record[key] ?? ''))),
  );
  return csv([ENROLMENT_TEMPLATE.map(({ heading }) => heading), ...rows]);
}

/** 250 people a day, so that 200,000 of each category have identity numbers of their own. */
function birthDateOf(category: Category, serial: number): string {
  const places = keysOf(CATEGORIES).filter((other) => CATEGORIES[other].level === CATEGORIES[category].level);
  const first = CATEGORIES[category].level === 'master' ? Date.UTC(1990, 0, 1) : Date.UTC(1998, 0, 1);
  const days = places.indexOf(category) * 800 + Math.floor(serial / 250);
  return new Date(first + days * 86_400_000).toISOString().slice(0, 10);
}

function nameOf(serial: number): string {
  const surname = SURNAMES[serial % SURNAMES.length] ?? '';
  const first = GIVEN[Math.floor(serial / SURNAMES.length) % GIVEN.length] ?? '';
  return `${surname}${first}${GIVEN[(serial * 7) % GIVEN.length] ?? ''}`;
}

function letters(serial: number): string {
  return [...String(serial)].map((digit) => 'ABCDEFGHIJ'[Number(digit)] ?? '').join('');
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
