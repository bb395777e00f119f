// The file of enrolment records (学籍学历信息): its columns, its header, its rows (R11.8).
import type { EnrolmentFields } from '../record/enrolment.ts';
import { enrolmentRecordViolations } from '../record/enrolment.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category } from '../vocabulary.ts';
import { CATEGORIES } from '../vocabulary.ts';
import { matchHeader } from './headings.ts';
import type { SideContext, SideRow, SideTemplateColumn } from './side-templates.ts';
import { CATEGORY_COLUMN, fieldColumn, NEWEST, readSideRow } from './side-templates.ts';

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
  { ...CATEGORY_COLUMN, required: false },
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

/** Reads the header of an enrolment file, any order; the category may be left out where the whole file is of one; every violation at once. */
export function readEnrolmentHeader(header: readonly string[]): EnrolmentHeader | Violation[] {
  const result = matchHeader(header, ENROLMENT_TEMPLATE);
  if ('violations' in result) return result.violations;
  return { columns: result.match.map((column) => column?.key ?? null), match: result.match };
}

/**
 * Reads a row of a file of one category. `fields` holds what could be read, `''` or null elsewhere; with violations it is not to be
 * kept. `context.on` is the day at which codes are judged; without it their newest meaning counts.
 */
export function parseEnrolmentRow(
  header: EnrolmentHeader,
  cells: readonly string[],
  category: Category,
  context: SideContext = {},
): { readonly fields: EnrolmentFields } & Pick<SideRow<Key>, 'violations' | 'unmatched' | 'mappings'> {
  const {
    values,
    category: named,
    violations,
    unmatched,
    mappings,
  } = readSideRow(header.match, cells, '11(8)', context);
  if (named !== null && named !== category) {
    const details = { found: CATEGORIES[named].zh, expected: CATEGORIES[category].zh };
    violations.push(violation('row-category-mismatch', 'category', details));
  }
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
    disciplineCode: text('disciplineCode').toUpperCase(),
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
  violations.push(...enrolmentRecordViolations(fields, context.on ?? NEWEST));
  return { fields, violations, unmatched, mappings };
}
