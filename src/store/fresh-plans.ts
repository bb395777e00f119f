// How the database plans the statements of a bulk load.
import type { Transaction } from './transaction.ts';

/**
 * Has every statement of this transaction planned anew. A plan that was made while a table was empty and is kept while a load
 * fills it reads the whole table for each key; planning costs a millisecond per thousand rows.
 */
export async function planAfresh(tx: Pick<Transaction, '$executeRaw'>): Promise<void> {
  await tx.$executeRaw`SET LOCAL plan_cache_mode = force_custom_plan`;
}
