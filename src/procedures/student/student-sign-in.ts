// The student's own password: set once a link was opened, used to come back; locked by failures as an officer's account is.
import { violation } from '../../regulation/violations.ts';
import { hashPassword, passwordProblems, verifyAgainstNobody, verifyPassword } from '../../secrecy/passwords.ts';
import { inTransaction } from '../../store/database/transaction.ts';
import { chargeStudent, findAccount, setAccount, settleStudent } from '../../store/student/student-sessions.ts';
import type { StudentCall, World } from '../call.ts';
import { Refused } from '../errors.ts';
import { oneAfterAnother } from '../offices/one-after-another.ts';
import { MOST_ATTEMPTS } from '../offices/sign-in.ts';
import { requireStanding } from '../standing.ts';
import { noteWrong, requirePatience } from './attempts.ts';
import { newStudentSession, type StudentSignedIn } from './student-sessions.ts';
import { findThing, keyOfThing, thingKeyOf } from './student-thing.ts';

const LOCKED_MS = 15 * 60_000;

/** What a student signs in with: the institution's code and the student number, or the application number of equivalent education. */
export interface StudentSignInInput {
  readonly institution: string;
  readonly number: string;
  readonly password: string;
  readonly address?: string | undefined;
}

/**
 * Starts a student's session. An unknown number, one without a password, a wrong password and a locked account get the same answer
 * after the same work. Five failures lock the account for 15 minutes.
 * @param at the machine's clock
 * @throws {Refused} `student-sign-in-refused`
 */
export function studentSignIn(
  world: Pick<World, 'db'>,
  input: StudentSignInInput,
  at: Date = new Date(),
): Promise<StudentSignedIn> {
  const key = `student ${input.institution} ${input.number.trim()}`;
  return oneAfterAnother(world.db, key, () => attemptSignIn(world, input, at));
}

async function attemptSignIn(world: Pick<World, 'db'>, input: StudentSignInInput, at: Date): Promise<StudentSignedIn> {
  const { institution, number, password, address } = input;
  requirePatience(world, address);
  const charged = await chargeStudent(world.db, institution, number.trim(), at);
  const right =
    charged !== null && charged.attempts <= MOST_ATTEMPTS
      ? await verifyPassword(password, charged.passwordHash)
      : await verifyAgainstNobody(password);
  if (!charged || !right) {
    noteWrong(world, address);
    if (charged && charged.attempts >= MOST_ATTEMPTS) {
      await settleStudent(world.db.prisma, institution, charged.id, new Date(at.getTime() + LOCKED_MS));
    }
    throw new Refused([violation('student-sign-in-refused', 'number')]);
  }
  return inTransaction(world.db, async (tx) => {
    await settleStudent(tx, institution, charged.id, null);
    return newStudentSession(tx, { institution, ...thingKeyOf(charged) }, at);
  });
}

/**
 * Sets or replaces the password of the student who is signed in; the sign-in name is the number of their record.
 * @throws {Refused} not good enough, with every reason; the record has no number; another person has a password for it
 */
export async function setStudentPassword(call: StudentCall, password: string): Promise<{ number: string }> {
  const { world, student } = call;
  const { institution } = student;
  const thing = await findThing(world.db.prisma, world, institution, student);
  const { number, identityLookUps } = thing;
  const [identityNumberIndex = ''] = identityLookUps;
  const problems = passwordProblems(password, { name: number }).map(({ code, zh, en }) =>
    violation('password-refused', 'password', { found: code, label: { zh: zh.slice(0, -1), en: en.slice(0, -1) } }),
  );
  const missing = number === '' ? [violation('student-number-missing', 'number', { found: '0', expected: '1' })] : [];
  if (problems.length + missing.length > 0) throw new Refused([...missing, ...problems]);
  const passwordHash = await hashPassword(password);
  if (call.simulate) return { number };
  return inTransaction(world.db, async (tx) => {
    await requireStanding(tx, call);
    const known = await findAccount(tx, institution, number);
    // A number that was entered for two people must not give one of them the other's sign-in.
    if (known && !identityLookUps.includes(known.identityNumberIndex)) {
      throw new Refused([violation('student-account-of-another', 'number', { found: number })]);
    }
    const key = keyOfThing(thing);
    await setAccount(tx, { institution, number, identityNumberIndex, passwordHash, changedAt: world.now(), ...key });
    return { number };
  });
}
