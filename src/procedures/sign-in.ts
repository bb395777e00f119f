// Signing in and out, and who a token belongs to. Sessions live by the machine's clock, also where the register's clock is moved.

import { violation } from '../regulation/violations.ts';
import { CATEGORIES, type Category, DUTIES, type Duty, isKeyOf, type OfficeKind } from '../regulation/vocabulary.ts';
import { verifyAgainstNobody, verifyPassword } from '../secrecy/passwords.ts';
import { hashToken, newToken } from '../secrecy/tokens.ts';
import {
  chargeAttempt,
  endSession,
  findSession,
  lockOfficer,
  type OfficerWithOffice,
  startSession,
} from '../store/sessions.ts';
import type { Actor, World } from './call.ts';
import { Refused } from './errors.ts';

/** Failed attempts in a row after which an account is locked. */
export const MOST_ATTEMPTS = 5;
const LOCKED_MS = 15 * 60_000;
const SESSION_MS = 12 * 60 * 60_000;

/** A session as it is given out, once. */
export interface SignedIn {
  /** Opaque bearer token of 256 bits; only its hash is kept. */
  readonly token: string;
  /** ISO 8601 instant, 12 hours from now. */
  readonly expiresAt: string;
}

/**
 * Starts a session. An unknown name, a wrong password, a locked and a retired account get the same answer after the same work.
 * Five failures lock an account for 15 minutes.
 *
 * @param at the machine's clock.
 * @throws {Refused} `sign-in-refused`.
 */
export async function signIn(
  world: Pick<World, 'db'>,
  input: { loginName: string; password: string },
  at: Date = new Date(),
): Promise<SignedIn> {
  const { loginName, password } = input;
  const charged = await chargeAttempt(world.db, loginName, at);
  const withinLimit = charged !== null && charged.attempts <= MOST_ATTEMPTS;
  const right = withinLimit
    ? await verifyPassword(password, charged.passwordHash)
    : await verifyAgainstNobody(password);
  if (!charged || !right) {
    if (charged && charged.attempts >= MOST_ATTEMPTS) {
      await lockOfficer(world.db, charged.id, new Date(at.getTime() + LOCKED_MS));
    }
    throw new Refused([violation('sign-in-refused', 'loginName')]);
  }
  const { token, hash } = newToken();
  const expiresAt = new Date(at.getTime() + SESSION_MS);
  await startSession(world.db, { tokenHash: hash, officerId: charged.id, createdAt: at, expiresAt });
  return { token, expiresAt: expiresAt.toISOString() };
}

/** Ends the session of a token. An unknown or ended one is left as it is. */
export async function signOut(world: Pick<World, 'db'>, token: string, at: Date = new Date()): Promise<void> {
  await endSession(world.db, hashToken(token), at);
}

/**
 * The officer whom a token stands for: null for a token that is none of ours or of a retired officer, `{ expired: true }`
 * for a session that is over.
 */
export async function actorOf(
  world: Pick<World, 'db'>,
  token: string,
  at: Date = new Date(),
): Promise<Actor | { readonly expired: true } | null> {
  const session = await findSession(world.db, hashToken(token));
  if (!session?.officer.active) return null;
  if (session.endedAt !== null || session.expiresAt <= at) return { expired: true };
  return toActor(session.officer);
}

/** An officer as procedures see them; words outside the vocabulary are left out. */
export function toActor(officer: OfficerWithOffice): Actor {
  const { office } = officer;
  return {
    officerId: officer.id,
    name: officer.name,
    duties: officer.duties.filter((duty): duty is Duty => isKeyOf(DUTIES, duty)),
    officeId: office.id,
    officeName: office.name,
    officeKind: office.kind as OfficeKind,
    institution: office.institutionCode,
    categories: office.categories.filter((category): category is Category => isKeyOf(CATEGORIES, category)),
  };
}
