// Batches: the records of one resolution and category on their common way (R5.1).
import type { Batch, Resolution } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { Batch, Resolution };

/** A batch with the resolution it belongs to. */
export type BatchWithResolution = Batch & { readonly resolution: Resolution };

/** The batch with its resolution, or null. */
export function findBatch(
  tx: Pick<Transaction, 'batch'>,
  institution: string,
  id: string,
): Promise<BatchWithResolution | null> {
  return tx.batch.findUnique({ where: { institution_id: { institution, id } }, include: { resolution: true } });
}

/** All batches of a resolution, oldest first. */
export function batchesOfResolution(tx: Transaction, institution: string, resolutionId: string): Promise<Batch[]> {
  return tx.batch.findMany({ where: { institution, resolutionId }, orderBy: { id: 'asc' } });
}

/** How many records of a batch stand in each state. */
export async function countByState(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  batchId: string,
): Promise<Map<string, number>> {
  const groups = await tx.degreeRecord.groupBy({
    by: ['state'],
    where: { institution, batchId },
    _count: { _all: true },
  });
  return new Map(groups.map((group) => [group.state, group._count._all]));
}

/** Changes a batch and counts its version up. */
export async function advanceBatch(
  tx: Transaction,
  batch: Pick<Batch, 'institution' | 'id'>,
  set: Partial<Pick<Batch, 'state' | 'disclosedFrom' | 'disclosedUntil' | 'reportedAt'>>,
): Promise<void> {
  const { institution, id } = batch;
  await tx.batch.update({
    where: { institution_id: { institution, id } },
    data: { ...set, version: { increment: 1 } },
  });
}

/** Adds a batch. */
export async function addBatch(tx: Transaction, batch: Batch): Promise<void> {
  await tx.batch.create({ data: batch });
}

/** The batches with these ids, in the order of their ids. */
export function findBatches(
  tx: Pick<Transaction, 'batch'>,
  institution: string,
  ids: readonly string[],
): Promise<Batch[]> {
  return tx.batch.findMany({ where: { institution, id: { in: [...ids] } }, orderBy: { id: 'asc' } });
}
