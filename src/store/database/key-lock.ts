// A lock on a name until the transaction ends, for what has no row to lock yet.
import type { Transaction } from './transaction.ts';

/** Waits until nobody else holds the name, and holds it until the transaction ends. */
export async function lockFor(tx: Transaction, name: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
