// The regulation as a living table over GraphQL: who sees what of it, what is counted, and that the list beside each counter is what was counted.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideDataset } from '../../src/procedures/datasets/decide-dataset.ts';
import { requestDataset } from '../../src/procedures/datasets/request-dataset.ts';
import { raiseObjection } from '../../src/procedures/disclosure/raise-objection.ts';
import { correctRecord } from '../../src/procedures/records/correct.ts';
import { returnRecords } from '../../src/procedures/reporting/return-records.ts';
import { reviewBatch } from '../../src/procedures/reporting/review.ts';
import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { withdrawDeclassification } from '../../src/procedures/secrecy/declassify.ts';
import { revealField } from '../../src/procedures/secrecy/reveal.ts';
import { COUNTERS, LACKS } from '../../src/regulation/requirements/counters.ts';
import { codesOf, KEPT, REQUIREMENTS } from '../../src/regulation/requirements.ts';
import { keysOf } from '../../src/regulation/vocabulary.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { declassified } from '../support/declassified.ts';
import { datasetPaper, goodRequest } from '../support/filed-people.ts';
import { bringTo } from '../support/stages.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../support/world.ts';

let test: TestWorld;
let api: TestApi;
/** One batch in each stage: reported upward with one returned, disclosing with one objection, cross-checked, collected. */
let reported: Collected;
let disclosing: Collected;
let checked: Collected;
let collected: Collected;

beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  reported = await collectedBatch(test, 4);
  await bringTo(test, reported, 'reported-upward');
  const [recordId = '', revealed = ''] = reported.recordIds;
  const reasons = [{ field: 'thesisTitle', reason: '题目与论文不一致，请核对后更正。' }];
  await returnRecords(test.callAs('sheng.shen'), { institution: HERE, returns: [{ recordId, reasons }] });
  await reviewBatch(test.callAs('sheng.shen'), { institution: HERE, batchId: reported.batchId });
  const why = { institution: HERE, recordId: revealed, field: 'identityNumber' as const, reason: '核对本人身份证件' };
  await revealField(test.callAs('jiaowu.cai'), why);
  test.setClock('2026-06-23');
  disclosing = await collectedBatch(test, 3);
  await bringTo(test, disclosing, 'disclosing');
  const objection = {
    institution: HERE,
    recordId: disclosing.recordIds[0] ?? '',
    reason: '姓名用字有误',
    raisedBy: '王老师',
  };
  await raiseObjection(test.callAs('jiaowu.cai'), objection);
  checked = await collectedBatch(test, 2);
  await bringTo(test, checked, 'cross-checked');
  collected = await collectedBatch(test, 5, { without: 2 });
  api = await startApi(test);
});
afterAll(async () => {
  await api.close();
  await test.close();
});

const COUNT = `query ($institution: String!) { compliance(institution: $institution) { counters { name count lacking } } }`;

async function counts(as: string, institution = HERE): Promise<Record<string, number>> {
  const { data, errors } = await api.ask(COUNT, { as, variables: { institution } });
  expect(errors, api.logged.join('\n')).toEqual([]);
  const all = data.compliance.counters as { name: string; count: number }[];
  return Object.fromEntries(all.map(({ name, count }) => [name, count]));
}

const NOTHING = Object.fromEntries(keysOf(COUNTERS).map((name) => [name.replaceAll('-', '_').toUpperCase(), 0]));

