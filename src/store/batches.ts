// Batches: the records of one resolution and category on their common way (R5.1).
import type { Batch, Resolution, RosterEntry } from '../generated/prisma/client.ts';
import type { Transaction } from './transaction.ts';

export type { Batch, Resolution };

/** A batch with the resolution it belongs to. */
export type BatchWithResolution = Batch & { readonly resolution: Resolution };

/** One person of a roster. */
export type RosterRow = RosterEntry;

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

/** The resolution with this id, or null. */
export function findResolutionById(
  tx: Pick<Transaction, 'resolution'>,
  institution: string,
  id: string,
): Promise<Resolution | null> {
  return tx.resolution.findUnique({ where: { institution_id: { institution, id } } });
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

/** The roster of a resolution in its order, of one category when given. */
export function readRoster(
  tx: Pick<Transaction, 'rosterEntry'>,
  institution: string,
  resolutionId: string,
  category?: string,
): Promise<RosterRow[]> {
  return tx.rosterEntry.findMany({
    where: { institution, resolutionId, ...(category === undefined ? {} : { category }) },
    orderBy: { sequence: 'asc' },
  });
}

/** The people of a roster who have no record that counts: none at all, or only a withdrawn or deleted one. */
export async function rosterWithoutRecords(
  tx: Pick<Transaction, '$queryRaw'>,
  institution: string,
  resolutionId: string,
  category?: string,
): Promise<{ sequence: number; name: string; certificateNumber: string }[]> {
  return tx.$queryRaw`
    SELECT e."sequence", e."name", e."certificateNumber" FROM "RosterEntry" e
    WHERE e."institution" = ${institution} AND e."resolutionId" = ${resolutionId}::uuid
      AND (${category ?? null}::text IS NULL OR e."category" = ${category ?? null}::text)
      AND NOT EXISTS (
        SELECT 1 FROM "DegreeRecord" r
        WHERE r."institution" = e."institution" AND r."resolutionId" = e."resolutionId" AND r."rosterSequence" = e."sequence"
          AND r."state" NOT IN ('withdrawn', 'deleted'))
    ORDER BY e."sequence"`;
}
