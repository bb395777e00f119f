// Marking a reminder as read: for everybody of the office it is for. No article asks to seal it.
import { violation } from '../../regulation/violations.ts';
import { DUTIES } from '../../regulation/vocabulary.ts';
import { inTransaction } from '../../store/database/transaction.ts';
import { findReminder, readReminder } from '../../store/deadlines/reminders.ts';
import type { Call } from '../call.ts';
import { Forbidden, NotFound } from '../errors.ts';
import { requireStanding } from '../standing.ts';

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
    await requireStanding(tx, call);
    const found = await findReminder(tx, institution, reminderId);
    // An auditor sees the reminders of every office of the institution, and marks none of them.
    const audits = actor.duties.includes('audit');
    const seen = audits ? institution === actor.institution : found?.officeId === actor.officeId;
    if (!found || !seen) throw new NotFound('reminder', reminderId);
    if (audits) throw new Forbidden([violation('read-only-duty', 'duties', { found: DUTIES.audit.zh })]);
    if (!simulate) await readReminder(tx, found, actor.officerId, world.now());
    return { reminderId, simulated: simulate };
  });
}
