// Resolutions to revoke degrees as they were loaded (R16.1).
import type { RevocationResolution } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { RevocationResolution };

/** The revocation resolution with this id, or null. */
export function findRevocationResolution(
  tx: Pick<Transaction, 'revocationResolution'>,
  institution: string,
  id: string,
): Promise<RevocationResolution | null> {
  return tx.revocationResolution.findUnique({ where: { institution_id: { institution, id } } });
}

/** The numbers of all revocation resolutions of an institution. */
export async function revocationNumbers(tx: Transaction, institution: string): Promise<string[]> {
  const rows = await tx.revocationResolution.findMany({ where: { institution }, select: { number: true } });
  return rows.map(({ number }) => number);
}

/** Adds a revocation resolution. */
export async function insertRevocationResolution(tx: Transaction, resolution: RevocationResolution): Promise<void> {
  await tx.revocationResolution.create({ data: resolution });
}
