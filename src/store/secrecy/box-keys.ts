// Which keys the sealed boxes in the database name: counted, for who changes keys.
import type { Database } from '../database/connect.ts';
import { queryOn } from '../database/own-connection.ts';
import { boxKeysSql, SECRET_TABLES } from './secret-columns.ts';

/** How many boxes of a table are sealed by a key. */
export interface KeyUseCount {
  readonly table: string;
  readonly keyId: string;
  readonly boxes: number;
}

type Asker = Parameters<typeof queryOn>[0];

/** All of them, of one institution or of the whole register, in the order of {@link SECRET_TABLES}. Reads every box's first bytes. */
export async function countBoxes(tx: Asker, institution: string | null): Promise<KeyUseCount[]> {
  const counts: KeyUseCount[] = [];
  for (const { table, columns, only } of SECRET_TABLES) {
    const boxes = columns.map((column) => `SELECT b.k FROM ${boxKeysSql(column)} AS b`).join(' UNION ALL ');
    const sql = `SELECT a.k AS "keyId", count(*)::int AS "boxes" FROM "${table}" t CROSS JOIN LATERAL (${boxes}) AS a
      WHERE ($1::text IS NULL OR t."institution" = $1) ${only ? `AND ${only}` : ''} GROUP BY a.k ORDER BY a.k`;
    const rows = await queryOn<{ keyId: string; boxes: number }>(tx, sql, [institution]);
    counts.push(...rows.map((row) => ({ table, ...row })));
  }
  return counts;
}

/**
 * How many rows hold a box of another key than this one. With `null` how many rows there are, for a walk that looks at all of them.
 */
export async function countBoxRows(tx: Asker, institution: string, notUnder: string | null): Promise<number> {
  let total = 0;
  for (const { table, columns, only } of SECRET_TABLES) {
    const other = columns.map((column) => `EXISTS (SELECT FROM ${boxKeysSql(column)} AS b WHERE b.k <> $2)`);
    const sql = `SELECT count(*)::int AS "rows" FROM "${table}" t WHERE t."institution" = $1
      ${only ? `AND ${only}` : ''} AND ($2::text IS NULL OR ${other.join(' OR ')})`;
    const [found] = await queryOn<{ rows: number }>(tx, sql, [institution, notUnder]);
    total += found?.rows ?? 0;
  }
  return total;
}

/** The same outside of any transaction, over the whole register. */
export function countAllBoxes(db: Database): Promise<KeyUseCount[]> {
  return countBoxes(db.prisma, null);
}
