// The thread from cross-check to filing (art. 10, 11), with a return, and its proof to a stranger.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordBundle, stepBundle } from '../../src/procedures/bundle.ts';
import { crossCheckRecords } from '../../src/procedures/cross-check/cross-check.ts';
import { closeDisclosure } from '../../src/procedures/disclosure/close-disclosure.ts';
import { openDisclosure } from '../../src/procedures/disclosure/open-disclosure.ts';
import { fileBatch } from '../../src/procedures/reporting/filing.ts';
import { reportBatch } from '../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../src/procedures/reporting/report-upward.ts';
import { reviewBatch } from '../../src/procedures/reporting/review.ts';
import { verifyBundle } from '../../src/sealing/verify/bundle.ts';
import { collectedBatch } from '../support/collected.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());

describe('Article 10: from cross-check to filing', () => {
  it('a batch passes every stage and each record proves it', async () => {
    test.setClock('2026-06-23');
    const { batchId, resolutionId, recordIds } = await collectedBatch(test, 5);
    const where = { institution: HERE, batchId };
    const checked = await crossCheckRecords(test.callAs('jiaowu.he'), { ...where, errorPolicy: 'all-or-nothing' });
    expect(checked).toMatchObject({ checked: 5, results: [], simulated: false });
    const opened = await openDisclosure(test.callAs('jiaowu.he'), where);
    expect(opened).toMatchObject({ from: '2026-06-23', until: '2026-06-26' });
    test.setClock('2026-06-27');
    expect(await closeDisclosure(test.callAs('jiaowu.cai'), where)).toMatchObject({ disclosed: 5, results: [] });
    const reported = await reportBatch(test.callAs('jiaowu.cai'), { ...where, errorPolicy: 'all-or-nothing' });
    expect(reported).toMatchObject({ reported: 5, missing: [], results: [] });
    expect(await reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId })).toMatchObject({
      reported: 5,
      batches: [{ batchId, count: 5 }],
    });
    expect(await reviewBatch(test.callAs('sheng.shen'), where)).toMatchObject({ reviewed: 5 });
    const filed = await fileBatch(test.callAs('sheng.shen'), where);
    expect(filed).toMatchObject({ filed: 5 });
    const batch = await test.world.db.prisma.batch.findFirstOrThrow({ where: { id: batchId } });
    expect(batch.state).toBe('filed');

    const bundle = await recordBundle(test.world, HERE, recordIds[2] ?? '');
    const verdict = await verifyBundle(JSON.parse(JSON.stringify(bundle)), { roots: [test.root.der] });
    expect(verdict.checks.filter((check) => check.outcome === 'failed')).toEqual([]);
    expect(verdict.verdict).toBe('valid');
    expect(bundle.steps.map((step) => step.statement.step)).toEqual([
      'collect',
      'cross-check',
      'open-disclosure',
      'close-disclosure',
      'report',
      'report-upward',
      'review',
      'filing',
    ]);
    expect(JSON.stringify(bundle)).not.toContain('37150220040312');
    const single = await stepBundle(test.world, HERE, filed.stepId ?? '');
    expect((await verifyBundle(single, { roots: [test.root.der] })).verdict).toBe('valid');
  });
});
