// What a reader can do with the client, as the compiler sees it.
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import type { Client, Reader } from '../../../src/store/database/client.ts';
import { statementNames } from '../../../src/store/database/statement-name.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.close());

test('a reader has the reads of every model and nothing else', () => {
  type Reads = 'findUnique' | 'findUniqueOrThrow' | 'findFirst' | 'findFirstOrThrow' | 'findMany';
  expectTypeOf<keyof Reader['calendarDay']>().toEqualTypeOf<Reads | 'count' | 'aggregate' | 'groupBy'>();
  expectTypeOf<Extract<keyof Reader, `$${string}`>>().toEqualTypeOf<never>();
  expectTypeOf<Client>().toExtend<Reader>();
});

test('a reader still knows what it selected', async () => {
  const reader: Reader = db.prisma;
  await db.prisma.calendarDay.create({
    data: { institution: '10447', date: '2025-10-01', kind: 'holiday', name: '国庆节' },
  });
  const found = await reader.calendarDay.findMany({ select: { name: true } });
  expectTypeOf(found).toEqualTypeOf<{ name: string }[]>();
  expect(found).toEqual([{ name: '国庆节' }]);
});

test('statements are prepared once per text', async () => {
  for (let n = 0; n < 3; n += 1) {
    const institution_date = { institution: '10447', date: `2025-10-0${n}` };
    await db.prisma.calendarDay.findUnique({ where: { institution_date } });
  }
  const nameOf = statementNames();
  expect(nameOf('SELECT 1')).toBe(nameOf('SELECT 1'));
  expect(nameOf('SELECT 1')).not.toBe(nameOf('SELECT 2'));
  const client = await db.pool.connect();
  const { rows } = await client.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM pg_prepared_statements WHERE statement LIKE '%CalendarDay%LIMIT%'",
  );
  client.release();
  expect(rows[0]?.n).toBe(1);
});
