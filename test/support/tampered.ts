// What somebody does to the database who may do anything in it, to see whether it is found out.
import { expect } from 'vitest';
import { inTransaction, type Transaction } from '../../src/store/database/transaction.ts';
import type { TestWorld } from './world.ts';

class Undone extends Error {}

/** SQL past every trigger, which must change something; looks at what it did, and undoes it. */
export async function tampered<T>(
  test: TestWorld,
  text: string,
  look: (tx: Transaction) => Promise<T>,
  values: readonly unknown[] = [],
): Promise<T> {
  let seen: T | undefined;
  const work = inTransaction(test.world.db, async (tx) => {
    await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
    expect(await tx.$executeRawUnsafe(text, ...values)).toBeGreaterThan(0);
    seen = await look(tx);
    throw new Undone();
  });
  await expect(work).rejects.toThrow(Undone);
  return seen as T;
}
