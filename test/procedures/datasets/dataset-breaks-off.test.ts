// Article 18: the making of an analysis dataset that breaks off leaves nothing over, is made anew, and when it fails for good says so.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { datasetBundle } from '../../../src/procedures/bundle.ts';
import { decideDataset } from '../../../src/procedures/datasets/decide-dataset.ts';
import { destroyDataset } from '../../../src/procedures/datasets/destroy-dataset.ts';
import { generateDataset } from '../../../src/procedures/datasets/generate-dataset.ts';
import { openDataset } from '../../../src/procedures/datasets/read-dataset.ts';
import { requestDataset } from '../../../src/procedures/datasets/request-dataset.ts';
import { JOB_WORK } from '../../../src/procedures/job-kinds.ts';
import { longWork, runDueJobs } from '../../../src/procedures/run-jobs.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { datasetPaper, filedPeople, goodRequest } from '../../support/filed-people.ts';
import { refusal } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

const OFFICER = 'xuewei.guan';
const HEAD = 'xuewei.zhuren';

let test: TestWorld;
let agreement = '';
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-25');
  await filedPeople(test, 1500);
  agreement = await datasetPaper(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  test.setClock('2026-06-25');
  // One organisation has one dataset of the same people at a time: those of other tests are out of the way.
  for (const { id } of await db().dataset.findMany({ where: { state: { in: ['approved', 'ready'] } } }))
    await destroyDataset(test.callAs(OFFICER), { institution: HERE, datasetId: id, reason: '测试结束，不再需要' });
  await db().job.deleteMany({ where: { state: 'waiting' } });
});

const db = () => test.world.db.prisma;
const rowOf = (id: string) => db().dataset.findFirstOrThrow({ where: { id } });
const piecesOf = (datasetId: string) => db().datasetPiece.count({ where: { datasetId } });
const keysOfDataset = (datasetId: string) => db().datasetKey.count({ where: { datasetId } });
const ask = (other: Parameters<typeof goodRequest>[1] = {}) =>
  requestDataset(test.callAs(OFFICER), goodRequest(agreement, other));
const decide = (datasetId: string, expectedVersion = 1) =>
  decideDataset(test.callAs(HEAD), {
    ...{ institution: HERE, datasetId, expectedVersion, decision: 'consent' as const, reason: '' },
  });
const key = (id: string) => ({ institution: HERE, id });

