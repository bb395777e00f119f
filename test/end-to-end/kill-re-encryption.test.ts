// The server is killed without warning in the middle of a re-encryption: every sealed value opens afterwards, and the job goes on where it was.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../src/procedures/call.ts';
import { changeKeyRing, withNewKey } from '../../src/secrecy/rotation.ts';
import { toEnrolment, upsertEnrolments } from '../../src/store/collection/enrolment-records.ts';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { uuidv7 } from '../../src/store/database/uuid.ts';
import { type Api, openApi } from '../../src/trial/api.ts';
import { TRIAL_PASSWORD } from '../../src/trial/sample-institutions.ts';
import { type OwnServer, ownServer } from '../support/own-server.ts';
import { enrolmentOf, sampleRecord } from '../support/samples.ts';
import { until } from '../support/until.ts';
import { HERE } from '../support/world.ts';

/** Twenty pieces of the job: enough to be killed in the middle of them, twice. */
const PEOPLE = 10_000;
let own: OwnServer;

beforeAll(async () => {
  own = await ownServer('kill-keys');
});
afterAll(() => own.drop());

const studentNumber = (at: number): string => `2022${String(at).padStart(6, '0')}`;

function fill(world: World): Promise<void> {
  const person = enrolmentOf(sampleRecord('regular-bachelor', 0));
  return inTransaction(world.db, async (tx) => {
    for (let from = 0; from < PEOPLE; from += 1000) {
      const people = Array.from({ length: 1000 }, (_, at) => ({
        ...person,
        studentNumber: studentNumber(from + at),
        identityNumber: `P${from + at}`,
      }));
      await upsertEnrolments(tx, HERE, people, { importId: uuidv7(), at: world.now() }, world);
    }
  });
}

/** Opens every box; which keys they are under, and how many are. Throws where one does not open, and tells a wrong value. */
async function openEvery(world: World): Promise<Map<string, number>> {
  const keys = new Map<string, number>();
  const rows = await world.db.prisma.enrolmentRecord.findMany({ where: { institution: HERE } });
  for (const row of rows) {
    const { fields } = toEnrolment(row, world.cipher);
    if (studentNumber(Number(fields.identityNumber.slice(1))) !== row.studentNumber) throw new Error(row.studentNumber);
    const key = world.cipher.keyIdOf(row.identityNumber);
    keys.set(key, (keys.get(key) ?? 0) + 1);
  }
  return keys;
}

const JOB = 'query { jobs(first: 5) { nodes { kind state done total failed } } }';
async function progress(
  api: Api,
  token: string,
): Promise<{ state: string; done: number; total: number; failed: number }> {
  const data = await api.query(token, JOB, {});
  const { nodes } = data.jobs as {
    nodes: { kind: string; state: string; done: number; total: number; failed: number }[];
  };
  return nodes.find(({ kind }) => kind === 'RE_ENCRYPT') ?? { state: 'none', done: 0, total: 0, failed: 0 };
}

describe('a server killed in the middle of a re-encryption', () => {
  it('Article 21: has every value readable after each kill, goes on where it was, and seals the end once', async () => {
    await own.inRegister(fill);
    const ring = join(own.directory, 'data', 'key-ring.json');
    const { id } = changeKeyRing(ring, undefined, (content) => withNewKey(content, 'field', true));
    let before = 0;
    for (const round of [0, 1]) {
      const server = await own.start();
      const api = openApi(server.endpoint);
      const { value } = await api.act(null, 'signIn', { loginName: 'xuewei.guan', password: TRIAL_PASSWORD }, 'token');
      const token = String(value.token);
      if (round === 0) await api.act(token, 'reencryptSecrets', { institution: HERE }, 'boxes');
      await until(async () => (await progress(api, token)).done > before);
      await server.kill();
      await own.inRegister(async (world) => {
        const keys = await openEvery(world);
        expect([...keys.values()].reduce((sum, count) => sum + count, 0)).toBe(PEOPLE);
        const job = await world.db.prisma.job.findFirstOrThrow({ where: { kind: 're-encrypt' } });
        // What the job says is done is done, and nothing else.
        expect([job.state, keys.get(id)]).toEqual(['running', job.done]);
        expect(job.done).toBeGreaterThan(before);
        expect(job.done).toBeLessThan(PEOPLE);
        before = job.done;
        // The lease of the dead server would end by itself in a minute.
        await world.db.prisma.job.updateMany({ data: { leaseUntil: new Date(0) } });
      });
    }
    const server = await own.start();
    const api = openApi(server.endpoint);
    const { value } = await api.act(null, 'signIn', { loginName: 'xuewei.guan', password: TRIAL_PASSWORD }, 'token');
    await until(async () => (await progress(api, String(value.token))).state === 'DONE');
    expect(await progress(api, String(value.token))).toMatchObject({ done: PEOPLE, total: PEOPLE, failed: 0 });
    await server.stop();
    await own.inRegister(async (world) => {
      expect([...(await openEvery(world))]).toEqual([[id, PEOPLE]]);
      const steps = await world.db.prisma.step.findMany({
        where: { name: 're-encrypt' },
        orderBy: { leafIndex: 'asc' },
      });
      const facts = steps.map(({ statement }) => JSON.parse(statement).facts);
      expect(facts.map(({ phase }) => phase)).toEqual(['ordered', 'completed']);
      expect(facts[1].boxes).toEqual({ EnrolmentRecord: PEOPLE });
    });
  }, 400_000);
});
