// Violation codes of administration: acts that set a policy, offices over time, officers and their duties (art. 4, 6, 24).
import type { ViolationEntry } from './entry.ts';

/** What is wrong with an act of administration. */
export const ADMINISTRATION_CODES = {
  'policy-back-dated': {
    article: '24',
    zh: '管理参数不得追溯生效，生效日期应为当日或以后。',
    en: 'A policy never takes effect before the day of its act.',
  },
  'policy-unchanged': {
    article: '24',
    zh: '没有改变任何管理参数，也没有替换尚未生效的设定。',
    en: 'Nothing would change, and no plan for that day is replaced.',
  },
  'policy-basis-missing': {
    article: '24',
    zh: '须写明所依据的规定或决定的文号。',
    en: 'The number of the rule or decision that it rests on is missing.',
  },
  'owner-office-missing': {
    article: '4',
    zh: '该日本单位没有这一部门，不能把类别归其管理。',
    en: 'The institution has no such office on that day to own the category.',
  },
  'office-back-dated': {
    article: '24',
    zh: '部门的设立、更名、撤并不得追溯，日期应为当日或以后。',
    en: 'An office is not opened, renamed or closed in the past; the day is today or later.',
  },
  'office-name-missing': { article: '4', zh: '部门须有名称。', en: 'The office has no name.' },
  'office-name-same': { article: '4', zh: '新名称与现名称相同。', en: 'The office bears this name already.' },
  'office-kind-outside': {
    article: '4',
    zh: '省学位委员会办公室不属于任何学位授予单位。',
    en: 'A provincial office is no part of an institution.',
  },
  'office-kind-taken': {
    article: '4',
    zh: '本单位已有同类部门；每类部门同时只设一个，类别才有唯一的归属。',
    en: 'The institution has an office of this kind; one at a time, so that a category has one owner.',
  },
  'office-closed': { article: '4', zh: '该部门已经撤销。', en: 'The office is closed already.' },
  'office-needed': {
    article: '4',
    zh: '单位不能没有学位评定委员会办公室。',
    en: 'An institution is never without its degree office.',
  },
  'office-owns-category': {
    article: '4',
    zh: '该部门届时仍管理这一类别，须先以管理参数改变其归属。',
    en: 'The office still owns this category then; give it to another office by a policy first.',
  },
  'office-has-open-batch': {
    article: '4',
    zh: '该部门尚有未备案的批次。',
    en: 'The office has a batch that is not filed yet.',
  },
  'seal-names-otherwise': {
    article: '12',
    zh: '该部门印章的证书只凭现名称归属该部门，更名前须换发证书。',
    en: 'The certificate of its seal belongs to the office by its present name only; it needs a new one first.',
  },
  'duties-missing': { article: '6', zh: '至少须有一项职责。', en: 'At least one duty is needed.' },
  'duty-of-province': {
    article: '5',
    zh: '这一职责只属于省学位委员会办公室。',
    en: 'Only a provincial office has this duty.',
  },
  'own-appointment': {
    article: '6',
    zh: '任何人不得任免、调动本人或变更本人的职责和口令。',
    en: 'Nobody appoints, charges, moves or retires themselves.',
  },
  'officer-name-missing': { article: '6', zh: '须写明人员姓名。', en: 'The name of the officer is missing.' },
  'login-name-malformed': {
    article: '6',
    zh: '登录名以本单位代码和点开头，其后为 2 至 57 个小写字母、数字、点、下划线或连字符。',
    en: 'A login name begins with the code of the institution and a dot, then 2 to 57 lower-case letters, digits, dots, underscores or hyphens.',
  },
  'login-name-taken': { article: '6', zh: '该登录名已被使用。', en: 'The login name is taken.' },
  'officer-retired': { article: '6', zh: '该人员已停用。', en: 'The officer is retired.' },
  'officer-unchanged': { article: '6', zh: '没有任何变更。', en: 'Nothing would change.' },
  'password-first': {
    article: '6',
    zh: '首次登录须同时设定新口令。',
    en: 'The first password is replaced at the first signing in: give a new one as well.',
  },
  'password-weak': { article: '6', zh: '新口令不符合要求。', en: 'The new password is not good enough.' },
} as const satisfies Record<string, ViolationEntry>;
