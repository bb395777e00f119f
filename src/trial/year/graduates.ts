// The graduates of the year: for each a whole record, the enrolment record behind it and the line of the roster, all in agreement.
import type { EnrolmentFields } from '../../regulation/record/enrolment.ts';
import { completeRecord, type RecordFields, type RecordInput } from '../../regulation/record/record.ts';
import { type RosterRow, rosterNumber } from '../../regulation/resolution/roster.ts';
import { type Category, LEVELS } from '../../regulation/vocabulary.ts';
import { SAMPLE } from '../sample-institutions.ts';
import { DISCIPLINES, type Discipline } from './disciplines.ts';
import { hanName } from './names.ts';
import { makePerson, type Person } from './people.ts';
import { type Group, levelOf, type Sitting } from './plan.ts';
import type { Random } from './random.ts';
import { makeThesis } from './theses.ts';

const [HOME] = SAMPLE.institutions;
const {
  code: INSTITUTION,
  name: INSTITUTION_NAME,
  headName,
  chairName,
} = HOME ?? {
  code: '',
  name: '',
  headName: '',
  chairName: '',
};

/** One person of the year with their papers; `enrolment` is null for equivalent-education masters. */
export interface Graduate {
  readonly record: RecordFields;
  readonly enrolment: EnrolmentFields | null;
}

/** Numbers that run through the whole year: people, and certificates per level. */
export interface Counters {
  person: number;
  bachelor: number;
  master: number;
  /** Identity numbers given so far: no two people have the same. */
  readonly identities: Set<string>;
}

/** First and last year before the conferral in which people of a category were born. */
const AGES: Readonly<Record<Category, readonly [number, number]>> = {
  'regular-bachelor': [24, 21],
  'international-student-bachelor': [28, 21],
  'adult-education-bachelor': [46, 23],
  'academic-master': [31, 24],
  'professional-master': [36, 24],
  'equivalent-education-master': [50, 29],
};

type PersonKind = Parameters<typeof makePerson>[2];

function kindOf(random: Random, category: Category): PersonKind {
  if (category === 'international-student-bachelor') return 'abroad';
  return random.weighted<PersonKind>([
    ['resident', 9940],
    ['hong-kong', 20],
    ['macao', 15],
    ['taiwan', 25],
  ]);
}

/** Makes the next person of a group with everything that belongs to them. */
export function makeGraduate(random: Random, sitting: Sitting, group: Group, counters: Counters): Graduate {
  const { category } = group;
  const year = Number(sitting.decidedOn.slice(0, 4));
  const [oldest, youngest] = AGES[category];
  const serial = counters.person++;
  const kind = kindOf(random, category);
  const ages = [year - oldest, year - youngest] as const;
  let person = makePerson(random, serial, kind, ages);
  while (counters.identities.has(person.identityNumber)) person = makePerson(random, serial, kind, ages);
  counters.identities.add(person.identityNumber);
  const discipline = random.weighted(DISCIPLINES[category]);
  const level = levelOf(category);
  counters[level]++;
  const input: RecordInput = {
    ...papersOf(person),
    ...contactOf(random, serial),
    ...{ headName, chairName, resolutionNumber: sitting.number },
    degreeCategory: discipline.degreeCategory,
    disciplineCode: discipline.code,
    disciplineName: discipline.name,
    conferralDate: sitting.decidedOn,
    certificateNumber: `${INSTITUTION}${LEVELS[level].digit}${year}${String(counters[level]).padStart(6, '0')}`,
    ...studyOf(random, group, serial, year),
    ...outcomeOf(random, category, discipline),
  };
  const record = completeRecord(input, { institution: INSTITUTION, category });
  return { record, enrolment: enrolmentOf(record, group) };
}

function papersOf(person: Person): RecordInput {
  const { ethnicity, politicalStatus, ...papers } = person;
  return {
    ...papers,
    ...(ethnicity === null ? {} : { ethnicity }),
    ...(politicalStatus === null ? {} : { politicalStatus }),
    // The name in the passport is the name in Latin letters.
    ...(person.identityType === 'passport' ? { namePinyin: person.name } : {}),
  };
}

