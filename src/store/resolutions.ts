// Conferral resolutions as they were loaded (R6.1).
import type { Resolution } from '../generated/prisma/client.ts';
import type { Transaction } from './transaction.ts';

export type { Resolution };

/** The resolution with this id, or null. */
export function findResolution(
  tx: Pick<Transaction, 'resolution'>,
  institution: string,
  id: string,
): Promise<Resolution | null> {
  return tx.resolution.findUnique({ where: { institution_id: { institution, id } } });
}

/** Whether a resolution with this number was loaded. */
export async function hasResolutionNumber(tx: Transaction, institution: string, number: string): Promise<boolean> {
  return (await tx.resolution.count({ where: { institution, number } })) > 0;
}

/** Adds a resolution. */
export async function insertResolution(tx: Transaction, resolution: Resolution): Promise<void> {
  await tx.resolution.create({ data: resolution });
}
