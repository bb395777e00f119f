// Fictitious graduates that pass every rule, as rows of a file, entries of a roster and enrolment records.
import type { EnrolmentFields } from '../src/regulation/record/enrolment.ts';
import { identityCheckCharacter } from '../src/regulation/record/identity-check.ts';
import { templateColumns } from '../src/regulation/standard/columns.ts';
import { FIELDS, type Field, type FieldName } from '../src/regulation/standard/fields.ts';
import type { RosterEntry } from '../src/store/resolutions/rosters.ts';
import { hanName } from '../src/trial/year/names.ts';
import { makeRandom } from '../src/trial/year/random.ts';

/** The institution and category of every person here. */
export const HERE = '10447';
export const CATEGORY = 'regular-bachelor';
export const CONFERRED = '2026-06-26';
export const HEAD = '周明远';

/** What a file says of a person, by field. */
export type Graduate = Readonly<Partial<Record<FieldName, string>>>;

const REGIONS = ['371502', '370102', '370202', '130402', '410926', '320106'];
const MAJORS = [
  ['404', '040107', '小学教育', '乡村小学低年级整本书阅读教学的现状与改进'],
  ['405', '050201', '英语', '学术英语写作中转述动词的语料库研究'],
  ['408', '080901', '计算机科学与技术', '基于图神经网络的课程推荐系统设计与实现'],
] as const;
const DAYS = 3 * 12 * 28;

/** So many different people, the same ones every time. */
export function* graduates(count: number, resolutionNumber: string): Generator<Graduate> {
  const random = makeRandom(count);
  for (let at = 0; at < count; at++) {
    const sex = at % 2 === 0 ? '2' : '1';
    const [degreeCategory, disciplineCode, disciplineName, title] = MAJORS[at % MAJORS.length] ?? MAJORS[0];
    const birthDate = birthOf(at % DAYS);
    const order = String((2 * Math.floor(at / DAYS) + Number(sex)) % 1000).padStart(3, '0');
    const seventeen = `${REGIONS[at % REGIONS.length]}${birthDate.replaceAll('-', '')}${order}`;
    const serial = String(at + 1).padStart(6, '0');
    yield {
      name: hanName(random, sex),
      sex,
      country: '156',
      ethnicity: '01',
      politicalStatus: '03',
      birthDate,
      identityType: '01',
      identityNumber: seventeen + identityCheckCharacter(seventeen),
      phone: `138${String(10_000_000 + at)}`,
      email: `s${serial}@example.edu.cn`,
      headName: HEAD,
      chairName: HEAD,
      degreeCategory,
      disciplineCode,
      disciplineName,
      conferralDate: CONFERRED,
      certificateNumber: `${HERE}42026${serial}`,
      resolutionNumber,
      studentNumber: `2022${serial}`,
      examineeNumber: `223715${serial}01`,
      trainingUnitCode: HERE,
      trainingUnitName: '聊城大学',
      admissionMonth: '2022-09',
      lengthOfStudy: '4',
      studyForm: 'full-time',
      graduationMonth: '2026-06',
      outcomeType: 'LW',
      thesisTitle: `${title}（${serial}）`,
      thesisKeywords: '教学；设计；实证研究',
      thesisTopicSource: '16',
    };
  }
}

function birthOf(day: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${2002 + Math.floor(day / 336)}-${two(1 + (Math.floor(day / 28) % 12))}-${two(1 + (day % 28))}`;
}

/** The columns of our own template: all of them, or only those that no enrolment record and no resolution supplies. */
export function columnsOf(which: 'all' | 'lean'): { field: FieldName; heading: string }[] {
  return templateColumns(CATEGORY).flatMap(({ field, heading, required }) => {
    if (field === null) return [];
    const { suppliedBy }: Field = FIELDS[field];
    return which === 'all' || (required && suppliedBy === undefined) || field === 'phone' ? [{ field, heading }] : [];
  });
}

/** The person as the roster of a resolution names them. */
export function rosterEntry(person: Graduate, resolutionId: string, sequence: number): RosterEntry {
  const { name = '', studentNumber = '', degreeCategory = '', disciplineCode = '', certificateNumber = '' } = person;
  const place = { institution: HERE, resolutionId, sequence };
  const key = { degreeCategory, disciplineCode, certificateNumber, conferralDate: CONFERRED };
  return { ...place, name, studentNumber, category: CATEGORY, ...key };
}

/** The person as the student system knows them. */
export function enrolmentOf(person: Graduate): EnrolmentFields {
  const text = (name: FieldName) => person[name] ?? '';
  return {
    studentNumber: text('studentNumber'),
    name: text('name'),
    sex: text('sex'),
    birthDate: text('birthDate'),
    country: text('country'),
    ethnicity: text('ethnicity'),
    politicalStatus: text('politicalStatus'),
    identityType: text('identityType'),
    identityNumber: text('identityNumber'),
    category: CATEGORY,
    disciplineCode: text('disciplineCode'),
    disciplineName: text('disciplineName'),
    trainingUnitCode: text('trainingUnitCode'),
    trainingUnitName: text('trainingUnitName'),
    examineeNumber: text('examineeNumber'),
    admissionMonth: text('admissionMonth'),
    lengthOfStudy: text('lengthOfStudy'),
    studyForm: text('studyForm'),
    studyMode: null,
    graduationDate: '2026-06-20',
  };
}
