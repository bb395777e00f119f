// prisma/schema.prisma and prisma/migrations describe the same database.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { readPrismaSchema, type Table } from '../support/prisma-schema.ts';

const schema = readPrismaSchema(readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8'));

let db: TestDatabase;
let real: Map<string, Table>;
beforeAll(async () => {
  db = await freshDatabase();
  real = await readDatabase();
});
afterAll(() => db.close());

const COLUMNS = `
  SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'`;

/** Indexes on an expression or a part of the rows are beyond what Prisma can say, and are not compared. */
const INDEXES = `
  SELECT c.relname AS "table", i.indisprimary AS "primary", i.indisunique AS "unique", ARRAY(
    SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(n, at)
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.n WHERE k.at <= i.indnkeyatts ORDER BY k.at) AS columns
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'
    AND i.indpred IS NULL AND i.indexprs IS NULL`;

const FOREIGN_KEYS = `
  SELECT c.relname AS "table", t.relname AS target,
    ARRAY(SELECT a.attname::text FROM unnest(f.conkey) WITH ORDINALITY k(n, at) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.n ORDER BY k.at) AS own,
    ARRAY(SELECT a.attname::text FROM unnest(f.confkey) WITH ORDINALITY k(n, at) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.n ORDER BY k.at) AS theirs
  FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class t ON t.oid = f.confrelid WHERE f.contype = 'f'`;

async function readDatabase(): Promise<Map<string, Table>> {
  const tables = new Map<string, Table>();
  const of = (name: string): Table => {
    const table = tables.get(name) ?? { columns: {}, primaryKey: [], uniques: [], indexes: [], foreignKeys: [] };
    tables.set(name, table);
    return table;
  };
  for (const { table, name, type, required } of (await db.pool.query(COLUMNS)).rows)
    of(table).columns[name] = { type, required };
  for (const { table, primary, unique, columns } of (await db.pool.query(INDEXES)).rows) {
    if (primary) of(table).primaryKey = columns;
    else of(table)[unique ? 'uniques' : 'indexes'].push(columns.join(', '));
  }
  for (const { table, target, own, theirs } of (await db.pool.query(FOREIGN_KEYS)).rows)
    of(table).foreignKeys.push(`${own.join(', ')} → ${target}(${theirs.join(', ')})`);
  return tables;
}

test('the same tables', () => {
  expect([...real.keys()].sort()).toEqual([...schema.keys()].sort());
  expect(schema.size).toBeGreaterThan(20);
});

describe.each([...schema.keys()])('table %s', (name) => {
  test('the same columns, types and nullability', () => {
    const wanted = schema.get(name)?.columns ?? {};
    const found = real.get(name)?.columns ?? {};
    for (const [column, { type }] of Object.entries(found)) {
      // Prisma says nothing of whether a list may be NULL.
      if (type.endsWith('[]')) found[column] = { type, required: false };
    }
    expect(found).toEqual(wanted);
  });

  test('the same primary key, uniques, indexes and foreign keys', () => {
    const keys = (table: Table | undefined) => ({
      primaryKey: table?.primaryKey,
      uniques: table?.uniques.toSorted(),
      indexes: table?.indexes.toSorted(),
      foreignKeys: table?.foreignKeys.toSorted(),
    });
    expect(keys(real.get(name))).toEqual(keys(schema.get(name)));
  });
});

test('the reader of schema.prisma refuses a type that it does not know', () => {
  expect(() => readPrismaSchema('model Thing {\n  id String @id\n  shape Polygon\n}\n')).toThrow('unknown type');
});

test('a disagreement planted in the database is seen', async () => {
  const indexes = async () => (await readDatabase()).get('Session')?.indexes;
  const ended = async () => (await readDatabase()).get('Session')?.columns.endedAt?.required;
  expect([await indexes(), await ended()]).toEqual([['officerId'], false]);
  await db.pool.query('ALTER TABLE "Session" ALTER "endedAt" SET NOT NULL; DROP INDEX "Session_officerId_idx"');
  expect([await indexes(), await ended()]).toEqual([[], true]);
});
