// The fields of art. 8: one row each, keyed by the column of the register. What each needs by category is in field-needs.ts.
import type { Category } from '../vocabulary.ts';
import type { CodeTableName } from './codes.ts';
import type { Need, NeedBasis, NeedByCategory } from './field-needs.ts';
import {
  ALWAYS,
  BACHELOR,
  BACHELOR_MAYBE,
  EQUIVALENT,
  MASTER,
  MAYBE,
  NOT_EQUIVALENT,
  needOfChinesePeople,
  needOfThesis,
  needOfTopicSource,
  ORDINARY_MASTER,
  PEOPLE_OF_CHINA,
  THESIS,
  THESIS_MAYBE,
  TRAINING_UNIT,
} from './field-needs.ts';

/** What kind of text a field holds. `name` = a person's name; `number` = digits and letters of a number that is never calculated with. */
export type FieldKind = 'name' | 'text' | 'number' | 'code' | 'date' | 'month' | 'digest';

/** What fills a field when the imported file does not (R11.8). */
export type Supplier = 'resolution' | 'enrolment' | 'photos';

/** One field of art. 8. */
export interface Field {
  readonly zh: string;
  readonly en: string;
  /** Mnemonic of the national data structure; null where none is known. */
  readonly mnemonic: string | null;
  readonly article: '8(1)' | '8(2)' | '8(3)' | '8(4)';
  readonly kind: FieldKind;
  readonly need: NeedByCategory;
  /** A key field, equal to the resolution's roster (R9.1) and disclosed inside the school (R11.3). */
  readonly key: boolean;
  /** Also held by the enrolment record and equal to it (R9.2). */
  readonly enrolment: boolean;
  /** Encrypted at rest and masked in answers (R21.1). */
  readonly secret: boolean;
  readonly maxLength?: number;
  /** `han`: a character of a Han text counts 1, any other ½ (the validators of edition 2024-06). */
  readonly measure?: 'han';
  readonly table?: CodeTableName | 'discipline';
  readonly suppliedBy?: Supplier;
}

type Extras = Partial<Omit<Field, 'zh' | 'en' | 'mnemonic' | 'article' | 'kind' | 'need'>>;

function field(
  article: Field['article'],
  zh: string,
  en: string,
  mnemonic: string | null,
  kind: FieldKind,
  need: NeedByCategory,
  extras: Extras = {},
): Field {
  return { zh, en, mnemonic, article, kind, need, key: false, enrolment: false, secret: false, ...extras };
}

const enrolment = true;
const key = true;
const secret = true;

