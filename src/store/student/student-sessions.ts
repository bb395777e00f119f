// Students' sessions and passwords. Tokens and passwords are here only as hashes.
import type { StudentAccount, StudentSession } from '../../generated/prisma/client.ts';
import type { Database } from '../database/connect.ts';
import type { Transaction } from '../database/transaction.ts';
import { uuidv7 } from '../database/uuid.ts';
import type { StudentKey } from './student-links.ts';

export type { StudentAccount, StudentSession };

/** Starts a session. */
export async function startStudentSession(
  tx: Pick<Transaction, 'studentSession'>,
  session: Omit<StudentSession, 'endedAt' | 'recordId' | 'enrolmentRecordId'> & StudentKey,
): Promise<void> {
  await tx.studentSession.create({ data: session });
}

/** The session under a token's hash, or null. */
export function findStudentSession(
  tx: Pick<Transaction, 'studentSession'>,
  tokenHash: string,
): Promise<StudentSession | null> {
  return tx.studentSession.findUnique({ where: { tokenHash } });
}

/** Ends a session; an ended or unknown one stays as it is. */
export async function endStudentSession(db: Database, tokenHash: string, at: Date): Promise<void> {
  await db.prisma.studentSession.updateMany({ where: { tokenHash, endedAt: null }, data: { endedAt: at } });
}

/** Ends every session of a person. @returns how many were open */
export async function endStudentSessions(
  tx: Transaction,
  institution: string,
  key: StudentKey,
  at: Date,
): Promise<number> {
  const where = { institution, ...key, endedAt: null, expiresAt: { gt: at } };
  return (await tx.studentSession.updateMany({ where, data: { endedAt: at } })).count;
}

/** The account under a number, or null. */
export function findAccount(
  tx: Pick<Transaction, 'studentAccount'>,
  institution: string,
  number: string,
): Promise<StudentAccount | null> {
  return tx.studentAccount.findUnique({ where: { institution_number: { institution, number } } });
}

/** Sets the password of a number: a new account, or the same person's with the record that the session is now bound to. */
export async function setAccount(
  tx: Transaction,
  account: Pick<StudentAccount, 'institution' | 'number' | 'identityNumberIndex' | 'passwordHash' | 'changedAt'> &
    StudentKey,
): Promise<void> {
  const { institution, number } = account;
  const fresh = { ...account, failedAttempts: 0, lockedUntil: null };
  await tx.studentAccount.upsert({
    where: { institution_number: { institution, number } },
    create: { ...fresh, id: uuidv7() },
    update: fresh,
  });
}

/** Takes the passwords of a person away. @returns how many there were */
export async function dropAccounts(tx: Transaction, institution: string, key: StudentKey): Promise<number> {
  return (await tx.studentAccount.deleteMany({ where: { institution, ...key } })).count;
}

/** What a sign-in attempt is charged to. */
export interface ChargedStudent {
  readonly id: string;
  readonly passwordHash: string;
  readonly recordId: string | null;
  readonly enrolmentRecordId: string | null;
  /** Attempts since the last success, this one included. */
  readonly attempts: number;
}

/** Charges one attempt to an account that is not locked, before the password is looked at; null when there is none or it is locked. */
export async function chargeStudent(
  db: Database,
  institution: string,
  number: string,
  now: Date,
): Promise<ChargedStudent | null> {
  const rows = await db.prisma.$queryRaw<ChargedStudent[]>`
    UPDATE "StudentAccount" SET "failedAttempts" = "failedAttempts" + 1
    WHERE "institution" = ${institution} AND "number" = ${number} AND ("lockedUntil" IS NULL OR "lockedUntil" <= ${now}::timestamptz)
    RETURNING "id"::text, "passwordHash", "recordId"::text, "enrolmentRecordId"::text, "failedAttempts" AS "attempts"`;
  return rows[0] ?? null;
}

/** Sets how an account stands after an attempt: locked until then, or free; its attempts are counted anew. */
export async function settleStudent(
  tx: Pick<Transaction, 'studentAccount'>,
  institution: string,
  id: string,
  lockedUntil: Date | null,
): Promise<void> {
  await tx.studentAccount.update({
    where: { institution_id: { institution, id } },
    data: { lockedUntil, failedAttempts: 0 },
  });
}
