// What an orchestrator is told: at once, and never more than is known of the database.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHealth } from '../../src/http/health.ts';
import type { Reply } from '../../src/http/reply.ts';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let api: TestApi;
beforeAll(async () => {
  test = await testWorld();
  api = await startApi(test);
});
afterAll(async () => {
  await api.close();
  await test.close();
});

const get = async (path: string) => {
  const response = await fetch(`${api.url}${path}`);
  return { status: response.status, body: await response.json() };
};

describe('While the embedded database is busy with one long transaction', () => {
  it('the process is live, the database busy, and as soon as it is over it answers again', async () => {
    await expect
      .poll(() => get('/health'))
      .toMatchObject({ status: 200, body: { status: 'ok', database: { answered: true } } });
    let end = () => {};
    let begun = () => {};
    const holding = new Promise<void>((done) => {
      begun = done;
    });
    const work = inTransaction(test.world.db, async () => {
      begun();
      await new Promise<void>((done) => {
        end = done;
      });
    });
    await holding;
    expect(await get('/health/live')).toEqual({ status: 200, body: { status: 'ok' } });
    const busy = await get('/health');
    expect(busy).toMatchObject({ status: 200, body: { status: 'busy', database: { answered: true } } });
    expect(busy.body.database.askedSecondsAgo).toBeGreaterThanOrEqual(0);
    expect(await Promise.all([get('/health'), get('/health')])).toMatchObject([{ status: 200 }, { status: 200 }]);
    end();
    await work;
    await expect.poll(async () => (await get('/health')).body.status, { timeout: 20_000 }).toBe('ok');
  });

  it('HEAD will do, and nothing is to be posted', async () => {
    for (const path of ['/health', '/health/live']) {
      expect((await fetch(`${api.url}${path}`, { method: 'HEAD' })).status).toBe(200);
      expect((await fetch(`${api.url}${path}`, { method: 'POST' })).status).toBe(405);
    }
  });
});

/** A database whose answers the test gives, and a clock that the test moves. */
function staged() {
  let now = 0;
  const asked: { answer(): void; refuse(): void }[] = [];
  const findFirst = () =>
    new Promise<null>((answer, refuse) => {
      asked.push({ answer: () => answer(null), refuse: () => refuse(new Error('no')) });
    });
  const db = { prisma: { calendarDay: { findFirst } } } as never;
  const health = makeHealth({ db }, { waitMs: 1, busyMs: 60_000, clock: () => now });
  const ready = async () => {
    const { status, body } = (await health.ready()) as Reply & { body: string };
    return { code: status, ...JSON.parse(body) };
  };
  return { asked, ready, pass: (ms: number) => (now += ms) };
}

describe('The last answer of the database', () => {
  it('is told with its age while another is awaited; too old it counts no more', async () => {
    const { asked, ready, pass } = staged();
    pass(30_000);
    const first = { answered: true, secondsAgo: 30, askedSecondsAgo: 0 };
    expect(await ready()).toEqual({ code: 200, status: 'busy', database: first });
    pass(30_000);
    expect(await ready()).toMatchObject({ code: 200, database: { secondsAgo: 60, askedSecondsAgo: 30 } });
    pass(1);
    expect(await ready()).toMatchObject({ code: 503, status: 'database-unavailable', database: { answered: true } });
    // However many ask: one question is under way.
    expect(asked).toHaveLength(1);
    asked[0]?.answer();
    await new Promise((done) => setImmediate(done));
    const next = ready();
    asked[1]?.answer();
    expect(await next).toEqual({ code: 200, status: 'ok', database: { answered: true, secondsAgo: 0 } });
  });

  it('that was a refusal is 503 until a better one comes', async () => {
    const { asked, ready, pass } = staged();
    const refused = ready();
    asked[0]?.refuse();
    expect(await refused).toMatchObject({ code: 503, status: 'database-unavailable', database: { answered: false } });
    pass(5_000);
    expect(await ready()).toMatchObject({ code: 503, database: { answered: false, secondsAgo: 5 } });
    asked[1]?.answer();
    await new Promise((done) => setImmediate(done));
    expect(await ready()).toMatchObject({ code: 200, status: 'busy', database: { answered: true } });
  });
});
