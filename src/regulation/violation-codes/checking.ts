// Violation codes of the cross-check in person and of the internal disclosure (art. 9, 11(2), 11(3)).
import type { ViolationEntry } from './entry.ts';

/** What keeps a batch from passing its cross-check, and what is wrong with what the school says of a disclosure. */
export const CHECKING_CODES = {
  'roster-altered': {
    article: '9',
    zh: '现存的学位授予名单与签章时的不一致：有人被加入、去除或改动。请停止办理并核查数据库。',
    en: 'The roster is not the one that was sealed: somebody was added, taken off or changed. Stop, and examine the database.',
  },
  'sample-not-drawn': {
    article: '11(2)',
    zh: '还有采集或更正后的信息未经抽取人工校核样本，请先抽样。',
    en: 'Records that were collected or corrected have not been drawn from yet; draw the sample first.',
  },
  'sample-not-examined': {
    article: '11(2)',
    zh: '抽中的信息尚未全部由校核人逐条核对。',
    en: 'Not every sampled record has been examined by a checker.',
  },
  'sample-error-rate': {
    article: '11(2)',
    zh: '样本差错率超过允许的限度，整批信息须逐条人工校核，请再次抽取（全部）。',
    en: 'More of the sample was wrong than is tolerated: the whole batch is to be examined; draw again, and everybody is drawn.',
  },
  'sample-not-asked': {
    article: '11(2)',
    zh: '本单位的管理参数未要求人工校核样本。',
    en: 'The policy of the institution asks for no sample.',
  },
  'examination-not-sampled': {
    article: '11(2)',
    zh: '该信息未被抽中，无需人工校核。',
    en: 'The record has not been drawn; there is nothing to examine.',
  },
  'examined-wrong': {
    article: '11(2)',
    zh: '人工校核认定该信息有误，须更正后再次校核。',
    en: 'The record was examined and found wrong; it is to be corrected and examined again.',
  },
  'finding-unclear': {
    article: '11(2)',
    zh: '校核结论须为一致，或逐项列出有误的字段。',
    en: 'A finding either agrees or names the fields that are wrong.',
  },
  'finding-field': {
    article: '11(2)',
    zh: '没有这个字段，或同一字段列了两次。',
    en: 'There is no such field, or it is named twice.',
  },
  'finding-words-missing': {
    article: '11(2)',
    zh: '须写明有误之处。',
    en: 'Say what is wrong.',
  },
  'overruling-reason-too-short': {
    article: '11(2)',
    zh: '改变原校核结论的，须写明理由；所写理由过于简略。',
    en: 'Who overrules an earlier finding says why; the reason is missing or too short.',
  },
  'overruled-by-finder': {
    article: '11(2)',
    zh: '认定有误的校核人不能自行改变结论，须由另一校核人核对后改变。',
    en: 'Who found the record wrong cannot overrule it; another checker has to look at it.',
  },
  'second-entry-missing': {
    article: '11(2)',
    zh: '该信息须先盲录关键信息，再作校核结论。',
    en: 'The key fields are to be entered a second time, blind, before the record is judged.',
  },
  'second-entry-not-asked': {
    article: '11(2)',
    zh: '该批次的样本不要求盲录。',
    en: 'The sample of this batch asks for no second entry.',
  },
  'second-entry-already-entered': {
    article: '11(2)',
    zh: '该序号的现有信息已经盲录，不能再录；改变结论须由另一校核人写明理由。',
    en: 'The record at this place has been entered already; only another checker can overrule the finding, with a reason.',
  },
  'second-entry-mismatch': {
    article: '11(2)',
    zh: '盲录的“{label}”与采集的信息不一致。',
    en: '{label}: the second entry is not what was collected.',
  },
  'second-entry-unknown': {
    article: '11(2)',
    zh: '样本中没有此序号和学号的待盲录信息，或同一人录了两次。',
    en: 'No sampled record with this place and number waits for a second entry, or it is there twice.',
  },
  'disclosure-not-open': {
    article: '11(3)',
    zh: '该批次的校内公开现未开放。',
    en: 'The batch is not under internal disclosure now.',
  },
  'disclosure-link-revoked': {
    article: '11(3)',
    zh: '该公开链接已经停用。',
    en: 'The link has been revoked already.',
  },
  'objection-person-unknown': {
    article: '11(3)',
    zh: '公开的名单中没有这个序号。',
    en: 'Nobody under disclosure has this number.',
  },
  'objector-missing': {
    article: '11(3)',
    zh: '提出异议须留姓名和联系方式。',
    en: 'Who objects gives a name and a contact.',
  },
  'objections-too-many': {
    article: '11(3)',
    zh: '短时间内提交的异议过多，请稍后再试或直接联系主管部门。',
    en: 'Too many objections have come in; try again later or turn to the office.',
  },
  'objection-received': {
    article: '11(3)',
    zh: '公开期间收到的异议尚未受理。',
    en: 'An objection that came in during the disclosure has not been accepted yet.',
  },
  'objection-already-accepted': {
    article: '11(3)',
    zh: '该异议已经受理。',
    en: 'The objection has been accepted already.',
  },
} as const satisfies Record<string, ViolationEntry>;