describe('Article 18: a making that breaks off', () => {
  const known = JOB_WORK['generate-dataset'];
  afterEach(() => {
    JOB_WORK['generate-dataset'] = known;
  });
  const jobOf = (datasetId: string) =>
    db().job.findFirstOrThrow({ where: { kind: 'generate-dataset', key: { startsWith: datasetId } } });
  const again = () => db().job.updateMany({ where: { state: 'waiting' }, data: { leaseUntil: new Date(0) } });
  const madeSteps = (datasetId: string) =>
    db().step.findMany({
      where: { name: 'generate-dataset', subjects: { some: { subjectId: datasetId } } },
      orderBy: { leafIndex: 'asc' },
    });
  const broken = (error: Error) =>
    longWork({
      ...generateDataset,
      prepare: async () => {
        throw error;
      },
    });

  it('after its rows were written leaves nothing of them, and is made anew as a whole', async () => {
    let breaks = true;
    JOB_WORK['generate-dataset'] = longWork({
      ...generateDataset,
      async finish(tx, world, job, prepared) {
        const made = await generateDataset.finish(tx, world, job, prepared);
        if (!breaks) return made;
        expect(await tx.datasetPiece.count({ where: { datasetId } })).toBe(3);
        throw new RangeError('after the rows');
      },
    });
    const { datasetId } = await ask();
    await decide(datasetId);
    await runDueJobs(test.world);
    expect([await piecesOf(datasetId), await keysOfDataset(datasetId)]).toEqual([0, 0]);
    expect(await rowOf(datasetId)).toMatchObject({ state: 'approved', rowCount: null, contentDigest: null });
    expect(await madeSteps(datasetId)).toEqual([]);
    breaks = false;
    await again();
    await runDueJobs(test.world);
    expect(await rowOf(datasetId)).toMatchObject({ state: 'ready' });
    expect([await piecesOf(datasetId), await keysOfDataset(datasetId)]).toEqual([3, 1]);
  });

  it('because another server has it by now keeps nothing of the first', async () => {
    let first = true;
    JOB_WORK['generate-dataset'] = longWork({
      ...generateDataset,
      async prepare(world, job, breathe) {
        const prepared = await generateDataset.prepare(world, job, breathe);
        if (!first) return prepared;
        first = false;
        // The lease ends while this one computes, and another server does the whole.
        await db().job.updateMany({ where: { id: job.id }, data: { leaseUntil: new Date(0) } });
        expect(await runDueJobs(test.world)).toBe(1);
        return prepared;
      },
    });
    const { datasetId } = await ask();
    await decide(datasetId);
    const told: object[] = [];
    await runDueJobs(test.world, (facts) => told.push(facts));
    expect(told).toEqual([]);
    expect(await jobOf(datasetId)).toMatchObject({ state: 'done', done: 1, attempts: 2 });
    expect(await madeSteps(datasetId)).toHaveLength(1);
    expect([await piecesOf(datasetId), await keysOfDataset(datasetId)]).toEqual([3, 1]);
    test.setClock('2026-07-02');
    const opened = await openDataset(test.world, test.callAs(OFFICER).actor, key(datasetId), { what: 'csv' });
    const rows: string[][] = [];
    for await (const row of opened.all()) rows.push(row);
    expect(rows).toHaveLength((await rowOf(datasetId)).rowCount ?? -1);
  });

  it('for good says so in a sealed step, keeps nothing, and can be asked for again', async () => {
    JOB_WORK['generate-dataset'] = broken(new RangeError('with a name 张三 in its text'));
    const { datasetId } = await ask();
    await decide(datasetId);
    for (let time = 0; time < 6; time++) {
      await runDueJobs(test.world);
      await again();
    }
    expect(await jobOf(datasetId)).toMatchObject({ state: 'failed', attempts: 5, lastError: 'RangeError' });
    const problem = { reason: 'dataset-not-made', found: { error: 'RangeError', attempts: 5 } };
    expect(await rowOf(datasetId)).toMatchObject({ state: 'failed', version: 3, rowCount: null, problem });
    const [said, more] = await madeSteps(datasetId);
    expect(more).toBeUndefined();
    expect(JSON.parse(said?.statement ?? '{}').facts).toMatchObject({ possible: null, ...problem });
    expect(said?.statement).not.toContain('张三');
    expect([await piecesOf(datasetId), await keysOfDataset(datasetId)]).toEqual([0, 0]);
    const bundle = await verifyBundle(await datasetBundle(test.world, HERE, datasetId), { roots: [test.root.der] });
    expect(bundle.verdict).toBe('valid');
    expect(await refusal(decide(datasetId, 3))).toMatchObject({ codes: ['dataset-state'] });
    JOB_WORK['generate-dataset'] = known;
    // The same organisation is not kept waiting by what came to nothing, for this request or another.
    const other = await ask();
    expect(other.datasetId).not.toBe(datasetId);
    const revised = await ask({ revises: { datasetId, expectedVersion: 3 } });
    await decide(datasetId, revised.version);
    await runDueJobs(test.world);
    expect(await rowOf(datasetId)).toMatchObject({ state: 'ready', problem: null });
  });

  it('and cannot even say so is tried again until it can', async () => {
    let mute = true;
    JOB_WORK['generate-dataset'] = longWork({
      ...generateDataset,
      prepare: async () => {
        throw new Error('always');
      },
      async giveUp(...given) {
        await generateDataset.giveUp?.(...given);
        if (mute) throw new Error('no seal');
      },
    });
    const { datasetId } = await ask();
    await decide(datasetId);
    for (let time = 0; time < 6; time++) {
      await runDueJobs(test.world);
      await again();
    }
    expect(await jobOf(datasetId)).toMatchObject({ state: 'waiting', attempts: 6, finishedAt: null });
    expect(await rowOf(datasetId)).toMatchObject({ state: 'approved', problem: null });
    expect(await madeSteps(datasetId)).toEqual([]);
    mute = false;
    await runDueJobs(test.world);
    expect(await jobOf(datasetId)).toMatchObject({ state: 'failed', attempts: 7 });
    expect(await rowOf(datasetId)).toMatchObject({ state: 'failed' });
  });
});
