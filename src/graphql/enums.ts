// The enums of the API, all derived from the vocabulary: `regular-bachelor` there is REGULAR_BACHELOR here.
import { FILE_KINDS } from '../procedures/file-kinds.ts';
import { CORRECTION_REQUEST_STATES, DISPUTE_STATES } from '../regulation/student-word.ts';
import {
  ADDRESSEES,
  APPLICATION_KINDS,
  APPLICATION_STATES,
  BATCH_STATES,
  CATEGORIES,
  CHANNELS,
  DEGREE_REVIEWS,
  DELETION_CAUSES,
  DUTIES,
  IMPORT_KINDS,
  JOB_KINDS,
  JOB_STATES,
  keysOf,
  LEVELS,
  OFFICE_KINDS,
  RECORD_STATES,
  REVOCATION_GROUNDS,
  STEPS,
  TEMPLATE_STATES,
  type Term,
} from '../regulation/vocabulary.ts';
import { builder } from './builder.ts';

/** The name of a word of the vocabulary in GraphQL. */
export function enumName(key: string): string {
  return key.replaceAll('-', '_').toUpperCase();
}

function derive<Table extends Record<string, Term>>(name: string, description: string, table: Table) {
  type Key = keyof Table & string;
  const entries = keysOf(table).map((key): [string, { value: Key; description: string }] => {
    const term = table[key] as Term;
    return [enumName(key), { value: key as Key, description: `${term.zh}\n${term.en} (article ${term.article})` }];
  });
  return builder.enumType(name, { description, values: Object.fromEntries(entries) });
}

/** 学位层次 */
export const LevelEnum = derive('Level', 'Level of a degree.', LEVELS);
/** 学位类别 */
export const CategoryEnum = derive('Category', 'Category of a conferral (article 4).', CATEGORIES);
/** Kinds of office. */
export const OfficeKindEnum = derive('OfficeKind', 'Kind of an office.', OFFICE_KINDS);
/** Duties of officers. */
export const DutyEnum = derive('Duty', 'What an officer may be charged with.', DUTIES);
/** Where a record stands. */
export const RecordStateEnum = derive('RecordState', 'Where a record stands (article 10).', RECORD_STATES);
/** Where a batch stands. */
export const BatchStateEnum = derive('BatchState', 'Where a batch stands.', BATCH_STATES);
/** The sealed steps. */
export const StepNameEnum = derive('StepName', 'The sealed steps (article 12).', STEPS);
/** The written applications. */
export const ApplicationKindEnum = derive('ApplicationKind', 'The written applications.', APPLICATION_KINDS);
/** Where a written application stands. */
export const ApplicationStateEnum = derive(
  'ApplicationState',
  'Where a written application stands.',
  APPLICATION_STATES,
);
/** To whom a written application goes. */
export const AddresseeEnum = derive('Addressee', 'To whom a written application goes.', ADDRESSEES);
/** How a document travels. */
export const ChannelEnum = derive('Channel', 'How a document travels to an addressee.', CHANNELS);
/** Reporting errors. */
export const DeletionCauseEnum = derive(
  'DeletionCause',
  'Reporting errors for which a record is deleted.',
  DELETION_CAUSES,
);
/** Grounds of revocation. */
export const RevocationGroundEnum = derive(
  'RevocationGround',
  'Grounds on which a degree is revoked.',
  REVOCATION_GROUNDS,
);
/** What a review of a revocation came to. */
export const DegreeReviewEnum = derive('DegreeReview', 'What the review of a revocation came to.', DEGREE_REVIEWS);
/** Where a certificate template stands on a day. */
export const TemplateStateEnum = derive(
  'CertificateTemplateState',
  'Where a certificate template stands on a day (article 11).',
  TEMPLATE_STATES,
);
/** What an import brings. */
export const ImportKindEnum = derive('ImportKind', 'What an import brings.', IMPORT_KINDS);

/** Long work behind an answer. */
export const JobKindEnum = derive('JobKind', 'What a job does.', JOB_KINDS);
/** Where a job stands. */
export const JobStateEnum = derive('JobState', 'Where a job stands.', JOB_STATES);

/** Where a dispute stands. */
export const DisputeStateEnum = derive('DisputeState', 'Where a dispute of a student stands.', DISPUTE_STATES);
/** Where a correction request stands. */
export const CorrectionRequestStateEnum = derive(
  'CorrectionRequestState',
  'Where a correction request of a student stands.',
  CORRECTION_REQUEST_STATES,
);

/** What a step is about. */
export const SubjectKindEnum = derive('SubjectKind', 'What a step is about.', {
  record: { zh: '学位授予信息', en: 'record', article: '12' },
  batch: { zh: '批次', en: 'batch', article: '12' },
  resolution: { zh: '学位授予决议', en: 'resolution', article: '12' },
  'revocation-resolution': { zh: '撤销学位决议', en: 'revocation resolution', article: '12' },
  'certificate-template': { zh: '学位证书样式', en: 'certificate template', article: '12' },
  import: { zh: '导入', en: 'import', article: '12' },
  application: { zh: '书面申请', en: 'written application', article: '12' },
  objection: { zh: '异议', en: 'objection', article: '12' },
  'enrolment-record': { zh: '学籍学历信息', en: 'enrolment record', article: '12' },
  dispute: { zh: '本人疑义', en: 'dispute of the student', article: '12' },
  'correction-request': { zh: '本人更正请求', en: 'correction request of the student', article: '12' },
});

/** What an uploaded file is for. */
export const FileKindEnum = derive('FileKind', 'What an uploaded file is for.', FILE_KINDS);

/** What happens to the good rows when others are refused. */
export const ErrorPolicyEnum = builder.enumType('ErrorPolicy', {
  description: 'What happens to the good ones when others are refused.',
  values: {
    ALL_OR_NOTHING: { value: 'all-or-nothing', description: 'One refused refuses all.' },
    SKIP_REFUSED: { value: 'skip-refused', description: 'The good ones go on; the refused ones stay and are listed.' },
  } as const,
});

/** What the provincial office answers. */
export const DecisionEnum = builder.enumType('Decision', {
  description: 'What the provincial office answers to a written application.',
  values: {
    CONSENT: { value: 'consent', description: '同意（撤销报告：确认）\nconsent; confirmation of a revocation' },
    REFUSE: { value: 'refuse', description: '不同意\nrefuse' },
    RETURN: { value: 'return', description: '退回补正\nreturn for more' },
  } as const,
});

/** What a checked table holds. */
export const TableKindEnum = derive('TableKind', 'What an imported table holds.', {
  records: IMPORT_KINDS.records,
  'enrolment-records': IMPORT_KINDS['enrolment-records'],
});
