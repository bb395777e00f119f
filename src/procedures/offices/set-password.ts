// Replacing an officer's password and retiring an officer: from the command line only, by whoever runs the server.
import { hashPassword, type PasswordProblem, passwordProblems } from '../../secrecy/passwords.ts';
import type { Database } from '../../store/database/connect.ts';
import { replacePassword, retireOfficer } from '../../store/offices/offices.ts';

/** What came of it. `refused`: the password is not good enough, with every reason; nothing was changed. */
export type PasswordOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'no-such-officer' }
  | { readonly kind: 'refused'; readonly problems: readonly PasswordProblem[] };

/** Gives an officer a new password, unlocks the account and ends all its sessions. A retired officer stays retired. */
export async function setOfficerPassword(
  db: Database,
  loginName: string,
  password: string,
  at: Date = new Date(),
): Promise<PasswordOutcome> {
  const problems = passwordProblems(password, { name: loginName });
  if (problems.length > 0) return { kind: 'refused', problems };
  const done = await replacePassword(db, loginName, await hashPassword(password), at);
  return { kind: done ? 'done' : 'no-such-officer' };
}

/** Retires an officer and ends all their sessions. False when nobody has the login name. */
export function retire(db: Database, loginName: string, at: Date = new Date()): Promise<boolean> {
  return retireOfficer(db, loginName, at);
}
