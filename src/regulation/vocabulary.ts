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
  'declared-invalid': { zh: '证书已宣布无效', en: 'certificate declared invalid', article: '16' },
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
  dispatched: { zh: '已报送', en: 'dispatched to every addressee', article: '15' },
  returned: { zh: '退回补正', en: 'returned for more', article: '15' },
  consented: { zh: '已同意', en: 'consented', article: '11(6)' },
  refused: { zh: '不同意', en: 'refused', article: '11(6)' },
  withdrawn: { zh: '已撤回', en: 'withdrawn', article: '15' },
  'carried-out': { zh: '已办结', en: 'carried out', article: '15' },
} as const satisfies Record<string, Term>;
export type ApplicationState = keyof typeof APPLICATION_STATES;

/** To whom a written application goes (art. 11(6), 15, 16). */
export const ADDRESSEES = {
  'provincial-office': { zh: '省学位委员会办公室', en: 'provincial office', article: '15' },
  'national-office': { zh: '国务院学位委员会办公室', en: 'national office', article: '16' },
  'national-centre': { zh: '教育部学位与研究生教育发展中心', en: 'national centre', article: '16' },
} as const satisfies Record<string, Term>;
export type Addressee = keyof typeof ADDRESSEES;

/** How a document travels to an addressee. `in-system`: the addressee signs in here, so the sealed step itself is the proof. */
export const CHANNELS = {
  'in-system': { zh: '系统报送', en: 'in the system', article: '15' },
  'document-exchange': { zh: '公文交换', en: 'document exchange', article: '16' },
  'registered-mail': { zh: '挂号邮寄', en: 'registered mail', article: '16' },
  'by-hand': { zh: '专人送达', en: 'by hand', article: '16' },
} as const satisfies Record<string, Term>;
export type Channel = keyof typeof CHANNELS;

/** Reporting errors for which a record may be deleted (art. 15): nothing else is one. */
export const DELETION_CAUSES = {
  'reported-twice': { zh: '重复上报', en: 'reported twice', article: '15' },
  'never-conferred': {
    zh: '误报（未授予该学位）',
    en: 'reported by mistake, the degree was never conferred',
    article: '15',
  },
} as const satisfies Record<string, Term>;
export type DeletionCause = keyof typeof DELETION_CAUSES;

/** Grounds on which a degree is revoked (学位法 art. 37). */
export const REVOCATION_GROUNDS = {
  'academic-misconduct': {
    zh: '学位论文或者实践成果存在学术不端行为',
    en: 'academic misconduct',
    article: '16',
    clause: 1,
  },
  impersonation: {
    zh: '盗用、冒用他人身份取得入学资格，或者利用其他非法手段取得入学资格、毕业证书',
    en: 'impersonation or unlawful admission or graduation',
    article: '16',
    clause: 2,
  },
  'other-unlawful': {
    zh: '攻读期间存在依法不应当授予学位的其他严重违法行为',
    en: 'other serious unlawful acts',
    article: '16',
    clause: 3,
  },
} as const satisfies Record<string, Term & { clause: 1 | 2 | 3 }>;
export type RevocationGround = keyof typeof REVOCATION_GROUNDS;

/** What the review of a revocation came to, when the person asked for one (学位法 art. 41). */
export const DEGREE_REVIEWS = {
  requested: { zh: '已申请复核', en: 'review requested', article: '16' },
  upheld: { zh: '复核维持', en: 'upheld', article: '16' },
  overturned: { zh: '复核撤销原决定', en: 'overturned', article: '16' },
} as const satisfies Record<string, Term>;
export type DegreeReview = keyof typeof DEGREE_REVIEWS;

/** Where a certificate template stands on a day (art. 11(7)). */
export const TEMPLATE_STATES = {
  'not-yet': { zh: '未启用', en: 'not yet in force', article: '11(7)' },
  'in-force': { zh: '使用中', en: 'in force', article: '11(7)' },
  superseded: { zh: '已被新版本取代', en: 'superseded by a later version', article: '11(7)' },
  ended: { zh: '已停用', en: 'ended', article: '11(7)' },
} as const satisfies Record<string, Term>;
export type TemplateState = keyof typeof TEMPLATE_STATES;

/** What can be imported from a file. */
export const IMPORT_KINDS = {
  records: { zh: '学位授予信息', en: 'degree records', article: '11(1)' },
  'enrolment-records': { zh: '学籍学历信息', en: 'enrolment records', article: '11(8)' },
  photos: { zh: '电子照片', en: 'photos', article: '8' },
} as const satisfies Record<string, Term>;
export type ImportKind = keyof typeof IMPORT_KINDS;

/** Long work that goes on behind an answer. */
export const JOB_KINDS = {
  'issue-links': { zh: '发放本人确认链接', en: 'issue links to students', article: '11(1)' },
  remind: { zh: '到期提醒', en: 'remind of deadlines', article: '11(4)' },
  'generate-dataset': { zh: '生成临时信息库', en: 'make an analysis dataset', article: '18' },
  'destroy-dataset': { zh: '到期销毁临时信息库', en: 'destroy an analysis dataset', article: '18' },
  'export-archive': { zh: '导出原始记录档案', en: 'export the original-record archive', article: '12' },
  're-encrypt': { zh: '更换密钥重新加密', en: 're-encrypt secret fields', article: '21' },
} as const satisfies Record<string, Term>;
export type JobKind = keyof typeof JOB_KINDS;

/** Where a job stands. */
export const JOB_STATES = {
  waiting: { zh: '等待', en: 'waiting', article: '24' },
  running: { zh: '进行中', en: 'running', article: '24' },
  done: { zh: '已完成', en: 'done', article: '24' },
  failed: { zh: '失败', en: 'failed', article: '24' },
} as const satisfies Record<string, Term>;
export type JobState = keyof typeof JOB_STATES;

/** The keys of a table of this module, in order. */
export function keysOf<T extends object>(table: T): (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[];
}

/** Whether a text is a key of a table: the one door by which text from outside becomes a word of the vocabulary. */
export function isKeyOf<T extends object>(table: T, text: string): text is keyof T & string {
  return Object.hasOwn(table, text);
}
