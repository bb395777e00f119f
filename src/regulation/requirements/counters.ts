// What can be counted, at any moment, of requirements that are not fulfilled yet (or were used, as reveals).
import type { Term } from '../vocabulary.ts';

/** What a counter counts, and the condition of records that lists the same, where it counts records. */
export interface Counter extends Term {
  readonly of: 'records' | 'people' | 'cases' | 'datasets' | 'reveals' | 'disagreements';
}

/** Conditions of records that stand in the way of something: `records(lacking: …)` lists what a counter counts. */
export const LACKS = {
  late: {
    zh: '已过报送期限仍未上报、且未在补报中的信息',
    en: 'records past the deadline of their resolution, never reported and in no supplementary report',
    article: '11(4)',
  },
  unchecked: { zh: '尚未校核的信息', en: 'records that nobody has cross-checked', article: '11(2)' },
  undisclosed: {
    zh: '已校核而从未公开、或正在公开中的信息',
    en: 'records that are cross-checked and were never disclosed, or are under disclosure',
    article: '11(3)',
  },
  disputed: {
    zh: '有未答复的本人疑义或未处理的公开异议的信息',
    en: 'records with a dispute that nobody has answered or an objection that nobody has resolved',
    article: '11(1)',
  },
  unmatched: {
    zh: '未匹配学位证书样式的信息',
    en: 'records without a certificate template',
    article: '11(7)',
  },
  unlinked: {
    zh: '应有而未关联学籍学历信息的信息',
    en: 'records without the enrolment record that they should have',
    article: '11(8)',
  },
  returned: {
    zh: '被退回后尚未更正或答复的信息',
    en: 'returned records that nobody has corrected or answered for',
    article: '14',
  },
  ungathered: {
    zh: '已报单位管理员、尚未报省的信息',
    en: 'records with the degree office that have not gone to the province',
    article: '5',
  },
  undeclassified: {
    zh: '论文涉密而今日没有有效解密（脱密）记录的信息',
    en: 'records of a classified thesis without a declassification that holds today',
    article: '20',
  },
} as const satisfies Record<string, Term>;
export type Lack = keyof typeof LACKS;

/** Everything that is counted. `unsealed` is always 0 unless somebody went around the procedures, `overdue-datasets` while the server's jobs run. */
export const COUNTERS = {
  late: { ...LACKS.late, of: 'records' },
  unchecked: { ...LACKS.unchecked, of: 'records' },
  undisclosed: { ...LACKS.undisclosed, of: 'records' },
  disputed: { ...LACKS.disputed, of: 'records' },
  unmatched: { ...LACKS.unmatched, of: 'records' },
  unlinked: { ...LACKS.unlinked, of: 'records' },
  returned: { ...LACKS.returned, of: 'records' },
  ungathered: { ...LACKS.ungathered, of: 'records' },
  undeclassified: { ...LACKS.undeclassified, of: 'records' },
  unrecorded: {
    ...{ zh: '已过报送期限而名单上尚无信息的人员', article: '9', of: 'people' },
    en: 'people on a roster past its deadline of whom there is no record',
  },
  unconfirmed: {
    ...{ zh: '上报前现行版本未经本人确认的信息', article: '11(1)', of: 'records' },
    en: 'records before their report whose present version the student has not confirmed',
  },
  'open-requests': {
    ...{ zh: '尚未答复的本人更正请求', article: '15', of: 'cases' },
    en: "students' correction requests that nobody has answered",
  },
  'late-revocations': {
    ...{ zh: '已过期限尚未报出的撤销学位报告', article: '16', of: 'cases' },
    en: 'revocations past their deadline of which no report has gone out',
  },
  'overdue-datasets': {
    ...{ zh: '使用期限已过而尚未销毁的临时信息库', article: '18', of: 'datasets' },
    en: 'analysis datasets past their term that are not destroyed',
  },
  reveals: {
    ...{ zh: '近三十日查看敏感信息的次数', article: '21', of: 'reveals' },
    en: 'secret values that were shown in the last thirty days',
  },
  unsealed: {
    ...{ zh: '与电子签章记录不符之处', article: '12', of: 'disagreements' },
    en: 'places in which the register says something else than its sealed steps',
  },
} as const satisfies Record<string, Counter>;
export type CounterName = keyof typeof COUNTERS;
