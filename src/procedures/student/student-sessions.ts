// Students' sessions: short, bound to one record, never those of an officer. They live by the machine's clock.
import { hashToken, newToken } from '../../secrecy/tokens.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { endStudentSession, findStudentSession, startStudentSession } from '../../store/student/student-sessions.ts';
import type { Student, World } from '../call.ts';
import { keyOfThing, thingKeyOf } from './student-thing.ts';

const SESSION_MS = 2 * 60 * 60_000;
/** A student's token says itself that it is none of an officer, so that one look-up decides and neither is ever taken for the other. */
const PREFIX = 'student_';

/** A session as it is given out, once. */
export interface StudentSignedIn {
  /** Opaque bearer token; only its hash is kept. */
  readonly token: string;
  /** ISO 8601 instant, two hours from now. */
  readonly expiresAt: string;
}

/** Starts a session of two hours. */
export async function newStudentSession(
  tx: Pick<Transaction, 'studentSession'>,
  student: Student,
  at: Date,
): Promise<StudentSignedIn> {
  const token = `${PREFIX}${newToken().token}`;
  const expiresAt = new Date(at.getTime() + SESSION_MS);
  const { institution } = student;
  const session = { tokenHash: hashToken(token), institution, createdAt: at, expiresAt };
  await startStudentSession(tx, { ...session, ...keyOfThing(student) });
  return { token, expiresAt: expiresAt.toISOString() };
}

/** Whether a bearer token is of the kind that students have. */
export function isStudentToken(token: string): boolean {
  return token.startsWith(PREFIX);
}

/** Whose session a student's token stands for; null for none of ours, `{ expired: true }` for one that is over. */
export async function studentOf(
  world: Pick<World, 'db'>,
  token: string,
  at: Date = new Date(),
): Promise<Student | { readonly expired: true } | null> {
  const session = await findStudentSession(world.db.prisma, hashToken(token));
  if (!session) return null;
  if (session.endedAt !== null || session.expiresAt <= at) return { expired: true };
  return { institution: session.institution, ...thingKeyOf(session) };
}

/** Ends the session of a token. An unknown or ended one is left as it is. */
export function studentSignOut(world: Pick<World, 'db'>, token: string, at: Date = new Date()): Promise<void> {
  return endStudentSession(world.db, hashToken(token), at);
}
