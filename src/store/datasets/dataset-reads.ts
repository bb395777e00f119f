// Who may read a dataset, and who did (R18.1): accesses by the hash of their token, readings that nobody unsays.
import type { DatasetAccess, DatasetRead } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { DatasetAccess, DatasetRead };

/** The access of a token, with its dataset and recipient; null for an unknown token. */
export function accessByHash(tx: Pick<Transaction, 'datasetAccess'>, tokenHash: string) {
  return tx.datasetAccess.findUnique({ where: { tokenHash }, include: { recipient: true } });
}

/** The access that holds for a recipient; null when none does. */
export function standingAccess(
  tx: Pick<Transaction, 'datasetAccess'>,
  institution: string,
  recipientId: string,
): Promise<DatasetAccess | null> {
  const where = { institution, recipientId, revokedAt: null };
  return tx.datasetAccess.findFirst({ where, orderBy: { id: 'desc' } });
}

/** Opens an access. */
export async function addAccess(
  tx: Pick<Transaction, 'datasetAccess'>,
  row: Omit<DatasetAccess, 'revokedAt' | 'revokedById'>,
): Promise<void> {
  await tx.datasetAccess.create({ data: row });
}

/** Ends the accesses of a dataset, or of one recipient, that still hold. @returns how many they were */
export async function endAccesses(
  tx: Pick<Transaction, 'datasetAccess'>,
  of: { readonly institution: string; readonly datasetId: string; readonly recipientId?: string },
  by: { readonly revokedById: string | null; readonly revokedAt: Date },
): Promise<number> {
  const { count } = await tx.datasetAccess.updateMany({ where: { ...of, revokedAt: null }, data: by });
  return count;
}

/** Keeps that something was read. */
export async function keepRead(tx: Pick<Transaction, 'datasetRead'>, row: DatasetRead): Promise<void> {
  await tx.datasetRead.create({ data: row });
}

/** How often a dataset was read. */
export function countReads(
  tx: Pick<Transaction, 'datasetRead'>,
  institution: string,
  datasetId: string,
): Promise<number> {
  return tx.datasetRead.count({ where: { institution, datasetId } });
}

/** The officers who read rows of a dataset: each had a copy with a mark of their own. */
export async function officersWhoRead(
  tx: Pick<Transaction, 'datasetRead'>,
  institution: string,
  datasetId: string,
): Promise<{ id: string; name: string }[]> {
  const rows = await tx.datasetRead.findMany({
    where: { institution, datasetId, officerId: { not: null }, what: { not: 'report' } },
    distinct: ['officerId'],
    select: { officer: { select: { id: true, name: true } } },
    orderBy: { officerId: 'asc' },
  });
  return rows.flatMap(({ officer }) => officer ?? []);
}
