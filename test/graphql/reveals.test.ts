// Article 21: masked by default; a look at a whole value is an act with a reason, so many in an hour, kept for the auditor.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { exportRecords } from '../../src/procedures/exports/export-records.ts';
import { setPolicy } from '../../src/procedures/offices/set-policy.ts';
import { revealField } from '../../src/procedures/secrecy/reveal.ts';
import { revealOwnField } from '../../src/procedures/student/reveal-own.ts';
import { revealLimitViolations } from '../../src/regulation/reveal.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { bringTo, refusal, rowCounts } from '../support/stages.ts';
import { studentOfRecord } from '../support/student.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let api: TestApi;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
afterEach(() => api.close());
beforeEach(async () => {
  await test.reset();
  api = await startApi(test);
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 3);
});

const REASON = '核对毕业证书上的证件号码';
const look = (as = 'jiaowu.cai', options: { simulate?: boolean; reason?: string; at?: number } = {}) =>
  revealField(test.callAs(as, { simulate: options.simulate ?? false }), {
    ...{ institution: HERE, recordId: batch.recordIds[options.at ?? 0] ?? '', field: 'identityNumber' },
    reason: options.reason ?? REASON,
  });
const limit = (revealsPerHour: number) =>
  setPolicy(test.callAs('xuewei.guan'), {
    ...{
      institution: HERE,
      effectiveFrom: '2026-06-23',
      settings: { revealsPerHour },
      basisNumber: '聊大学位〔2026〕30号',
    },
  });
const minutes = (count: number) => test.setClock(new Date(test.world.now().getTime() + count * 60_000).toISOString());

describe('Article 21: so many looks in an hour', () => {
  it('the next one is refused with the number and the moment from which one is possible', async () => {
    await limit(3);
    for (const wait of [0, 10, 10]) {
      minutes(wait);
      await look();
    }
    const before = await rowCounts(test);
    await expect(look()).rejects.toMatchObject({
      violations: [
        { code: 'reveals-too-many', article: '21', found: '3', expected: '< 3; ≥ 2026-06-23T05:00:00.000Z' },
      ],
    });
    expect(await rowCounts(test)).toEqual(before);
    // Another officer has an hour of their own.
    await look('jiaowu.he');
    minutes(39);
    expect((await refusal(look())).codes).toEqual(['reveals-too-many']);
    minutes(1);
    expect((await look()).value).toBe(batch.fields[0]?.identityNumber);
    expect((await refusal(look())).codes).toEqual(['reveals-too-many']);
  });

  it('calls at once do not pass it together', async () => {
    await limit(2);
    const all = await Promise.allSettled(Array.from({ length: 6 }, (_, at) => look('jiaowu.cai', { at: at % 3 })));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await test.world.db.prisma.reveal.count()).toBe(2);
  });

  it('an empty field is refused before it is a look: nothing is sealed and nothing counted', async () => {
    await limit(1);
    await test.world.db.prisma.degreeRecord.updateMany({ data: { email: null } });
    const before = await rowCounts(test);
    const empty = { institution: HERE, recordId: batch.recordIds[0] ?? '', field: 'email', reason: REASON };
    for (const simulate of [false, true]) {
      const asked = revealField(test.callAs('jiaowu.cai', { simulate }), empty);
      expect((await refusal(asked)).codes).toEqual(['reveal-nothing-there']);
    }
    expect(await rowCounts(test)).toEqual(before);
    expect((await look()).value).toBe(batch.fields[0]?.identityNumber);
  });

  it('a simulation counts nothing, and is refused as the look itself would be', async () => {
    await limit(1);
    for (let at = 0; at < 3; at++) expect((await look('jiaowu.cai', { simulate: true })).value).toBeNull();
    await look();
    expect((await refusal(look('jiaowu.cai', { simulate: true }))).codes).toEqual(['reveals-too-many']);
  });

  it('the rule counts the last hour, to the millisecond, in any order', () => {
    const now = new Date('2026-06-23T04:00:00.000Z');
    const ago = (ms: number) => new Date(now.getTime() - ms);
    expect(revealLimitViolations([ago(3_600_000), ago(1)], 2, now)).toEqual([]);
    const found = revealLimitViolations([ago(1), ago(3_599_999)], 2, now);
    expect(found).toMatchObject([{ expected: '< 2; ≥ 2026-06-23T04:00:00.001Z' }]);
    const over = revealLimitViolations([ago(1), ago(2_000), ago(1_000)], 2, now);
    expect(over).toMatchObject([{ found: '3', expected: '< 2; ≥ 2026-06-23T04:59:59.000Z' }]);
  });
});

