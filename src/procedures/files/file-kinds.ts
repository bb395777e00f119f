// The kinds of files that may be uploaded: of what type, how large, for which step, and whether they are kept sealed.
import type { SniffedType } from '../../files/sniff.ts';
import type { StepName } from '../../regulation/steps.ts';
import type { Term } from '../../regulation/vocabulary.ts';

/** One kind of uploaded file. */
export interface FileKindRow extends Term {
  /** Types by content, never by name. */
  readonly types: readonly SniffedType[];
  readonly maxBytes: number;
  /** The step it is for: who may take the step may upload the file. */
  readonly step: StepName;
  /** A PDF of so many pages at most. */
  readonly mostPages?: number;
  /** May also be JSON. */
  readonly json?: boolean;
  /** Holds identity numbers, phones or e-mails, so that its bytes are kept sealed (R21.1). */
  readonly secret: boolean;
}

const MB = 1024 * 1024;
const TABLE = ['text', 'xlsx', 'dbf'] as const;

/** Every kind of file that an officer can upload. */
export const FILE_KINDS = {
  'resolution-scan': {
    zh: '学位授予决议扫描件',
    en: 'scan of the conferral resolution',
    article: '6',
    types: ['pdf'],
    maxBytes: 20 * MB,
    step: 'load-resolution',
    secret: false,
  },
  roster: {
    zh: '学位授予名单',
    en: 'roster of the resolution',
    article: '6',
    types: TABLE,
    maxBytes: 32 * MB,
    step: 'load-resolution',
    secret: false,
  },
  records: {
    zh: '学位授予信息',
    en: 'degree records',
    article: '11(1)',
    types: TABLE,
    maxBytes: 32 * MB,
    step: 'collect',
    secret: true,
  },
  'enrolment-records': {
    zh: '学籍学历信息',
    en: 'enrolment records',
    article: '11(8)',
    types: TABLE,
    maxBytes: 32 * MB,
    step: 'import-enrolment-records',
    secret: true,
  },
  edition: {
    zh: '数据结构版本',
    en: 'edition of the data structure',
    article: '7',
    types: TABLE,
    maxBytes: 2 * MB,
    step: 'load-edition',
    json: true,
    secret: false,
  },
  'transfer-receipt': {
    zh: '档案交接文据',
    en: 'receipt of a transfer of archives',
    article: '12',
    types: ['pdf'],
    maxBytes: 20 * MB,
    step: 'transfer-archive',
    secret: false,
  },
  'code-table': {
    zh: '代码表',
    en: 'code table',
    article: '7',
    types: TABLE,
    maxBytes: 8 * MB,
    step: 'load-code-table',
    secret: false,
  },
  'code-mappings': {
    zh: '代码对照表',
    en: 'mappings of texts to codes',
    article: '7',
    types: TABLE,
    maxBytes: 2 * MB,
    step: 'map-codes',
    secret: false,
  },
  photos: {
    zh: '电子照片压缩包',
    en: 'archive of photos',
    article: '8',
    types: ['zip'],
    maxBytes: 256 * MB,
    step: 'attach-photos',
    secret: true,
  },
  evidence: {
    zh: '证明材料',
    en: 'evidence',
    article: '15',
    types: ['pdf', 'jpeg', 'png'],
    maxBytes: 20 * MB,
    step: 'draft-application',
    secret: false,
  },
  'student-evidence': {
    zh: '本人提交的证明材料',
    en: 'evidence of the student',
    article: '11(1)',
    types: ['pdf', 'jpeg', 'png'],
    maxBytes: 5 * MB,
    step: 'dispute',
    secret: true,
  },
  decision: {
    zh: '批复文件',
    en: 'decision',
    article: '11(6)',
    types: ['pdf'],
    maxBytes: 20 * MB,
    step: 'decide-application',
    secret: false,
  },
  'delivery-proof': {
    zh: '送达凭证',
    en: 'proof of delivery',
    article: '16',
    types: ['pdf', 'jpeg', 'png'],
    maxBytes: 20 * MB,
    step: 'dispatch-application',
    secret: false,
  },
  'revocation-resolution-scan': {
    zh: '撤销学位决议扫描件',
    en: 'scan of the revocation resolution',
    article: '16',
    types: ['pdf'],
    maxBytes: 20 * MB,
    step: 'load-revocation-resolution',
    secret: false,
  },
  'roster-correction': {
    zh: '更正学位授予名单的决议',
    en: 'resolution that corrects a roster',
    article: '9',
    types: ['pdf'],
    maxBytes: 20 * MB,
    step: 'correct-roster',
    secret: false,
  },
  'degree-review': {
    zh: '学位复核材料',
    en: 'document of a review',
    article: '16',
    types: ['pdf'],
    maxBytes: 20 * MB,
    step: 'record-degree-review',
    secret: false,
  },
  'second-entry': {
    zh: '盲录关键信息表',
    en: 'blind second entry',
    article: '11(2)',
    types: TABLE,
    maxBytes: 32 * MB,
    step: 'cross-check',
    secret: false,
  },
  'form-check': {
    zh: '形式核查反馈文件',
    en: 'feedback of a form check',
    article: '14',
    types: ['pdf'],
    maxBytes: 20 * MB,
    step: 'form-check',
    secret: false,
  },
  'form-check-table': {
    zh: '形式核查结果表',
    en: 'table of a form check',
    article: '14',
    types: TABLE,
    maxBytes: 32 * MB,
    step: 'form-check',
    secret: true,
  },
  'calendar-notice': {
    zh: '节假日安排通知',
    en: 'notice of an arrangement of holidays',
    article: '11(4)',
    types: ['pdf'],
    maxBytes: 20 * MB,
    step: 'set-calendar',
    secret: false,
  },
  'calendar-table': {
    zh: '节假日安排表',
    en: 'table of days of the calendar',
    article: '11(4)',
    types: TABLE,
    maxBytes: 1 * MB,
    step: 'set-calendar',
    secret: false,
  },
  'policy-basis': {
    zh: '管理规定或决定',
    en: 'rule or decision that a policy rests on',
    article: '24',
    types: ['pdf'],
    maxBytes: 20 * MB,
    step: 'set-policy',
    secret: false,
  },
  declaration: {
    zh: '宣布学位证书无效的公文',
    en: 'declaration that a certificate is invalid',
    article: '16',
    types: ['pdf'],
    maxBytes: 20 * MB,
    step: 'declare-invalid',
    secret: false,
  },
  // An approval is short. What is longer may be the thesis itself, and that must never be here.
  declassification: {
    zh: '论文解密（脱密）批准文件',
    en: 'approval of a declassification',
    article: '20',
    types: ['pdf'],
    maxBytes: 5 * MB,
    mostPages: 4,
    step: 'declassify',
    secret: true,
  },
  'dataset-agreement': {
    zh: '数据分析服务协议',
    en: 'agreement on an analysis',
    article: '18',
    types: ['pdf'],
    maxBytes: 20 * MB,
    step: 'request-dataset',
    secret: false,
  },
  'dataset-publication': {
    zh: '拟发布的分析结果',
    en: 'results that are to be published',
    article: '18',
    types: ['pdf'],
    maxBytes: 20 * MB,
    step: 'request-dataset',
    secret: false,
  },
  'certificate-background': {
    zh: '学位证书底图',
    en: 'background of a certificate',
    article: '11(7)',
    types: ['jpeg', 'png'],
    maxBytes: 16 * MB,
    step: 'add-certificate-template',
    secret: false,
  },
} as const satisfies Record<string, FileKindRow>;
export type FileKind = keyof typeof FILE_KINDS;

/** Rows after the header that any table may have. */
export const MAX_ROWS = 200_000;

/** An archive of photos: 40,000 at most; a photo is 40 KB by the standard, so 2 MiB is far beyond. */
export const PHOTO_ARCHIVE = { maxEntries: 40_000, maxEntryBytes: 2 * MB, maxTotalBytes: 1024 * MB, maxRatio: 200 };
