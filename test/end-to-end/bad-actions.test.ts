// What actions get that are not the officer's, not of this state, or come twice: a typed answer, and the register stays as it is.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { type Data, startApi, type TestApi } from '../support/api.ts';
import { act, unchanged } from '../support/bad-input.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { bringTo, statesOf } from '../support/stages.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../support/world.ts';

let test: TestWorld;
let api: TestApi;
let collected: Collected;
let batch: string;

beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  api = await startApi(test);
  collected = await collectedBatch(test, 4);
  batch = globalId('Batch', { institution: HERE, id: collected.batchId });
  const officers = [
    'jiaowu.cai',
    'jiaowu.he',
    'jiaowu.lin',
    'yanjiu.he',
    'xuewei.guan',
    'donghai.he',
    'sheng.shen',
    'jiancha',
  ];
  for (const officer of officers) await api.signIn(officer);
});
afterAll(async () => {
  expect(api.logged).toEqual([]);
  await api.close();
  await test.close();
});

const recordId = (at: number, of = collected) =>
  globalId('DegreeRecord', { institution: HERE, id: of.recordIds[at] ?? '' });
const told = 'results { record violations { code path article message messageEn found expected } }';
/** An action that must leave the register as it is. */
const vain = (as: string, name: string, input: object): Promise<Data> =>
  unchanged(test, () => act(api, as, name, input));

describe('Article 4, 6, 23: an officer acts only where their office and duty are', () => {
  it.each([
    ['another office of the university', 'yanjiu.he', [{ code: 'not-your-category', article: '4', path: 'category' }]],
    [
      'the degree office',
      'xuewei.guan',
      [
        { code: 'not-your-office', article: '11(2)', path: 'office' },
        { code: 'duty-missing', article: '6' },
      ],
    ],
    [
      'another institution',
      'donghai.he',
      [{ code: 'not-your-institution', article: '4', found: HERE, expected: THERE }],
    ],
    ['the provincial office', 'sheng.shen', [{ code: 'not-your-office', article: '11(2)', path: 'office' }]],
    ['the own office without the duty', 'jiaowu.cai', [{ code: 'duty-missing', article: '6' }]],
    ['an auditor', 'jiancha', [{ code: 'read-only-duty', article: '23' }]],
  ])('%s may not cross-check', async (_title, as, violations) => {
    const answer = await vain(as, 'crossCheckRecords', { batch, errorPolicy: 'SKIP_REFUSED' });
    expect(answer.__typename).toBe('Forbidden');
    for (const violation of violations) expect(answer.violations).toContainEqual(expect.objectContaining(violation));
  });

  it('another institution does not even see that the batch exists', async () => {
    const query = 'query ($id: ID!) { batch(id: $id) { id } node(id: $id) { id } }';
    const { data, errors } = await api.ask(query, { as: 'donghai.he', variables: { id: batch } });
    expect([data, errors]).toEqual([{ batch: null, node: null }, []]);
  });
});

describe('Article 11(2): the collector cross-checking their own record', () => {
  it('is refused by the rule, record by record; the others go on', async () => {
    const of = await collectedBatch(test, 3);
    const own = recordId(1, of);
    const correction = { record: own, expectedVersion: 1, changes: { thesisTitle: '小学语文单元整体教学研究' } };
    expect(await act(api, 'jiaowu.lin', 'correctRecord', correction)).toMatchObject({ simulated: false });
    const input = { batch: globalId('Batch', { institution: HERE, id: of.batchId }) };
    const broken = { code: 'collector-may-not-cross-check', article: '11(2)' };
    const whole = await vain('jiaowu.lin', 'crossCheckRecords', input);
    expect(whole).toMatchObject({ __typename: 'Refused', violationCount: 1, violations: [broken] });
    expect(whole.violations[0].path).toMatch(new RegExp(`^records\\[${own}\\]\\.`));
    const skipping = { ...input, errorPolicy: 'SKIP_REFUSED' };
    const rest = await act(api, 'jiaowu.lin', 'crossCheckRecords', skipping, `checked refusedCount ${told}`);
    expect(rest).toMatchObject({ checked: 2, refusedCount: 1, results: [{ record: own, violations: [broken] }] });
    expect(await statesOf(test, of.batchId)).toEqual({ collected: 1, 'cross-checked': 2 });
  });

  it('is refused by the database, too', async () => {
    const sql = `UPDATE "DegreeRecord" SET "state" = 'cross-checked', "crossCheckedById" = "collectedById" WHERE "id" = $1`;
    const attempt = () => test.world.db.pool.query(sql, [collected.recordIds[0]]);
    await unchanged(test, () => expect(attempt()).rejects.toThrow(/collector_is_not_checker/));
  });
});

