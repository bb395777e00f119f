// How the database plans the statements of a bulk load.
import { executeOn, queryOn } from './own-connection.ts';
import type { Transaction } from './transaction.ts';

/**
 * Has every statement of this transaction planned anew. A plan that was made while a table was empty and is kept while a load
 * fills it reads the whole table for each key; planning costs a millisecond per thousand rows. Foreign keys are looked up anew as
 * well, for every row: where new records are written, see {@link queryOn} instead.
 */
export async function planAfresh(tx: Pick<Transaction, '$executeRaw'>): Promise<void> {
  await tx.$executeRaw`SET LOCAL plan_cache_mode = force_custom_plan`;
}

/** Below this many rows the database's idea of a table is renewed: it costs less than a tenth of a second. */
const FEW = 10_000;

/** The tables that are loaded by the thousand and looked up row by row straight afterwards. */
export type LoadedTable = 'DegreeRecord' | 'EnrolmentRecord' | 'RosterEntry' | 'ArchiveSubject';

/**
 * Tells the planner what a table looks like when it believes that it holds hardly anything: after the first rows of a load of
 * records, at the end of other loads, before each of many records gets a new version. Without this it takes every index for as good as the right one, above all after a large load
 * that was simulated or refused: looking up each of 20,000 rows then reads thousands of others. A statement that was prepared while a
 * table was empty is planned anew thereafter.
 * Whoever else is at the same work meanwhile is not waited for.
 */
export async function learnFromLoad(
  tx: Pick<Transaction, '$executeRawUnsafe' | '$queryRawUnsafe'>,
  table: LoadedTable,
): Promise<void> {
  const sql = 'SELECT "reltuples"::float8 AS "rows" FROM pg_class WHERE "oid" = $1::text::regclass';
  const known = await queryOn<{ rows: number }>(tx, sql, [`"${table}"`]);
  if ((known[0]?.rows ?? 0) < FEW) await executeOn(tx, `ANALYZE (SKIP_LOCKED) "${table}"`, []);
}
