// Bulk rows go over the transaction's own connection: the same session, the same fate.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeOn } from '../../src/store/own-connection.ts';
import { inTransaction, type Transaction } from '../../src/store/transaction.ts';
import { freshDatabase } from '../support/database.ts';

let db: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.close());

const DAY = `INSERT INTO "CalendarDay" VALUES ($1, 'holiday', 'day')`;
const setting = async (tx: Transaction): Promise<string | undefined> => {
  const rows = await tx.$queryRaw<{ value: string }[]>`SELECT current_setting('test.value', true) AS value`;
  return rows[0]?.value;
};

describe('P3: a bulk statement belongs to its transaction', () => {
  it('is in the same session, also while others are at work', async () => {
    const seen = await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        inTransaction(db, async (tx) => {
          await executeOn(tx, `SELECT set_config('test.value', $1, true)`, [name]);
          return setting(tx);
        }),
      ),
    );
    expect(seen).toEqual(['one', 'two', 'three']);
  });

  it('is rolled back with it', async () => {
    const failing = inTransaction(db, async (tx) => {
      expect(await executeOn(tx, DAY, ['2026-10-01'])).toBe(1);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db.prisma.calendarDay.count()).toBe(0);
  });

  it('fails the whole transaction when it fails', async () => {
    const failing = inTransaction(db, async (tx) => {
      await executeOn(tx, DAY, ['2026-10-02']);
      await executeOn(tx, DAY, ['2026-10-02']);
    });
    await expect(failing).rejects.toThrow(/duplicate key/);
    expect(await db.prisma.calendarDay.count()).toBe(0);
  });

  it('works inside a savepoint, too', async () => {
    await inTransaction(db, async (tx) => {
      await tx.$transaction(async (inner) => {
        await executeOn(inner, DAY, ['2026-10-03']);
      });
    });
    expect(await db.prisma.calendarDay.count()).toBe(1);
  });
});
