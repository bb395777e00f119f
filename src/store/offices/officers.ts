// What is asked of officers by their ids: office and name (R22.1).
import type { Transaction } from '../database/transaction.ts';

/** The office of an officer, or null. */
export async function officeOfOfficer(db: Pick<Transaction, 'officer'>, officerId: string): Promise<string | null> {
  const officer = await db.officer.findUnique({ where: { id: officerId }, select: { officeId: true } });
  return officer?.officeId ?? null;
}

/** The names of officers, by id. */
export async function officerNames(
  db: Pick<Transaction, 'officer'>,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const officers = await db.officer.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(officers.map(({ id, name }) => [id, name]));
}
