// Reminders of deadlines as kept: once for each office, thing and phase of its clock. Never personal data.
import type { Reminder } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { Reminder };

/** Adds reminders; what an office has been told already is passed over. Gives back how many were new. */
export async function addReminders(tx: Pick<Transaction, 'reminder'>, reminders: readonly Reminder[]): Promise<number> {
  const { count } = await tx.reminder.createMany({ data: [...reminders], skipDuplicates: true });
  return count;
}

/** The reminder with this id, or null. */
export function findReminder(
  tx: Pick<Transaction, 'reminder'>,
  institution: string,
  id: string,
): Promise<Reminder | null> {
  return tx.reminder.findUnique({ where: { institution_id: { institution, id } } });
}

/** Marks a reminder as read; the first reader stays. */
export async function readReminder(
  tx: Pick<Transaction, 'reminder'>,
  reminder: Pick<Reminder, 'institution' | 'id'>,
  readById: string,
  readAt: Date,
): Promise<void> {
  const { institution, id } = reminder;
  await tx.reminder.updateMany({
    where: { institution, id, state: 'unread' },
    data: { state: 'read', readById, readAt },
  });
}

/** The codes of all institutions with their degree office, in their order. */
export async function institutionsToRemind(
  db: Pick<Transaction, 'office'>,
): Promise<{ institution: string; officeId: string }[]> {
  const offices = await db.office.findMany({
    where: { kind: 'degree-office', institutionCode: { not: null } },
    orderBy: { id: 'asc' },
    select: { id: true, institutionCode: true },
  });
  return offices.map(({ id, institutionCode }) => ({ institution: institutionCode ?? '', officeId: id }));
}
