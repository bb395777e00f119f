// Conferral resolutions as they were loaded (R6.1).
import type { Resolution } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { Resolution };

/** The resolution with this id, or null. */
export function findResolution(
  tx: Pick<Transaction, 'resolution'>,
  institution: string,
  id: string,
): Promise<Resolution | null> {
  return tx.resolution.findUnique({ where: { institution_id: { institution, id } } });
}

/** The numbers of all resolutions of an institution: a few a year, compared by the rules, because older ones may be typed otherwise. */
export async function resolutionNumbers(tx: Transaction, institution: string): Promise<string[]> {
  const rows = await tx.resolution.findMany({ where: { institution }, select: { number: true } });
  return rows.map(({ number }) => number);
}

/** Adds a resolution. */
export async function insertResolution(tx: Transaction, resolution: Resolution): Promise<void> {
  await tx.resolution.create({ data: resolution });
}
