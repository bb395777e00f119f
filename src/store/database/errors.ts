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

/**
 * The database could not do it now; the same call may succeed later.
 * `outcome` tells whether nothing was kept, or whether the connection was lost while COMMIT was under way.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly zh: string;
  readonly en: string;
  readonly outcome: 'nothing-kept' | 'unknown';
  constructor(outcome: 'nothing-kept' | 'unknown', cause: unknown) {
    const sentence =
      outcome === 'unknown'
        ? {
            zh: '提交时与数据库的连接中断，不能确定是否已保存；请先查询结果，再决定是否重试。',
            en: 'The connection to the database was lost while committing; look whether it was kept before trying again.',
          }
        : {
            zh: '数据库暂时不可用，未保存任何内容；请稍后重试。',
            en: 'The database is unavailable at the moment and nothing was kept; try again later.',
          };
    super(sentence.en, { cause });
    this.zh = sentence.zh;
    this.en = sentence.en;
    this.outcome = outcome;
  }
}
