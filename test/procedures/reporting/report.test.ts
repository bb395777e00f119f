// Article 11(4), 11(5), 6, 5: the report to the degree office and upward.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileBatch } from '../../../src/procedures/reporting/filing.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../../src/procedures/reporting/report-upward.ts';
import { reviewBatch } from '../../../src/procedures/reporting/review.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { bringTo, refusal, statesOf } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 3);
});

const all = () => ({ institution: HERE, batchId: batch.batchId, errorPolicy: 'all-or-nothing' as const });
const skip = () => ({ ...all(), errorPolicy: 'skip-refused' as const });
const report = (input: Parameters<typeof reportBatch>[1]) => reportBatch(test.callAs('jiaowu.cai'), input);

describe('Article 11(4): within 15 days of the resolution taking effect', () => {
  it('the fifteenth day is still in time', async () => {
    await bringTo(test, batch, 'disclosed');
    test.setClock('2026-07-07');
    expect(await report(all())).toMatchObject({ reported: 3 });
  });

  it('the sixteenth is late: the deadline and the days are named, and nothing moves', async () => {
    await bringTo(test, batch, 'disclosed');
    test.setClock('2026-07-08');
    const violations = await report(all()).catch((error) => error.violations);
    expect(violations).toMatchObject([
      { code: 'reporting-deadline-passed', article: '11(4)', found: '2026-07-08 (+1)', expected: '≤ 2026-07-07' },
    ]);
    expect((await refusal(report(skip()))).codes).toEqual(['reporting-deadline-passed']);
    expect(await statesOf(test, batch.batchId)).toEqual({ disclosed: 3 });
  });

  it('a last day that is a holiday rolls to the next working day', async () => {
    const days = ['2026-07-07', '2026-07-08'];
    await test.world.db.prisma.calendarDay.createMany({
      data: days.map((date) => ({ institution: HERE, date, kind: 'holiday', name: '校庆' })),
    });
    await bringTo(test, batch, 'disclosed');
    test.setClock('2026-07-09');
    const reported = await report(all()).catch((error) => error);
    await test.world.db.prisma.calendarDay.deleteMany();
    expect(reported).toMatchObject({ reported: 3 });
  });
});

describe('Article 6, 9, 11(5): what is reported', () => {
  it('without the scan of the resolution the report is refused', async () => {
    await bringTo(test, batch, 'disclosed');
    await test.world.db.prisma.resolution.update({
      where: { institution_id: { institution: HERE, id: batch.resolutionId } },
      data: { scanDigest: '0'.repeat(64) },
    });
    expect((await refusal(report(all()))).codes).toEqual(['resolution-scan-missing']);
  });

  it('a person of the roster without a record stops the whole, or is listed', async () => {
    const part = await collectedBatch(test, 4, { without: 1 });
    await bringTo(test, part, 'disclosed');
    const input = { ...all(), batchId: part.batchId };
    expect((await refusal(report(input))).codes).toEqual(['roster-person-without-record']);
    const reported = await report({ ...input, errorPolicy: 'skip-refused' });
    expect(reported).toMatchObject({ reported: 3, missing: [{ sequence: 4 }] });
  });

  it('a record that breaks a rule by now is not reported, although it was cross-checked', async () => {
    await bringTo(test, batch, 'disclosed');
    const id = batch.recordIds[0] ?? '';
    await test.world.db.prisma.degreeRecord.update({
      where: { institution_id: { institution: HERE, id } },
      data: { sex: '2' },
    });
    const refused = await refusal(report(all()));
    expect(refused.kind).toBe('Refused');
    expect(refused.codes).toContain('enrolment-mismatch');
    expect(await report(skip())).toMatchObject({ reported: 2, results: [{ recordId: id }] });
  });

  it('no stage can be skipped', async () => {
    expect((await refusal(report(all()))).codes).toEqual(['stage-skipped']);
    const { batchId, resolutionId } = batch;
    const upward = reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId });
    expect((await refusal(upward)).codes).toEqual(['nothing-to-do']);
    const where = { institution: HERE, batchId };
    expect((await refusal(reviewBatch(test.callAs('sheng.shen'), where))).codes).toEqual(['nothing-to-do']);
    expect((await refusal(fileBatch(test.callAs('sheng.shen'), where))).codes).toEqual(['nothing-to-do']);
  });

  it('two officers racing: the second sees that the batch has moved', async () => {
    await bringTo(test, batch, 'disclosed');
    const { version } = await test.world.db.prisma.batch.findFirstOrThrow({ where: { id: batch.batchId } });
    const both = await Promise.allSettled([
      report({ ...all(), expectedVersion: version }),
      reportBatch(test.callAs('jiaowu.he'), { ...all(), expectedVersion: version }),
    ]);
    const [lost] = both.filter((one) => one.status === 'rejected');
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(lost?.reason).toMatchObject({ name: 'Stale', found: version + 1, expected: version });
  });
});
