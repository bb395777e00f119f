// Article 10: whatever officers try in whatever order, nothing is filed around a stage, and the log always agrees with the register.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crossCheckRecords } from '../../src/procedures/cross-check/cross-check.ts';
import { closeDisclosure } from '../../src/procedures/disclosure/close-disclosure.ts';
import { openDisclosure } from '../../src/procedures/disclosure/open-disclosure.ts';
import { Forbidden, Refused, Stale } from '../../src/procedures/errors.ts';
import { correctRecord } from '../../src/procedures/records/correct.ts';
import { answerReviewReason } from '../../src/procedures/reporting/answer-review-reason.ts';
import { fileBatch } from '../../src/procedures/reporting/filing.ts';
import { recordFormCheck } from '../../src/procedures/reporting/record-form-check.ts';
import { reportBatch } from '../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../src/procedures/reporting/report-upward.ts';
import { returnRecords } from '../../src/procedures/reporting/return-records.ts';
import { reviewBatch } from '../../src/procedures/reporting/review.ts';
import { withdrawRecords } from '../../src/procedures/reporting/withdraw-records.ts';
import { addDays } from '../../src/regulation/deadlines/deadlines.ts';
import { type RecordStep, TRANSITIONS, transitionViolations } from '../../src/regulation/lifecycle.ts';
import type { RecordState } from '../../src/regulation/vocabulary.ts';
import { paper } from '../support/cases.ts';
import { runs } from '../support/chance.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let feedback: string;
beforeAll(async () => {
  test = await testWorld();
  feedback = await paper(test, 'sheng.shen', 'form-check');
});
afterAll(() => test.close());

let day = '2026-06-23';
let feedbacks = 0;
const skip = 'skip-refused' as const;
const correctTitle = async (recordId: string) => {
  const { version } = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: recordId } });
  const changes = { thesisTitle: `整本书阅读教学研究之${version}` };
  const input = { institution: HERE, recordId, expectedVersion: version, changes };
  return correctRecord(test.callAs('jiaowu.cai'), input);
};
const withdraw = (as: string, recordId: string) =>
  withdrawRecords(test.callAs(as), { institution: HERE, withdrawals: [{ recordId, reason: '需核对后重新上报' }] });
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
  correct: ({ recordIds: [recordId = ''] }) => correctTitle(recordId),
  // What a category office takes back, and what only the degree office can.
  withdraw: ({ recordIds: [, recordId = ''] }) => withdraw('jiaowu.cai', recordId),
  'withdraw upward': ({ recordIds: [recordId = ''] }) => withdraw('xuewei.guan', recordId),
  answer: async ({ recordIds: [recordId = ''] }) => {
    const { version } = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: recordId } });
    const said = { field: 'thesisTitle', answer: '题目与答辩决议一致，核对无误。' };
    return answerReviewReason(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, recordId, expectedVersion: version, ...said },
    });
  },
  'form check': ({ fields: [first] }) => {
    feedbacks += 1;
    const reasons = [{ field: 'thesisTitle', reason: '题目有误' }];
    const results = [{ certificateNumber: first?.certificateNumber ?? '', passed: false, reasons }];
    return recordFormCheck(test.callAs('sheng.shen'), {
      ...{ institution: HERE, number: `核查〔2026〕${feedbacks}号`, feedbackOn: day, fileDigest: feedback, results },
    });
  },
  'correct other': ({ recordIds: [, recordId = ''] }) => correctTitle(recordId),
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

/** Where a record begins its way anew. */
const ANEW = ['correct', 'answer-review-reason'];
const AFTER_REPORT: readonly (RecordState | null)[] = ['reported', 'reported-upward', 'reviewed', 'filed'];

/** Plays the acts; what is refused changes nothing. Gives back the batch. */
async function play(acts: readonly string[]): Promise<Collected> {
  day = '2026-06-23';
  test.setClock(day);
  const batch = await collectedBatch(test, 2);
  for (const act of acts) {
    await ACTS[act]?.(batch).catch((error: unknown) => {
      if (!(error instanceof Refused || error instanceof Forbidden || error instanceof Stale)) throw error;
    });
  }
  return batch;
}

