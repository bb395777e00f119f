// Signing in and out, and who a token belongs to. Sessions live by the machine's clock, also where the register's clock is moved.
import type { CivilDate } from '../../regulation/deadlines/deadlines.ts';
import { isOpenOn } from '../../regulation/offices.ts';
import { categoriesOwned, policyOn } from '../../regulation/policy-acts.ts';
import { violation } from '../../regulation/violations.ts';
import { DUTIES, type Duty, isKeyOf, type OfficeKind } from '../../regulation/vocabulary.ts';
import { hashPassword, passwordProblems, verifyAgainstNobody, verifyPassword } from '../../secrecy/passwords.ts';
import { hashToken, newToken } from '../../secrecy/tokens.ts';
import {
  chargeAttempt,
  choosePassword,
  endSession,
  findOfficerWithOffice,
  findSession,
  lockOfficer,
  type OfficerWithOffice,
  startSession,
} from '../../store/offices/sessions.ts';
import { keepAttempt } from '../../store/offices/sign-ins.ts';
import type { Actor, World } from '../call.ts';
import { Refused } from '../errors.ts';
import { actsOf, todayOf } from '../situation.ts';
import { oneAfterAnother } from './one-after-another.ts';

/** Failed attempts in a row after which an account is locked. */
export const MOST_ATTEMPTS = 5;
const LOCKED_MS = 15 * 60_000;
const SESSION_MS = 12 * 60 * 60_000;

/** What an officer signs in with; `newPassword` replaces the password by the same call. */
export interface SignInInput {
  readonly loginName: string;
  readonly password: string;
  readonly newPassword?: string | null | undefined;
}

/** A session as it is given out, once. */
export interface SignedIn {
  /** Opaque bearer token of 256 bits; only its hash is kept. */
  readonly token: string;
  /** ISO 8601 instant, 12 hours from now. */
  readonly expiresAt: string;
}

/**
 * Starts a session. An unknown name, a wrong password, a locked and a retired account get the same answer after the same work.
 * Five failures lock an account for 15 minutes; attempts at one account wait for each other, so that only failures count. Whoever
 * gives the right password may replace it by a new one with the same call; who has a first password must, because an administrator
 * has seen it (R6.2).
 *
 * @param at the machine's clock.
 * @throws {Refused} `sign-in-refused`; after the right password `password-first`, `password-weak`.
 */
export function signIn(
  world: Pick<World, 'db' | 'blindIndex'>,
  input: SignInInput,
  at: Date = new Date(),
): Promise<SignedIn> {
  return oneAfterAnother(world.db, `officer ${input.loginName}`, () => attemptSignIn(world, input, at));
}

async function attemptSignIn(world: Pick<World, 'db' | 'blindIndex'>, input: SignInInput, at: Date): Promise<SignedIn> {
  const { loginName, password } = input;
  // What came of it is kept for the auditor (R23.1); of a name that nobody has only a mark under the installation's key.
  const attempt = { loginName, mark: world.blindIndex(loginName, 'login-name'), at };
  const charged = await chargeAttempt(world.db, loginName, at);
  const withinLimit = charged !== null && charged.attempts <= MOST_ATTEMPTS;
  const right = withinLimit
    ? await verifyPassword(password, charged.passwordHash)
    : await verifyAgainstNobody(password);
  const over = charged !== null && charged.initialUntil !== null && charged.initialUntil <= at;
  if (!charged || !right || over) {
    const locks = charged !== null && charged.attempts >= MOST_ATTEMPTS;
    if (locks) await lockOfficer(world.db, charged.id, new Date(at.getTime() + LOCKED_MS));
    await keepAttempt(
      world.db,
      attempt,
      charged && (locks ? 'locked' : right ? 'first-password-over' : 'wrong-password'),
    );
    throw new Refused([violation('sign-in-refused', 'loginName')]);
  }
  if (charged.initialUntil !== null || input.newPassword) await replaceOwn(world, charged.id, input);
  const { token, hash } = newToken();
  const expiresAt = new Date(at.getTime() + SESSION_MS);
  await keepAttempt(world.db, attempt, 'signed-in');
  await startSession(world.db, { tokenHash: hash, officerId: charged.id, createdAt: at, expiresAt });
  return { token, expiresAt: expiresAt.toISOString() };
}

/** The password that the officer chooses. @throws {Refused} none is given, it is the old one, or not good enough */
async function replaceOwn(
  world: Pick<World, 'db'>,
  id: string,
  { loginName, password, newPassword }: SignInInput,
): Promise<void> {
  if (!newPassword) throw new Refused([violation('password-first', 'newPassword', { found: '0', expected: '≥ 1' })]);
  const problems = passwordProblems(newPassword, { name: loginName });
  if (newPassword === password) {
    throw new Refused([violation('password-first', 'newPassword', { expected: '≠ password' })]);
  }
  if (problems.length > 0) {
    throw new Refused(problems.map(({ code }) => violation('password-weak', 'newPassword', { expected: `≠ ${code}` })));
  }
  await choosePassword(world.db, id, await hashPassword(newPassword));
}

/** Ends the session of a token. An unknown or ended one is left as it is. */
export async function signOut(world: Pick<World, 'db'>, token: string, at: Date = new Date()): Promise<void> {
  await endSession(world.db, hashToken(token), at);
}

/**
 * The officer whom a token stands for: null for a token that is none of ours, of a retired officer or of an office that is closed,
 * `{ expired: true }` for a session that is over.
 */
export async function actorOf(
  world: Pick<World, 'db'> & Partial<Pick<World, 'now'>>,
  token: string,
  at: Date = new Date(),
): Promise<Actor | { readonly expired: true } | null> {
  const session = await findSession(world.db.prisma, hashToken(token));
  if (!session?.officer.active) return null;
  // Offices and what they own follow the register's clock.
  const today = todayOf({ now: () => world.now?.() ?? at });
  if (!isOpenOn(session.officer.office, today)) return null;
  if (session.endedAt !== null || session.expiresAt <= at) return { expired: true };
  return toActor(session.officer, today);
}

/** The officer with this id as procedures see them today, for whoever acts by a link that was made for them; null when there is none (any more). */
export async function actorOfOfficer(world: Pick<World, 'db' | 'now'>, id: string): Promise<Actor | null> {
  const officer = await findOfficerWithOffice(world.db.prisma, id);
  const today = todayOf(world);
  return officer && isOpenOn(officer.office, today) ? toActor(officer, today) : null;
}

/** An officer as procedures see them on a day, with the categories that their office owns then (R4.1, R24.1); words outside the vocabulary are left out. */
export function toActor(officer: OfficerWithOffice, today: CivilDate): Actor {
  const { office } = officer;
  const officeKind = office.kind as OfficeKind;
  return {
    officerId: officer.id,
    name: officer.name,
    duties: officer.duties.filter((duty): duty is Duty => isKeyOf(DUTIES, duty)),
    officeId: office.id,
    officeName: office.name,
    officeKind,
    institution: office.institutionCode,
    categories: office.institution
      ? categoriesOwned(officeKind, policyOn(today, actsOf(office.institution.policies)))
      : [],
  };
}
