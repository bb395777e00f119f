// The enums of the API, all derived from the vocabulary: `regular-bachelor` there is REGULAR_BACHELOR here.

import { FILE_KINDS } from '../procedures/files/file-kinds.ts';
import { ARCHIVE_MEDIA, ARCHIVE_SCOPES, ARCHIVE_STATES, RETENTIONS } from '../regulation/archives.ts';
import { COMPARISON_VERDICTS } from '../regulation/cross-check/comparison.ts';
import { CALENDAR_KINDS } from '../regulation/deadlines/calendar.ts';
import { CLOCK_STATES, DEADLINE_KINDS, REMINDER_PHASES } from '../regulation/deadlines/deadline-board.ts';
import {
  DECLASSIFICATION_FORMS,
  DECLASSIFICATION_STATES,
  RECLASSIFICATION_GROUNDS,
} from '../regulation/declassification.ts';
import { OBJECTION_STATES } from '../regulation/disclosure.ts';
import { PHOTO_NAMINGS, PHOTO_STANDARDS } from '../regulation/files.ts';
import { CONFIRMATION_POLICIES, NAME_MASKS, SECOND_ENTRY_POLICIES } from '../regulation/policy.ts';
import { REASON_SOURCES, REASON_STATES } from '../regulation/reporting/review-reasons.ts';
import { LACKS } from '../regulation/requirements/counters.ts';
import { REVEAL_KINDS } from '../regulation/reveal.ts';
import { STEPS } from '../regulation/steps.ts';
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
  TEMPLATE_STATES,
  type Term,
} from '../regulation/vocabulary.ts';
import { builder } from './builder.ts';

/** The name of a word of the vocabulary in GraphQL. */
export function enumName(key: string): string {
  return key.replaceAll('-', '_').toUpperCase();
}

/** An enum of a table of the vocabulary. */
export function derive<Table extends Record<string, Term>>(name: string, description: string, table: Table) {
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

/** What an archive is of. */
export const ArchiveScopeEnum = derive('ArchiveScope', 'What an original-record archive is of.', ARCHIVE_SCOPES);
/** Where an archive stands. */
export const ArchiveStateEnum = derive('ArchiveState', 'Where an original-record archive stands.', ARCHIVE_STATES);
/** How long original records are kept. */
export const RetentionEnum = derive('Retention', 'How long original records are kept (article 12).', RETENTIONS);
/** On what an archive is handed over. */
export const ArchiveMediumEnum = derive('ArchiveMedium', 'On what an archive is handed over.', ARCHIVE_MEDIA);

/** How a field stands between roster, record and enrolment record. */
export const ComparisonVerdictEnum = derive(
  'ComparisonVerdict',
  'How a field stands between roster, record and enrolment record (article 9).',
  COMPARISON_VERDICTS,
);

/** Where an objection stands. */
export const ObjectionStateEnum = derive('ObjectionState', 'Where an objection stands.', OBJECTION_STATES);
/** When the student's confirmation is required. */
export const ConfirmationPolicyEnum = derive(
  'ConfirmationPolicy',
  "When the student's own confirmation is required.",
  CONFIRMATION_POLICIES,
);
/** Whether key fields are entered a second time, blind. */
export const SecondEntryPolicyEnum = derive(
  'SecondEntryPolicy',
  'Whether the key fields of a sampled record are entered a second time, blind.',
  SECOND_ENTRY_POLICIES,
);
/** How much of a name the internal disclosure shows. */
export const NameMaskEnum = derive('NameMask', 'How much of a name the internal disclosure shows.', NAME_MASKS);

/** After what exported photos are named. */
export const PhotoNamingEnum = derive('PhotoNaming', 'After what exported photos are named.', PHOTO_NAMINGS);
/** Of what size exported photos are. */
export const PhotoStandardEnum = builder.enumType('PhotoStandard', {
  description: 'Of what size photos must be; they are checked, never changed.',
  values: {
    W480_H640: { value: '480x640', description: PHOTO_STANDARDS['480x640'].zh },
    W150_H210: { value: '150x210', description: PHOTO_STANDARDS['150x210'].zh },
  } as const,
});

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
  edition: { zh: '数据结构版本', en: 'edition of the data structure', article: '7' },
  'code-table': { zh: '代码表', en: 'code table', article: '7' },
  'code-mapping': { zh: '代码对照', en: 'mapping of a text to a code', article: '7' },
  export: { zh: '导出', en: 'export', article: '7' },
  policy: { zh: '管理参数', en: 'policy', article: '24' },
  'office-change': { zh: '部门调整', en: 'change of an office', article: '4' },
  officer: { zh: '人员', en: 'officer', article: '6' },
  calendar: { zh: '节假日安排', en: 'calendar', article: '12' },
  archive: { zh: '原始记录档案', en: 'original-record archive', article: '12' },
  'key-ring': { zh: '密钥更换', en: 'change of keys', article: '21' },
  'enrolment-record': { zh: '学籍学历信息', en: 'enrolment record', article: '12' },
  dispute: { zh: '本人疑义', en: 'dispute of the student', article: '12' },
  'correction-request': { zh: '本人更正请求', en: 'correction request of the student', article: '12' },
  declassification: { zh: '论文解密', en: 'declassification of a thesis', article: '20' },
  dataset: { zh: '临时信息库', en: 'analysis dataset', article: '18' },
  'dataset-access': { zh: '临时信息库使用权', en: 'access to an analysis dataset', article: '18' },
  publication: { zh: '分析结果发布', en: 'publication of results', article: '18' },
  statistics: { zh: '统计数据', en: 'statistics', article: '17' },
});

/** What was declassified. */
export const DeclassificationFormEnum = derive(
  'DeclassificationForm',
  'What was declassified.',
  DECLASSIFICATION_FORMS,
);
/** Where a declassification stands. */
export const DeclassificationStateEnum = derive(
  'DeclassificationState',
  'Where a declassification stands.',
  DECLASSIFICATION_STATES,
);
/** Why a declassification was withdrawn. */
export const ReclassificationGroundEnum = derive(
  'ReclassificationGround',
  'Why a declassification was withdrawn.',
  RECLASSIFICATION_GROUNDS,
);
/** What a reveal was of. */
export const RevealKindEnum = derive('RevealKind', 'What a reveal was of.', REVEAL_KINDS);

/** Who gave a record back. */
export const ReasonSourceEnum = derive('ReasonSource', 'Who gave a record back.', REASON_SOURCES);
/** Where a reason of review stands. */
export const ReasonStateEnum = derive('ReasonState', 'Where a reason of review stands.', REASON_STATES);
/** What runs against a clock. */
export const DeadlineKindEnum = derive('DeadlineKind', 'What runs against a clock.', DEADLINE_KINDS);
/** Where a clock stands. */
export const ClockStateEnum = derive('ClockState', 'Where a clock stands.', CLOCK_STATES);
/** When an office is reminded. */
export const ReminderPhaseEnum = derive('ReminderPhase', 'When an office is reminded.', REMINDER_PHASES);
/** What an officer says of a day. */
export const CalendarKindEnum = derive('CalendarKind', 'What a day is in the calendar.', CALENDAR_KINDS);

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
/** Conditions of records that stand in the way of something. */
export const LackEnum = derive('RecordLack', 'What a record lacks, or what waits for it.', LACKS);
