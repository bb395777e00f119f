// Marking a reminder as read: for everybody of the office it is for. No article asks to seal it.

import type { Violation } from '../regulation/violations.ts';
import { violation } from '../regulation/violations.ts';
import { DUTIES } from '../regulation/vocabulary.ts';
import { findReminder, readReminder } from '../store/reminders.ts';
import { inTransaction } from '../store/transaction.ts';
import type { Call } from './call.ts';
import { Forbidden, NotFound } from './errors.ts';

/**
 * Marks a reminder as read. Twice is once: the first reader stays.
 * @throws {NotFound} no such reminder of the own office. {Forbidden} an auditor changes nothing
 */
export async function markReminderRead(
  call: Call,
  { institution, reminderId }: { institution: string; reminderId: string },
): Promise<{ reminderId: string; simulated: boolean }> {
  const { world, actor, simulate = false } = call;
  return inTransaction(world.db, async (tx) => {
    const found = await findReminder(tx, institution, reminderId);
    if (!found || found.officeId !== actor.officeId) throw new NotFound('reminder', reminderId);
    const violations: Violation[] = actor.duties.every((duty) => duty === 'audit')
      ? [violation('read-only-duty', 'duties', { found: DUTIES.audit.zh })]
      : [];
    if (violations.length > 0) throw new Forbidden(violations);
    if (!simulate) await readReminder(tx, found, actor.officerId, world.now());
    return { reminderId, simulated: simulate };
  });
}
