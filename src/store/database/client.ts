// The Prisma client as the rest of the code sees it: whole inside the store and transactions, read-only elsewhere.
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { type Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import { statementNames } from './statement-name.ts';

/** The whole client. Only the store, procedures and Pothos' builder may hold one. */
export type Client = PrismaClient;

/** The client inside one transaction. */
export type Transaction = Prisma.TransactionClient;

type Reads =
  | 'findUnique'
  | 'findUniqueOrThrow'
  | 'findFirst'
  | 'findFirstOrThrow'
  | 'findMany'
  | 'count'
  | 'aggregate'
  | 'groupBy';

/** A client that can only read: find*, count, aggregate and groupBy of every model; no raw SQL, no transactions. */
export type ReadOnly<C> = {
  readonly [Model in keyof C as C[Model] extends { findMany: unknown } ? Model : never]: Pick<
    C[Model],
    Reads & keyof C[Model]
  >;
};

/** What a resolver gets. */
export type Reader = ReadOnly<Client>;

/** A client over the given pool; the pool stays the caller's to end. */
export function createClient(pool: pg.Pool): Client {
  const nameOf = statementNames();
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql) });
  return new PrismaClient({ adapter, errorFormat: 'minimal' });
}
