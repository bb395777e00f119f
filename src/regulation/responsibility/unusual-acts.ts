// Acts that are unusual and to be looked at (R23.1): one closed table. None of them says that anybody did wrong.
import type { Term } from '../vocabulary.ts';

/** A kind of unusual act. `most` is what is still usual, in the unit that the words name; `per` what it is counted over. */
interface UnusualAct extends Term {
  /** Why it is worth a look, and what innocent reason there may be. */
  readonly why: { readonly zh: string; readonly en: string };
}

const act = (zh: string, en: string, whyZh: string, whyEn: string): UnusualAct => ({
  ...{ zh, en, article: '23' },
  why: { zh: whyZh, en: whyEn },
});

/** The thresholds that no policy sets. */
export const USUAL = {
  /** Reveals of one officer on one day that are never unusual. */
  revealsPerDay: 10,
  /** So many times the own average of a day with reveals, over the 90 days before. */
  timesOwnUsual: 3,
  usualOverDays: 90,
  /** Looks in person on one day that may come faster than reading: a second click, a record seen before. */
  fastLooks: 2,
  /** Seconds between the collecting of a batch and its cross-check, for batches of so many records. */
  secondsToCheck: 60,
  recordsToCheck: 10,
  /** Exports of one officer on one day. */
  exportsPerDay: 4,
  /** Failed attempts on one account on one day; attempts with names that nobody has, on one day. */
  failuresPerDay: 9,
  unknownNamesPerDay: 19,
  minutesAfterLock: 60,
  /** Corrections of one officer from which on it is told that always the same other one checked them. */
  pairedCorrections: 10,
  /** Days within which a policy that was loosened is tightened again. */
  loosenedDays: 14,
  /** Days between appointment and retirement of somebody who acted. */
  appointedDays: 7,
  /** Returned records of one collector, and how many times the share of the institution they are. */
  returnedRecords: 5,
  timesReturnedShare: 3,
  /** Places of one resolution corrected by one officer. */
  rosterCorrections: 2,
  /** Withdrawals of one record. */
  withdrawals: 1,
} as const;

/** Every kind of unusual act, with its reason. */
export const UNUSUAL_ACTS = {
  'reveals-in-an-hour': act(
    '一小时内查看敏感信息次数超过管理参数',
    'more reveals within an hour than the policy allows for',
    '短时间内大量查看可能是批量抄录；集中答复学生咨询时也会出现。',
    'Many in a short time may be copying; answering many students on one day looks the same.',
  ),
  'reveals-above-usual': act(
    '当日查看敏感信息明显多于本人平时',
    'many more reveals on a day than the officer’s own usual',
    '超过十次且超过本人前九十日有查看之日平均的三倍。',
    'More than ten, and more than three times the average of the own days with reveals in the ninety days before.',
  ),
  'looks-faster-than-reading': act(
    '人工校核快于阅读',
    'looks in person faster than reading',
    '相邻两条逐条校核的间隔短于管理参数规定的最短用时；先看纸质材料后集中点选也会出现。',
    'Two looks in a row closer than the policy’s seconds for one; reading on paper first and clicking later looks the same.',
  ),
  'checked-after-import': act(
    '批次采集后随即校核',
    'a batch cross-checked right after it was collected',
    '十条以上的批次在采集后一分钟内完成校核；机器比对很快，但人未必看过。',
    'Ten records and more, within a minute of their collecting: the machine is fast, but somebody should have looked.',
  ),
  'outside-hours': act(
    '工作时间以外办理',
    'work outside hours',
    '在管理参数规定的工作时间以外办理；报送截止前加班属正常。',
    'Outside the hours of the policy; before a deadline that is how it is.',
  ),
  'on-day-off': act(
    '休息日办理',
    'work on a day off',
    '在该单位节假日安排中的休息日办理；毕业季值班属正常。',
    'On a day off by the calendar of the institution; on duty at graduation time that is how it is.',
  ),
  'many-exports': act(
    '一日内多次导出',
    'many exports on one day',
    '一人一日导出五次以上。',
    'Five and more by one officer on one day.',
  ),
  'many-failed-sign-ins': act(
    '多次登录失败',
    'many failed attempts to sign in',
    '一个账号一日失败十次以上：可能有人猜密码，也可能是忘记密码。',
    'Ten and more of one account on one day: somebody guesses a password, or has forgotten it.',
  ),
  'sign-in-after-lock': act(
    '账号锁定后一小时内登录成功',
    'signed in within an hour after the account was locked',
    '多次猜测后猜中，或本人想起了密码。',
    'Guessed at last, or remembered.',
  ),
  'many-unknown-names': act(
    '多次以不存在的账号登录',
    'many attempts with names that nobody has',
    '一日二十次以上：可能有人在试探账号。',
    'Twenty and more on one day: somebody may be trying names.',
  ),
  'always-same-checker': act(
    '更正总由同一人校核',
    'corrections always checked by the same other officer',
    '十次以上更正全部由同一人校核，而部门内另有可以校核的人。',
    'Ten and more, all by one and the same, while the office has others who could.',
  ),
  'policy-loosened': act(
    '管理参数放宽后不久又收紧',
    'a policy loosened and tightened again soon after',
    '放宽后十四日内收紧，其间办理了受该参数约束的步骤。',
    'Within fourteen days, with acts in between that the setting governs.',
  ),
  'appointed-briefly': act(
    '任用后数日内办理并停用',
    'appointed, acting and retired within days',
    '七日之内任用、办理、停用：可能是为某一件事而设的账号，也可能是临时替班。',
    'Within seven days: an account for one act, or a stand-in.',
  ),
  'returned-often': act(
    '一人采集的信息被退回明显偏多',
    'far more returned records of one collector than of others',
    '五条以上，且比例超过全单位的三倍。',
    'More than five, and more than three times the share of the institution.',
  ),
  'roster-corrected': act(
    '决议名单会后多次更正',
    'several places of a roster corrected after the meeting',
    '一份决议的名单由同一人更正三处以上。',
    'Three and more of one resolution by one officer.',
  ),
  'withdrawn-again': act(
    '同一条信息多次撤回',
    'the same record withdrawn again',
    '同一条信息撤回两次以上。',
    'Twice and more.',
  ),
} as const satisfies Record<string, UnusualAct>;
export type UnusualCode = keyof typeof UNUSUAL_ACTS;

/** What every page of the report says first. */
export const NO_GUILT = {
  zh: '以下仅为异常操作提示，供核实之用，不表明任何人有违规行为。',
  en: 'What follows is unusual and to be looked at. It does not say that anybody did wrong.',
} as const;

/** Something unusual. */
export interface UnusualFinding {
  readonly code: UnusualCode;
  /** Null where nobody is known: a name that nobody has. */
  readonly officerId: string | null;
  /** ISO 8601 instants: the first and the last of the acts. */
  readonly first: string;
  readonly last: string;
  /** How much there was, and what is still usual; numbers and words, never personal data. */
  readonly found: string;
  readonly expected: string;
  /** The batch or resolution that the acts were about. */
  readonly subject: { readonly type: 'Batch' | 'Resolution'; readonly id: string } | null;
}
