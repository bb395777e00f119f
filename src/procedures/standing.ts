// Who asks, asked again where it counts: a body may take minutes to come, and whoever signs out, retires or loses a duty meanwhile acts no more (R6.2).
import { isOpenOn } from '../regulation/offices.ts';
import { violation } from '../regulation/violations.ts';
import type { Transaction } from '../store/database/transaction.ts';
import { findOfficerWithOffice, findSession } from '../store/offices/sessions.ts';
import { findStudentSession } from '../store/student/student-sessions.ts';
import type { Actor, Call, StudentCall } from './call.ts';
import { Forbidden } from './errors.ts';
import { toActor } from './offices/sign-in.ts';
import { todayOf } from './situation.ts';

type Tx = Pick<Transaction, 'officer' | 'session' | 'studentSession'>;

/**
 * The officer of a call as they stand in this transaction, with the duties and categories that they have now; null for a student.
 * Sessions live by the machine's clock.
 * @throws {Forbidden} `session-over`: signed out, expired, retired, or the office is closed
 */
export async function requireStanding(tx: Tx, call: Call | StudentCall, at: Date = new Date()): Promise<Actor | null> {
  const { session } = call;
  if (!('actor' in call)) {
    if (session !== undefined) requireOpen(await findStudentSession(tx, session), at);
    return null;
  }
  if (session !== undefined) requireOpen(await findSession(tx, session), at);
  const officer = await findOfficerWithOffice(tx, call.actor.officerId);
  const today = todayOf(call.world);
  if (!officer || !isOpenOn(officer.office, today)) throw over('账户停用或部门撤销 account retired or office closed');
  return toActor(officer, today);
}

function requireOpen(session: { readonly endedAt: Date | null; readonly expiresAt: Date } | null, at: Date): void {
  const ended = session?.endedAt ?? (session && session.expiresAt <= at ? session.expiresAt : null);
  if (!session || ended) throw over(ended?.toISOString() ?? '已退出 signed out');
}

function over(found: string): Forbidden {
  return new Forbidden([violation('session-over', 'session', { found, expected: '有效的登录 an open session' })]);
}
