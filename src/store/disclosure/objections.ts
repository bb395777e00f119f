// Objections raised during internal disclosure (R11.3).
import type { Objection } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { Objection };

/** Adds an open objection. */
export async function addObjection(
  tx: Transaction,
  objection: Omit<Objection, 'outcome' | 'resolvedAt'>,
): Promise<void> {
  await tx.objection.create({ data: objection });
}

/** The objection with this id, or null. */
export function findObjection(tx: Transaction, institution: string, id: string): Promise<Objection | null> {
  return tx.objection.findUnique({ where: { institution_id: { institution, id } } });
}

/** Writes how an objection ended. */
export async function endObjection(
  tx: Transaction,
  institution: string,
  id: string,
  end: { outcome: string; resolvedAt: Date },
): Promise<void> {
  await tx.objection.update({ where: { institution_id: { institution, id } }, data: end });
}

/** The records that are now in a batch with objections that nobody has resolved: record id → how many. */
export async function openObjections(
  tx: Pick<Transaction, 'objection'>,
  institution: string,
  batchId: string,
): Promise<Map<string, number>> {
  const groups = await tx.objection.groupBy({
    by: ['recordId'],
    where: { institution, record: { batchId }, resolvedAt: null },
    _count: { _all: true },
  });
  return new Map(groups.map((group) => [group.recordId, group._count._all]));
}

/** Whether a record has an objection that nobody has resolved. */
export async function hasOpenObjection(
  tx: Pick<Transaction, 'objection'>,
  institution: string,
  recordId: string,
): Promise<boolean> {
  return (await tx.objection.count({ where: { institution, recordId, resolvedAt: null } })) > 0;
}
