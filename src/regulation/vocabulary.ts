// The closed worlds of the regulation: each lives here once, as a table with its Chinese and English words and its article.

/** The words of one entry: Chinese first, English, and the article it comes from. */
export interface Term {
  readonly zh: string;
  readonly en: string;
  readonly article: string;
}

/** Levels of degree (学位层次) with the certificate-number digit of each (学位〔2015〕18号 art. 5). */
export const LEVELS = {
  bachelor: { zh: '学士', en: 'bachelor', article: '2', digit: '4' },
  master: { zh: '硕士', en: 'master', article: '2', digit: '3' },
} as const satisfies Record<string, Term & { digit: string }>;
export type Level = keyof typeof LEVELS;

/** Kinds of office (art. 4–6, 16). */
export const OFFICE_KINDS = {
  'graduate-office': { zh: '研究生处', en: 'graduate office', article: '4' },
  'academic-affairs-office': { zh: '教务处', en: 'academic affairs office', article: '4' },
  'continuing-education-office': { zh: '继续教育学院', en: 'continuing education office', article: '4' },
  'degree-office': { zh: '学位评定委员会办公室', en: 'degree office', article: '4' },
  'provincial-office': { zh: '省学位委员会办公室', en: 'provincial office', article: '5' },
} as const satisfies Record<string, Term>;
export type OfficeKind = keyof typeof OFFICE_KINDS;

/** Categories (学位类别 of art. 4) with their level and the kind of office that owns them (R4.1). */
export const CATEGORIES = {
  'regular-bachelor': {
    zh: '普通高等教育本科学士',
    en: 'regular bachelor',
    article: '4',
    level: 'bachelor',
    office: 'academic-affairs-office',
  },
  'international-student-bachelor': {
    zh: '来华留学本科学士',
    en: 'international-student bachelor',
    article: '4',
    level: 'bachelor',
    office: 'academic-affairs-office',
  },
  'adult-education-bachelor': {
    zh: '成人高等教育本科学士',
    en: 'adult-education bachelor',
    article: '4',
    level: 'bachelor',
    office: 'continuing-education-office',
  },
  'academic-master': {
    zh: '学术学位硕士',
    en: 'academic master',
    article: '4',
    level: 'master',
    office: 'graduate-office',
  },
  'professional-master': {
    zh: '专业学位硕士',
    en: 'professional master',
    article: '4',
    level: 'master',
    office: 'graduate-office',
  },
  'equivalent-education-master': {
    zh: '同等学力硕士',
    en: 'equivalent-education master',
    article: '4',
    level: 'master',
    office: 'graduate-office',
  },
} as const satisfies Record<string, Term & { level: Level; office: OfficeKind }>;
export type Category = keyof typeof CATEGORIES;

/** What an officer may be charged with; an officer holds some of these within their office (R4.2, R6.2). */
export const DUTIES = {
  collect: { zh: '采集', en: 'collect', article: '6' },
  'cross-check': { zh: '校核', en: 'cross-check', article: '11(2)' },
  head: { zh: '部门负责人', en: 'head of office', article: '12' },
  report: { zh: '上报', en: 'report', article: '11(4)' },
  review: { zh: '审核', en: 'review', article: '10' },
  file: { zh: '备案', en: 'filing', article: '10' },
  administer: { zh: '系统管理', en: 'administer', article: '4' },
  audit: { zh: '监督', en: 'audit', article: '23' },
} as const satisfies Record<string, Term>;
export type Duty = keyof typeof DUTIES;

/** Where a record stands (R10.1). Only the procedures named in `lifecycle` move it. */
export const RECORD_STATES = {
  collected: { zh: '已采集', en: 'collected', article: '10' },
  'cross-checked': { zh: '已校核', en: 'cross-checked', article: '11(2)' },
  disclosing: { zh: '公开中', en: 'under internal disclosure', article: '11(3)' },
  disclosed: { zh: '已公开', en: 'disclosed', article: '11(3)' },
  reported: { zh: '已报单位管理员', en: 'reported to the degree office', article: '11(4)' },
  'reported-upward': { zh: '已报省学位办', en: 'reported to the provincial office', article: '5' },
  returned: { zh: '审核退回', en: 'returned by review', article: '14' },
  reviewed: { zh: '审核通过', en: 'reviewed', article: '10' },
  filed: { zh: '已备案', en: 'filed', article: '10' },
  withdrawn: { zh: '已撤回', en: 'withdrawn', article: '14' },
  deleted: { zh: '已删除', en: 'deleted', article: '15' },
  revoked: { zh: '已撤销', en: 'revoked', article: '16' },
} as const satisfies Record<string, Term>;
export type RecordState = keyof typeof RECORD_STATES;

