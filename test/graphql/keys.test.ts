// Article 21: keys as the API shows them: an order with its job and problems, a server whose ring is old, and look-ups by identity number.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { withNewKey } from '../../src/secrecy/rotation.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let api: TestApi;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 3);
  api = await startApi(test);
  for (const as of ['xuewei.guan', 'jiaowu.cai', 'yanjiu.cai', 'donghai.xuewei', 'sheng.shen', 'jiancha'])
    await api.signIn(as);
});
afterAll(async () => {
  await api.close();
  await test.close();
});

const MASKED = '{ records(first: 5) { nodes { id identityNumberMasked } } }';

describe('Article 21: a server whose key ring is old', () => {
  it('answers that it cannot read yet, to be tried again, and logs no value; with the new ring it reads', async () => {
    const old = test.ring();
    const { content } = withNewKey(old, 'field', true);
    test.useRing(content);
    const [first] = await test.world.db.prisma.degreeRecord.findMany({ take: 1, orderBy: { id: 'asc' } });
    const place = `${HERE}/${first?.id}/identityNumber`;
    const number = test.world.cipher.open(first?.identityNumber ?? '', place);
    await test.world.db.prisma.degreeRecord.updateMany({
      where: { id: first?.id ?? '' },
      data: { identityNumber: test.world.cipher.seal(number, place) },
    });
    test.useRing(old);
    const { errors } = await api.ask(MASKED, { as: 'jiaowu.cai' });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['KEY_UNKNOWN_HERE']);
    expect(errors[0]?.message).toMatch(/稍后重试/);
    expect(api.logged.join()).toContain('WrongKey');
    expect(api.logged.join()).not.toContain(number);
    const revealed = await api.ask(
      `mutation ($input: RevealFieldInput!) { revealField(input: $input) { __typename ... on Refused { violations { code } } } }`,
      {
        as: 'jiaowu.cai',
        variables: {
          input: {
            record: globalId('DegreeRecord', { institution: HERE, id: first?.id ?? '' }),
            field: 'identityNumber',
            reason: '核对证件号码',
          },
        },
      },
    );
    expect(revealed.data?.revealField ?? null).toBeNull();
    expect(revealed.errors.map(({ extensions }) => extensions.code)).toEqual(['KEY_UNKNOWN_HERE']);
    expect(await test.world.db.prisma.reveal.count()).toBe(0);
    test.useRing(content);
    expect((await api.ask(MASKED, { as: 'jiaowu.cai' })).errors).toEqual([]);
  });
});

const ORDER = `mutation ($input: ReencryptSecretsInput!) { reencryptSecrets(input: $input) { __typename
  ... on ReencryptSecretsSuccess { simulated keyId indexKeyId from boxes step { name subjects(first: 1) { nodes { kind subject version } } } job { id total state problems { totalCount } } }
  ... on Refused { violations { code found expected } } ... on Forbidden { violations { code } } } }`;
const order = async (as: string, more = {}) => {
  const { data } = await api.ask(ORDER, { as, variables: { input: { institution: HERE, ...more } } });
  return data.reencryptSecrets;
};

describe('Article 21: reencryptSecrets', () => {
  it('gives the job, its progress and the places of what could not be opened', async () => {
    await test.world.db.prisma.degreeRecord.updateMany({
      where: { id: batch.recordIds[2] ?? '' },
      data: { identityNumber: 'no box' },
    });
    expect(await order('jiaowu.cai')).toMatchObject({ __typename: 'Forbidden' });
    expect(await order('donghai.xuewei')).toMatchObject({ __typename: 'Forbidden' });
    expect(await order('xuewei.guan', { simulate: true })).toMatchObject({ simulated: true, job: null, step: null });
    const asked = await order('xuewei.guan', { idempotencyKey: 'keys' });
    expect(asked).toMatchObject({
      ...{ __typename: 'ReencryptSecretsSuccess', keyId: test.ring().current, indexKeyId: 'first' },
      ...{
        step: { name: 'RE_ENCRYPT', subjects: { nodes: [{ kind: 'KEY_RING', version: 1 }] } },
        job: { state: 'WAITING', problems: { totalCount: 0 } },
      },
    });
    expect(asked.step.subjects.nodes[0].subject).toBe(asked.job.id);
    expect(await order('xuewei.guan', { idempotencyKey: 'keys' })).toEqual(asked);
    expect(await order('xuewei.guan')).toMatchObject({ violations: [{ code: 're-encryption-under-way' }] });
    await runDueJobs(test.world);
    const job = `query ($id: ID!) { job(id: $id) { kind state total done failed problems(first: 5) { totalCount nodes { place code } } } }`;
    const read = async (as: string) => (await api.ask(job, { as, variables: { id: asked.job.id } })).data.job;
    expect(await read('xuewei.guan')).toMatchObject({
      ...{ kind: 'RE_ENCRYPT', state: 'DONE', failed: 1, done: asked.job.total - 1 },
      problems: {
        totalCount: 1,
        nodes: [{ place: `DegreeRecord/${batch.recordIds[2]}/identityNumber`, code: 'altered' }],
      },
    });
    for (const as of ['jiaowu.cai', 'donghai.xuewei', 'sheng.shen']) expect(await read(as)).toBeNull();
  });
});

