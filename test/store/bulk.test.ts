// Many rows in one statement come back as they went in, whatever their type.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { insertRows } from '../../src/store/bulk.ts';
import { inTransaction } from '../../src/store/transaction.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const COLUMNS = [
  { name: 'id', type: 'uuid' },
  { name: 'a "name"', type: 'text' },
  { name: 'names', type: 'text[]' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamptz' },
  { name: 'n', type: 'int' },
  { name: 'big', type: 'bigint' },
  { name: 'yes', type: 'boolean' },
  { name: 'content', type: 'jsonb' },
  { name: 'bytes', type: 'bytea' },
  { name: 'chain', type: 'bytea[]' },
] as const;

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
  const columns = COLUMNS.map(({ name, type }) => `"${name.replaceAll('"', '""')}" ${type}`);
  await db.pool.query(`CREATE TABLE "Any Thing" (position serial, ${columns.join(', ')})`);
});
afterAll(() => db.close());
beforeEach(() => db.reset());

const word = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''));
const bytes = fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each));
const when = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const row = fc.tuple(
  fc.uuid(),
  fc.option(word),
  fc.option(fc.array(word)),
  fc.option(when.map((date) => date.toISOString().slice(0, 10))),
  fc.option(when),
  fc.option(fc.integer()),
  fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  fc.option(fc.boolean()),
  fc.option(fc.dictionary(word, fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null)))),
  fc.option(bytes),
  fc.option(fc.array(bytes)),
);

test('rows come back as they went in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
      await db.reset();
      const added = await inTransaction(db, (tx) => insertRows(tx, 'Any Thing', COLUMNS, rows));
      expect(added).toBe(rows.length);
      const found = await db.pool.query({
        text: 'SELECT id, "a ""name""", names, day::text, at, n, big, yes, content, bytes, chain FROM "Any Thing" ORDER BY position',
        rowMode: 'array',
      });
      const expected = rows.map((each) => each.map((value) => (typeof value === 'bigint' ? String(value) : value)));
      // A prototype-less dictionary of fast-check and an object of node-postgres differ in nothing that is kept.
      expect(JSON.stringify(sorted(found.rows))).toBe(JSON.stringify(sorted(expected)));
    }),
    { numRuns: 40 },
  );
});

test('more rows than one statement takes', async () => {
  const rows = Array.from({ length: 4_500 }, (_, n) => [n, `名字 ${n}`]);
  const columns = [COLUMNS[5], COLUMNS[1]];
  expect(await inTransaction(db, (tx) => insertRows(tx, 'Any Thing', columns, rows))).toBe(4_500);
  const { rows: found } = await db.pool.query('SELECT count(DISTINCT n)::int AS n FROM "Any Thing"');
  expect(found).toEqual([{ n: 4_500 }]);
});

test('one bad value and no row is kept', async () => {
  const rows = [
    [1, true],
    [2, 'perhaps'],
  ];
  const work = inTransaction(db, (tx) => insertRows(tx, 'Any Thing', [COLUMNS[5], COLUMNS[7]], rows));
  await expect(work).rejects.toMatchObject({ code: '22P02' });
  expect((await db.pool.query('SELECT 1 FROM "Any Thing"')).rowCount).toBe(0);
});

/** Keys of objects in one order: jsonb keeps its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value) || value instanceof Date) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}