describe('Articles 4 to 24: what is counted', () => {
  it('in time, nobody is late; every record stands where it stands, and nothing is unsealed', async () => {
    test.setClock('2026-06-30');
    expect(await counts('xuewei.guan')).toEqual({
      ...NOTHING,
      ...{ UNCHECKED: 3, UNDISCLOSED: 5, DISPUTED: 1, RETURNED: 1, UNCONFIRMED: 8, REVEALS: 1 },
      // The match is made at the cross-check or by an import; these were put in place.
      UNMATCHED: 3,
    });
  });

  it('past the deadline those that were never reported are late, and people without a record are missing', async () => {
    test.setClock('2026-07-08');
    const late = await counts('xuewei.guan');
    expect(late).toMatchObject({ LATE: 8, UNRECORDED: 2, UNSEALED: 0 });
    test.setClock('2026-08-30');
    expect((await counts('xuewei.guan')).REVEALS).toBe(0);
    test.setClock('2026-07-08');
  });

  it('Article 4: a category office counts its own, the auditor all, the province what reached it, others nothing', async () => {
    expect(await counts('jiaowu.he')).toMatchObject({ LATE: 8, UNCHECKED: 3, REVEALS: 1 });
    expect(await counts('jiancha')).toEqual(await counts('xuewei.guan'));
    expect(await counts('yanjiu.cai')).toEqual(NOTHING);
    expect(await counts('sheng.shen')).toEqual({ ...NOTHING, RETURNED: 1 });
    expect(await counts('sheng.shen', THERE)).toEqual(NOTHING);
  });

  it.each(['donghai.xuewei', 'donghai.cai'])(
    'Article 4: %s of another institution has no table of this one',
    async (as) => {
      for (const institution of [HERE, '99999', '']) {
        const { data, errors } = await api.ask(COUNT, { as, variables: { institution } });
        expect(errors).toEqual([]);
        expect(data.compliance).toBeNull();
      }
    },
  );

  it.each(keysOf(LACKS))('%s: the list is what was counted', async (lack) => {
    const name = lack.toUpperCase();
    const list = `query ($lacking: RecordLack!) { records(institution: "${HERE}", lacking: $lacking, first: 100) { totalCount nodes { id } } }`;
    for (const as of ['xuewei.guan', 'jiaowu.cai', 'yanjiu.cai', 'sheng.shen']) {
      const { data, errors } = await api.ask(list, { as, variables: { lacking: name } });
      expect(errors, api.logged.join('\n')).toEqual([]);
      expect(data.records.totalCount, as).toBe((await counts(as))[name]);
      expect(data.records.nodes).toHaveLength(data.records.totalCount);
    }
  });

  it('the late ones are those of the three batches that were not reported', async () => {
    const list = `{ records(lacking: LATE, first: 100) { nodes { id batch { id } } } }`;
    const { data } = await api.ask(list, { as: 'xuewei.guan' });
    const ids = (data.records.nodes as { id: string }[]).map(
      ({ id }) => Buffer.from(id, 'base64url').toString().split('/')[1],
    );
    expect(ids.sort()).toEqual([...disclosing.recordIds, ...checked.recordIds, ...collected.recordIds].sort());
  });
});

describe('The table', () => {
  it('is read in pages, with the counters beside what they are counted of', async () => {
    const query = `query ($after: String) { compliance(institution: "${HERE}") { requirements(first: 25, after: $after) {
      totalCount nodes { key article chapter rule byPeople code tests { file names } steps refusals counters { name } } pageInfo { endCursor hasNextPage } } } }`;
    const keys: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { data, errors } = await api.ask(query, { as: 'jiaowu.cai', variables: { after } });
      expect(errors).toEqual([]);
      const { nodes, pageInfo, totalCount } = data.compliance.requirements;
      expect(totalCount).toBe(REQUIREMENTS.length);
      for (const node of nodes) {
        keys.push(node.key);
        expect((node.byPeople === null) === node.tests.length > 0, node.key).toBe(true);
      }
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(keys).toEqual(REQUIREMENTS.map(({ id }) => id));
  });

  it('of one article, with its items or alone', async () => {
    const query = `{ compliance(institution: "${HERE}") { all: requirements(article: "11") { nodes { key } } one: requirements(article: "11(4)") { nodes { key rule refusals steps counters { name count } } } } }`;
    const { data } = await api.ask(query, { as: 'xuewei.guan' });
    expect(data.compliance.all.nodes).toHaveLength(8);
    const requirement = KEPT.find(({ id }) => id === 'R11.4');
    expect(data.compliance.one.nodes).toEqual([
      {
        ...{ key: 'R11.4', rule: requirement?.zh, steps: ['REPORT', 'SET_CALENDAR'] },
        refusals: requirement && codesOf(requirement),
        counters: [{ name: 'LATE', count: 8 }],
      },
    ]);
  });

  it('an unsealed record is counted and named with its id', async () => {
    const [id] = reported.recordIds;
    const { pool } = test.world.db;
    const { rows } = await pool.query('SELECT "digest" FROM "DegreeRecord" WHERE "id" = $1', [id]);
    await pool.query(`UPDATE "DegreeRecord" SET "digest" = repeat('0', 64) WHERE "id" = $1`, [id]);
    const query = `{ compliance(institution: "${HERE}") { counters(name: [UNSEALED]) { count } unsealed { totalCount nodes { kind key found expected subject } } sealCheck(first: 100) { checked wrong next } } }`;
    const { data, errors } = await api.ask(query, { as: 'xuewei.guan' });
    await pool.query('UPDATE "DegreeRecord" SET "digest" = $2 WHERE "id" = $1', [id, rows[0].digest]);
    expect(errors).toEqual([]);
    const { counters, unsealed, sealCheck } = data.compliance;
    expect(counters).toEqual([{ count: 1 }]);
    const [node] = unsealed.nodes;
    expect(node).toMatchObject({
      kind: 'RECORD',
      key: id,
      found: `1 ${'0'.repeat(64)}`,
      expected: `1 ${rows[0].digest}`,
    });
    expect(sealCheck).toEqual({ checked: 12, wrong: [node.subject], next: null });
  });

  it.each([0, 1001, -1])('a deep check of %i at a time is bad input', async (first) => {
    const query = `{ compliance(institution: "${HERE}") { sealCheck(first: ${first}) { checked } } }`;
    const { errors } = await api.ask(query, { as: 'xuewei.guan' });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', found: first, expected: '1 … 1000' });
  });

  it('goes on after a record, and an id of another kind begins nowhere', async () => {
    const query = `query ($after: ID) { compliance(institution: "${HERE}") { sealCheck(first: 10, after: $after) { checked next } } }`;
    const { data } = await api.ask(query, { as: 'xuewei.guan' });
    const { next } = data.compliance.sealCheck;
    const rest = await api.ask(query, { as: 'xuewei.guan', variables: { after: next } });
    expect(rest.data.compliance.sealCheck).toEqual({ checked: 2, next: null });
    const none = await api.ask(query, { as: 'xuewei.guan', variables: { after: 'bm9uZQ' } });
    expect(none.data.compliance.sealCheck).toEqual({ checked: 0, next: null });
  });
});

