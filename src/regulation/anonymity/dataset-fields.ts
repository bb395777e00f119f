// What each field of a degree record means to somebody who looks for a person in an analysis dataset (art. 18): never leaves, is made coarser, or is protected by diversity.
import type { FieldName } from '../standard/fields.ts';
import {
  ALL_OR_NOTHING,
  BIRTH_DATE,
  CONFERRAL_DATE,
  COUNTRY_OR_REGION,
  DEGREE_KIND,
  DEGREE_LEVEL_OF_CATEGORY,
  DISCIPLINE,
  DOCUMENT_TYPE,
  ETHNIC_GROUP,
  FULL_TIME,
  type Hierarchy,
  LANGUAGE,
  POLITICAL_KIND,
  PUBLIC_THESIS,
  STUDY_MONTH,
  type Words,
} from './hierarchies.ts';

/** A field that may be asked for: those of art. 8, and the category of art. 4. */
export type DatasetField = FieldName | 'category';

/**
 * The role of a field. `direct`: names a person, or is free text or a number that few share; it never leaves. `quasi`: can be looked up
 * of somebody one knows (certificate pages, the lists disclosed in the school, library catalogues, profiles); it is generalised. `sensitive`:
 * what somebody who found a person would learn; it stays as recorded and must be diverse.
 *
 * There is no role for harmless fields: whatever can neither be looked up nor worked out from the rest still singles people out together with
 * it, and a field that follows from another (type of document from the country) would undo what was done to that one. So nothing leaves ungrouped.
 */
export type FieldRole =
  | { readonly role: 'direct'; readonly why: Words }
  | { readonly role: 'quasi'; readonly hierarchy: Hierarchy }
  /** `groups`: how far two values are apart; without it all are equally far. */
  | { readonly role: 'sensitive'; readonly groups?: Hierarchy };

const direct = (zh: string, en: string): FieldRole => ({ role: 'direct', why: { zh, en } });
const quasi = (hierarchy: Hierarchy): FieldRole => ({ role: 'quasi', hierarchy });

const NAME = direct('姓名直接指向个人', 'a name points to a person');
const NUMBER = direct('编号一人一号', 'a number that one person has');
const CONTACT = direct('联系方式直接指向个人', 'contact data point to a person');
const FREE_TEXT = direct('自由文字，往往只有一人如此', 'free text that often one person alone has');
const CODE_SAYS = direct('自由文字；以代码代之', 'free text; its code says as much');
const OFFICIAL = direct(
  '签发人姓名不属于分析内容，且可推知批次',
  'the name of an official, who is no subject, and who dates the batch',
);

/** Every field with its role, in the order of the record. */
export const DATASET_FIELDS: Readonly<Record<DatasetField, FieldRole>> = {
  category: quasi(DEGREE_LEVEL_OF_CATEGORY),
  name: NAME,
  namePinyin: NAME,
  sex: quasi(ALL_OR_NOTHING),
  country: quasi(COUNTRY_OR_REGION),
  ethnicity: quasi(ETHNIC_GROUP),
  politicalStatus: { role: 'sensitive', groups: POLITICAL_KIND },
  birthDate: quasi(BIRTH_DATE),
  identityType: quasi(DOCUMENT_TYPE),
  identityNumber: NUMBER,
  phone: CONTACT,
  email: CONTACT,
  headName: OFFICIAL,
  chairName: OFFICIAL,
  degreeCategory: quasi(DEGREE_KIND),
  disciplineCode: quasi(DISCIPLINE),
  disciplineName: CODE_SAYS,
  conferralDate: quasi(CONFERRAL_DATE),
  certificateNumber: NUMBER,
  resolutionNumber: direct('公示名单按决议编号可查', 'the disclosed list of a resolution names its people'),
  studentNumber: NUMBER,
  examineeNumber: NUMBER,
  trainingUnitCode: quasi(ALL_OR_NOTHING),
  trainingUnitName: CODE_SAYS,
  admissionMonth: quasi(STUDY_MONTH),
  lengthOfStudy: quasi(ALL_OR_NOTHING),
  studyForm: quasi(FULL_TIME),
  studyMode: quasi(FULL_TIME),
  graduationMonth: quasi(STUDY_MONTH),
  supervisorName: direct('导师姓名配合专业即可指向个人', 'the supervisor with the discipline points to a person'),
  applicationNumber: NUMBER,
  applicationMonth: quasi(STUDY_MONTH),
  outcomeType: quasi(PUBLIC_THESIS),
  thesisTitle: FREE_TEXT,
  thesisKeywords: FREE_TEXT,
  // Who pays for a thesis may be a secret of trade (art. 18).
  thesisTopicSource: { role: 'sensitive' },
  thesisDirection: FREE_TEXT,
  thesisLanguage: quasi(LANGUAGE),
  remark: FREE_TEXT,
  photoDigest: direct('照片直接指向个人', 'a photo points to a person'),
};

/** All fields in the order of the record. */
export const DATASET_FIELD_NAMES = Object.keys(DATASET_FIELDS) as readonly DatasetField[];

/** Whether a text names a field of the table of roles. */
export function isDatasetField(text: string): text is DatasetField {
  return Object.hasOwn(DATASET_FIELDS, text);
}

/** Whether a field may be in a dataset at all. */
export function mayLeave(field: DatasetField): boolean {
  return DATASET_FIELDS[field].role !== 'direct';
}
