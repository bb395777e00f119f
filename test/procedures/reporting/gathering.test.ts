// Article 5: what the degree office gathers is held against the roster, category by category, and a partial report says that it is one.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { draftSupplementaryReport } from '../../../src/procedures/applications/draft-supplementary-report.ts';
import { gatherResolution, visibleGathering } from '../../../src/procedures/reporting/gathering.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../../src/procedures/reporting/report-upward.ts';
import { returnRecords } from '../../../src/procedures/reporting/return-records.ts';
import { withdrawRecords } from '../../../src/procedures/reporting/withdraw-records.ts';
import { faults, refusedFor } from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { bringTo, refusal } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(() => test.setClock('2026-06-23'));

const gathered = () => gatherResolution(test.world.db.prisma, HERE, batch.resolutionId);
const upward = (more: { partial?: boolean; reason?: string } = {}) =>
  reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId: batch.resolutionId, ...more });
const record = (at: number) => batch.recordIds[at] ?? '';
const setRecord = (at: number, data: object) =>
  test.world.db.prisma.degreeRecord.update({
    where: { institution_id: { institution: HERE, id: record(at) } },
    data,
  });

describe('Article 5: gathering', () => {
  it('counts each place of the roster once, and is complete when everybody is reported', async () => {
    batch = await collectedBatch(test, 3);
    const counts = { rosterSize: 3, recorded: 3, withdrawn: 0, missing: 0, disagreements: 0 };
    expect((await gathered()).categories).toMatchObject([
      { ...counts, category: 'regular-bachelor', reported: 0, reportedUpward: 0, complete: false },
    ]);
    await bringTo(test, batch, 'reported');
    expect((await gathered()).categories).toMatchObject([{ ...counts, reported: 3, complete: true }]);
    await upward();
    const returns = [{ recordId: record(0), reasons: [{ field: 'thesisTitle', reason: '题目有误' }] }];
    await returnRecords(test.callAs('sheng.shen'), { institution: HERE, returns });
    expect((await gathered()).categories).toMatchObject([
      { ...counts, reported: 0, reportedUpward: 2, returned: 1, complete: false },
    ]);
    await withdrawRecords(test.callAs('jiaowu.cai'), {
      institution: HERE,
      withdrawals: [{ recordId: record(0), reason: '学位尚待复核' }],
    });
    expect((await gathered()).categories).toMatchObject([
      { ...counts, recorded: 2, reportedUpward: 2, returned: 0, withdrawn: 1, missing: 0, complete: true },
    ]);
  });

  it('names who is missing; a struck place is missed by nobody, a deleted record holds no place', async () => {
    batch = await collectedBatch(test, 4, { without: 2 });
    expect((await gathered()).missing.map(({ sequence }) => sequence)).toEqual([3, 4]);
    await test.world.db.prisma.rosterStrike.create({
      data: {
        ...{
          institution: HERE,
          resolutionId: batch.resolutionId,
          sequence: 4,
          reason: '名单误列该生',
          documentNumber: '1',
        },
        ...{ fileDigest: 'f', replacedBy: null, at: test.world.now() },
      },
    });
    await setRecord(0, { state: 'deleted' });
    const { missing, categories } = await gathered();
    expect(missing.map(({ sequence }) => sequence)).toEqual([1, 3]);
    expect(categories).toMatchObject([{ rosterSize: 3, recorded: 1, missing: 2 }]);
  });

  it('names each record that is not on the roster, stands in a place twice, or says something else', async () => {
    batch = await collectedBatch(test, 4);
    await setRecord(1, { name: '某某某' });
    await setRecord(2, { rosterSequence: 99 });
    await setRecord(3, { rosterSequence: 1 });
    const { disagreements, missing } = await gathered();
    const found = disagreements.map(({ recordId, violations }) => [
      batch.recordIds.indexOf(recordId),
      violations.map(({ code, path }) => `${code}@${path}`),
    ]);
    expect(found).toEqual([
      [3, expect.arrayContaining(['roster-mismatch@certificateNumber', 'person-already-recorded@rosterSequence'])],
      [1, ['roster-mismatch@name']],
      [2, ['roster-entry-missing@name']],
    ]);
    expect(missing.map(({ sequence }) => sequence)).toEqual([3, 4]);
  });

  it('Article 4: a category office sees its categories, the provincial office nothing of it', async () => {
    batch = await collectedBatch(test, 2, { without: 1 });
    const all = await gathered();
    const seenBy = (as: string) => {
      const { categories, missing } = visibleGathering(test.callAs(as).actor, all);
      return [categories.length, missing.length];
    };
    expect(seenBy('xuewei.guan')).toEqual([1, 1]);
    expect(seenBy('jiancha')).toEqual([1, 1]);
    expect(seenBy('jiaowu.cai')).toEqual([1, 1]);
    expect(seenBy('yanjiu.cai')).toEqual([0, 0]);
    expect(seenBy('sheng.shen')).toEqual([0, 0]);
  });
});

