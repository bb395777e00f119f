// Long work behind an answer: done piece by piece, resumed where it was, given up after five failures, never done by two at once.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JOB_WORK } from '../../src/procedures/job-kinds.ts';
import { type JobWork, keepRunningJobs, type Piece, runDueJobs } from '../../src/procedures/run-jobs.ts';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { advanceJob, enqueue, takeJob } from '../../src/store/jobs.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
const known = { ...JOB_WORK };
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(() => test.setClock('2026-06-23'));
afterEach(() => {
  Object.assign(JOB_WORK, { remind: known.remind });
});

/** Counts in a table of the register, so that a piece that is rolled back leaves nothing. */
const count = (tx: Parameters<JobWork>[0]) =>
  tx.numberSequence.upsert({
    where: { institution_name: { institution: HERE, name: 'counted' } },
    create: { institution: HERE, name: 'counted', last: 1 },
    update: { last: { increment: 1 } },
  });
const counted = async () =>
  (await test.world.db.prisma.numberSequence.findFirst({ where: { name: 'counted' } }))?.last ?? 0;

/** Counts `total` things, two at a time; the hook may break a piece after its work. */
function counting(total: number, hook: (next: number) => void = () => {}) {
  JOB_WORK.remind = async (tx, _world, _job, position): Promise<Piece> => {
    const begun = Number(position?.next ?? 0);
    const next = Math.min(total, begun + 2);
    for (let at = begun; at < next; at++) await count(tx);
    hook(next);
    return { done: next - begun, failed: 0, position: next === total ? null : { next } };
  };
}

async function add(key?: string, runAt = test.world.now()) {
  const job = { institution: HERE, kind: 'remind' as const, officeId: `${HERE}/degree-office`, createdById: null };
  const times = { runAt, createdAt: test.world.now() };
  return inTransaction(test.world.db, (tx) =>
    enqueue(tx, { ...job, ...times, input: {}, total: 5, ...(key ? { key } : {}) }),
  );
}
const jobOf = (id: string | null) => test.world.db.prisma.job.findFirstOrThrow({ where: { id: id ?? '' } });

