// A request whose body comes late: who sent it is asked again when it is there (R6.2).
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from '../../src/procedures/offices/sign-in.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { HERE, type TestWorld, TRIAL_PASSWORD, testWorld } from '../support/world.ts';

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

const SET = `mutation ($input: SetPolicyInput!) { setPolicy(input: $input) { __typename
  ... on Forbidden { violations { code found expected } } } }`;

/** Sends half of a body, does something, sends the rest. */
async function inTwoHalves(token: string, between: () => Promise<unknown>) {
  const settings = { disclosureDays: 5 };
  const input = { institution: HERE, effectiveFrom: '2026-07-01', settings, basisNumber: '聊大学位〔2026〕30号' };
  const bytes = Buffer.from(JSON.stringify({ query: SET, variables: { input } }));
  // The session is looked up as soon as the head of the request is there.
  const begun = once(api.server, 'request');
  let first = true;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        controller.enqueue(first ? bytes.subarray(0, 40) : bytes.subarray(40));
        if (!first) return controller.close();
        first = false;
        await begun;
        await between();
      },
    },
    { highWaterMark: 0 },
  );
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const sent = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
  const answer = await fetch(`${api.url}/graphql`, sent);
  return ((await answer.json()) as { data: { setPolicy: object } }).data.setPolicy;
}

test('whoever signs out while the body is on its way gets nothing done', async () => {
  const token = await api.signIn('xuewei.guan');
  const other = await signIn(world.world, { loginName: 'xuewei.guan', password: TRIAL_PASSWORD });
  const steps = () => world.world.db.prisma.step.count();
  const before = await steps();
  const signOut = () => api.ask('mutation { signOut { __typename } }', { as: 'xuewei.guan' });
  expect(await inTwoHalves(token, signOut)).toMatchObject({
    __typename: 'Forbidden',
    violations: [{ code: 'session-over', expected: '有效的登录 an open session' }],
  });
  expect(await steps()).toBe(before);
  expect(await inTwoHalves(other.token, async () => {})).toMatchObject({
    __typename: 'SetPolicySuccess',
  });
  expect(await steps()).toBe(before + 1);
});
