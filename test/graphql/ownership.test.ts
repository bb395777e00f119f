// Articles 4 and 24: when a category passes to another office, what was sealed about its records comes with the records.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { setPolicy } from '../../src/procedures/offices/set-policy.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { paper } from '../support/cases.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { bringTo } from '../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let api: TestApi;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  api = await startApi(test);
  batch = await collectedBatch(test, 2);
  await bringTo(test, batch, 'cross-checked');
  await setPolicy(test.callAs('xuewei.guan'), {
    ...{
      institution: HERE,
      effectiveFrom: '2026-06-24',
      settings: { owners: { 'regular-bachelor': 'graduate-office' } },
    },
    ...{ basisNumber: '聊大学位〔2026〕31号', basisDigest: await paper(test, 'xuewei.guan', 'policy-basis') },
  });
  test.setClock('2026-06-24');
});
afterAll(async () => {
  await api.close();
  await test.close();
});

const record = () => globalId('DegreeRecord', { institution: HERE, id: batch.recordIds[0] ?? '' });
const QUERY = `query ($record: ID!, $batch: ID!) {
  record(id: $record) { steps(first: 10) { nodes { name statement signature office { kind } officer { id } } } bundleUrl }
  batch(id: $batch) { steps(first: 10) { nodes { name } } }
}`;
const seenBy = async (as: string) => {
  const variables = { record: record(), batch: globalId('Batch', { institution: HERE, id: batch.batchId }) };
  const { data, errors } = await api.ask(QUERY, { as, variables });
  expect(errors).toEqual([]);
  return data;
};

describe('Articles 4, 24: a category with another office', () => {
  it('the new owner sees the steps that the former one sealed about the records, and their proof', async () => {
    const { record: seen } = await seenBy('yanjiu.cai');
    const steps = seen.steps.nodes.map(({ name, office }: { name: string; office: { kind: string } }) => [
      name,
      office.kind,
    ]);
    expect(steps).toEqual([
      ['COLLECT', 'ACADEMIC_AFFAIRS_OFFICE'],
      ['CROSS_CHECK', 'ACADEMIC_AFFAIRS_OFFICE'],
    ]);
    for (const { signature, statement } of seen.steps.nodes) {
      expect(signature.length).toBeGreaterThan(100);
      expect(JSON.parse(statement).office.id).toBe(`${HERE}/academic-affairs-office`);
    }
    const { pathname } = new URL(seen.bundleUrl);
    const headers = { authorization: `Bearer ${await api.signIn('yanjiu.cai')}` };
    const bundle = await fetch(`${api.url}${pathname}`, { headers });
    expect(bundle.status).toBe(200);
    expect(JSON.parse(await bundle.text())).toHaveProperty('format');
  });

  it('the former one sees the records no more, but in its own log what it has sealed', async () => {
    expect(await seenBy('jiaowu.cai')).toEqual({ record: null, batch: null });
    const { data } = await api.ask(`{ steps(institution: "${HERE}", first: 10, name: [COLLECT]) { totalCount } }`, {
      as: 'jiaowu.cai',
    });
    expect(data.steps.totalCount).toBe(1);
  });
});
