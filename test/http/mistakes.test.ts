// Article 21: the log line of a mistake of ours says where it happened, and nothing that a driver or a caller said.
import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mistakeLine } from '../../src/http/mistakes.ts';
import { DatabaseUnavailable } from '../../src/store/database/errors.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const SECRET = '371502200403150011';
const hunt = (error: unknown) => mistakeLine(error, { requestId: 'r', code: 'INTERNAL' });

describe('Article 21: a mistake in the log', () => {
  it.each([
    ['a message that holds it', new Error(`value ${SECRET}`)],
    ['a message whose lines look like frames', new Error(`x\n    at ${SECRET}\n    at ${SECRET} (/src/a.ts:1:2)`)],
    ['a cause', new DatabaseUnavailable('nothing-kept', new Error(`Key (phone)=(${SECRET})\n   at ${SECRET}`))],
    ['an error in an error', new GraphQLError('x', { originalError: new Error(`\n    at (${SECRET})`) })],
    ['a code that is no code', Object.assign(new Error('x'), { code: `${SECRET} and more` })],
    ['a detail of a driver', Object.assign(new Error('x'), { detail: SECRET, hint: SECRET, meta: { args: [SECRET] } })],
    ['what is no error', { secret: SECRET }],
  ])('%s', (_, error) => {
    expect(hunt(error)).not.toContain(SECRET);
  });

  it('a message that was changed after the stack was made shows no line of the old one', () => {
    const error = new Error(`old\n    at ${SECRET}`);
    error.message = 'new';
    expect(hunt(error)).not.toContain(SECRET);
  });

  it('still says where: the kind of error, and frames of our own code', () => {
    const { chain } = JSON.parse(hunt(new TypeError('x'))) as { chain: { name: string; at: string[] }[] };
    expect(chain[0]?.name).toBe('TypeError');
    expect(chain[0]?.at.length).toBeGreaterThan(0);
  });

  describe('as Prisma throws it', () => {
    let db: TestDatabase;
    beforeAll(async () => {
      db = await freshDatabase();
    });
    afterAll(() => db.close());

    it('a refused row, a wrong argument and a raw statement quote values, and none of them is in the line', async () => {
      const { prisma } = db;
      await db.pool.query(`CREATE FUNCTION betray() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION E'%\\n    at %', NEW::text, NEW::text USING ERRCODE = '23514', DETAIL = NEW::text; END $$;
        CREATE TRIGGER betray BEFORE INSERT ON "CalendarDay" FOR EACH ROW EXECUTE FUNCTION betray()`);
      const day = { institution: '10447', date: '2026-01-01', kind: 'holiday', name: SECRET };
      const thrown = await Promise.allSettled([
        prisma.calendarDay.create({ data: day }),
        prisma.calendarDay.create({ data: { ...day, wrong: SECRET } as never }),
        prisma.calendarDay.findMany({ where: { name: { nothing: SECRET } } as never }),
        prisma.$queryRaw`SELECT ${SECRET}::int`,
      ]);
      const reasons = thrown.map((one) => (one.status === 'rejected' ? (one.reason as Error) : null));
      expect(reasons).not.toContain(null);
      // Else nothing would be shown by its absence.
      expect(reasons.some((reason) => String(reason?.message).includes(SECRET))).toBe(true);
      for (const reason of reasons) expect(hunt(reason)).not.toContain(SECRET);
    });
  });
});
