// The file of enrolment records (学籍学历信息): its columns, its header, its rows (R11.8).
import type { EnrolmentFields } from '../enrolment.ts';
import type { Violation } from '../violations.ts';
import type { ExtraCodes } from './codes.ts';
import { matchHeader } from './headings.ts';
import type { SideTemplateColumn } from './side-templates.ts';
import { CATEGORY_COLUMN, fieldColumn, readSideRow } from './side-templates.ts';

type Key = keyof EnrolmentFields;
type EnrolmentColumn = SideTemplateColumn<Key>;

const maybe = { required: false } as const;

/** The columns in the order in which we offer them; the order of a file is free, optional columns may be missing. */
export const ENROLMENT_TEMPLATE: readonly EnrolmentColumn[] = [
  fieldColumn('studentNumber'),
  fieldColumn('name'),
  fieldColumn('sex'),
  fieldColumn('birthDate'),
  fieldColumn('country', { aliases: ['国籍'] }),
  fieldColumn('ethnicity', maybe),
  fieldColumn('politicalStatus', maybe),
  fieldColumn('identityType', { aliases: ['证件类型'] }),
  fieldColumn('identityNumber', { aliases: ['证件号码', '身份证号'] }),
  CATEGORY_COLUMN,
  fieldColumn('disciplineCode', { aliases: ['专业代码'] }),
  fieldColumn('disciplineName', { aliases: ['专业名称'] }),
  fieldColumn('trainingUnitCode', { ...maybe, aliases: ['培养单位码'] }),
  fieldColumn('trainingUnitName', maybe),
  fieldColumn('examineeNumber', maybe),
  fieldColumn('admissionMonth'),
  fieldColumn('lengthOfStudy', maybe),
  fieldColumn('studyForm', maybe),
  fieldColumn('studyMode', maybe),
  {
    key: 'graduationDate',
    heading: '毕业日期',
    en: 'graduation date',
    aliases: ['毕(结)业日期'],
    required: false,
    rule: { path: 'graduationDate', label: { zh: '毕业日期', en: 'graduation date' }, kind: 'date' },
  },
];

/** An enrolment header that was understood; goes into {@link parseEnrolmentRow} as it is. */
export interface EnrolmentHeader {
  readonly columns: readonly (Key | null)[];
  readonly match: readonly (EnrolmentColumn | null)[];
}

/** Reads the header of an enrolment file, any order; every violation at once. */
export function readEnrolmentHeader(header: readonly string[]): EnrolmentHeader | Violation[] {
  const result = matchHeader(header, ENROLMENT_TEMPLATE);
  if ('violations' in result) return result.violations;
  return { columns: result.match.map((column) => column?.key ?? null), match: result.match };
}

/** Reads a row; `fields` is null when anything is wrong with it. `on` is the day at which codes are judged: today. */
export function parseEnrolmentRow(
  header: EnrolmentHeader,
  cells: readonly string[],
  context: { readonly on: string; readonly codes?: ExtraCodes },
): { readonly fields: EnrolmentFields | null; readonly violations: Violation[] } {
  const { values, category, violations } = readSideRow(header.match, cells, { ...context, article: '11(8)' });
  if (category === null || violations.length > 0) return { fields: null, violations };
  const text = (key: Key) => values[key] ?? '';
  const maybeText = (key: Key) => values[key] ?? null;
  const fields: EnrolmentFields = {
    studentNumber: text('studentNumber'),
    name: text('name'),
    sex: text('sex'),
    birthDate: text('birthDate'),
    country: text('country'),
    ethnicity: maybeText('ethnicity'),
    politicalStatus: maybeText('politicalStatus'),
    identityType: text('identityType'),
    identityNumber: text('identityNumber'),
    category,
    disciplineCode: text('disciplineCode'),
    disciplineName: text('disciplineName'),
    trainingUnitCode: maybeText('trainingUnitCode'),
    trainingUnitName: maybeText('trainingUnitName'),
    examineeNumber: maybeText('examineeNumber'),
    admissionMonth: text('admissionMonth'),
    lengthOfStudy: maybeText('lengthOfStudy'),
    studyForm: maybeText('studyForm'),
    studyMode: maybeText('studyMode'),
    graduationDate: maybeText('graduationDate'),
  };
  return { fields, violations };
}
