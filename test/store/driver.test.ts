// What every driver must get right, whichever database stands behind it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseUnavailable } from '../../src/store/database/errors.ts';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { sqlState } from '../../src/store/database/transient.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const day = (date: string) => ({ institution: '10447', date, kind: 'holiday', name: '元旦' });

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
  await db.pool.query('CREATE TABLE parent (id int PRIMARY KEY)');
  await db.pool.query('CREATE TABLE child (parent int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)');
});
afterAll(() => db.close());
beforeEach(() => db.reset());

describe('the four checks of a driver', () => {
  test('a deferred constraint that fails at COMMIT is reported', async () => {
    const work = inTransaction(db, (tx) => tx.$executeRaw`INSERT INTO child VALUES (1)`);
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(sqlState(error)).toBe('23503');
    expect((await db.pool.query('SELECT * FROM child')).rowCount).toBe(0);
  });

  test('the isolation level is honoured', async () => {
    const level = (isolation: 'RepeatableRead' | 'Serializable') =>
      inTransaction(db, (tx) => tx.$queryRaw`SHOW transaction_isolation`, { isolation });
    expect(await level('RepeatableRead')).toEqual([{ transaction_isolation: 'repeatable read' }]);
    expect(await level('Serializable')).toEqual([{ transaction_isolation: 'serializable' }]);
    expect(await db.prisma.$queryRaw`SHOW transaction_isolation`).toEqual([
      { transaction_isolation: 'read committed' },
    ]);
  });

  test('a nested transaction is a savepoint', async () => {
    await inTransaction(db, async (tx) => {
      await tx.calendarDay.create({ data: day('2025-01-01') });
      const inner = tx.$transaction(async (nested) => {
        await nested.calendarDay.create({ data: day('2025-01-02') });
        await nested.calendarDay.create({ data: day('2025-01-01') });
      });
      await expect(inner).rejects.toMatchObject({ code: 'P2002' });
      await tx.calendarDay.create({ data: day('2025-01-03') });
    });
    const kept = await db.prisma.calendarDay.findMany({ orderBy: { date: 'asc' }, select: { date: true } });
    expect(kept).toEqual([{ date: '2025-01-01' }, { date: '2025-01-03' }]);
  });
});

describe('a transaction', () => {
  test('keeps nothing when its work throws', async () => {
    const work = inTransaction(db, async (tx) => {
      await tx.calendarDay.create({ data: day('2025-01-01') });
      throw new RangeError('no');
    });
    await expect(work).rejects.toThrow(RangeError);
    expect(await db.prisma.calendarDay.count()).toBe(0);
  });

  test('never reports success when a statement failed and its error was swallowed', async () => {
    const work = inTransaction(db, async (tx) => {
      await tx.calendarDay.create({ data: day('2025-01-01') });
      await tx.$executeRaw`SELECT 1 / 0`.catch(() => {});
    });
    await expect(work).rejects.toThrow('25P02');
    expect(await db.prisma.calendarDay.count()).toBe(0);
  });

  test('that takes too long is rolled back, typed, and lets the next one in', async () => {
    const slow = inTransaction(
      db,
      async (tx) => {
        await tx.calendarDay.create({ data: day('2025-01-01') });
        await new Promise((resolve) => setTimeout(resolve, 400));
        await tx.calendarDay.count();
      },
      { timeoutMs: 100 },
    );
    await expect(slow).rejects.toMatchObject({ name: 'DatabaseUnavailable', outcome: 'nothing-kept' });
    expect(await inTransaction(db, (tx) => tx.calendarDay.count())).toBe(0);
  });

  test('many at once all come through', async () => {
    const dates = Array.from({ length: 25 }, (_, at) => `2025-03-${at + 1}`);
    await Promise.all(
      dates.map((date) =>
        inTransaction(db, async (tx) => {
          await tx.calendarDay.create({ data: day(date) });
          await new Promise((resolve) => setTimeout(resolve, 2));
          expect(
            await tx.calendarDay.findUnique({ where: { institution_date: { institution: '10447', date } } }),
          ).toMatchObject({ date });
        }),
      ),
    );
    expect(await db.prisma.calendarDay.count()).toBe(25);
  });

  test.each(['40001', '40P01'])('a transient failure (%s) is DatabaseUnavailable', async (state) => {
    const raise = `DO $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = '${state}'; END $$`;
    const work = inTransaction(db, (tx) => tx.$executeRawUnsafe(raise));
    const error = await work.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(error).toMatchObject({ outcome: 'nothing-kept' });
  });

  test('a connection lost in the middle is DatabaseUnavailable, and nothing is kept', async () => {
    const work = inTransaction(db, async (tx) => {
      await tx.calendarDay.create({ data: day('2025-01-01') });
      if (db.kind === 'postgresql') {
        const [own] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
        await db.pool.query('SELECT pg_terminate_backend($1)', [own?.pid]);
      } else breakOne();
      await tx.calendarDay.count();
    });
    await expect(work).rejects.toMatchObject({ name: 'DatabaseUnavailable', outcome: 'nothing-kept' });
    expect(await db.prisma.calendarDay.count()).toBe(0);
  });
});

/** Breaks every connection of the pool: on the embedded database there is nobody to terminate a backend. */
function breakOne(): void {
  const clients: unknown = Reflect.get(db.pool, '_clients');
  for (const client of clients as { connection: { stream: { destroy(error: Error): void } } }[])
    client.connection.stream.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
}

test('timestamps keep their instant, whatever the zone of the server', async () => {
  const at = new Date('2025-06-30T23:59:59.123Z');
  const token = { tokenHash: 'x', createdAt: at, expiresAt: at };
  const office = await db.prisma.office.create({ data: { id: '10447/x', kind: 'degree-office', name: '办公室' } });
  const officer = {
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    officeId: office.id,
    name: '王',
    loginName: 'w',
    passwordHash: '-',
    duties: ['import'],
  };
  await db.prisma.officer.create({ data: { ...officer, sessions: { create: token } } });
  const [row] = (await db.pool.query('SELECT extract(epoch FROM "expiresAt")::float8 AS s FROM "Session"')).rows;
  expect(row).toEqual({ s: at.getTime() / 1000 });
  expect((await db.prisma.session.findFirstOrThrow()).expiresAt).toEqual(at);
});