describe('What must not be', () => {
  const lacking = async (as: string) => {
    const { data, errors } = await api.ask(
      '{ records(lacking: UNDECLASSIFIED, first: 100) { nodes { studentNumber } } }',
      { as },
    );
    expect(errors).toEqual([]);
    return (data.records.nodes as { studentNumber: string }[]).map(({ studentNumber }) => studentNumber);
  };
  const withdraw = (declassificationId: string, ground: 'recorded-in-error' | 'classified-again') =>
    withdrawDeclassification(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, declassificationId, ground, on: '2026-07-08', documentNumber: '聊大保密〔2026〕9号' },
    });

  it('Article 20: a record of a classified thesis is counted while no declassification of it holds', async () => {
    test.setClock('2026-07-08');
    const ids = collected.recordIds;
    const rows = await test.world.db.prisma.degreeRecord.findMany({ where: { id: { in: [...ids] } } });
    const [marked = '', open = '', mistaken = ''] = ids.map(
      (id) => rows.find((row) => row.id === id)?.studentNumber ?? '',
    );
    const first = await declassified(test, marked);
    const changes = { outcomeType: 'SM', thesisTitle: null, thesisKeywords: null };
    await correctRecord(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, recordId: ids[0] ?? '', expectedVersion: 1, changes },
    });
    expect(await counts('xuewei.guan')).toMatchObject({ UNDECLASSIFIED: 0 });
    // Marked and withdrawn; not marked, but of somebody whose thesis is classified again; recorded in error, so that it never was.
    await withdraw(first, 'classified-again');
    await withdraw(await declassified(test, open, { form: 'thesis' }), 'classified-again');
    await withdraw(await declassified(test, mistaken, { form: 'thesis' }), 'recorded-in-error');
    for (const as of ['jiaowu.cai', 'xuewei.guan', 'jiancha']) {
      expect(await counts(as), as).toMatchObject({ UNDECLASSIFIED: 2 });
      expect((await lacking(as)).sort(), as).toEqual([marked, open].sort());
    }
    for (const as of ['yanjiu.cai', 'sheng.shen', 'donghai.xuewei']) expect(await lacking(as), as).toEqual([]);
    // A new one holds from its own day on.
    await declassified(test, marked, { documentNumber: '聊大保密〔2026〕10号', holdsFrom: '2026-07-20' });
    expect(await counts('xuewei.guan')).toMatchObject({ UNDECLASSIFIED: 2 });
    test.setClock('2026-07-20');
    expect(await lacking('xuewei.guan')).toEqual([open]);
  });

  it('Article 18: a dataset that outlives its term is counted until it is destroyed', async () => {
    test.setClock('2026-06-25');
    const agreement = await datasetPaper(test);
    const { datasetId } = await requestDataset(test.callAs('xuewei.guan'), goodRequest(agreement));
    const decision = { expectedVersion: 1, decision: 'consent', reason: '' } as const;
    await decideDataset(test.callAs('xuewei.zhuren'), { institution: HERE, datasetId, ...decision });
    test.setClock('2026-09-30T23:59:59+08:00');
    expect(await counts('xuewei.guan')).toMatchObject({ OVERDUE_DATASETS: 0 });
    test.setClock('2026-10-01T00:00:00+08:00');
    for (const as of ['xuewei.guan', 'jiancha']) expect(await counts(as), as).toMatchObject({ OVERDUE_DATASETS: 1 });
    for (const as of ['jiaowu.he', 'sheng.shen']) expect(await counts(as), as).toMatchObject({ OVERDUE_DATASETS: 0 });
    await runDueJobs(test.world);
    expect(await counts('xuewei.guan')).toMatchObject({ OVERDUE_DATASETS: 0 });
    // A piece that was put back around the procedures is seen, whatever the state says.
    const piece = { institution: HERE, datasetId, piece: 0, box: new Uint8Array(1) };
    await test.world.db.prisma.datasetPiece.create({ data: piece });
    expect(await counts('xuewei.guan')).toMatchObject({ OVERDUE_DATASETS: 1 });
    await test.world.db.prisma.datasetPiece.deleteMany({ where: { datasetId } });
  });
});