describe('a job', () => {
  beforeEach(() => test.reset());

  it('is done to its end, with its progress', async () => {
    counting(5);
    const id = await add();
    expect(await runDueJobs(test.world)).toBe(1);
    expect(await jobOf(id)).toMatchObject({ state: 'done', done: 5, failed: 0, attempts: 1, lastError: null });
    expect(await counted()).toBe(5);
    expect(await runDueJobs(test.world)).toBe(0);
  });

  it('with a key is there once, however often it is asked for', async () => {
    counting(5);
    expect(await add('2026-06-23')).not.toBeNull();
    expect(await add('2026-06-23')).toBeNull();
    expect(await add('2026-06-24')).not.toBeNull();
  });

  it('waits for its time by the register’s clock', async () => {
    counting(5);
    const id = await add('later', new Date('2026-06-25T00:00:00Z'));
    expect(await runDueJobs(test.world)).toBe(0);
    test.setClock('2026-06-26');
    expect(await runDueJobs(test.world)).toBe(1);
    expect(await jobOf(id)).toMatchObject({ state: 'done' });
  });

  it('that breaks off keeps what was done, undoes the broken piece, and goes on there later', async () => {
    let breaks = true;
    counting(5, (next) => {
      if (next === 4 && breaks) throw new RangeError('with a name 张三 in its text');
    });
    const id = await add();
    const told: object[] = [];
    await runDueJobs(test.world, (facts) => told.push(facts));
    expect(told).toEqual([{ jobId: id, kind: 'remind', error: 'RangeError' }]);
    expect(await jobOf(id)).toMatchObject({
      state: 'waiting',
      done: 2,
      lastError: 'RangeError',
      position: { next: 2 },
    });
    expect(await counted()).toBe(2);
    breaks = false;
    expect(await runDueJobs(test.world)).toBe(0); // not before its wait is over
    await test.world.db.prisma.job.updateMany({ data: { leaseUntil: new Date(0) } });
    expect(await runDueJobs(test.world)).toBe(1);
    expect(await jobOf(id)).toMatchObject({ state: 'done', done: 5, attempts: 2 });
    expect(await counted()).toBe(5);
  });

  it('is given up after five failures and shown as failed', async () => {
    counting(5, () => {
      throw new Error('always');
    });
    const id = await add();
    for (let time = 0; time < 7; time++) {
      await runDueJobs(test.world);
      await test.world.db.prisma.job.updateMany({ where: { state: 'waiting' }, data: { leaseUntil: new Date(0) } });
    }
    expect(await jobOf(id)).toMatchObject({ state: 'failed', attempts: 5, done: 0 });
    expect(await counted()).toBe(0);
  });

  it('of a server that died is taken up by another when the lease is over, and the first can keep nothing more', async () => {
    counting(5);
    const id = await add();
    const now = test.world.now();
    const take = (machineNow: Date) =>
      inTransaction(test.world.db, (tx) =>
        takeJob(tx, { now, machineNow, leaseUntil: new Date(machineNow.getTime() + 60_000) }),
      );
    const began = Date.now();
    const first = await take(new Date(began));
    expect(first?.id).toBe(id);
    expect(await take(new Date(began))).toBeNull();
    const second = await take(new Date(began + 61_000));
    expect(second).toMatchObject({ id, attempts: 2 });
    const step = { done: 2, failed: 0, position: { next: 2 }, leaseUntil: new Date() };
    const { prisma } = test.world.db;
    expect(first && (await advanceJob(prisma, first, step))).toBe(false);
    expect(second && (await advanceJob(prisma, second, step))).toBe(true);
  });

  it('with which server after server dies is given up; one that was only put back often is not', async () => {
    counting(5);
    const [deadly, patient] = [await add(), await add()];
    const past = new Date(Date.now() - 1);
    const { job } = test.world.db.prisma;
    await job.updateMany({ where: { id: deadly ?? '' }, data: { state: 'running', attempts: 20, leaseUntil: past } });
    await job.updateMany({ where: { id: patient ?? '' }, data: { attempts: 20 } });
    const told: string[] = [];
    await runDueJobs(test.world, ({ error }) => told.push(error));
    expect(told).toEqual(['ServerDied']);
    expect(await jobOf(deadly)).toMatchObject({ state: 'failed', lastError: 'ServerDied', done: 0, leaseUntil: null });
    expect(await jobOf(patient)).toMatchObject({ state: 'done', done: 5 });
  });

  it('is put back where it was when the server stops', async () => {
    let stop: (() => Promise<void>) | undefined;
    let stopping: Promise<void> | undefined;
    counting(5, (next) => {
      if (next === 2) stopping = stop?.();
    });
    const id = await add();
    stop = keepRunningJobs(test.world, () => {}, 10);
    await expect.poll(() => stopping !== undefined).toBe(true);
    await stopping;
    expect(await jobOf(id)).toMatchObject({ state: 'waiting', done: 2, leaseUntil: null });
    expect(await runDueJobs(test.world)).toBe(1);
    expect(await jobOf(id)).toMatchObject({ state: 'done', done: 5 });
    expect(await counted()).toBe(5);
  });

  it('whose database is away says so once, and not at every look; and once more when it is away again', async () => {
    const { pool } = test.world.db;
    const told: string[] = [];
    let looks = 0;
    const now = () => {
      looks += 1;
      return test.world.now();
    };
    const world = { ...test.world, now };
    const more = async () => {
      const before = looks;
      await expect.poll(() => looks).toBeGreaterThan(before + 3);
    };
    const stop = keepRunningJobs(world, ({ error }) => told.push(error), 10);
    try {
      for (const times of [1, 2]) {
        await pool.query('ALTER TABLE "Job" RENAME TO "JobAway"');
        await more().finally(() => pool.query('ALTER TABLE "JobAway" RENAME TO "Job"'));
        expect(told).toHaveLength(times);
        await more();
      }
    } finally {
      await stop();
    }
    expect(told).toHaveLength(2);
  });
});
