// Article 10: whatever officers try in whatever order, nothing is filed around a stage, and the log always agrees with the register.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDisclosure } from '../../src/procedures/close-disclosure.ts';
import { correctRecord } from '../../src/procedures/correct.ts';
import { crossCheckRecords } from '../../src/procedures/cross-check.ts';
import { Forbidden, Refused, Stale } from '../../src/procedures/errors.ts';
import { fileBatch } from '../../src/procedures/filing.ts';
import { openDisclosure } from '../../src/procedures/open-disclosure.ts';
import { reportBatch } from '../../src/procedures/report.ts';
import { reportUpward } from '../../src/procedures/report-upward.ts';
import { returnRecords } from '../../src/procedures/return-records.ts';
import { reviewBatch } from '../../src/procedures/review.ts';
import { addDays } from '../../src/regulation/deadlines.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());

let day = '2026-06-23';
const skip = 'skip-refused' as const;
const ACTS: Record<string, (batch: Collected) => Promise<unknown>> = {
  check: ({ batchId }) =>
    crossCheckRecords(test.callAs('jiaowu.he'), { institution: HERE, batchId, errorPolicy: skip }),
  open: ({ batchId }) => openDisclosure(test.callAs('jiaowu.he'), { institution: HERE, batchId }),
  wait: async () => {
    day = addDays(day, 1);
    test.setClock(day);
  },
  close: ({ batchId }) => closeDisclosure(test.callAs('jiaowu.cai'), { institution: HERE, batchId }),
  report: ({ batchId }) => reportBatch(test.callAs('jiaowu.cai'), { institution: HERE, batchId, errorPolicy: skip }),
  upward: ({ resolutionId }) => reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId }),
  return: ({ recordIds: [recordId = ''] }) => {
    const reasons = [{ field: 'thesisTitle', reason: '题目有误' }];
    return returnRecords(test.callAs('sheng.shen'), { institution: HERE, returns: [{ recordId, reasons }] });
  },
  correct: async ({ recordIds: [recordId = ''] }) => {
    const { version } = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: recordId } });
    const changes = { thesisTitle: `整本书阅读教学研究之${version}` };
    const input = { institution: HERE, recordId, expectedVersion: version, changes };
    return correctRecord(test.callAs('jiaowu.cai'), input);
  },
  review: ({ batchId }) => reviewBatch(test.callAs('sheng.shen'), { institution: HERE, batchId }),
  file: ({ batchId }) => fileBatch(test.callAs('sheng.shen'), { institution: HERE, batchId }),
};
const WAY = ['check', 'open', 'wait', 'wait', 'wait', 'wait', 'close', 'report', 'upward', 'review', 'file'];

/** The way with some stages left out and other acts in between. */
const plans = fc
  .array(fc.tuple(fc.array(fc.constantFrom(...Object.keys(ACTS)), { maxLength: 2 }), fc.integer({ min: 0, max: 9 })), {
    minLength: WAY.length,
    maxLength: WAY.length,
  })
  .map((noise) => WAY.flatMap((act, at) => [...(noise[at]?.[0] ?? []), ...(noise[at]?.[1] === 0 ? [] : [act])]));

const STAGES = ['cross-check', 'report', 'report-upward', 'review', 'filing'];

describe('Article 10(1): no stage can be skipped', () => {
  it('in any order of acts a filed record has passed every stage after its last correction', async () => {
    let filed = 0;
    await fc.assert(
      fc.asyncProperty(plans, async (acts) => {
        day = '2026-06-23';
        test.setClock(day);
        const batch = await collectedBatch(test, 2);
        for (const act of acts) {
          await ACTS[act]?.(batch).catch((error: unknown) => {
            if (!(error instanceof Refused || error instanceof Forbidden || error instanceof Stale)) throw error;
          });
        }
        for (const id of batch.recordIds) {
          const { state, version, digest } = await test.world.db.prisma.degreeRecord.findFirstOrThrow({
            where: { id },
          });
          const rows = await test.world.db.prisma.stepSubject.findMany({
            where: { subjectId: id },
            orderBy: { step: { leafIndex: 'asc' } },
            include: { step: true },
          });
          expect(rows.at(-1)).toMatchObject({ version, digest });
          if (state !== 'filed') continue;
          filed++;
          const names = rows.map((row) => row.step.name);
          const sinceChange = names.slice(Math.max(names.lastIndexOf('correct'), 0));
          expect(sinceChange.filter((name) => STAGES.includes(name))).toEqual(expect.arrayContaining(STAGES));
          const order = STAGES.map((name) => names.lastIndexOf(name));
          expect(order).toEqual([...order].sort((one, other) => one - other));
          expect(names).toContain('close-disclosure');
        }
      }),
      { numRuns: Number(process.env.VERMILION_PROPERTY_RUNS ?? 15) },
    );
    expect(filed).toBeGreaterThan(0);
  });
});
