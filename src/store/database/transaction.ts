// One transaction: everything in it is kept together or not at all.
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Transaction } from './client.ts';

export type { Transaction };

import type { Database } from './connect.ts';
import { DatabaseUnavailable } from './errors.ts';
import { withOwnConnection } from './own-connection.ts';
import { isTransient } from './transient.ts';

/** How a transaction is run. `timeoutMs`: rolled back when the work takes longer, 60 s when not given. */
export interface TransactionOptions {
  timeoutMs?: number;
  /** the database's default (ReadCommitted) when not given */
  isolation?: Prisma.TransactionIsolationLevel;
}

const TIMEOUT = 60_000;
/** On the embedded database transactions wait for each other: there is one session. */
const PATIENCE = { embedded: 60_000, postgresql: 15_000 };

/**
 * Runs `work` in one transaction and commits what it did; any error rolls everything back.
 * Inside, only `tx` may be used: another client would wait for this very transaction on the embedded database.
 * A savepoint is `tx.$transaction(async (inner) => …)`.
 * @throws DatabaseUnavailable for a lost connection, a serialisation failure (40001), a deadlock (40P01), a timeout, a full disk; every
 * other error is passed on as it is
 */
export async function inTransaction<T>(
  db: Pick<Database, 'kind' | 'prisma'>,
  work: (tx: Transaction) => Promise<T>,
  { timeoutMs = TIMEOUT, isolation }: TransactionOptions = {},
): Promise<T> {
  let committing = false;
  const run = async (tx: Transaction, began: (tx: object) => void) => {
    began(tx);
    const result = await work(tx);
    // COMMIT of a failed transaction is a ROLLBACK that reports success; any other statement reports the failure.
    await tx.$executeRaw`select 1`;
    committing = true;
    return result;
  };
  const isolationLevel = isolation === undefined ? {} : { isolationLevel: isolation };
  try {
    const options = { maxWait: PATIENCE[db.kind], timeout: timeoutMs, ...isolationLevel };
    return await withOwnConnection((began) => db.prisma.$transaction((tx) => run(tx, began), options));
  } catch (error) {
    const transient = isTransient(error);
    if (!transient) throw error;
    if (transient === 'full') throw new DatabaseUnavailable('disk-full', error);
    throw new DatabaseUnavailable(committing && transient === 'connection' ? 'unknown' : 'nothing-kept', error);
  }
}

/**
 * What several statements of one transaction give. When one fails the others are waited for all the same: what was asked for and
 * comes after the rollback would be done outside the transaction.
 * @throws the error of the first in the list that failed
 */
export async function allDone<const Works extends readonly Promise<unknown>[]>(
  ...works: Works
): Promise<{ -readonly [At in keyof Works]: Awaited<Works[At]> }> {
  await Promise.allSettled(works);
  return (await Promise.all(works)) as { -readonly [At in keyof Works]: Awaited<Works[At]> };
}
