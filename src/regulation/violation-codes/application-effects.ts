// Violation codes of dispatching, changing, deleting and revoking (art. 13, 15, 16).
import type { ViolationEntry } from './entry.ts';

/** What keeps a written application from being dispatched or from taking effect. */
export const APPLICATION_EFFECT_CODES = {
  'application-too-much-evidence': {
    article: '15',
    zh: '证明材料过多，请合并为较少的文件。',
    en: 'There are too many pieces of evidence; put them together in fewer files.',
  },
  'drafter-may-not-approve': {
    article: '12',
    zh: '批准人与拟稿人不得为同一人。',
    en: 'The one who approves must be another person than the drafter.',
  },
  'application-too-many-people': {
    article: '15',
    zh: '一份书面申请所列人数过多，请分批申请。',
    en: 'One application lists too many people; divide it.',
  },
  'change-field-twice': { article: '15', zh: '“{label}”被更改两次。', en: '{label} is changed twice.' },
  'dispatch-wrong-addressee': {
    article: '16',
    zh: '该机关不是这份书面申请的主送或抄送机关。',
    en: 'The document is not addressed to this office.',
  },
  'application-already-sent': {
    article: '15',
    zh: '这份公文已经报送，不能撤回，须等待批复。',
    en: 'The document has been sent; it waits for its answer and cannot be withdrawn.',
  },
  'dispatch-repeated': {
    article: '16',
    zh: '已向该机关报送过这份公文。',
    en: 'This office has been sent the document already.',
  },
  'dispatch-day-impossible': {
    article: '16',
    zh: '报送日期早于成文日期或晚于今日。',
    en: 'The day of dispatch lies before the date of the document or after today.',
  },
  'dispatch-not-in-system': {
    article: '16',
    zh: '该机关不使用本系统，须以其他方式报送。',
    en: 'This office does not use the system; send it another way.',
  },
  'dispatch-without-proof': {
    article: '16',
    zh: '报送须附回执编号和送达凭证。',
    en: 'A dispatch needs the number of its receipt and the proof of delivery.',
  },
  'dispatch-proof-missing': {
    article: '16',
    zh: '送达凭证尚未上传。',
    en: 'The proof of delivery has not been uploaded.',
  },
  'deletion-degree-stands': {
    article: '15',
    zh: '该学位依决议有效授予，删除只适用于错误报送；须撤销学位的，按第十六条办理。',
    en: 'The degree stands by its resolution: only a reporting error is deleted; to take a degree away is a revocation (article 16).',
  },
  'deletion-standing-record-missing': {
    article: '15',
    zh: '重复上报的，须指明保留的那一条学位授予信息。',
    en: 'For a record that was reported twice, name the one that stays.',
  },
  'deletion-standing-record-not-filed': {
    article: '15',
    zh: '保留的学位授予信息未处于已备案状态。',
    en: 'The record that stays is not filed.',
  },
  'deletion-other-person': {
    article: '15',
    zh: '保留的学位授予信息属于另一人。',
    en: 'The record that stays is of another person.',
  },
  'deletion-other-degree': {
    article: '15',
    zh: '保留的学位授予信息是另一个学位。',
    en: 'The record that stays is of another degree.',
  },
  'roster-already-struck': {
    article: '9',
    zh: '名单的这一序号已被除名或更正。',
    en: 'This place has been struck from the roster or corrected already.',
  },
  'roster-strike-reason-missing': {
    article: '9',
    zh: '更正名单须说明理由和更正决议的文号。',
    en: 'A correction of a roster needs its reason and the number of the correcting resolution.',
  },
  'revocation-late-unexplained': {
    article: '16',
    zh: '撤销决议生效已逾报送期限，须说明迟报原因。',
    en: 'The days to report the revocation have passed; say why it is late.',
  },
  'revocation-without-hearing': {
    article: '16',
    zh: '撤销学位前未听取当事人陈述和申辩，也未记明其放弃。',
    en: 'The person was not heard, and no waiver is recorded.',
  },
  'revocation-hearing-result-missing': {
    article: '16',
    zh: '没有记明陈述和申辩的情况。',
    en: 'What the hearing came to is missing.',
  },
  'revocation-certificate-unsaid': {
    article: '16',
    zh: '没有说明学位证书的处理情况。',
    en: 'What became of the certificate is missing.',
  },
  'revocation-days-out-of-order': {
    article: '16',
    zh: '告知、听取申辩、作出决定、送达的日期先后不符合法定程序。',
    en: 'Notice, hearing, decision and service are not in the order of the law.',
  },
  'revocation-not-in-effect': {
    article: '16',
    zh: '撤销学位决议尚未生效。',
    en: 'The revocation resolution has not taken effect.',
  },
  'revocation-confirmed': {
    article: '16',
    zh: '撤销报告已经确认，须作撤销备案，不能撤回。',
    en: 'The revocation is confirmed; it is to be filed and cannot be withdrawn.',
  },
  'revocation-review-open': {
    article: '16',
    zh: '当事人申请的复核尚未作出决定。',
    en: 'The review that the person asked for is not decided.',
  },
  'revocation-overturned': {
    article: '16',
    zh: '复核已撤销原决定，不得作撤销备案。',
    en: 'The review overturned the decision; there is nothing to file.',
  },
  'revocation-review-order': {
    article: '16',
    zh: '复核须先申请、后决定，且只进行一次。',
    en: 'A review is first requested and then decided, once.',
  },
  'end-day-impossible': {
    article: '16',
    zh: '日期早于获学位日期或晚于今日。',
    en: 'The day lies before the conferral or after today.',
  },
  'end-reason-missing': {
    article: '16',
    zh: '须写明依据的公文文号、日期和理由。',
    en: 'Document number, day and reason are needed.',
  },
} as const satisfies Record<string, ViolationEntry>;
