// The server is killed without warning while it makes an analysis dataset: nothing is left of it, and another server makes it anew as a whole.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call, World } from '../../src/procedures/call.ts';
import { decideDataset } from '../../src/procedures/datasets/decide-dataset.ts';
import { openDataset } from '../../src/procedures/datasets/read-dataset.ts';
import { requestDataset } from '../../src/procedures/datasets/request-dataset.ts';
import { toActor } from '../../src/procedures/offices/sign-in.ts';
import { todayOf } from '../../src/procedures/situation.ts';
import { addDays } from '../../src/regulation/deadlines/deadlines.ts';
import { ROWS_OF_PIECE } from '../../src/store/datasets/dataset-pieces.ts';
import { WITH_OFFICE } from '../../src/store/offices/sessions.ts';
import { type Api, openApi } from '../../src/trial/api.ts';
import { TRIAL_PASSWORD } from '../../src/trial/sample-institutions.ts';
import { datasetPaper, filedPeople, goodRequest } from '../support/filed-people.ts';
import { type OwnServer, ownServer } from '../support/own-server.ts';
import { until } from '../support/until.ts';
import { HERE, type TestWorld } from '../support/world.ts';

/** Some pieces of rows, and a second's work: enough to be killed in the middle of it. */
const PEOPLE = 3_000;
const OFFICER = 'xuewei.guan';
let own: OwnServer;

beforeAll(async () => {
  own = await ownServer('kill-dataset');
});
afterAll(() => own.drop());

/** What supports need of the register while no server runs. */
interface Register {
  readonly world: World;
  callAs(loginName: string): Call;
}

function inRegister<T>(work: (register: Register) => Promise<T>): Promise<T> {
  return own.inRegister(async (world) => {
    const officers = await world.db.prisma.officer.findMany({ include: WITH_OFFICE });
    const callAs = (loginName: string): Call => {
      const officer = officers.find((one) => one.loginName === loginName);
      if (!officer) throw new Error(`no sample officer ${loginName}`);
      return { world, actor: toActor(officer, todayOf(world)) };
    };
    return work({ world, callAs });
  });
}

/** Puts the people in place and leaves a dataset consented to, its making still to be done. */
async function order(register: Register): Promise<string> {
  const test = register as unknown as TestWorld;
  await filedPeople(test, PEOPLE);
  const today = todayOf(register.world);
  const term = { firstDay: today, lastDay: addDays(today, 30) };
  const { datasetId } = await requestDataset(register.callAs(OFFICER), goodRequest(await datasetPaper(test), term));
  const decision = { institution: HERE, datasetId, expectedVersion: 1, decision: 'consent', reason: '' } as const;
  await decideDataset(register.callAs('xuewei.zhuren'), decision);
  return datasetId;
}

const JOBS = 'query { jobs(first: 20) { nodes { kind state } } }';
async function stateOf(api: Api, token: string): Promise<string> {
  const { nodes } = (await api.query(token, JOBS, {})).jobs as { nodes: { kind: string; state: string }[] };
  return nodes.find(({ kind }) => kind === 'GENERATE_DATASET')?.state ?? 'none';
}

async function signIn(endpoint: string): Promise<{ api: Api; token: string }> {
  const api = openApi(endpoint);
  const { value } = await api.act(null, 'signIn', { loginName: OFFICER, password: TRIAL_PASSWORD }, 'token');
  return { api, token: String(value.token) };
}

/** Kills the server while the job runs. */
async function killWhileItRuns(): Promise<void> {
  const server = await own.start();
  const { api, token } = await signIn(server.endpoint);
  await until(async () => (await stateOf(api, token)) === 'RUNNING');
  await server.kill();
}

describe('a server killed while it makes an analysis dataset', () => {
  it('Article 18: leaves nothing of it, and another makes it as a whole and seals it once', async () => {
    const datasetId = await inRegister(order);
    for (const attempts of [1, 2]) {
      await killWhileItRuns();
      await inRegister(async ({ world: { db } }) => {
        const row = await db.prisma.dataset.findFirstOrThrow({ where: { id: datasetId } });
        expect(row).toMatchObject({
          state: 'approved',
          version: 2,
          rowCount: null,
          contentDigest: null,
          problem: null,
        });
        expect(await db.prisma.datasetPiece.count()).toBe(0);
        expect(await db.prisma.datasetKey.count()).toBe(0);
        expect(await db.prisma.step.count({ where: { name: 'generate-dataset' } })).toBe(0);
        const job = await db.prisma.job.findFirstOrThrow({ where: { kind: 'generate-dataset' } });
        expect(job).toMatchObject({ state: 'running', done: 0, attempts });
        await db.prisma.job.updateMany({ where: { id: job.id }, data: { leaseUntil: new Date(0) } });
      });
    }
    const server = await own.start();
    const { api, token } = await signIn(server.endpoint);
    await until(async () => (await stateOf(api, token)) === 'DONE');
    await server.stop();
    await inRegister(async (register) => {
      const { prisma } = register.world.db;
      const row = await prisma.dataset.findFirstOrThrow({ where: { id: datasetId } });
      expect(row).toMatchObject({ state: 'ready', version: 3 });
      const rows = row.rowCount ?? 0;
      expect(rows).toBeGreaterThan(PEOPLE * 0.94);
      expect(await prisma.datasetPiece.count()).toBe(Math.ceil(rows / ROWS_OF_PIECE));
      expect(await prisma.datasetKey.count()).toBe(1);
      expect(await prisma.step.count({ where: { name: 'generate-dataset' } })).toBe(1);
      const { actor } = register.callAs(OFFICER);
      const opened = await openDataset(register.world, actor, { institution: HERE, id: datasetId }, { what: 'csv' });
      let read = 0;
      for await (const _ of opened.all()) read += 1;
      expect(read).toBe(rows);
    });
  }, 400_000);
});
