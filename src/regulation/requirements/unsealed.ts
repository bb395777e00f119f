// In what the register may say something else than its sealed steps, and which states a step leads to.
import { APPLICATION_TRANSITIONS } from '../applications/applications.ts';
import { TRANSITIONS, type Transition } from '../lifecycle.ts';
import type { Term } from '../vocabulary.ts';

/** Kinds of disagreement between the register and its sealed steps (R12.1). */
export const UNSEALED_KINDS = {
  record: {
    zh: '信息的版本或摘要与最后一次签章不符',
    en: 'version or digest of a record is not what was last sealed',
    article: '12',
  },
  'record-state': {
    zh: '信息的状态不是最后一步办到的状态',
    en: 'a record stands where its last step did not bring it',
    article: '10',
  },
  'record-batch': {
    zh: '信息所在的批次或决议不是步骤所签章的',
    en: 'a record is in another batch, or of another resolution, than was sealed',
    article: '12',
  },
  batch: { zh: '批次与最后一次签章不符', en: 'a batch is not what was last sealed', article: '12' },
  application: {
    zh: '书面申请与最后一次签章不符',
    en: 'a written application is not what was last sealed',
    article: '12',
  },
  resolution: {
    zh: '决议与录入时的签章不符',
    en: 'a resolution is not what was sealed when it was loaded',
    article: '6',
  },
  step: {
    zh: '步骤缺少签章、内容被改或不在日志原位',
    en: 'a step without seal, altered, or not in its place of the log',
    article: '12',
  },
  missing: {
    zh: '步骤所针对的信息、批次、申请或决议已不在库中',
    en: 'a record, batch, application or resolution that steps are about is not there',
    article: '12',
  },
  statistics: {
    zh: '已发布的统计数据与发布时的签章不符',
    en: 'published statistics are not what was sealed when they were published',
    article: '17',
  },
  declassification: {
    zh: '论文解密的登记与签章不符',
    en: 'a declassification, or its withdrawal, is not what was sealed when it was recorded',
    article: '20',
  },
  dataset: {
    zh: '临时信息库的申请、审批、内容或销毁与签章不符',
    en: 'request, decision, content or destruction of an analysis dataset is not what was sealed',
    article: '18',
  },
  'dataset-access': {
    zh: '临时信息库的使用开通与签章不符',
    en: 'a way into an analysis dataset is not one that was sealed',
    article: '18',
  },
  publication: {
    zh: '分析结果的发布审批与签章不符',
    en: 'what may be published of a dataset is not what was decided',
    article: '18',
  },
  reveal: {
    zh: '查看敏感信息的登记与步骤不符',
    en: 'the register of looks at secret fields is not that of the sealed looks',
    article: '21',
  },
  log: { zh: '日志长度与步骤数不符', en: 'the log has not as many leaves as there are steps', article: '12' },
} as const satisfies Record<string, Term>;
export type UnsealedKind = keyof typeof UNSEALED_KINDS;

/** A step and a state in which it may leave what it is about. */
export type Lead = readonly [step: string, state: string];

/** Where the steps that move records leave them. One that returns some and passes others may leave them in either state. */
export function recordLeads(): Lead[] {
  return Object.entries(TRANSITIONS).flatMap(([step, transition]): Lead[] => {
    const { from, to }: Transition = transition;
    if (to === null) return [];
    // The last reason answered moves the record, one before it does not; a form check moves what failed and names what passed.
    const stays = step === 'answer-review-reason' || step === 'form-check' ? from : [];
    return [to, ...stays].map((state): Lead => [step, state]);
  });
}

/** Where the steps of written applications leave them. */
export function applicationLeads(): Lead[] {
  return Object.entries(APPLICATION_TRANSITIONS).flatMap(([step, { to }]) => to.map((state): Lead => [step, state]));
}
