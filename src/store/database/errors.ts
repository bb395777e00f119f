// What the store throws about the database itself. Each says in both languages what is wrong and what to do.

/** A sentence in both languages. */
export interface Sentence {
  zh: string;
  en: string;
}

/** The database cannot be opened or migrated as it stands; somebody must act. `message` is the English sentence. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
  readonly zh: string;
  readonly en: string;
  constructor(sentence: Sentence, cause?: unknown) {
    super(sentence.en, cause === undefined ? undefined : { cause });
    this.zh = sentence.zh;
    this.en = sentence.en;
  }
}

/** What came of a call that the database could not do now. */
export type Outcome = 'nothing-kept' | 'disk-full' | 'unknown';

const UNAVAILABLE: Record<Outcome, Sentence> = {
  'nothing-kept': {
    zh: '数据库暂时不可用，未保存任何内容；请稍后重试。',
    en: 'The database is unavailable at the moment and nothing was kept; try again later.',
  },
  'disk-full': {
    zh: '服务器磁盘已满，未保存任何内容；查询不受影响。请告知管理员腾出空间，然后重试。',
    en: 'The disk of the server is full and nothing was kept; reading goes on. Tell the administrator to free some space, then try again.',
  },
  unknown: {
    zh: '提交时与数据库的连接中断，不能确定是否已保存；请先查询结果，再决定是否重试。',
    en: 'The connection to the database was lost while committing; look whether it was kept before trying again.',
  },
};

/**
 * The database could not do it now; the same call may succeed later.
 * `outcome` tells whether nothing was kept, nothing because the disk is full, or whether the connection was lost while COMMIT was under way.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly zh: string;
  readonly en: string;
  readonly outcome: Outcome;
  constructor(outcome: Outcome, cause: unknown) {
    const sentence = UNAVAILABLE[outcome];
    super(sentence.en, { cause });
    this.zh = sentence.zh;
    this.en = sentence.en;
    this.outcome = outcome;
  }
}
