// Bulk rows go over the transaction's own connection: the same session, the same fate.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeOn, queryMany } from '../../../src/store/database/own-connection.ts';
import { allDone, inTransaction, type Transaction } from '../../../src/store/database/transaction.ts';
import { freshDatabase } from '../../support/database.ts';

let db: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.close());

const DAY = `INSERT INTO "CalendarDay" VALUES ('10447', $1, 'holiday', 'day')`;
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

describe('rows that come as one JSON text', () => {
  const SQL =
    'SELECT "number", "text", "number" > 2 AS "large" FROM unnest($1::int[], $2::text[]) AS t("number", "text")';
  const texts = ['', '学位"\\', 'null', '𠮷\n\t', null];
  const rows = texts.map((text, at) => ({ number: at + 1, text, large: at + 1 > 2 }));
  const values = [rows.map(({ number }) => number), texts];

  it('are what they were, on the own connection and by way of Prisma', async () => {
    await inTransaction(db, async (tx) => {
      expect(await queryMany(tx, SQL, values)).toEqual(rows);
      expect(await queryMany(tx, SQL, [[], []])).toEqual([]);
      await tx.$transaction(async (inner) => {
        expect(await queryMany(inner, SQL, values)).toEqual(rows);
        expect(await queryMany(inner, SQL, [[], []])).toEqual([]);
      });
    });
  });
});

describe('several statements at once', () => {
  it('give what each gives', async () => {
    const given = await inTransaction(db, (tx) =>
      allDone(executeOn(tx, DAY, ['2026-10-04']), queryMany<{ one: number }>(tx, 'SELECT 1 AS one', [])),
    );
    expect(given).toEqual([1, [{ one: 1 }]]);
  });

  it('are all over when one fails, so that none is done after the rollback', async () => {
    const done: string[] = [];
    const later = new Promise<void>((resolve) => setTimeout(resolve, 20)).then(() => void done.push('later'));
    await expect(allDone(Promise.reject(new Error('first')), later)).rejects.toThrow('first');
    expect(done).toEqual(['later']);
  });
});
