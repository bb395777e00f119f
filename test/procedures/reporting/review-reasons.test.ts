// Article 14: every reason of a return is corrected or answered in words before the record goes on.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { findVisibleFile } from '../../../src/procedures/files/visible-files.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import {
  type AnswerReviewReasonInput,
  answerReviewReason,
} from '../../../src/procedures/reporting/answer-review-reason.ts';
import { fileBatch } from '../../../src/procedures/reporting/filing.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../../src/procedures/reporting/report-upward.ts';
import { returnRecords } from '../../../src/procedures/reporting/return-records.ts';
import { reviewBatch } from '../../../src/procedures/reporting/review.ts';
import { submissionsOf } from '../../../src/procedures/reporting/submissions.ts';
import { withdrawRecords } from '../../../src/procedures/reporting/withdraw-records.ts';
import { reasonState } from '../../../src/regulation/reporting/review-reasons.ts';
import { faults, paper, peopleInLog, simulated } from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { bringTo, refusal } from '../../support/stages.ts';
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
  batch = await collectedBatch(test, 1);
  recordId = batch.recordIds[0] ?? '';
  await bringTo(test, batch, 'reported-upward');
  const reasons = [
    { field: 'thesisTitle', reason: '题目有误' },
    { field: 'thesisKeywords', reason: '关键词过少' },
  ];
  await returnRecords(test.callAs('sheng.shen'), { institution: HERE, returns: [{ recordId, reasons }] });
});

const WORDS = '关键词为答辩时确定的两个，与论文封面一致，无误。';
const answer = (more: Partial<AnswerReviewReasonInput> = {}, as = 'jiaowu.cai') =>
  answerReviewReason(test.callAs(as), {
    ...{ institution: HERE, recordId, expectedVersion: 1, field: 'thesisKeywords', answer: WORDS },
    ...more,
  });
const correct = (changes: Record<string, string>) =>
  correctRecord(test.callAs('jiaowu.cai'), { institution: HERE, recordId, expectedVersion: 1, changes });
const TITLE = { thesisTitle: '小学语文整本书阅读教学的现状与对策' };
const state = async () => (await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: recordId } })).state;
const reasons = async () =>
  (await test.world.db.prisma.reviewReason.findMany({ where: { recordId }, orderBy: { field: 'asc' } })).map((row) => [
    row.field,
    reasonState(row),
    row.resolvedVersion,
  ]);

describe('Article 14: reasons of a return', () => {
  it('a correction that leaves one of them as it is, is refused, and names it', async () => {
    expect(await faults(correct(TITLE))).toEqual(['review-reason-unanswered@thesisKeywords']);
    expect(await state()).toBe('returned');
    await correct({ ...TITLE, thesisKeywords: '小学语文；整本书阅读；教学对策' });
    expect(await reasons()).toEqual([
      ['thesisKeywords', 'corrected', 2],
      ['thesisTitle', 'corrected', 2],
    ]);
  });

  it('one answered in words and the other corrected, it goes on', async () => {
    expect(await answer()).toMatchObject({ open: 1 });
    expect(await state()).toBe('returned');
    await correct(TITLE);
    expect(await state()).toBe('collected');
    expect(await reasons()).toEqual([
      ['thesisKeywords', 'answered', 1],
      ['thesisTitle', 'corrected', 2],
    ]);
  });

  it('all answered, it passes every stage again, unchanged, and by another checker', async () => {
    await answer();
    expect(await answer({ field: 'thesisTitle', answer: '题目与答辩决议一致，经再次核对无误。' })).toMatchObject({
      open: 0,
    });
    const row = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: recordId } });
    expect(row).toMatchObject({ state: 'collected', version: 1, crossCheckedById: null });
    expect(row.collectedById).toBe(test.callAs('jiaowu.cai').actor.officerId);
    const where = { institution: HERE, batchId: batch.batchId };
    await crossCheckRecords(test.callAs('jiaowu.he'), { ...where, errorPolicy: 'all-or-nothing' });
    await reportBatch(test.callAs('jiaowu.cai'), { ...where, errorPolicy: 'all-or-nothing' });
    await reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId: batch.resolutionId });
    await reviewBatch(test.callAs('sheng.shen'), where);
    await fileBatch(test.callAs('sheng.shen'), where);
    expect(await state()).toBe('filed');
    const [first, second] = await submissionsOf(test.world.db.prisma, HERE, recordId);
    expect(first?.corrections).toHaveLength(2);
    expect(second).toMatchObject({ version: 1, previousVersion: 1, filing: expect.any(String) });
  });

  it('also a record that was withdrawn meanwhile is answered for', async () => {
    const withdrawals = [{ recordId, reason: '先行撤回核对' }];
    await withdrawRecords(test.callAs('jiaowu.cai'), { institution: HERE, withdrawals });
    expect(await faults(correct(TITLE))).toEqual(['review-reason-unanswered@thesisKeywords']);
    await answer();
    expect(await state()).toBe('withdrawn');
    await correct(TITLE);
    expect(await state()).toBe('collected');
  });

  it('evidence may be attached, and is seen by the province once the record is there again', async () => {
    const evidence = await paper(test, 'jiaowu.cai', 'evidence', `cover ${recordId}`);
    await answer({ evidence });
    const seen = async (as: string) =>
      (await findVisibleFile(test.world, test.callAs(as).actor, { institution: HERE, digest: evidence })) !== null;
    expect(await seen('jiaowu.cai')).toBe(true);
    expect(await seen('sheng.shen')).toBe(true);
    expect(await seen('yanjiu.cai')).toBe(false);
    expect(await faults(answer({ field: 'thesisTitle', evidence: 'f'.repeat(64) }))).toEqual(['file-missing@evidence']);
  });

  it.each([
    ['a field that was not returned', { field: 'name' }, 'review-reason-not-open'],
    ['a field that is none', { field: 'state' }, 'review-reason-not-open'],
    ['too few words', { answer: '无误' }, 'review-answer-too-short'],
    ['characters that nobody sees', { answer: `${WORDS}\u0000` }, 'text-unreadable-character'],
    ['words without end', { answer: '长而无当'.repeat(5_001) }, 'field-too-long'],
  ])('refuses %s', async (_, more, code) => {
    expect((await refusal(answer(more))).codes).toEqual([code]);
  });

  it('answered twice, of another version, by another office or not returned at all: refused', async () => {
    await answer();
    expect((await refusal(answer())).codes).toEqual(['review-reason-not-open']);
    expect((await refusal(answer({ field: 'thesisTitle', expectedVersion: 2 }))).kind).toBe('Stale');
    for (const as of ['yanjiu.cai', 'jiaowu.he', 'xuewei.guan', 'sheng.shen', 'jiancha', 'donghai.cai']) {
      expect((await refusal(answer({ field: 'thesisTitle' }, as))).kind, as).toBe('Forbidden');
    }
    await correct(TITLE);
    expect((await refusal(answer({ expectedVersion: 2 }))).codes).toContain('stage-skipped');
  });

  it('the words are not in the log, and a simulation writes nothing', async () => {
    await simulated(test, () =>
      answerReviewReason(test.callAs('jiaowu.cai', { simulate: true }), {
        ...{ institution: HERE, recordId, expectedVersion: 1, field: 'thesisKeywords', answer: WORDS },
      }),
    );
    await answer({ answer: `${batch.fields[0]?.name}的关键词与论文封面一致，无误。` });
    expect(await peopleInLog(test, batch.fields)).toEqual([]);
  });
});
