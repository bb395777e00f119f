// Violation codes of the student's own word: links, sign-in, confirmation, disputes, correction requests (art. 11(1), 15).
import type { ViolationEntry } from './entry.ts';

/** What stands in the way of a student's word, and what goes no further without it. */
export const STUDENT_CODES = {
  'link-unknown': {
    article: '11(1)',
    zh: '链接无效，请核对是否完整复制；仍无法打开时请向培养单位的学位管理部门索取新链接。',
    en: 'The link is not valid. Check that it was copied whole, or ask your office for a new one.',
  },
  'link-used': {
    article: '11(1)',
    zh: '该链接已经使用过，每个链接只能打开一次；请用自设的密码登录，或索取新链接。',
    en: 'The link has been used; each opens once. Sign in with your own password, or ask for a new link.',
  },
  'link-expired': {
    article: '11(1)',
    zh: '该链接已过有效期，请索取新链接。',
    en: 'The link has expired; ask for a new one.',
  },
  'link-superseded': {
    article: '11(1)',
    zh: '此后已向您发放了新的链接，请使用最新的链接。',
    en: 'A newer link has been issued to you; use that one.',
  },
  'link-revoked': {
    article: '11(1)',
    zh: '该链接已被撤回，请索取新链接。',
    en: 'The link has been revoked; ask for a new one.',
  },
  'links-for-nobody': {
    article: '11(1)',
    zh: '没有需要发放链接的人员。',
    en: 'There is nobody to whom a link would be issued.',
  },
  'links-for-one-thing': {
    article: '11(1)',
    zh: '请只指明一种发放范围：批次、类别、学位授予信息或学籍学历信息。',
    en: 'Name exactly one of: a batch, a category, records, enrolment records.',
  },
  'links-too-many-people': {
    article: '11(1)',
    zh: '一次逐人指定的人数超过上限，请按批次或类别发放。',
    en: 'Too many people are named one by one; issue links for a batch or a category.',
  },
  'links-not-ready': {
    article: '11(1)',
    zh: '链接尚未全部生成，请待任务完成后再导出。',
    en: 'The links have not all been made; export them when the job is done.',
  },
  'too-many-attempts': {
    article: '21',
    zh: '尝试次数过多，请十分钟后再试。',
    en: 'Too many attempts; try again in ten minutes.',
  },
  'student-sign-in-refused': {
    article: '11(1)',
    zh: '单位代码、学号（申请学位编号）或密码不正确，或尚未设置密码，或账户暂时锁定；连续五次失败后锁定十五分钟。',
    en: 'Institution, number or password is wrong, no password has been set, or the account is locked; five failures in a row lock it for fifteen minutes.',
  },
  'password-refused': {
    article: '21',
    zh: '密码不符合要求：{label}。',
    en: 'The password is not good enough: {label}.',
  },
  'student-number-missing': {
    article: '11(1)',
    zh: '该信息没有学号或申请学位编号，无法设置密码登录。',
    en: 'The record has no student or application number, so that no password can be set for it.',
  },
  'student-account-of-another': {
    article: '11(1)',
    zh: '该学号已由另一人设置密码，请联系学位管理部门核对学号。',
    en: 'Somebody else has set a password for this number; ask your office to check the number.',
  },
  'already-confirmed': {
    article: '11(1)',
    zh: '您已确认过当前版本，无需再次确认。',
    en: 'You have confirmed this version already.',
  },
  'dispute-open': {
    article: '11(1)',
    zh: '本人提出的疑义尚未处理。',
    en: 'The student disputes this record, and the dispute has not been answered.',
  },
  'confirmation-missing': {
    article: '11(1)',
    zh: '未经本人确认当前版本的信息。',
    en: 'The student has not confirmed the present version.',
  },
  'dispute-empty': {
    article: '11(1)',
    zh: '请至少指出一个有误的字段。',
    en: 'Name at least one field that is wrong.',
  },
  'dispute-field-unknown': {
    article: '11(1)',
    zh: '该信息中没有这个字段。',
    en: 'The record has no such field.',
  },
  'dispute-field-twice': {
    article: '11(1)',
    zh: '{label}被重复列出。',
    en: '{label} is listed twice.',
  },
  'dispute-changes-nothing': {
    article: '11(1)',
    zh: '{label}的建议内容与现有内容相同。',
    en: 'The proposed value of {label} is the one that is there.',
  },
  'dispute-reason-missing': {
    article: '11(1)',
    zh: '请说明{label}有误的理由。',
    en: 'Give the reason why {label} is wrong.',
  },
  'dispute-text-unfit': {
    article: '11(1)',
    zh: '{label}过长，或含有不可见的字符。',
    en: '{label} is too long or holds characters that nobody sees.',
  },
  'dispute-evidence-unknown': {
    article: '11(1)',
    zh: '您没有上传过这份证明材料。',
    en: 'You have not uploaded this evidence.',
  },
  'student-too-many-files': {
    article: '11(1)',
    zh: '上传的证明材料超过份数上限。',
    en: 'You have uploaded as many files as one may.',
  },
  'dispute-already-answered': {
    article: '11(1)',
    zh: '该疑义已经处理。',
    en: 'The dispute has been answered already.',
  },
  'dispute-not-corrected': {
    article: '11(1)',
    zh: '{label}尚未更正；请先更正，再答复“采纳”。',
    en: '{label} has not been corrected yet; correct it first, then accept.',
  },
  'answer-words-missing': {
    article: '11(1)',
    zh: '不采纳，或更正后的内容与本人建议不同时，须向本人说明理由。',
    en: 'Declining, or correcting to another value than proposed, needs a reason for the student.',
  },
  'correction-request-open': {
    article: '15',
    zh: '您对该信息已有一项更正请求正在办理。',
    en: 'A correction request for this record is being dealt with already.',
  },
  'correction-request-too-early': {
    article: '15',
    zh: '该信息尚未上报，请直接提出疑义。',
    en: 'The record has not been reported yet; dispute it instead.',
  },
  'correction-request-answered': {
    article: '15',
    zh: '该更正请求已经答复。',
    en: 'The correction request has been answered already.',
  },
  'correction-request-not-drafted': {
    article: '15',
    zh: '尚未据此拟制更改申请；请先拟制。',
    en: 'No change request has been drafted from it yet; draft it first.',
  },
  'correction-request-drafted': {
    article: '15',
    zh: '已据此拟制更改申请。',
    en: 'A change request has been drafted from it already.',
  },
} as const satisfies Record<string, ViolationEntry>;