/** Where a batch stands: the stage its records share; single returned records go their own way back. */
export const BATCH_STATES = {
  collecting: { zh: '采集中', en: 'collecting', article: '10' },
  'cross-checked': { zh: '已校核', en: 'cross-checked', article: '11(2)' },
  disclosing: { zh: '公开中', en: 'under internal disclosure', article: '11(3)' },
  disclosed: { zh: '已公开', en: 'disclosed', article: '11(3)' },
  reported: { zh: '已报单位管理员', en: 'reported to the degree office', article: '11(4)' },
  'reported-upward': { zh: '已报省学位办', en: 'reported to the provincial office', article: '5' },
  filed: { zh: '已备案', en: 'filed', article: '10' },
} as const satisfies Record<string, Term>;
export type BatchState = keyof typeof BATCH_STATES;

/** The sealed steps (R12.1). The name of a step is the name of the procedure's outcome in the log. */
export const STEPS = {
  'load-resolution': { zh: '录入学位授予决议', en: 'load conferral resolution', article: '6' },
  'add-certificate-template': { zh: '维护学位证书样式', en: 'add certificate template', article: '11(7)' },
  'import-enrolment-records': { zh: '导入学籍学历信息', en: 'import enrolment records', article: '11(8)' },
  collect: { zh: '采集', en: 'collect', article: '11(1)' },
  'attach-photos': { zh: '采集电子照片', en: 'attach photos', article: '8' },
  'link-enrolment': { zh: '关联学籍学历信息', en: 'link with enrolment records', article: '11(8)' },
  correct: { zh: '更正', en: 'correct', article: '14' },
  'cross-check': { zh: '校核', en: 'cross-check', article: '11(2)' },
  'open-disclosure': { zh: '校内公开', en: 'open internal disclosure', article: '11(3)' },
  'raise-objection': { zh: '提出异议', en: 'raise objection', article: '11(3)' },
  'resolve-objection': { zh: '处理异议', en: 'resolve objection', article: '11(3)' },
  'close-disclosure': { zh: '结束公开', en: 'close internal disclosure', article: '11(3)' },
  report: { zh: '上报单位管理员', en: 'report to the degree office', article: '11(4)' },
  'report-upward': { zh: '报送省学位委员会办公室', en: 'report to the provincial office', article: '5' },
  review: { zh: '审核', en: 'review', article: '10' },
  'return-records': { zh: '审核退回', en: 'return by review', article: '14' },
  filing: { zh: '备案', en: 'filing', article: '10' },
  'draft-application': { zh: '拟制书面申请', en: 'draft written application', article: '11(6)' },
  'check-application': { zh: '核对书面申请', en: 'check written application', article: '12' },
  'approve-application': { zh: '批准书面申请', en: 'approve written application', article: '12' },
  'seal-application': { zh: '书面申请用印', en: 'seal written application', article: '11(6)' },
  'decide-application': { zh: '书面申请批复', en: 'decide written application', article: '11(6)' },
  reveal: { zh: '查看敏感信息', en: 'reveal a secret field', article: '21' },
} as const satisfies Record<string, Term>;
export type StepName = keyof typeof STEPS;

/** The four written applications (art. 11(6), 15, 16). */
export const APPLICATION_KINDS = {
  'supplementary-report': { zh: '补报', en: 'supplementary report', article: '11(6)' },
  'change-request': { zh: '更改申请', en: 'change request', article: '15' },
  'deletion-request': { zh: '删除申请', en: 'deletion request', article: '15' },
  'revocation-report': { zh: '撤销报告', en: 'revocation report', article: '16' },
} as const satisfies Record<string, Term>;
export type ApplicationKind = keyof typeof APPLICATION_KINDS;

/** Where a written application stands. */
export const APPLICATION_STATES = {
  draft: { zh: '草拟', en: 'draft', article: '15' },
  checked: { zh: '已核对', en: 'checked', article: '12' },
  approved: { zh: '已批准', en: 'approved by the head of office', article: '12' },
  sealed: { zh: '已用印', en: 'sealed', article: '12' },
  consented: { zh: '已同意', en: 'consented', article: '11(6)' },
  refused: { zh: '不同意', en: 'refused', article: '11(6)' },
} as const satisfies Record<string, Term>;
export type ApplicationState = keyof typeof APPLICATION_STATES;

/** What can be imported from a file. */
export const IMPORT_KINDS = {
  records: { zh: '学位授予信息', en: 'degree records', article: '11(1)' },
  'enrolment-records': { zh: '学籍学历信息', en: 'enrolment records', article: '11(8)' },
  photos: { zh: '电子照片', en: 'photos', article: '8' },
} as const satisfies Record<string, Term>;
export type ImportKind = keyof typeof IMPORT_KINDS;

/** The keys of a table of this module, in order. */
export function keysOf<T extends object>(table: T): (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[];
}

/** Whether a text is a key of a table: the one door by which text from outside becomes a word of the vocabulary. */
export function isKeyOf<T extends object>(table: T, text: string): text is keyof T & string {
  return Object.hasOwn(table, text);
}
