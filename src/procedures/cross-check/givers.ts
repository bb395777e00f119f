// Who gave records their values: the collector that stands in the record, and everybody of whom the sealed steps tell.
import type { Giver } from '../../regulation/cross-check/cross-check.ts';
import { valueGivers } from '../../store/cross-check/value-givers.ts';
import type { Transaction } from '../../store/database/transaction.ts';

/** Gives the givers of a record. */
export type GiversOf = (row: { readonly id: string; readonly collectedById: string }) => readonly Giver[];

/** The givers of these records, read at once. @param officerId only whether this officer is one of them, when given */
export async function giversOf(
  tx: Pick<Transaction, '$queryRawUnsafe'>,
  institution: string,
  rows: readonly { readonly id: string }[],
  officerId: string | null = null,
): Promise<GiversOf> {
  const found = new Map<string, Giver[]>();
  const ids = rows.map(({ id }) => id);
  for (const { recordId, ...giver } of await valueGivers(tx, institution, ids, officerId)) {
    found.set(recordId, [...(found.get(recordId) ?? []), giver]);
  }
  return ({ id, collectedById }) => {
    const givers = found.get(id) ?? [];
    const known = givers.some((giver) => giver.officerId === collectedById);
    return known ? givers : [...givers, { officerId: collectedById, step: 'collect' }];
  };
}
