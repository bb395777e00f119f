// Passwords of local accounts: argon2id at OWASP's setting, and what a new password must be.
import { type Algorithm, hash, verify } from '@node-rs/argon2';

// OWASP Password Storage: argon2id, 19 MiB, 2 passes, 1 lane. The number is the package's constant for argon2id.
const ARGON2ID: Algorithm.Argon2id = 2;
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
// A hash that no password has, made with the same cost, so that unknown names take the same work as known ones.
const NOBODY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

const MIN_LENGTH = 12;
const MAX_LENGTH = 128;

// Full-width and half-width forms of one key press are the same password (NIST SP 800-63B, 5.1.1.2).
const normalised = (password: string): string => password.normalize('NFKC');

/** The PHC string to store, with its own random salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalised(password), { algorithm: ARGON2ID, ...COST });
}

/** Whether the password is the one that was hashed. A malformed hash, or a password far too long to be one, is false. */
export async function verifyPassword(password: string, storedHash: string): Promise<boolean> {
  const tooLong = password.length > 8 * MAX_LENGTH;
  try {
    return (await verify(storedHash, tooLong ? '' : normalised(password))) && !tooLong;
  } catch {
    return false;
  }
}

/** The same work as {@link verifyPassword} for a name that does not exist, so that time tells nothing. Always false. */
export async function verifyAgainstNobody(password: string): Promise<false> {
  await verifyPassword(password, NOBODY);
  return false;
}

/** Why a new password is not accepted. */
export const PASSWORD_PROBLEMS = {
  'too-short': { zh: '密码至少需要 12 个字符。', en: 'A password needs at least 12 characters.' },
  'too-long': { zh: '密码最多 128 个字符。', en: 'A password has at most 128 characters.' },
  'contains-name': { zh: '密码不能包含登录名。', en: 'A password must not contain the sign-in name.' },
  'too-simple': { zh: '密码的字符重复或顺序过多。', en: 'The password repeats or counts too much.' },
  common: { zh: '密码含有常见的密码。', en: 'The password contains a common password.' },
} as const satisfies Record<string, { zh: string; en: string }>;

/** One reason, with its sentences. */
export type PasswordProblem = { code: keyof typeof PASSWORD_PROBLEMS; zh: string; en: string };

// Only beginnings of longer ones: length rules out the short lists.
const COMMON = [
  'password',
  'passw0rd',
  'qwertyuiop',
  '1qaz2wsx',
  'admin123',
  'iloveyou',
  'woaini',
  'letmein',
  'vermilion',
];

// Steps of 0 or ±1 between neighbours: aaaa, 1234, dcba.
function isSimple(chars: readonly string[]): boolean {
  let steps = 0;
  for (let at = 1; at < chars.length; at++) {
    const step = (chars[at]?.codePointAt(0) ?? 0) - (chars[at - 1]?.codePointAt(0) ?? 0);
    if (Math.abs(step) <= 1) steps++;
  }
  return new Set(chars).size < 5 || steps * 2 > chars.length;
}

/** All reasons at once why a new password is refused; empty when it is good. `name` is the sign-in name. */
export function passwordProblems(password: string, { name }: { name: string }): PasswordProblem[] {
  const text = normalised(password).toLowerCase();
  const chars = [...text];
  const codes: PasswordProblem['code'][] = [];
  if (chars.length < MIN_LENGTH) codes.push('too-short');
  if (chars.length > MAX_LENGTH) codes.push('too-long');
  const lowerName = normalised(name).toLowerCase();
  if (lowerName.length >= 3 && text.includes(lowerName)) codes.push('contains-name');
  if (isSimple(chars)) codes.push('too-simple');
  if (COMMON.some((word) => text.includes(word))) codes.push('common');
  return codes.map((code) => ({ code, ...PASSWORD_PROBLEMS[code] }));
}
