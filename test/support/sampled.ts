// Five people of whom some are drawn to be cross-checked in person, for both ways of doing so.
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { crossCheckRecords } from '../../src/procedures/cross-check/cross-check.ts';
import { drawSample } from '../../src/procedures/cross-check/draw-sample.ts';
import { examineRecord } from '../../src/procedures/cross-check/examine-record.ts';
import { standingOf } from '../../src/procedures/cross-check/sample-standing.ts';
import { type Collected, collectedBatch } from './collected.ts';
import { HERE, type TestWorld, testWorld } from './world.ts';

/** A world of its own for a test file, and a batch under a policy of drawing anew before each test; `shared.batch` is that of the test. */
export function sampled() {
  let test: TestWorld;
  let batch: Collected;
  const policy = async (content: object) => {
    await test.world.db.prisma.policy.create({
      data: { institution: HERE, effectiveFrom: '2026-01-01', content: { ...content } },
    });
  };
  beforeAll(async () => {
    test = await testWorld();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.setClock('2026-06-23');
    await policy({ crossCheckSample: 40 });
    batch = await collectedBatch(test, 5);
  });

  /** Another batch in the place of that of the test. */
  const another = async (count: number): Promise<Collected> => {
    batch = await collectedBatch(test, count);
    return batch;
  };
  const where = () => ({ institution: HERE, batchId: batch.batchId });
  const draw = (options = {}) => drawSample(test.callAs('jiaowu.he', options), where());
  const check = (errorPolicy: 'all-or-nothing' | 'skip-refused' = 'all-or-nothing') =>
    crossCheckRecords(test.callAs('jiaowu.he'), { ...where(), errorPolicy });
  const standing = () => standingOf(test.world.db.prisma, HERE, batch.batchId);
  const drawnIds = async () => {
    const rows = await test.world.db.prisma.drawnRecord.findMany({
      where: { batchId: batch.batchId, sampled: true },
      orderBy: [{ draw: 'asc' }, { recordId: 'asc' }],
    });
    return rows.map(({ recordId }) => recordId);
  };
  const finding = (recordId: string, more: object = {}) => ({
    ...{ institution: HERE, recordId, expectedVersion: 1, agrees: true, wrong: [], ...more },
  });
  const examine = (recordId: string, more: object = {}, as = 'jiaowu.he') =>
    examineRecord(test.callAs(as), finding(recordId, more));
  const OVERRULED = '复印件不清，经核对原件一致。';
  const WRONG = { agrees: false, wrong: [{ field: 'thesisTitle', words: '与论文原件不符' }] };
  return {
    get test() {
      return test;
    },
    get batch() {
      return batch;
    },
    policy,
    another,
    where,
    draw,
    check,
    standing,
    drawnIds,
    finding,
    examine,
    OVERRULED,
    WRONG,
  };
}