describe('Article 21: looking a whole identity number up', () => {
  const guess = (at: number) => `37150220040315${String(1000 + at)}`;
  const alias = (number: string, at: number) =>
    `a${at}: records(filter: { identityNumber: "${number}" }) { nodes { id } }`;
  const ask = (document: string, as = 'jiaowu.cai') => api.ask(`{ ${document} }`, { as });

  it('ends after as many in vain as may be revealed, several in one document each for itself', async () => {
    await limit(3);
    const own = batch.fields[0]?.identityNumber ?? '';
    // Who is there counts nothing, and the same number counts once.
    for (let at = 0; at < 5; at++) expect((await ask(alias(own, 0))).data.a0.nodes).toHaveLength(1);
    expect((await ask([0, 0, 1].map(guess).map(alias).join('\n'))).errors).toEqual([]);
    const { data, errors } = await ask([2, 3, 4].map(guess).map(alias).join('\n'));
    expect(errors).toHaveLength(1);
    expect(errors[0]?.extensions).toMatchObject({ code: 'LOOK_UP_LIMIT', found: '3', expected: '< 3 / 60 min' });
    expect(errors[0]?.message).toMatch(/一小时内/);
    expect(data).toBeNull();
    // From now on nobody is looked up who was not before: neither who is there nor who is not.
    const other = batch.fields[1]?.identityNumber ?? '';
    for (const number of [other, guess(9)]) {
      expect((await ask(alias(number, 0))).errors[0]?.extensions.code).toBe('LOOK_UP_LIMIT');
      const nested = `batches(first: 1) { nodes { records(filter: { identityNumber: "${number}" }) { nodes { id } } } }`;
      expect((await ask(nested)).errors[0]?.extensions.code).toBe('LOOK_UP_LIMIT');
      const enrolled = `enrolmentRecords(institution: "${HERE}", identityNumber: "${number}") { nodes { id } }`;
      expect((await ask(enrolled)).errors[0]?.extensions.code).toBe('LOOK_UP_LIMIT');
    }
    expect((await ask(alias(own, 0), 'jiaowu.he')).errors).toEqual([]);
    test.setClock(new Date(test.world.now().getTime() + 3_600_001).toISOString());
    expect((await ask(alias(other, 0))).data.a0.nodes).toHaveLength(1);
  });
});

describe('Article 21: the reason', () => {
  it.each([
    ['', 'reveal-reason-missing'],
    ['  ', 'reveal-reason-missing'],
    ['核对', 'reveal-reason-too-short'],
    ['……。。。！！！', 'reveal-reason-too-short'],
    ['查查查查查查查', 'reveal-reason-too-short'],
    ['核对证件号码\u200b用', 'text-unreadable-character'],
    ['核对张三的证件号码371502200403150011', 'identity-number-in-text'],
    ['核'.repeat(300) + '对证'.repeat(150), 'field-too-long'],
  ])('%j is refused as %s', async (reason, code) => {
    expect((await refusal(look('jiaowu.cai', { reason }))).codes).toEqual([code]);
    expect(await test.world.db.prisma.reveal.count()).toBe(0);
  });
});

const QUERY = `query ($first: Int, $kind: [RevealKind!], $record: ID, $officer: ID) {
  reveals(first: $first, kind: $kind, record: $record, officer: $officer) { totalCount nodes {
    kind fields people reason at officer { name } record { name } step { name } } pageInfo { hasNextPage } } }`;
const list = async (as: string, variables: object = {}) => {
  const { data, errors } = await api.ask(QUERY, { as, variables });
  expect(errors).toEqual([]);
  return data.reveals as { totalCount: number; nodes: { kind: string; fields: string[]; people: number }[] };
};

describe('Article 21: who looked at what is shown', () => {
  it('to the auditor and the degree office everything: officers, the province, students, sheets; to an officer their own', async () => {
    await look();
    await look('jiaowu.he', { at: 1 });
    const student = await studentOfRecord(test, batch.recordIds[2] ?? '');
    await revealOwnField(student, { kind: 'record', id: batch.recordIds[2] ?? '', field: 'identityNumber' });
    const nothing = { resolutionId: null, conferredFrom: null, conferredUntil: null, categories: [], states: null };
    await exportRecords(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, edition: 'vermilion-1', format: 'csv', encoding: null, purpose: '报送国家学位信息系统' },
      selection: { ...nothing, batchId: batch.batchId },
    });
    await bringTo(test, batch, 'reported-upward');
    await look('sheng.shen', { at: 1 });
    for (const as of ['jiancha', 'xuewei.guan']) {
      const { totalCount, nodes } = await list(as);
      expect(totalCount, as).toBe(5);
      expect(
        nodes.map(({ kind }) => kind),
        as,
      ).toEqual(['RECORD', 'EXPORT', 'OWN', 'RECORD', 'RECORD']);
      expect(nodes[1], as).toMatchObject({ people: 3, reason: '报送国家学位信息系统', record: null });
      expect(nodes[1]?.fields.toSorted(), as).toEqual(['email', 'identityNumber', 'phone']);
      expect(nodes[2], as).toMatchObject({ officer: null, step: null, people: 1, reason: '本人查阅' });
      expect(nodes[4], as).toMatchObject({
        ...{ officer: { name: '张海燕' }, step: { name: 'REVEAL' }, record: { name: batch.fields[0]?.name } },
        ...{ fields: ['identityNumber'], reason: REASON },
      });
    }
    expect((await list('jiaowu.cai')).nodes.map(({ kind }) => kind)).toEqual(['EXPORT', 'RECORD']);
    expect((await list('jiaowu.he')).totalCount).toBe(1);
    expect((await list('sheng.shen')).totalCount).toBe(1);
    expect((await list('yanjiu.cai')).totalCount).toBe(0);
    for (const as of ['donghai.xuewei', 'donghai.cai']) expect((await list(as)).totalCount, as).toBe(0);
  });

  it('page by page, by kind, record and officer; the values themselves are nowhere', async () => {
    for (const at of [0, 1, 2]) await look('jiaowu.cai', { at });
    const record = globalId('DegreeRecord', { institution: HERE, id: batch.recordIds[1] ?? '' });
    expect((await list('jiancha', { first: 2 })).nodes).toHaveLength(2);
    expect((await list('jiancha', { record })).totalCount).toBe(1);
    expect((await list('jiancha', { kind: ['OWN', 'EXPORT'] })).totalCount).toBe(0);
    expect((await list('jiancha', { officer: 'bm9uZQ' })).totalCount).toBe(0);
    expect((await list('jiancha', { record: 'bm9uZQ' })).totalCount).toBe(0);
    const text = JSON.stringify(await list('jiancha'));
    for (const { identityNumber } of batch.fields) expect(text).not.toContain(identityNumber);
  });
});
