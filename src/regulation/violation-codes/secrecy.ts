// Violation codes of secrecy: classified theses and looks at secret values (art. 20, 21).
import type { ViolationEntry } from './entry.ts';

/** What articles 20 and 21 forbid. */
export const SECRECY_CODES = {
  'declassification-not-yet': {
    article: '20',
    zh: '该论文的解密（脱密）尚未生效，学位授予信息不得录入或报送。',
    en: 'The declassification of the thesis does not hold yet; the record may neither enter nor be reported.',
  },
  'declassification-withdrawn': {
    article: '20',
    zh: '该论文的解密（脱密）已撤回，学位授予信息不得录入或报送。',
    en: 'The declassification of the thesis was withdrawn; the record may neither enter nor be reported.',
  },
  'classified-thesis-unmarked': {
    article: '20',
    zh: '该论文仍属涉密论文，只有信息经过脱密：论文类型须为涉密论文，其他论文信息须为空。',
    en: 'The thesis is still classified and only its information was processed: the type must say so, and the other thesis fields stay empty.',
  },
  'declassified-thesis-marked': {
    article: '20',
    zh: '该论文已经解密，应按普通论文填报论文类型和论文信息。',
    en: 'The thesis is declassified; its type and fields are reported as those of an ordinary thesis.',
  },
  'declassification-stands': {
    article: '20',
    zh: '该人已登记有未撤回的论文解密（脱密），须先撤回。',
    en: 'A declassification of this person is recorded and was not withdrawn; withdraw it first.',
  },
  'declassification-before-approval': {
    article: '20',
    zh: '论文解密（脱密）的生效日期不得早于批准日期。',
    en: 'A declassification cannot hold from a day before its approval.',
  },
  'declassification-already-withdrawn': {
    article: '20',
    zh: '该论文解密（脱密）已经撤回。',
    en: 'The declassification has been withdrawn already.',
  },
  'declassification-withdrawal-day': {
    article: '20',
    zh: '撤回论文解密（脱密）的日期须在批准之后，且不得晚于今天。',
    en: 'A declassification is withdrawn from a day after its approval and not in the future.',
  },
  'reveal-nothing-there': {
    article: '21',
    zh: '该字段没有内容，无可查看；不计入查看次数。',
    en: 'The field is empty; there is nothing to reveal, and no look is counted.',
  },
  'reveal-reason-too-short': {
    article: '21',
    zh: '查看敏感信息的理由过于简单，须说明因何事查看。',
    en: 'The reason of a reveal says too little; it must say what the value is needed for.',
  },
  'identity-number-in-text': {
    article: '21',
    zh: '“{label}”中不得写入证件号码，请改写学号、姓名或证书编号。',
    en: 'No identity number may stand in {label}; name the person by name, student or certificate number.',
  },
  'identity-number-in-own-words': {
    article: '21',
    zh: '“{label}”中请勿写证件号码：号码不得出现在文字里；号码有误的，请指明“身份证件号码”字段，并在其建议内容中填写，在那里加密保存。',
    en: 'Please write no identity number into {label}: it must not stand in a text. If the number is wrong, name the field of the identity number and propose the right one there, where it is kept encrypted.',
  },
  'reveals-too-many': {
    article: '21',
    zh: '一小时内查看敏感信息的次数已达上限。',
    en: 'The officer has revealed as many secret values within an hour as the policy allows.',
  },
} as const satisfies Record<string, ViolationEntry>;
