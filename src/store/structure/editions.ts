// Editions of the national structure that institutions have loaded (R7.1). Rows are only ever added.
import type { LoadedEdition } from '../../generated/prisma/client.ts';
import { type Edition, editionKey, type RecordColumn } from '../../regulation/standard/edition.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../database/transaction.ts';

export type { LoadedEdition };

/** A kept edition as the rules see it. Its words were words of the vocabulary when it was loaded. */
export function toEdition(
  row: Omit<LoadedEdition, 'institution' | 'createdById' | 'createdAt' | 'fileDigest'>,
): Edition {
  const { edition: id, version, zh, en, source, validFrom, validUntil, verified } = row;
  return {
    ...{ key: editionKey(id, version), id, version, zh, en, source, validFrom, validUntil, verified },
    categories: row.categories as Category[],
    headings: row.headings as Edition['headings'],
    columns: row.columns as unknown as RecordColumn[],
  };
}

/** All editions that an institution has loaded, in every version. */
export async function readEditions(tx: Pick<Transaction, 'loadedEdition'>, institution: string): Promise<Edition[]> {
  const rows = await tx.loadedEdition.findMany({ where: { institution }, orderBy: { id: 'asc' } });
  return rows.map(toEdition);
}

/** Adds a version of an edition. */
export async function insertEdition(
  tx: Transaction,
  row: Omit<LoadedEdition, 'columns'> & { readonly columns: readonly object[] },
): Promise<void> {
  await tx.loadedEdition.create({ data: { ...row, columns: [...row.columns] } });
}
