// Violation codes of conduct: signing in, looking at secrets, answering objections and returns (art. 11(3), 14, 21).
import type { ViolationEntry } from './entry.ts';

/** What an officer does wrong at the door or with words that must be there. */
export const CONDUCT_CODES = {
  'sign-in-refused': {
    article: '6',
    zh: '登录名或密码不正确，或该账户已停用或暂时锁定；连续五次失败后锁定十五分钟。',
    en: 'The name or the password is wrong, or the account is retired or locked; five failures in a row lock it for fifteen minutes.',
  },
  'session-over': {
    article: '6',
    zh: '办理期间您的登录已结束（退出、到期、账户停用或部门撤销），未办理任何事项；请重新登录后再办。',
    en: 'Your session ended while this was under way (signed out, expired, account retired or office closed); nothing was done. Sign in and do it again.',
  },
  'clock-behind-log': {
    article: '12',
    zh: '本服务器的时钟落后于本单位已用印的最近一个环节，未办理任何事项；请管理员校准时钟（试用模式下请把时钟拨到该时刻之后）。',
    en: 'The clock of this server is behind the last sealed step of the institution; nothing was done. Have the clock set right (in trial mode, move it beyond that moment).',
  },
  'reveal-not-secret': {
    article: '21',
    zh: '该字段不是加密保存的信息，无需申请查看。',
    en: 'The field is not kept encrypted; there is nothing to reveal.',
  },
  'reveal-reason-missing': { article: '21', zh: '查看敏感信息须说明理由。', en: 'A reveal must give its reason.' },
  'objection-already-resolved': {
    article: '11(3)',
    zh: '该异议已经处理。',
    en: 'The objection has already been resolved.',
  },
  'objection-outcome-missing': {
    article: '11(3)',
    zh: '处理异议须写明结果。',
    en: 'The outcome of the objection is missing.',
  },
  'application-record-in-other': {
    article: '11(6)',
    zh: '该人已列入另一份书面申请。',
    en: 'This person is listed in another application already.',
  },
  'file-missing': {
    article: '15',
    zh: '没有为此用途上传过这份文件。',
    en: 'No such file has been uploaded for this purpose.',
  },
  'document-not-printable': {
    article: '12',
    zh: '已安装的字体缺少以下字符，公文无法打印。',
    en: 'No installed font has these characters, so the document cannot be printed.',
  },
  'trial-mode-only': {
    article: '24',
    zh: '只有试用模式才能拨动系统时钟。',
    en: 'Only trial mode has a clock that can be moved.',
  },
  'clock-too-far': {
    article: '24',
    zh: '系统时钟最远可拨至 2099 年年底。',
    en: 'The clock can be moved to the end of 2099 at most.',
  },
  'clock-beyond-seals': {
    article: '24',
    zh: '届时演示印章的证书即将到期或已经到期，任何步骤都不能再用印；时钟拨过去后无法拨回。',
    en: 'The DEMO seals end about then, so that no step could be sealed any more, and the clock does not go back.',
  },
  'clock-not-back': { article: '24', zh: '系统时钟只能向前拨。', en: 'The clock only moves forward.' },
} as const satisfies Record<string, ViolationEntry>;
