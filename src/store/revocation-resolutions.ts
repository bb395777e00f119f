// Resolutions to revoke degrees as they were loaded (R16.1).
import type { RevocationResolution } from '../generated/prisma/client.ts';
import type { Transaction } from './transaction.ts';

export type { RevocationResolution };

/** The revocation resolution with this id, or null. */
export function findRevocationResolution(
  tx: Pick<Transaction, 'revocationResolution'>,
  institution: string,
  id: string,
): Promise<RevocationResolution | null> {
  return tx.revocationResolution.findUnique({ where: { institution_id: { institution, id } } });
}

/** Whether a revocation resolution with this number was loaded. */
export async function hasRevocationNumber(tx: Transaction, institution: string, number: string): Promise<boolean> {
  return (await tx.revocationResolution.count({ where: { institution, number } })) > 0;
}

/** Adds a revocation resolution. */
export async function insertRevocationResolution(tx: Transaction, resolution: RevocationResolution): Promise<void> {
  await tx.revocationResolution.create({ data: resolution });
}