/** All fields of art. 8 in the order of the article; the keys are the columns of the register and the paths of violations. */
export const FIELDS = {
  name: field('8(1)', '姓名', 'name', 'XM', 'name', ALWAYS, { key, enrolment, maxLength: 40 }),
  namePinyin: field('8(1)', '姓名拼音', 'name in Latin letters', 'XMPY', 'text', MAYBE, { maxLength: 60 }),
  sex: field('8(1)', '性别', 'sex', 'XB', 'code', ALWAYS, { enrolment, table: 'sex' }),
  country: field('8(1)', '国家或地区', 'country or region', 'GB', 'code', ALWAYS, {
    enrolment,
    table: 'country',
    suppliedBy: 'enrolment',
  }),
  ethnicity: field('8(1)', '民族', 'ethnicity', 'MZ', 'code', PEOPLE_OF_CHINA, {
    enrolment,
    table: 'ethnicity',
    suppliedBy: 'enrolment',
  }),
  politicalStatus: field('8(1)', '政治面貌', 'political status', 'ZZMM', 'code', PEOPLE_OF_CHINA, {
    enrolment,
    table: 'politicalStatus',
    suppliedBy: 'enrolment',
  }),
  birthDate: field('8(1)', '出生日期', 'birth date', 'CSRQ', 'date', ALWAYS, { enrolment }),
  identityType: field('8(1)', '身份证件类型', 'type of identity document', 'ZJLX', 'code', ALWAYS, {
    enrolment,
    table: 'identityType',
  }),
  identityNumber: field('8(1)', '身份证件号码', 'identity number', 'ZJHM', 'number', ALWAYS, {
    enrolment,
    secret,
    maxLength: 18,
  }),
  phone: field('8(1)', '手机号码', 'phone', null, 'number', MAYBE, { secret, maxLength: 20 }),
  email: field('8(1)', '电子信箱', 'e-mail', null, 'text', MAYBE, { secret, maxLength: 100 }),
  headName: field('8(2)', '校长姓名', 'name of the head of the institution', 'XZXM', 'name', ALWAYS, {
    maxLength: 40,
    suppliedBy: 'resolution',
  }),
  chairName: field('8(2)', '主席姓名', 'name of the chair of the degree committee', 'ZXXM', 'name', ALWAYS, {
    maxLength: 40,
    suppliedBy: 'resolution',
  }),
  degreeCategory: field('8(2)', '学位类别', 'degree category', 'XWLBM', 'code', ALWAYS, {
    key,
    table: 'degreeCategory',
  }),
  disciplineCode: field('8(2)', '学科专业代码', 'discipline code', 'ZYDM', 'code', ALWAYS, {
    key,
    enrolment,
    maxLength: 12,
    table: 'discipline',
  }),
  disciplineName: field('8(2)', '学科专业名称', 'discipline name', 'ZYMC', 'text', ALWAYS, {
    enrolment,
    maxLength: 60,
  }),
  conferralDate: field('8(2)', '获学位日期', 'conferral date', 'HXWRQ', 'date', ALWAYS, { key }),
  certificateNumber: field('8(2)', '学位证书编号', 'certificate number', 'XWZSBH', 'number', ALWAYS, {
    key,
    maxLength: 20,
  }),
  resolutionNumber: field('8(2)', '学位授予决议编号', 'resolution number', 'JYBH', 'text', ALWAYS, {
    key,
    maxLength: 60,
    suppliedBy: 'resolution',
  }),
  studentNumber: field('8(2)', '学号', 'student number', 'XH', 'number', NOT_EQUIVALENT, { enrolment, maxLength: 15 }),
  examineeNumber: field('8(2)', '考生号', 'examinee number', 'KSH', 'number', BACHELOR_MAYBE, {
    enrolment,
    maxLength: 40,
    suppliedBy: 'enrolment',
  }),
  trainingUnitCode: field('8(2)', '培养单位代码', 'code of the training unit', 'PYDWM', 'number', TRAINING_UNIT, {
    enrolment,
    maxLength: 5,
    suppliedBy: 'enrolment',
  }),
  trainingUnitName: field('8(2)', '培养单位', 'training unit', 'PYDW', 'text', TRAINING_UNIT, {
    enrolment,
    maxLength: 60,
    suppliedBy: 'enrolment',
  }),
  admissionMonth: field('8(2)', '入学年月', 'month of admission', 'RXNY', 'month', NOT_EQUIVALENT, {
    enrolment,
    suppliedBy: 'enrolment',
  }),
  lengthOfStudy: field('8(2)', '学制', 'length of study', 'XZ', 'code', BACHELOR, {
    enrolment,
    table: 'lengthOfStudy',
    suppliedBy: 'enrolment',
  }),
  studyForm: field('8(2)', '学习形式', 'form of study', 'XXXS', 'code', BACHELOR, {
    enrolment,
    table: 'studyForm',
    suppliedBy: 'enrolment',
  }),
  studyMode: field('8(2)', '学习方式', 'mode of study', null, 'code', ORDINARY_MASTER, {
    enrolment,
    table: 'studyMode',
    suppliedBy: 'enrolment',
  }),
  graduationMonth: field('8(2)', '毕业年月', 'month of graduation', 'BYNY', 'month', NOT_EQUIVALENT, {
    enrolment,
    suppliedBy: 'enrolment',
  }),
  supervisorName: field(
    '8(2)',
    '导师姓名',
    'name of the supervisor',
    'DSXM',
    'name',
    { ...MAYBE, ...MASTER },
    { maxLength: 100 },
  ),
  applicationNumber: field('8(2)', '申请学位编号', 'application number', null, 'number', EQUIVALENT, { maxLength: 40 }),
  applicationMonth: field('8(2)', '申请学位年月', 'month of application', null, 'month', EQUIVALENT),
  outcomeType: field('8(3)', '论文类型', 'type of thesis or outcome', 'LWLX', 'code', MAYBE, { table: 'outcomeType' }),
  thesisTitle: field('8(3)', '论文题目', 'thesis title', 'LWTM', 'text', THESIS, { maxLength: 200 }),
  thesisKeywords: field('8(3)', '论文关键词', 'thesis keywords', 'LWGJC', 'text', THESIS, {
    maxLength: 100,
    measure: 'han',
  }),
  thesisTopicSource: field('8(3)', '论文选题来源', 'source of the thesis topic', 'LWXTLY', 'code', THESIS, {
    table: 'thesisTopicSource',
  }),
  thesisDirection: field('8(3)', '论文研究方向', 'research direction of the thesis', 'LWYJFX', 'text', THESIS_MAYBE, {
    maxLength: 31,
    measure: 'han',
  }),
  thesisLanguage: field('8(3)', '论文撰写语种', 'language of the thesis', 'LWZXYZ', 'code', THESIS_MAYBE, {
    table: 'thesisLanguage',
  }),
  remark: field('8(4)', '备注', 'remark', 'BZ', 'text', MAYBE, { maxLength: 200 }),
  photoDigest: field('8(4)', '电子照片', 'photo', 'ZP', 'digest', ALWAYS, { suppliedBy: 'photos' }),
} satisfies Record<string, Field>;
export type FieldName = keyof typeof FIELDS;

/** All field names in the order of {@link FIELDS}. */
export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];

/** The key fields of art. 9 and 11(3): name, degree category, discipline, conferral date, certificate number, resolution number (R9.1). */
export const KEY_FIELDS: readonly FieldName[] = FIELD_NAMES.filter((name) => FIELDS[name].key);

/** Fields that may still be empty when a record is collected: the resolution, the enrolment record or the photos supply them (R11.8). */
export const SUPPLIED_LATER: ReadonlySet<FieldName> = new Set(
  FIELD_NAMES.filter((name) => (FIELDS[name] as Field).suppliedBy !== undefined),
);

/** Whether the text is the name of a field. */
export function isFieldName(text: string): text is FieldName {
  return Object.hasOwn(FIELDS, text);
}

/** Whether a category never has the field at all (R8.1). */
export function isAbsent(name: FieldName, category: Category): boolean {
  return FIELDS[name].need[category] === 'absent';
}

/** Whether a field is mandatory, optional or absent for one record: its category, and where it matters the country and the type of thesis. */
export function needOf(name: FieldName, basis: NeedBasis): Need {
  const fixed = FIELDS[name].need[basis.category];
  switch (name) {
    case 'ethnicity':
    case 'politicalStatus':
      return needOfChinesePeople(fixed, basis);
    case 'thesisTitle':
    case 'thesisKeywords':
      return needOfThesis(fixed, basis);
    case 'thesisTopicSource':
      return needOfTopicSource(fixed, basis);
    default:
      return fixed;
  }
}