function contactOf(random: Random, serial: number): RecordInput {
  if (random.chance(0.3)) return {};
  const phone = `1${random.pick(['38', '50', '59', '77', '86', '98'])}${String(20000000 + serial * 37).slice(-8)}`;
  return random.chance(0.4) ? { phone } : { phone, email: `s${100000 + serial}@stu.example.edu.cn` };
}

const STUDY_FORMS = [
  ['correspondence', 70],
  ['spare-time', 30],
] as const;

function studyOf(random: Random, { category, study }: Group, serial: number, year: number): RecordInput {
  const number = String(serial).padStart(6, '0');
  if (study === null)
    return { applicationNumber: `${INSTITUTION}TD${year}${number}`, applicationMonth: `${year - 1}-09` };
  const { admissionMonth } = study;
  const graduationMonth = study.graduationDate.slice(0, 7);
  const admitted = admissionMonth.slice(0, 4);
  const common = { studentNumber: `${admitted}${number}`, admissionMonth, graduationMonth };
  const unit = { trainingUnitCode: INSTITUTION, trainingUnitName: INSTITUTION_NAME };
  if (levelOf(category) === 'master') {
    const partTime = category === 'professional-master' && random.chance(0.25);
    return { ...common, ...unit, studyMode: partTime ? 'part-time' : 'full-time' };
  }
  const examineeNumber = `${admitted.slice(2)}37${number}${String(1000 + (serial % 9000))}`;
  if (category === 'adult-education-bachelor') {
    return { ...common, ...unit, examineeNumber, lengthOfStudy: '3', studyForm: random.weighted(STUDY_FORMS) };
  }
  const abroad = category === 'international-student-bachelor';
  return { ...common, ...unit, ...(abroad ? {} : { examineeNumber }), lengthOfStudy: '4', studyForm: 'full-time' };
}

const BACHELOR_TYPES = [
  ['LW', 740],
  ['BS', 220],
  ['QT', 20],
  ['W', 15],
  ['SM', 5],
] as const;
const SOURCES = [
  ['90', 45],
  ['16', 30],
  ['09', 10],
  ['14', 10],
  ['06', 5],
] as const;

function outcomeOf(random: Random, category: Category, { words, name }: Discipline): RecordInput {
  const supervisorName = hanName(random, random.chance(0.5) ? '1' : '2');
  if (levelOf(category) === 'master') {
    const practice = category === 'professional-master' && random.chance(0.22);
    const thesis = makeThesis(random, words, practice);
    return {
      ...{ supervisorName, outcomeType: practice ? 'practice-outcome' : 'thesis' },
      ...{ thesisTitle: thesis.title, thesisKeywords: thesis.keywords, thesisDirection: thesis.direction },
      ...{ thesisTopicSource: random.weighted(SOURCES), thesisLanguage: 'zh' },
    };
  }
  const outcomeType =
    category === 'regular-bachelor' ? random.weighted(BACHELOR_TYPES) : random.chance(0.9) ? 'LW' : 'W';
  if (outcomeType === 'W') return { outcomeType };
  if (outcomeType === 'SM') return { supervisorName, outcomeType };
  const thesis = makeThesis(random, words);
  return {
    ...{ supervisorName, outcomeType, thesisTitle: thesis.title, thesisKeywords: thesis.keywords },
    ...{ thesisTopicSource: random.weighted(SOURCES), thesisDirection: thesis.direction },
    thesisLanguage: name === '英语' ? 'en' : 'zh',
  };
}

function enrolmentOf(record: RecordFields, { study }: Group): EnrolmentFields | null {
  if (study === null) return null;
  return {
    ...record,
    studentNumber: record.studentNumber ?? '',
    admissionMonth: study.admissionMonth,
    graduationDate: study.graduationDate,
  };
}

/** The line of the roster that confers the degree of a record. */
export function rosterRowOf(record: RecordFields, sequence: number): RosterRow {
  const { name, category, degreeCategory, disciplineCode, conferralDate, certificateNumber } = record;
  const studentNumber = rosterNumber(record);
  return { sequence, name, studentNumber, category, degreeCategory, disciplineCode, conferralDate, certificateNumber };
}
