// What may come of an attempt to sign in, as the auditor is told (R23.1). Whoever tries is told nothing of it.
import type { Term } from '../vocabulary.ts';

/** The outcomes. */
export const SIGN_IN_OUTCOMES = {
  'signed-in': { zh: '登录成功', en: 'signed in', article: '23' },
  'wrong-password': { zh: '密码错误', en: 'wrong password', article: '23' },
  'first-password-over': { zh: '初始密码已过期', en: 'the first password does not hold any more', article: '23' },
  locked: { zh: '连续失败，账号被锁定', en: 'one failure too many: the account was locked', article: '23' },
  'refused-locked': { zh: '账号锁定期间尝试', en: 'tried while the account was locked', article: '23' },
  'refused-retired': { zh: '已停用账号尝试', en: 'tried with a retired account', article: '23' },
  'unknown-name': { zh: '无此账号', en: 'a name that nobody has', article: '23' },
} as const satisfies Record<string, Term>;
export type SignInOutcome = keyof typeof SIGN_IN_OUTCOMES;
