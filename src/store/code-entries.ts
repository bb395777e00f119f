// Code tables in an institution's own edition (R7.1).
import type { CodeEntry } from '../generated/prisma/client.ts';
import type { Transaction } from './transaction.ts';

export type { CodeEntry };

/** All entries that an institution has loaded itself. */
export function readCodeEntries(tx: Pick<Transaction, 'codeEntry'>, institution: string): Promise<CodeEntry[]> {
  return tx.codeEntry.findMany({ where: { institution } });
}
