// Violation codes of procedure: who, in which order, until when, under which paper (art. 4, 10 to 16).
import { APPLICATION_EFFECT_CODES } from './application-effects.ts';
import type { ViolationEntry } from './entry.ts';

/** What breaks the order of the stages, the division of duties, a deadline or the form of a written application. */
export const PROCEDURE_CODES = {
  'not-your-institution': {
    article: '4',
    zh: '这不是您所在学位授予单位的事项。',
    en: 'This belongs to another institution than yours.',
  },
  'not-your-office': {
    article: '4',
    zh: '这一步不由您所在的部门办理。',
    en: 'This step is not for your kind of office.',
  },
  'not-your-category': {
    article: '4',
    zh: '该类别不由您所在的部门管理。',
    en: 'Your office does not manage this category.',
  },
  'duty-missing': {
    article: '6',
    zh: '您没有办理这一步的职责。',
    en: 'You are not charged with the duty of this step.',
  },
  'not-yet-public': {
    article: '4',
    zh: '该信息尚未报送到您所在的部门。',
    en: 'This information has not been reported to your office yet.',
  },
  'read-only-duty': {
    article: '23',
    zh: '监督人员只能查看，不能办理。',
    en: 'An auditor sees everything and changes nothing.',
  },
  'collector-may-not-cross-check': {
    article: '11(2)',
    zh: '校核与采集应当由不同工作人员负责完成。',
    en: 'The cross-check must be done by another person than the collector: by nobody who gave the record any of its values.',
  },
  'stage-skipped': {
    article: '10',
    zh: '当前状态不能办理这一步，各环节不得跳过。',
    en: 'The step is not possible from this state; no stage may be skipped.',
  },
  'nothing-to-do': { article: '10', zh: '没有可以办理的学位授予信息。', en: 'There are no records to act on.' },
  'immutable-after-report': {
    article: '13',
    zh: '已报送的学位授予信息不得直接更改。',
    en: 'A reported record cannot be changed directly.',
  },
  'review-field-unknown': {
    article: '14',
    zh: '退回原因所指的字段不存在。',
    en: 'The reason of a return names a field that there is not.',
  },
  'review-reason-missing': {
    article: '14',
    zh: '退回须逐项说明原因。',
    en: 'A return must give a reason for each field.',
  },
  'reporting-deadline-passed': {
    article: '11(4)',
    zh: '已超过决议生效起的报送期限，只能申请补报。',
    en: 'The reporting period since the resolution took effect has passed; only a supplementary report is possible.',
  },
  'certificate-template-none': {
    article: '11(7)',
    zh: '没有适用于该层次、类别和获学位日期的学位证书样式。',
    en: 'No certificate template is in force for this level, category and conferral date.',
  },
  'certificate-template-ambiguous': {
    article: '11(7)',
    zh: '同时有多个学位证书样式适用。',
    en: 'More than one certificate template is in force.',
  },
  'certificate-template-period': {
    article: '11(7)',
    zh: '学位证书样式的停用日期早于启用日期。',
    en: 'The certificate template ends before it begins.',
  },
  'certificate-template-category': {
    article: '11(7)',
    zh: '学位证书样式的类别与层次不一致。',
    en: 'The categories of the certificate template do not agree with its level.',
  },
  'certificate-template-version': {
    article: '11(7)',
    zh: '学位证书样式的版本应为逐次加一的正整数。',
    en: 'Versions of a certificate template count up by one from 1.',
  },
  'certificate-template-field-missing': {
    article: '11(7)',
    zh: '学位证书样式缺少“{label}”。',
    en: 'The certificate template lacks {label}.',
  },
  'disclosure-not-opened': {
    article: '11(3)',
    zh: '关键信息尚未在校内公开。',
    en: 'The key fields have not been disclosed inside the school.',
  },
  'disclosure-period-open': {
    article: '11(3)',
    zh: '校内公开的期限尚未届满。',
    en: 'The period of internal disclosure is not over.',
  },
  'disclosure-period-too-short': {
    article: '11(3)',
    zh: '校内公开的期限短于规定。',
    en: 'The period of internal disclosure is shorter than the policy asks for.',
  },
  'objection-open': { article: '11(3)', zh: '异议尚未处理完毕。', en: 'An objection has not been resolved.' },
  'objection-reason-missing': { article: '11(3)', zh: '异议须说明理由。', en: 'An objection must give its reason.' },
  'disclosed-key-changed': {
    article: '11(3)',
    zh: '公开后关键信息已变更，须重新公开。',
    en: 'Key fields changed after disclosure; they must be disclosed again.',
  },
  'supplementary-not-late': {
    article: '11(6)',
    zh: '报送期限未过，应按正常途径报送。',
    en: 'The reporting period is not over; report in the normal way.',
  },
  'reason-too-short': {
    article: '12',
    zh: '所述理由过于简略，须写清缘由。',
    en: 'The reason that is given says too little; it must say why.',
  },
  'application-reason-too-short': {
    article: '11(6)',
    zh: '所述原因或事实过于简略。',
    en: 'The reason or the facts are too short.',
  },
  'application-measures-too-short': { article: '11(6)', zh: '改进措施过于简略。', en: 'The measures are too short.' },
  'application-without-people': { article: '11(6)', zh: '书面申请没有列出人员。', en: 'The application lists nobody.' },
  'application-person-doubled': {
    article: '11(6)',
    zh: '同一人在书面申请中出现多次。',
    en: 'The application lists the same person twice.',
  },
  'application-mixed-resolutions': {
    article: '11(6)',
    zh: '一份书面申请只能涉及一项决议。',
    en: 'One application is about one resolution only.',
  },
  'application-mixed-categories': {
    article: '11(6)',
    zh: '一份书面申请只能涉及一个类别。',
    en: 'One application is about one category only.',
  },
  'application-record-already-reported': {
    article: '11(6)',
    zh: '书面申请中的人员已经报送。',
    en: 'A person of the application has already been reported.',
  },
  'application-evidence-untitled': {
    article: '11(6)',
    zh: '证明材料没有名称。',
    en: 'A piece of evidence has no title.',
  },
  'application-record-not-filed': {
    article: '13',
    zh: '只有已备案的学位授予信息才能申请更改、删除或撤销。',
    en: 'Only a filed record can be changed, deleted or revoked by an application.',
  },
  'application-record-ended': {
    article: '13',
    zh: '该学位授予信息已撤回、删除、撤销或证书已宣布无效。',
    en: 'The record was withdrawn, deleted or revoked, or its certificate declared invalid.',
  },
  'application-record-moved-on': {
    article: '15',
    zh: '学位授予信息的版本与书面申请所列的不一致。',
    en: 'The record has another version than the one in the application.',
  },
  'application-finding-too-short': {
    article: '15',
    zh: '核查情况或证据过于简略。',
    en: 'The finding or the proofs are too short.',
  },
  'application-evidence-missing': { article: '15', zh: '没有附证明材料。', en: 'No evidence is attached.' },
  'application-step-not-of-kind': {
    article: '15',
    zh: '这类书面申请没有这一步骤。',
    en: 'This kind of application has no such step.',
  },
  'change-without-evidence': {
    article: '15',
    zh: '“{label}”的更改没有指明所依据的证明材料。',
    en: 'The change of {label} names no evidence.',
  },
  'change-evidence-twice': {
    article: '15',
    zh: '“{label}”的更改重复列出同一份证明材料。',
    en: 'The change of {label} names the same evidence twice.',
  },
  'change-evidence-unknown': {
    article: '15',
    zh: '“{label}”的更改所依据的证明材料序号不存在。',
    en: 'The change of {label} rests on evidence that is not attached.',
  },
  'application-step-not-allowed': {
    article: '12',
    zh: '书面申请的当前状态不能办理这一步。',
    en: 'The step is not possible in the present state of the application.',
  },
  'drafter-may-not-check': {
    article: '12',
    zh: '核对人与拟稿人不得为同一人。',
    en: 'The checker must be another person than the drafter.',
  },
  'applicant-may-not-decide': {
    article: '11(6)',
    zh: '申请部门不得自行批复。',
    en: 'The applicant office cannot decide its own application.',
  },
  'decision-number-missing': { article: '11(6)', zh: '批复缺少文号。', en: 'The decision has no document number.' },
  'decision-reason-missing': {
    article: '11(6)',
    zh: '不同意或退回补正的批复须说明理由。',
    en: 'A refusal or a return must give its reason.',
  },
  'supplementary-not-consented': {
    article: '11(6)',
    zh: '补报申请尚未获得同意。',
    en: 'The supplementary application has not been consented to.',
  },
  ...APPLICATION_EFFECT_CODES,
  'policy-malformed': {
    article: '24',
    zh: '管理参数“{label}”不正确。',
    en: 'The policy setting {label} is not correct.',
  },
  'seal-missing': {
    article: '12',
    zh: '本部门没有可用的电子印章，不能办理须用印的步骤。',
    en: 'The office has no usable electronic seal, so no step can be sealed.',
  },
  'seal-not-valid': {
    article: '12',
    zh: '电子印章证书此时不在有效期内。',
    en: "The seal's certificate is not valid at this time.",
  },
  'idempotency-key-reused': {
    article: '12',
    zh: '幂等键已用于另一请求。',
    en: 'The idempotency key was used for another request.',
  },
  'correction-changes-nothing': {
    article: '14',
    zh: '更正没有改变任何内容。',
    en: 'The correction changes nothing.',
  },
} as const satisfies Record<string, ViolationEntry>;
