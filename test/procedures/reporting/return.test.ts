// Article 14: the review returns records with reasons per field; corrected, checked by another, they are reported again.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordBundle } from '../../../src/procedures/bundle.ts';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { closeDisclosure } from '../../../src/procedures/disclosure/close-disclosure.ts';
import { openDisclosure } from '../../../src/procedures/disclosure/open-disclosure.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { fileBatch } from '../../../src/procedures/reporting/filing.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../../src/procedures/reporting/report-upward.ts';
import { returnRecords } from '../../../src/procedures/reporting/return-records.ts';
import { reviewBatch } from '../../../src/procedures/reporting/review.ts';
import { correctRoster, type Replacement } from '../../../src/procedures/resolutions/correct-roster.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { paper } from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { bringTo, refusal, statesOf } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let recordId: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 3);
  recordId = batch.recordIds[1] ?? '';
  await bringTo(test, batch, 'reported-upward');
});

const where = () => ({ institution: HERE, batchId: batch.batchId });
const give = (reasons: { field: string; reason: string }[]) =>
  returnRecords(test.callAs('sheng.shen'), { institution: HERE, returns: [{ recordId, reasons }] });
const correct = (changes: Record<string, string>) =>
  correctRecord(test.callAs('jiaowu.cai'), { institution: HERE, recordId, expectedVersion: 1, changes });
const checkAgain = () => crossCheckRecords(test.callAs('jiaowu.he'), { ...where(), errorPolicy: 'all-or-nothing' });
const reportAgain = () => reportBatch(test.callAs('jiaowu.cai'), { ...where(), errorPolicy: 'all-or-nothing' });
const upwardAgain = () =>
  reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId: batch.resolutionId });

describe('Article 14: returned with reasons', () => {
  it('each field needs a reason, each reason a field of article 8, each record a review', async () => {
    expect((await refusal(give([]))).codes).toEqual(['review-reason-missing']);
    expect((await refusal(give([{ field: 'thesisTitle', reason: ' ' }]))).codes).toEqual(['review-reason-missing']);
    expect((await refusal(give([{ field: 'salt', reason: '错' }]))).codes).toEqual(['review-field-unknown']);
    await give([{ field: 'thesisTitle', reason: '题目有错字' }]);
    expect((await refusal(give([{ field: 'thesisTitle', reason: '题目有错字' }]))).codes).toEqual(['stage-skipped']);
  });

  it('corrected after the deadline it is not late, goes its whole way again and is filed with its history', async () => {
    await give([{ field: 'thesisTitle', reason: '题目有错字' }]);
    expect(await reviewBatch(test.callAs('sheng.shen'), where())).toMatchObject({ reviewed: 2 });
    expect(await fileBatch(test.callAs('sheng.shen'), where())).toMatchObject({ filed: 2 });
    expect(await statesOf(test, batch.batchId)).toEqual({ filed: 2, returned: 1 });
    test.setClock('2026-08-03');
    await correct({ thesisTitle: '小学语文整本书阅读的教学策略研究' });
    expect(await checkAgain()).toMatchObject({ checked: 1 });
    expect(await reportAgain()).toMatchObject({ reported: 1, missing: [] });
    expect(await upwardAgain()).toMatchObject({ reported: 1, batches: [{ batchId: batch.batchId, count: 1 }] });
    await reviewBatch(test.callAs('sheng.shen'), where());
    await fileBatch(test.callAs('sheng.shen'), where());
    expect(await statesOf(test, batch.batchId)).toEqual({ filed: 3 });
    const { state } = await test.world.db.prisma.batch.findFirstOrThrow({ where: { id: batch.batchId } });
    expect(state).toBe('filed');

    const reasons = await test.world.db.prisma.reviewReason.findMany({ where: { recordId } });
    expect(reasons).toMatchObject([{ field: 'thesisTitle', returnedVersion: 1, resolvedVersion: 2 }]);
    const bundle = await recordBundle(test.world, HERE, recordId);
    expect(bundle.subject?.version).toBe(2);
    expect(bundle.steps).toHaveLength(13);
    const verdict = await verifyBundle(bundle, { roots: [test.root.der] });
    expect(verdict.checks.filter((check) => check.outcome === 'failed')).toEqual([]);
    expect(verdict.verdict).toBe('valid');
  });

  it('key fields that changed since the disclosure are disclosed again before the report', async () => {
    const { resolutionId } = batch;
    const entry = await test.world.db.prisma.rosterEntry.findFirstOrThrow({ where: { resolutionId, sequence: 2 } });
    const { institution: _here, resolutionId: _of, sequence, ...row } = entry;
    await correctRoster(test.callAs('xuewei.guan'), {
      ...{ institution: HERE, resolutionId, sequence, replacement: { ...row, name: '钱小明' } as Replacement },
      ...{ reason: '名单姓名用字有误', documentNumber: '聊大学位更〔2026〕1号' },
      fileDigest: await paper(test, 'xuewei.guan', 'roster-correction'),
    });
    await test.world.db.prisma.enrolmentRecord.updateMany({
      where: { studentNumber: batch.fields[1]?.studentNumber ?? '' },
      data: { name: '钱小明' },
    });
    await give([{ field: 'name', reason: '姓名有误' }]);
    await correct({ name: '钱小明' });
    await checkAgain();
    expect((await refusal(reportAgain())).codes).toEqual(['stage-skipped']);
    expect(await openDisclosure(test.callAs('jiaowu.he'), where())).toMatchObject({ until: '2026-06-30' });
    test.setClock('2026-07-01');
    expect(await closeDisclosure(test.callAs('jiaowu.cai'), where())).toMatchObject({ disclosed: 1 });
    expect(await reportAgain()).toMatchObject({ reported: 1 });
  });

  it('who corrected it cannot cross-check it', async () => {
    await give([{ field: 'thesisTitle', reason: '题目有错字' }]);
    await correct({ thesisTitle: '小学语文整本书阅读的教学策略研究' });
    const { officerId } = test.callAs('jiaowu.he').actor;
    await test.world.db.prisma.degreeRecord.updateMany({ where: { id: recordId }, data: { collectedById: officerId } });
    expect((await refusal(checkAgain())).codes).toEqual(['collector-may-not-cross-check']);
  });

  it('Article 13: what is reported and not returned cannot be corrected', async () => {
    const title = '小学语文整本书阅读的教学策略研究';
    expect((await refusal(correct({ thesisTitle: title }))).codes).toEqual(['immutable-after-report']);
  });
});
