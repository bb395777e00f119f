// Officers as they sign in, and their sessions. Tokens and passwords are here only as hashes.
import type { Office, Officer } from '../../generated/prisma/client.ts';
import type { Database } from '../database/connect.ts';
import type { Transaction } from '../database/transaction.ts';
import { POLICY_ACT, type PolicyRow } from './policies.ts';

/** An officer with their office and the acts that say which categories it owns. */
export type OfficerWithOffice = Officer & {
  readonly office: Office & { readonly institution: { readonly policies: readonly PolicyRow[] } | null };
};

/** What is read with an officer who acts. */
export const WITH_OFFICE = {
  office: {
    include: { institution: { select: { policies: { select: POLICY_ACT, orderBy: { sequence: 'asc' } } } } },
  },
} as const;

/** A session with its officer. */
export interface SessionRow {
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly officer: OfficerWithOffice;
}

/** What a sign-in attempt is charged to. */
export interface ChargedOfficer {
  readonly id: string;
  readonly passwordHash: string;
  /** Until when a first password holds; null when the officer has chosen the password. */
  readonly initialUntil: Date | null;
  /** Attempts since the last success, this one included. */
  readonly attempts: number;
}

/**
 * Charges one attempt to an active account that is not locked, before the password is looked at, so that many
 * attempts at once cannot pass the limit. Null when there is no such account or it is locked.
 */
export async function chargeAttempt(db: Database, loginName: string, now: Date): Promise<ChargedOfficer | null> {
  const rows = await db.prisma.$queryRaw<ChargedOfficer[]>`
    UPDATE "Officer" SET "failedAttempts" = "failedAttempts" + 1
    WHERE "loginName" = ${loginName} AND "active" AND ("lockedUntil" IS NULL OR "lockedUntil" <= ${now}::timestamptz)
    RETURNING "id"::text, "passwordHash", "initialUntil", "failedAttempts" AS "attempts"`;
  return rows[0] ?? null;
}

/** Locks an account; its attempts are counted anew afterwards. */
export async function lockOfficer(db: Database, id: string, until: Date): Promise<void> {
  await db.prisma.officer.update({ where: { id }, data: { lockedUntil: until, failedAttempts: 0 } });
}

/** Starts a session and forgets failed attempts. */
export async function startSession(
  db: Database,
  session: { tokenHash: string; officerId: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await db.prisma.$transaction([
    db.prisma.officer.update({ where: { id: session.officerId }, data: { failedAttempts: 0, lockedUntil: null } }),
    db.prisma.session.create({ data: session }),
  ]);
}

/** Ends a session; an ended or unknown one stays as it is. */
export async function endSession(db: Database, tokenHash: string, at: Date): Promise<void> {
  await db.prisma.session.updateMany({ where: { tokenHash, endedAt: null }, data: { endedAt: at } });
}

/** The session under a token's hash with its officer and office, or null. */
export function findSession(tx: Pick<Transaction, 'session'>, tokenHash: string): Promise<SessionRow | null> {
  return tx.session.findUnique({
    where: { tokenHash },
    select: { expiresAt: true, endedAt: true, officer: { include: WITH_OFFICE } },
  });
}

/** An officer who has not retired, with their office; null when there is none. */
export async function findOfficerWithOffice(
  tx: Pick<Transaction, 'officer'>,
  id: string,
): Promise<OfficerWithOffice | null> {
  return tx.officer.findFirst({ where: { id, active: true }, include: WITH_OFFICE });
}

/** Replaces the password of an officer by one of their own choice. */
export async function choosePassword(db: Database, id: string, passwordHash: string): Promise<void> {
  await db.prisma.officer.update({ where: { id }, data: { passwordHash, initialUntil: null } });
}