describe('What is not there, or not any more as the officer saw it', () => {
  const sentences = {
    message: '没有找到，或您无权查看。',
    messageEn: 'There is no such thing, or you may not see it.',
  };
  it.each([
    ['an unknown id', globalId('Batch', { institution: HERE, id: '00000000-0000-7000-8000-000000000000' })],
    [
      'an id of another type',
      globalId('Resolution', { institution: HERE, id: '00000000-0000-7000-8000-000000000000' }),
    ],
    ['a text that is no id', "x' OR 1=1 --"],
    ['an empty id', ''],
  ])('%s', async (_title, id) => {
    const answer = await vain('jiaowu.he', 'crossCheckRecords', { batch: id });
    expect(answer).toMatchObject({ __typename: 'NotFound', kind: 'Batch', id, ...sentences });
    const { data, errors } = await api.ask('query ($id: ID!) { batch(id: $id) { id } node(id: $id) { id } }', {
      as: 'jiaowu.he',
      variables: { id },
    });
    expect([data, errors]).toEqual([{ batch: null, node: null }, []]);
  });

  it('a version that somebody else has changed meanwhile', async () => {
    const changes = { namePinyin: 'Zhao Xiao' };
    const correction = { record: recordId(0), expectedVersion: 1, changes };
    expect(await act(api, 'jiaowu.cai', 'correctRecord', correction, 'version')).toMatchObject({ version: 2 });
    const late = { record: recordId(0), expectedVersion: 1, changes: { namePinyin: 'Zhao X.' } };
    expect(await vain('jiaowu.cai', 'correctRecord', late)).toMatchObject({
      ...{ __typename: 'Stale', kind: 'DegreeRecord', id: recordId(0), found: 2, expected: 1 },
      message: '内容已被他人更新，请重新载入后再办理。',
      messageEn: 'Somebody else has changed it meanwhile; load it again before acting.',
    });
    const { data } = await api.ask('query ($id: ID!) { record(id: $id) { version namePinyin } }', {
      as: 'jiaowu.cai',
      variables: { id: recordId(0) },
    });
    expect(data.record).toEqual({ version: 2, namePinyin: 'Zhao Xiao' });
  });
});

describe('The same mutation twice', () => {
  const checked = 'checked step { id }';

  it('with an idempotency key gets the first answer, and nothing is written again', async () => {
    const input = { batch, idempotencyKey: 'cross-check-1' };
    const first = await act(api, 'jiaowu.he', 'crossCheckRecords', input, checked);
    expect(first).toMatchObject({ checked: 4, step: { id: expect.any(String) } });
    const again = await unchanged(test, () => act(api, 'jiaowu.he', 'crossCheckRecords', input, checked));
    expect(again).toEqual(first);
  });

  it('with the key of another request is refused', async () => {
    const input = { batch, idempotencyKey: 'cross-check-1' };
    expect(await vain('jiaowu.he', 'openDisclosure', input)).toMatchObject({
      __typename: 'Refused',
      violations: [
        { code: 'idempotency-key-reused', article: '12', found: 'cross-check', expected: 'open-disclosure' },
      ],
    });
  });

  it('without a key finds nothing left to do', async () => {
    expect(await vain('jiaowu.he', 'crossCheckRecords', { batch })).toMatchObject({
      __typename: 'Refused',
      violations: [{ code: 'nothing-to-do', article: '10', path: 'records' }],
    });
  });

  it('at the same time, with one key: one step, one answer', async () => {
    const input = { batch, idempotencyKey: 'open-1' };
    const steps = await test.world.db.prisma.step.count();
    const answers = await Promise.all(
      [1, 2, 3].map(() => act(api, 'jiaowu.he', 'openDisclosure', input, 'from until step { id }')),
    );
    expect(answers[0]).toMatchObject({ __typename: 'OpenDisclosureSuccess', step: { id: expect.any(String) } });
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(await test.world.db.prisma.step.count()).toBe(steps + 1);
  });
});

describe('Article 9: a roster person without a record', () => {
  it('stops the report and is named; without them the others are reported, and they are still missing', async () => {
    test.setClock('2026-06-23');
    const of = await collectedBatch(test, 3, { without: 1 });
    await bringTo(test, of, 'disclosed');
    const input = { batch: globalId('Batch', { institution: HERE, id: of.batchId }) };
    const whole = await vain('jiaowu.cai', 'reportBatch', input);
    expect(whole).toMatchObject({
      ...{ __typename: 'Refused', violationCount: 1 },
      violations: [{ code: 'roster-person-without-record', article: '9', path: 'roster[3]' }],
    });
    expect(whole.violations[0].found).toMatch(/^\p{Script=Han}{3} 10447420260\d{5}$/u);
    const skipping = { ...input, errorPolicy: 'SKIP_REFUSED' };
    const fields = 'reported missingCount missing { sequence name }';
    const rest = await act(api, 'jiaowu.cai', 'reportBatch', skipping, fields);
    expect(rest).toMatchObject({ reported: 2, missingCount: 1, missing: [{ sequence: 3 }] });
    expect(await statesOf(test, of.batchId)).toEqual({ reported: 2 });
  });
});
