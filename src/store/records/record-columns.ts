// The columns of a degree record: which of them art. 8 names, and which the register adds.
import type { Column } from '../database/bulk.ts';

/** What art. 8 says about a conferral, as columns; all text. Secret ones hold sealed boxes (R21.1). */
export const FIELD_COLUMNS = [
  'category',
  'level',
  'name',
  'nameRaw',
  'namePinyin',
  'sex',
  'country',
  'ethnicity',
  'politicalStatus',
  'birthDate',
  'identityType',
  'identityNumber',
  'phone',
  'email',
  'headName',
  'chairName',
  'degreeCategory',
  'disciplineCode',
  'disciplineName',
  'conferralDate',
  'certificateNumber',
  'resolutionNumber',
  'studentNumber',
  'examineeNumber',
  'trainingUnitCode',
  'trainingUnitName',
  'admissionMonth',
  'lengthOfStudy',
  'studyForm',
  'studyMode',
  'graduationMonth',
  'supervisorName',
  'applicationNumber',
  'applicationMonth',
  'outcomeType',
  'thesisTitle',
  'thesisKeywords',
  'thesisTopicSource',
  'thesisDirection',
  'thesisLanguage',
  'remark',
  'photoDigest',
] as const;
export type FieldColumn = (typeof FIELD_COLUMNS)[number];

/** The columns that are encrypted at rest (R21.1). */
export const SECRET_COLUMNS = ['identityNumber', 'phone', 'email'] as const satisfies readonly FieldColumn[];

/** What a new version of a record replaces together with its fields, and their SQL types. */
export const VERSION_COLUMNS = {
  version: 'int',
  salt: 'text',
  digest: 'text',
  identityNumberIndex: 'text',
  updatedAt: 'timestamptz',
} as const;

/** The columns by which the register follows a record, and their SQL types. */
export const STANDING_COLUMNS = {
  state: 'text',
  resolutionId: 'uuid',
  batchId: 'uuid',
  rosterSequence: 'int',
  enrolmentRecordId: 'uuid',
  certificateTemplateId: 'uuid',
  supplementary: 'boolean',
  importId: 'uuid',
  importLine: 'int',
  collectedById: 'uuid',
  crossCheckedById: 'uuid',
  disclosedKeyDigest: 'text',
  firstReportedAt: 'timestamptz',
  filedAt: 'timestamptz',
} as const;
export type StandingColumn = keyof typeof STANDING_COLUMNS;

/** Every column of a record, in the order in which {@link insertRecords} writes it. */
export const RECORD_COLUMNS: readonly Column[] = [
  { name: 'institution', type: 'text' },
  { name: 'id', type: 'uuid' },
  ...FIELD_COLUMNS.map((name) => ({ name, type: 'text' })),
  ...Object.entries(VERSION_COLUMNS).map(([name, type]) => ({ name, type })),
  ...Object.entries(STANDING_COLUMNS).map(([name, type]) => ({ name, type })),
  { name: 'createdAt', type: 'timestamptz' },
];
