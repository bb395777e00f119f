// Article 9, 11(2): the cross-check over the API – side by side, drawn, examined, entered a second time – as a frontend uses it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { type Data, startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let api: TestApi;
let batch: Collected;
let batchId: string;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  api = await startApi(test);
  await test.world.db.prisma.policy.create({
    data: {
      ...{ institution: HERE, effectiveFrom: '2026-01-01' },
      content: { crossCheckSample: 50, sampleErrorLimit: 10, secondEntry: 'blind' },
    },
  });
  batch = await collectedBatch(test, 4);
  batchId = globalId('Batch', { institution: HERE, id: batch.batchId });
});
afterAll(async () => {
  await api.close();
  await test.close();
});

const ask = async (query: string, as = 'jiaowu.he', variables: object = { batch: batchId }): Promise<Data> => {
  const { data, errors } = await api.ask(query, { as, variables });
  expect(errors).toEqual([]);
  return data;
};
const act = async (name: string, input: object, fields: string, as = 'jiaowu.he') => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename
    ... on ${type}Success { simulated ${fields} } ... on Refused { violations(first: 20) { code found expected } } } }`;
  return (await ask(query, as, { input }))[name];
};

describe('Article 9: side by side', () => {
  const query = `query ($batch: ID!, $after: String) { batchComparison(batch: $batch, first: 3, after: $after) {
    totalCount nodes { record rosterSequence differing fields { field label roster record enrolment verdict violations { code } } }
    pageInfo { hasNextPage endCursor } } }`;

  it('a page of a batch, and the next; what differs is named with the rule', async () => {
    const where = { institution_id: { institution: HERE, id: batch.recordIds[1] ?? '' } };
    await test.world.db.prisma.degreeRecord.update({ where, data: { name: '赵错名' } });
    const { batchComparison: page } = await ask(query);
    await test.world.db.prisma.degreeRecord.update({ where, data: { name: batch.fields[1]?.name ?? '' } });
    expect(page.totalCount).toBe(4);
    expect(page.nodes.map(({ differing }: Data) => differing)).toEqual([0, 1, 0]);
    const name = page.nodes[1].fields.find(({ field }: Data) => field === 'name');
    expect(name).toMatchObject({
      ...{ label: '姓名', record: '赵错名', roster: batch.fields[1]?.name, enrolment: batch.fields[1]?.name },
      ...{ verdict: 'DIFFERS', violations: [{ code: 'roster-mismatch' }, { code: 'enrolment-mismatch' }] },
    });
    const next = await ask(query, 'jiaowu.he', { batch: batchId, after: page.pageInfo.endCursor });
    expect(next.batchComparison.nodes).toHaveLength(1);
    expect(next.batchComparison.pageInfo.hasNextPage).toBe(false);
  });

  it('secret values are masked, and other categories, institutions and the province see nothing', async () => {
    const { batchComparison: page } = await ask(query);
    const text = JSON.stringify(page);
    for (const { identityNumber } of batch.fields) expect(text).not.toContain(identityNumber);
    for (const stranger of ['yanjiu.he', 'donghai.he', 'sheng.shen']) {
      expect((await ask(query, stranger)).batchComparison.nodes).toEqual([]);
    }
  });

  it('a record says the same of itself', async () => {
    const record = globalId('DegreeRecord', { institution: HERE, id: batch.recordIds[0] ?? '' });
    const own = 'query ($id: ID!) { record(id: $id) { comparison { field verdict } } }';
    const { record: read } = await ask(own, 'jiaowu.he', { id: record });
    const { batchComparison: page } = await ask(query);
    expect(read.comparison).toEqual(page.nodes[0].fields.map(({ field, verdict }: Data) => ({ field, verdict })));
  });
});

describe('Article 11(2): in person, from the draw to the sealed step', () => {
  const standing = `query ($batch: ID!) { batch(id: $batch) { crossCheck { waiting undrawn sampled examined outstanding wrong
    errorRate exceeded overruled secondEntry draws(first: 5) { number percent population sampled seedDigest } }
    actions { name allowed violations { code } }
    wrong: sampledRecords(which: WRONG) { nodes { id } } outstanding: sampledRecords(which: OUTSTANDING) { nodes { id } }
    sampledRecords(first: 10) { totalCount nodes { id rosterSequence
      examinations(first: 5) { nodes { agrees secondEntry wrong { field words } examinedBy { name } } } } } } }`;
  const sheet = `query ($batch: ID!) { secondEntrySheet(batch: $batch, first: 10) { totalCount
    nodes { record sequence studentNumber entered } } }`;

  it('drawn, entered from a sheet that shows no value, compared, judged and checked', async () => {
    const before = (await ask(standing)).batch;
    expect(before.crossCheck).toMatchObject({ waiting: 4, undrawn: 4, sampled: 0, draws: [] });
    const check = before.actions.find(({ name }: Data) => name === 'CROSS_CHECK');
    expect(check).toMatchObject({ allowed: false, violations: [{ code: 'sample-not-drawn' }] });

    const drawn = await act('drawSample', { batch: batchId }, 'number population sampled seedDigest');
    expect(drawn).toMatchObject({ __typename: 'DrawSampleSuccess', number: 1, population: 4, sampled: 2 });

    const work = (await ask(sheet)).secondEntrySheet;
    expect(work.totalCount).toBe(2);
    const text = JSON.stringify(work);
    for (const { name, certificateNumber, resolutionNumber } of batch.fields) {
      for (const value of [name, certificateNumber, resolutionNumber]) expect(text).not.toContain(value);
    }
    const url = (await ask('query ($batch: ID!) { batch(id: $batch) { secondEntrySheetUrl(format: CSV) } }')).batch;
    const { pathname, search } = new URL(url.secondEntrySheetUrl);
    const table = await (await fetch(`${api.url}${pathname}${search}`)).text();
    const lines = table.trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^\d,\d{10},,,,,,$/);
    expect((await fetch(`${api.url}${pathname}`)).status).toBe(401);

    const entryOf = ({ sequence, studentNumber }: Data) => {
      const { name, degreeCategory, disciplineCode, conferralDate, certificateNumber, resolutionNumber } =
        batch.fields[sequence - 1] ?? {};
      const values = { name, degreeCategory, disciplineCode, conferralDate, certificateNumber, resolutionNumber };
      return { sequence, studentNumber, ...values };
    };
    const entries = work.nodes.map(entryOf);
    entries[1].name = '赵看错';
    const fields = 'entered refusedCount results(first: 5) { record violations { path found expected } }';
    const tried = await act('enterSecond', { batch: batchId, entries, simulate: true }, fields);
    expect(tried).toMatchObject({ simulated: true, entered: 2, refusedCount: 0, results: [] });
    const entered = await act('enterSecond', { batch: batchId, entries }, fields);
    expect(entered).toMatchObject({
      entered: 2,
      refusedCount: 1,
      results: [{ violations: [{ path: 'name', found: '赵看错' }] }],
    });

    const between = (await ask(standing)).batch;
    expect(between.wrong.nodes).toEqual([{ id: entered.results[0].record }]);
    expect(between.outstanding.nodes).toEqual([]);
    expect(await act('enterSecond', { batch: batchId, entries: entries.slice(1) }, 'entered')).toMatchObject({
      violations: [{ code: 'second-entry-already-entered', expected: '–' }],
    });
    const note = '盲录时看错一行，经核对与原件一致';
    const overruling = { record: entered.results[0].record, expectedVersion: 1, agrees: true, note };
    expect(await act('examineRecord', overruling, 'agrees')).toMatchObject({
      violations: [{ code: 'overruled-by-finder' }],
    });
    const examined = await act('examineRecord', overruling, 'agrees record { id }', 'jiaowu.lin');
    expect(examined).toMatchObject({ agrees: true, record: { id: entered.results[0].record } });
    const after = (await ask(standing)).batch;
    expect(after.crossCheck).toMatchObject({
      ...{ sampled: 2, examined: 2, outstanding: 0, wrong: 1, overruled: 1, errorRate: '50 %', exceeded: true },
      secondEntry: true,
    });
    expect(after.crossCheck.draws[0].seedDigest).toBe(drawn.seedDigest);
    const histories = after.sampledRecords.nodes.map(({ examinations }: Data) => examinations.nodes.length);
    expect(histories.sort()).toEqual([1, 2]);

    // Overruled or not, one of two was found wrong: everybody is drawn, and who has not been entered yet is.
    expect(await act('drawSample', { batch: batchId }, 'whole sampled')).toMatchObject({ whole: true, sampled: 4 });
    const rest = (await ask(sheet)).secondEntrySheet.nodes.filter(({ entered: done }: Data) => !done).map(entryOf);
    expect(await act('enterSecond', { batch: batchId, entries: rest }, 'entered')).toMatchObject({ entered: 2 });
    const checked = await act('crossCheckRecords', { batch: batchId }, 'checked step { name }');
    expect(checked).toMatchObject({ checked: 4, step: { name: 'CROSS_CHECK' } });
  });
});