describe('Article 5: the report upward', () => {
  it('states in its seal whether it was whole, with the counts of each category', async () => {
    batch = await collectedBatch(test, 2);
    await bringTo(test, batch, 'reported');
    const done = await upward({ partial: false });
    expect(done).toMatchObject({ whole: true, missing: 0, reported: 2 });
    const { statement } = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: done.stepId ?? '' } });
    expect(JSON.parse(statement).facts).toMatchObject({
      whole: true,
      categories: [{ category: 'regular-bachelor', rosterSize: 2, reported: 2, missing: 0 }],
    });
  });

  it('said to be whole, it is refused with the name of everybody who is missing', async () => {
    batch = await collectedBatch(test, 3, { without: 2 });
    await bringTo(test, batch, 'disclosed');
    const { batchId } = batch;
    await reportBatch(test.callAs('jiaowu.cai'), { institution: HERE, batchId, errorPolicy: 'skip-refused' });
    expect(await faults(upward({ partial: false }))).toEqual([
      'report-incomplete@roster[2]',
      'report-incomplete@roster[3]',
    ]);
    expect(await faults(upward({ partial: true }))).toEqual(['partial-report-reason-missing@reason']);
    const reason = '其余人员学籍信息尚在核对，另行补报。';
    const done = await upward({ partial: true, reason });
    expect(done).toMatchObject({ whole: false, missing: 2, reported: 1 });
    const { resolutionId } = batch;
    expect(await test.world.db.prisma.upwardReport.findMany({ where: { resolutionId } })).toMatchObject([
      { whole: false, reason, reported: 1, missing: 2 },
    ]);
    const { statement } = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: done.stepId ?? '' } });
    expect(statement).not.toContain(reason);
  });

  it('with nothing said, it goes as it is and says so', async () => {
    batch = await collectedBatch(test, 2, { without: 1 });
    await bringTo(test, batch, 'disclosed');
    const { batchId } = batch;
    await reportBatch(test.callAs('jiaowu.cai'), { institution: HERE, batchId, errorPolicy: 'skip-refused' });
    expect(await upward()).toMatchObject({ whole: false, missing: 1, reported: 1 });
  });

  it('said to be partial although nobody is missing, it is refused', async () => {
    batch = await collectedBatch(test, 2);
    await bringTo(test, batch, 'reported');
    expect((await refusal(upward({ partial: true, reason: '其余另行补报' }))).codes).toEqual([
      'partial-report-is-whole',
    ]);
  });

  it('records that were not reported make it partial, unless they wait for a supplementary report', async () => {
    batch = await collectedBatch(test, 3);
    await bringTo(test, batch, 'disclosed');
    await setRecord(2, { state: 'collected' });
    const { batchId } = batch;
    await reportBatch(test.callAs('jiaowu.cai'), { institution: HERE, batchId, errorPolicy: 'skip-refused' });
    expect(await faults(upward({ partial: false }))).toEqual(['report-records-not-reported@records']);
    await setRecord(2, { state: 'disclosed' });
    test.setClock('2026-07-20');
    await draftSupplementaryReport(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, category: 'regular-bachelor', resolutionId: batch.resolutionId, evidence: [] },
      reason: '该生学籍信息在报送期限内未完成核对，故未能按期上报。',
      measures: '建立学籍信息提前核对机制，避免再次发生。',
      recordIds: [record(2)],
    });
    expect(await upward({ partial: false })).toMatchObject({ whole: true, reported: 2 });
  });

  it('a record that is not on the roster, or in a place twice, refuses all', async () => {
    batch = await collectedBatch(test, 3);
    await bringTo(test, batch, 'reported');
    await setRecord(1, { rosterSequence: 1 });
    const violations = await refusedFor(upward());
    expect(violations.map(({ code, path }) => [code, path.startsWith(`records[${record(1)}]`)])).toContainEqual([
      'person-already-recorded',
      true,
    ]);
    await setRecord(1, { rosterSequence: 77 });
    expect((await refusal(upward())).codes).toEqual(['roster-entry-missing']);
  });
});
