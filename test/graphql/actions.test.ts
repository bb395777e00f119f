// Every action is made alike: simulated, repeated by its key, refused with types; and so are uploads.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { rowCounts } from '../support/stages.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../support/world.ts';

let world: TestWorld;
let api: TestApi;
let here: Collected;
let batch: string;
let other: string;

beforeAll(async () => {
  world = await testWorld();
  world.setClock('2026-06-23');
  api = await startApi(world);
  here = await collectedBatch(world, 3);
  batch = globalId('Batch', { institution: HERE, id: here.batchId });
  const second = await collectedBatch(world, 2);
  other = globalId('Batch', { institution: HERE, id: second.batchId });
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const ANSWERS =
  '... on Refused { violations { code path message messageEn found } } ... on Forbidden { violations { code } } ... on NotFound { kind id message messageEn } ... on Stale { found }';

async function crossCheck(input: object, as = 'jiaowu.he') {
  const { data, errors } = await api.ask(
    `mutation ($input: CrossCheckRecordsInput!) { crossCheckRecords(input: $input) { __typename ... on CrossCheckRecordsSuccess { checked simulated step { id } } ${ANSWERS} } }`,
    { as, variables: { input } },
  );
  expect(errors, api.logged.join('\n')).toEqual([]);
  return data.crossCheckRecords;
}

describe('Every action', () => {
  test('simulated: the same answer, and not one row more', async () => {
    await api.signIn('jiaowu.he');
    const before = await rowCounts(world);
    expect(await crossCheck({ batch, simulate: true })).toMatchObject({ checked: 3, simulated: true, step: null });
    expect(await rowCounts(world)).toEqual(before);
  });

  test('P5: the same key twice is done once; the same key for something else is refused', async () => {
    const first = await crossCheck({ batch, idempotencyKey: 'k' });
    const second = await crossCheck({ batch, idempotencyKey: 'k' });
    expect(second).toEqual(first);
    expect(await crossCheck({ batch: other, idempotencyKey: 'k' })).toMatchObject({
      __typename: 'Refused',
      violations: [{ code: 'idempotency-key-reused', found: expect.stringContaining('another input') }],
    });
  });

  test.each([
    ['garbage', 'x'],
    [
      'the id of another kind of thing',
      globalId('Resolution', { institution: HERE, id: '01a2087f-d179-722e-8232-71bb91d4ca1e' }),
    ],
    ['an id that nothing has', globalId('Batch', { institution: HERE, id: '01a2087f-d179-722e-8232-71bb91d4ca1e' })],
  ])('%s is not found, typed, in both languages', async (_title, id) => {
    const answer = await crossCheck({ batch: id });
    expect(answer).toMatchObject({ __typename: 'NotFound' });
    expect(answer.message).not.toBe(answer.messageEn);
  });

  test('an institution that is none is not the officer’s, as any other one', async () => {
    const of = (institution: string) =>
      crossCheck({ batch: globalId('Batch', { institution, id: '01a2087f-d179-722e-8232-71bb91d4ca1e' }) });
    const none = await of("1'; --");
    expect(none).toMatchObject({ __typename: 'Forbidden', violations: [{ code: 'not-your-institution' }] });
    expect({ ...none, violations: [] }).toEqual({ ...(await of(THERE)), violations: [] });
  });

  test('R24.1: two owners for one category in one act are refused, also when they are the same', async () => {
    const owner = (office: string) => ({ category: 'ACADEMIC_MASTER', office });
    for (const second of ['GRADUATE_OFFICE', 'ACADEMIC_AFFAIRS_OFFICE']) {
      const owners = [owner('ACADEMIC_AFFAIRS_OFFICE'), owner(second)];
      const input = { institution: HERE, effectiveFrom: '2027-01-01', settings: { owners }, basisNumber: '1号' };
      const { data } = await api.ask(
        `mutation ($input: SetPolicyInput!) { setPolicy(input: $input) { __typename ${ANSWERS} } }`,
        { as: 'xuewei.guan', variables: { input } },
      );
      expect(data.setPolicy).toMatchObject({
        __typename: 'Refused',
        violations: [{ code: 'policy-malformed', path: 'settings.owners.academic-master' }],
      });
    }
  });

  test('outside trial mode the clock cannot be moved', async () => {
    const { data } = await api.ask(
      `mutation { advanceTrialClock(input: { to: "2027-01-01T00:00:00Z" }) { __typename ${ANSWERS} } }`,
      { as: 'jiaowu.he' },
    );
    expect(data.advanceTrialClock).toMatchObject({ __typename: 'Refused', violations: [{ code: 'trial-mode-only' }] });
  });

  test('in trial mode it is moved neither to where the DEMO seals have ended nor to a day that is none', async () => {
    const moved: Date[] = [];
    const sealsEnd = world.world.sealOf(`${HERE}/academic-affairs-office`)?.signer.notAfter ?? null;
    Object.assign(world.world, { trial: { advanceTo: (to: Date) => moved.push(to), sealsEnd } });
    const move = async (to: string) => {
      const asked = `mutation { advanceTrialClock(input: { to: "${to}" }) { __typename ${ANSWERS} } }`;
      const { data, errors } = await api.ask(asked, { as: 'jiaowu.he' });
      return data?.advanceTrialClock.violations?.[0].code ?? errors[0]?.extensions.code ?? 'moved';
    };
    expect(await move('2099-01-01T00:00:00Z')).toBe('clock-beyond-seals');
    expect(await move('2028-02-30T00:00:00Z')).toBe('BAD_USER_INPUT');
    expect(moved).toEqual([]);
    expect(await move('2028-02-29T00:00:00Z')).toBe('moved');
    Object.assign(world.world, { trial: null });
  });

  test('an auditor does not move it anywhere', async () => {
    const { data } = await api.ask(
      `mutation { advanceTrialClock(input: { to: "2027-01-01T00:00:00Z" }) { __typename ${ANSWERS} } }`,
      { as: 'jiancha' },
    );
    expect(data.advanceTrialClock).toMatchObject({ __typename: 'Forbidden', violations: [{ code: 'read-only-duty' }] });
  });
});

describe('Uploads get a typed answer', () => {
  test('a PDF that is none', async () => {
    const answer = await api.upload('xuewei.guan', 'RESOLUTION_SCAN', Buffer.from('plain text'), 'a.pdf');
    expect(answer.__typename).toBe('Refused');
    expect(answer.violations[0]).toMatchObject({ code: 'file-wrong-type', message: expect.any(String) });
  });

  test('a table of 40 MB', async () => {
    const answer = await api.upload('jiaowu.cai', 'RECORDS', Buffer.alloc(40 * 1024 * 1024, 'a'), 'big.csv');
    expect(answer).toMatchObject({
      __typename: 'Refused',
      violations: [{ code: expect.stringContaining('too-large') }],
    });
  });

  test('for another institution, or without the duty', async () => {
    const pdf = Buffer.from('%PDF-1.7');
    for (const as of ['donghai.cai', 'jiancha']) {
      expect((await api.upload(as, 'RECORDS', Buffer.from('姓名\n'), 'a.csv')).__typename, as).toBe('Forbidden');
    }
    expect((await api.upload('jiaowu.cai', 'DECISION', pdf, 'a.pdf')).__typename).not.toBe('UploadFileSuccess');
  });
});
