// The keys that have sealed or indexed something here: their ids and check values, so that no server starts with a ring that lacks one.
import type { RingKey } from '../../generated/prisma/client.ts';
import type { Database } from '../database/connect.ts';
import type { Transaction } from '../database/transaction.ts';

/** A key as the register knows it. */
export type KnownKey = Pick<RingKey, 'use' | 'id' | 'check'>;

/** All of them. */
export function readRingKeys(db: Pick<Database, 'prisma'>): Promise<KnownKey[]> {
  return db.prisma.ringKey.findMany({
    select: { use: true, id: true, check: true },
    orderBy: [{ use: 'asc' }, { id: 'asc' }],
  });
}

/** Enters keys that are about to be used, and the check values of those that have none yet. */
export async function enterRingKeys(
  tx: Pick<Transaction, 'ringKey'>,
  keys: readonly (Pick<RingKey, 'use' | 'id'> & { readonly check: string })[],
  at: Date,
): Promise<void> {
  const data = keys.map((key) => ({ ...key, firstUsedAt: at }));
  await tx.ringKey.createMany({ data, skipDuplicates: true });
}

/** Gives a key that is known by its id alone its check value. */
export async function setKeyCheck(
  tx: Pick<Transaction, 'ringKey'>,
  { use, id, check }: { readonly use: string; readonly id: string; readonly check: string },
): Promise<void> {
  await tx.ringKey.updateMany({ where: { use, id, check: null }, data: { check } });
}

/** Forgets a key on which nothing rests any more. */
export async function forgetRingKey(
  tx: Pick<Transaction, 'ringKey'>,
  key: { readonly use: string; readonly id: string },
): Promise<void> {
  await tx.ringKey.deleteMany({ where: key });
}

/** Forgets all keys: only for a register that holds nothing sealed and whose ring is made anew. */
export async function forgetRingKeys(db: Pick<Database, 'prisma'>): Promise<void> {
  await db.prisma.ringKey.deleteMany();
}
