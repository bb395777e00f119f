// Rows with sealed boxes, page by page, and boxes put in the place of others: only where the one that was read still is.
import { executeOn, queryOn } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';
import { boxKeysSql, type RowKey, type SecretTable } from './secret-columns.ts';

/** What a column holds: a box, JSON text with boxes, or a box of bytes. Null where it holds nothing. */
export type Cell = string | Uint8Array | null;

/** A row with the columns that hold boxes. */
export interface BoxRow {
  readonly key: RowKey;
  readonly cells: readonly Cell[];
  /** The look-up key of its identity number; null where the table has none. */
  readonly index: string | null;
}

/** Which page of a table. */
export interface BoxPage {
  readonly institution: string;
  /** The last key of the page before; null for the first page. */
  readonly after: RowKey | null;
  readonly most: number;
  /** Only rows that hold a box of another key than this one; null for all. */
  readonly notUnder: string | null;
  /** Whether rows that somebody else is writing are waited for, or passed over. */
  readonly patient: boolean;
}

const keyText = (table: SecretTable): string => table.key.map(({ name }) => `t."${name}"::text`).join(', ');

/** The next rows of a table by their keys, locked until the transaction ends. A page that is not full is the last. */
export async function readBoxPage(tx: Transaction, table: SecretTable, page: BoxPage): Promise<BoxRow[]> {
  const { institution, after, most, notUnder, patient } = page;
  const values: unknown[] = [institution, most];
  const conditions = [`t."institution" = $1`, ...(table.only ? [table.only] : [])];
  if (after) {
    const given = table.key.map(({ type }, at) => `$${values.push(after[at])}::${type === 'int' ? 'text::int' : type}`);
    conditions.push(`(${table.key.map(({ name }) => `t."${name}"`).join(', ')}) > (${given.join(', ')})`);
  }
  if (notUnder !== null) {
    values.push(notUnder);
    const other = (column: SecretTable['columns'][number]) =>
      `EXISTS (SELECT FROM ${boxKeysSql(column)} AS b WHERE b.k <> $${values.length})`;
    conditions.push(`(${table.columns.map(other).join(' OR ')})`);
  }
  const cells = table.columns.map(
    ({ name, form }, at) => `t."${name}"${form === 'bytes' || form === 'text' ? '' : '::text'} AS "c${at}"`,
  );
  const index = table.index ? `t."${table.index}"` : 'NULL';
  const sql = `SELECT ARRAY[${keyText(table)}] AS "key", ${cells.join(', ')}, ${index} AS "index" FROM "${table.table}" t
    WHERE ${conditions.join(' AND ')} ORDER BY ${table.key.map(({ name }) => `t."${name}"`).join(', ')}
    LIMIT $2 FOR NO KEY UPDATE OF t ${patient ? '' : 'SKIP LOCKED'}`;
  type Row = { key: string[]; index: string | null } & Record<string, Cell>;
  const rows = await queryOn<Row>(tx, sql, values);
  return rows.map((row) => ({
    key: row.key,
    cells: table.columns.map((_, at) => row[`c${at}`] ?? null),
    index: row.index,
  }));
}

/** A row as it was read, and the cells and look-up key that take the place of its own. */
export interface ReplacedRow {
  readonly before: BoxRow;
  readonly cells: readonly Cell[];
  readonly index: string | null;
}

/**
 * Puts cells in the place of others. Nothing else of the row changes: neither its version nor when it was changed, because what it says
 * is the same.
 * @returns how many rows were still as they were read; the others are left alone
 */
export async function replaceBoxes(
  tx: Transaction,
  institution: string,
  table: SecretTable,
  rows: readonly ReplacedRow[],
): Promise<number> {
  if (rows.length === 0) return 0;
  // Until the end of this transaction the history lets boxes, and nothing but boxes, change.
  await executeOn(tx, `SELECT set_config('vermilion.re_encrypt', 'on', true)`, []);
  const bytes = table.columns.some(({ form }) => form === 'bytes');
  // Bytes go one by one: as members of an array they would be copied three times.
  if (!bytes) return replaceAll(tx, institution, table, rows);
  let replaced = 0;
  for (const row of rows) replaced += await replaceBytes(tx, institution, table, row);
  return replaced;
}

async function replaceAll(
  tx: Transaction,
  institution: string,
  table: SecretTable,
  rows: readonly ReplacedRow[],
): Promise<number> {
  const values: unknown[] = [institution];
  const names: string[] = [];
  const arrays: string[] = [];
  const give = (name: string, column: readonly unknown[]) => {
    arrays.push(`$${values.push([...column])}::text[]`);
    names.push(name);
  };
  table.key.forEach((_, at) => {
    give(
      `k${at}`,
      rows.map(({ before }) => before.key[at]),
    );
  });
  const casts = table.columns.map(({ form }) => (form === 'text' ? '' : '::jsonb'));
  table.columns.forEach((_, at) => {
    give(
      `o${at}`,
      rows.map(({ before }) => before.cells[at]),
    );
    give(
      `n${at}`,
      rows.map(({ cells }) => cells[at]),
    );
  });
  const set = table.columns.map(({ name }, at) => `"${name}" = n."n${at}"${casts[at]}`);
  const same = table.columns.map(({ name }, at) => `t."${name}" IS NOT DISTINCT FROM n."o${at}"${casts[at]}`);
  if (table.index) {
    give(
      'oi',
      rows.map(({ before }) => before.index),
    );
    give(
      'ni',
      rows.map(({ index }) => index),
    );
    set.push(`"${table.index}" = n."ni"`);
    same.push(`t."${table.index}" IS NOT DISTINCT FROM n."oi"`);
  }
  const key = table.key.map(({ name, type }, at) => `t."${name}" = n."k${at}"::${type}`);
  const sql = `UPDATE "${table.table}" t SET ${set.join(', ')}
    FROM unnest(${arrays.join(', ')}) AS n(${names.map((name) => `"${name}"`).join(', ')})
    WHERE t."institution" = $1 AND ${key.join(' AND ')} AND ${same.join(' AND ')}`;
  return executeOn(tx, sql, values);
}

async function replaceBytes(
  tx: Transaction,
  institution: string,
  table: SecretTable,
  { before, cells }: ReplacedRow,
): Promise<number> {
  const values: unknown[] = [institution, ...before.key];
  const key = table.key.map(({ name, type }, at) => `t."${name}" = $${at + 2}::text::${type}`);
  const set: string[] = [];
  const same: string[] = [];
  table.columns.forEach(({ name }, at) => {
    set.push(`"${name}" = $${values.push(cells[at])}::bytea`);
    same.push(`t."${name}" = $${values.push(before.cells[at])}::bytea`);
  });
  const sql = `UPDATE "${table.table}" t SET ${set.join(', ')} WHERE t."institution" = $1 AND ${key.join(' AND ')} AND ${same.join(' AND ')}`;
  return executeOn(tx, sql, values);
}