/** Holds what the log says of a record against the register; gives back the names of its steps, and where it stands. */
async function held(id: string): Promise<{ names: string[]; state: string }> {
  const { state, version, digest } = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id } });
  const rows = await test.world.db.prisma.stepSubject.findMany({
    where: { subjectId: id },
    orderBy: { step: { leafIndex: 'asc' } },
    include: { step: true },
  });
  expect(rows.at(-1)).toMatchObject({ version, digest });
  // Every move has its seal: the sealed steps lead, each from a state it takes, to the state of the register.
  let at: RecordState | null = null;
  let last: string | undefined;
  for (const row of rows) {
    const name = row.step.name as RecordStep;
    expect(transitionViolations(name, at, { disclosureStillHolds: true }), `${name} from ${at}`).toEqual([]);
    // What was reported says the same until it was returned or withdrawn.
    if (AFTER_REPORT.includes(at)) expect(row.digest).toBe(last);
    if (last !== undefined && row.digest !== last) expect(name).toBe('correct');
    last = row.digest;
    at = TRANSITIONS[name].to ?? at;
  }
  expect(at).toBe(state);
  const names = rows.map((row) => row.step.name);
  if (state !== 'filed') return { names, state };
  const anew = Math.max(...ANEW.map((name) => names.lastIndexOf(name)), 0);
  expect(names.slice(anew).filter((name) => STAGES.includes(name))).toEqual(expect.arrayContaining(STAGES));
  const order = STAGES.map((name) => names.lastIndexOf(name));
  expect(order).toEqual([...order].sort((one, other) => one - other));
  expect(names).toContain('close-disclosure');
  // What a form check found wrong, and what was taken back, was corrected or answered before it came again.
  for (const name of ['form-check', 'withdraw-records', 'return-records']) {
    if (names.includes(name)) expect(names.lastIndexOf(name)).toBeLessThan(anew);
  }
  return { names, state };
}

describe('Article 10(1): no stage can be skipped', () => {
  it('in any order of acts a filed record has passed every stage after its last correction or answer', async () => {
    let filed = 0;
    await fc.assert(
      fc.asyncProperty(plans, async (acts) => {
        const batch = await play(acts);
        for (const id of batch.recordIds) if ((await held(id)).state === 'filed') filed++;
      }),
      // The way as it is meant comes first, so that something is filed whatever chance brings.
      { numRuns: runs(15), examples: [[WAY]] },
    );
    expect(filed).toBeGreaterThan(0);
  });

  it('Article 14: found wrong after filing, answered, taken back, corrected and filed again', async () => {
    const again = ['check', 'report', 'upward'];
    const acts = [...WAY, 'form check', 'answer', ...again, 'withdraw upward', 'correct', ...again, 'return'];
    const batch = await play([...acts, 'review', 'correct', ...again, 'review', 'file']);
    const { names, state } = await held(batch.recordIds[0] ?? '');
    expect(state).toBe('filed');
    expect(names.filter((name) => !STAGES.includes(name))).toEqual([
      ...['collect', 'open-disclosure', 'close-disclosure', 'form-check', 'answer-review-reason'],
      ...['withdraw-records', 'correct', 'return-records', 'correct'],
    ]);
    expect((await held(batch.recordIds[1] ?? '')).names).toHaveLength(8);
  });

  it('Article 14: taken back before the province had it, it comes again or stays away', async () => {
    const way = WAY.slice(0, WAY.indexOf('upward'));
    const stays = await play([...way, 'withdraw', 'upward', 'review', 'file']);
    expect(await held(stays.recordIds[1] ?? '')).toMatchObject({ state: 'withdrawn' });
    expect(await held(stays.recordIds[0] ?? '')).toMatchObject({ state: 'filed' });
    const comes = await play([...way, 'withdraw', 'correct other', 'check', 'report', 'upward', 'review', 'file']);
    expect(await held(comes.recordIds[1] ?? '')).toMatchObject({ state: 'filed' });
  });
});
