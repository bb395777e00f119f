// A database that is busy past its patience is no mistake of anybody: the caller is told to come again, in either language.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mistakeOf } from '../../src/http/mistakes.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type TestWorld, TRIAL_PASSWORD, testWorld } from '../support/world.ts';

let world: TestWorld;
let api: TestApi;
beforeAll(async () => {
  world = await testWorld();
  api = await startApi(world);
});
afterAll(async () => {
  await api.close();
  await world.close();
});

/** Lets the database answer what it answers to who has waited too long, for every new row of a table or change of one. */
async function refuse(table: string, state: string): Promise<void> {
  await world.world.db.pool.query(`
    CREATE OR REPLACE FUNCTION busy() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'somebody else has it' USING ERRCODE = '${state}'; END $$;
    CREATE TRIGGER busy BEFORE INSERT OR UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION busy()`);
}
const letGo = (table: string) => world.world.db.pool.query(`DROP TRIGGER busy ON "${table}"`);

const signIn = (language: string) =>
  api.ask('mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }', {
    variables: { input: { loginName: 'jiaowu.cai', password: TRIAL_PASSWORD } },
    headers: { 'accept-language': language },
  });

test.each(['Officer', 'Session'])(
  'signing in while %s is held answers 503 with a stable code and no INTERNAL',
  async (table) => {
    await refuse(table, '55P03');
    try {
      for (const [language, sentence] of [
        ['zh', '数据库暂时不可用，未保存任何内容；请稍后重试。'],
        ['en', 'The database is unavailable at the moment and nothing was kept; try again later.'],
      ] as const) {
        const { status, errors } = await signIn(language);
        expect(status).toBe(503);
        expect(errors).toMatchObject([{ message: sentence, extensions: { code: 'DATABASE_UNAVAILABLE' } }]);
      }
    } finally {
      await letGo(table);
    }
    expect((await signIn('zh')).data.signIn.__typename).toBe('SignInSuccess');
  },
);

test('a transaction that could not begin in time is the same; what the database refuses for good stays a mistake', async () => {
  const { prisma } = world.world.db;
  const asked = prisma.$transaction(async (tx) => {
    await tx.officer.count();
    // The only session of the embedded database is taken meanwhile; on PostgreSQL all connections are.
    const other = () =>
      prisma.$transaction(() => new Promise((done) => setTimeout(done, 200)), { maxWait: 50, timeout: 5_000 });
    const others = Array.from({ length: 20 }, other);
    return (await Promise.allSettled(others)).flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  });
  const reasons = await asked;
  expect(reasons.length).toBeGreaterThan(0);
  for (const reason of reasons) expect(mistakeOf(reason)).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
  await refuse('Session', '23514');
  const { status, errors } = await signIn('en').finally(() => letGo('Session'));
  expect([status, errors[0]?.extensions.code]).toEqual([500, 'INTERNAL']);
});