describe('Article 21: look-up by the whole identity number', () => {
  const number = () => batch.fields[0]?.identityNumber ?? '';
  const enrolled = async (as: string, identityNumber: string) => {
    const query = `query ($n: String) { enrolmentRecords(institution: "${HERE}", identityNumber: $n) { totalCount nodes { identityNumberMasked } } }`;
    return api.ask(query, { as, variables: { n: identityNumber } });
  };
  const records = async (as: string, identityNumber: string) => {
    const query = 'query ($n: String) { records(filter: { identityNumber: $n }) { totalCount } }';
    return (await api.ask(query, { as, variables: { n: identityNumber } })).data.records.totalCount;
  };

  it('finds exactly, however the last letter and blanks are written, and also while keys of the index change', async () => {
    expect((await enrolled('jiaowu.cai', ` ${number().toLowerCase()} `)).data.enrolmentRecords.totalCount).toBe(1);
    expect(await records('jiaowu.cai', number())).toBe(1);
    const before = test.ring();
    test.useRing(withNewKey(before, 'index', true).content);
    expect((await enrolled('jiaowu.cai', number())).data.enrolmentRecords.totalCount).toBe(1);
    expect(await records('jiaowu.cai', number())).toBe(1);
    test.useRing(before);
    expect((await enrolled('jiaowu.cai', number().slice(0, -1))).data.enrolmentRecords.totalCount).toBe(0);
  });

  it('is no oracle for another category, institution or province', async () => {
    for (const as of ['yanjiu.cai', 'donghai.xuewei', 'sheng.shen']) {
      expect([as, (await enrolled(as, number())).data.enrolmentRecords.totalCount]).toEqual([as, 0]);
      expect([as, await records(as, number())]).toEqual([as, 0]);
    }
  });

  it('takes no empty number for everybody', async () => {
    const { errors } = await enrolled('jiaowu.cai', ' ');
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: 'filter.identityNumber' });
  });

  it('is refused in an address, literally or by variables, and nothing of it is logged', async () => {
    const token = await api.signIn('jiaowu.cai');
    const get = async (parameters: Record<string, string>) => {
      const response = await fetch(`${api.url}/graphql?${new URLSearchParams(parameters)}`, {
        headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      });
      return [response.status, JSON.parse(await response.text()).errors?.[0]?.extensions?.code];
    };
    const refused = [400, 'SECRET_IN_ADDRESS'];
    const named = 'query ($n: String) { records(filter: { identityNumber: $n }) { totalCount } }';
    const whole = 'query ($f: RecordFilter) { records(filter: $f) { totalCount } }';
    expect(await get({ query: `{ records(filter: { identityNumber: "${number()}" }) { totalCount } }` })).toEqual(
      refused,
    );
    expect(await get({ query: named, variables: JSON.stringify({ n: number() }) })).toEqual(refused);
    expect(await get({ query: whole, variables: JSON.stringify({ f: { identityNumber: number() } }) })).toEqual(
      refused,
    );
    expect(await get({ query: '{ records(first: 1) { totalCount } }' })).toEqual([200, undefined]);
    expect(api.logged.join()).not.toContain(number());
  });
});
