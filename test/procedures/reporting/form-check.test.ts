// Article 14: what the national centre finds wrong in filed records comes back, is corrected or answered, and passes every stage again.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { storeFile } from '../../../src/procedures/files/store-file.ts';
import { findVisibleFile } from '../../../src/procedures/files/visible-files.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { fileBatch } from '../../../src/procedures/reporting/filing.ts';
import { type RecordFormCheckInput, recordFormCheck } from '../../../src/procedures/reporting/record-form-check.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../../src/procedures/reporting/report-upward.ts';
import { reviewBatch } from '../../../src/procedures/reporting/review.ts';
import { changesSinceSubmission, submissionsOf } from '../../../src/procedures/reporting/submissions.ts';
import { faults, filedBatch, paper, peopleInLog, simulated } from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { refusal, statesOf } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let fileDigest: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  batch = await filedBatch(test, 3);
  test.setClock('2026-08-03');
  fileDigest = await paper(test, 'sheng.shen', 'form-check');
});

const record = (at: number) => batch.recordIds[at] ?? '';
const number = (at: number) => batch.fields[at]?.certificateNumber ?? '';
const WRONG = [{ field: 'thesisTitle', reason: '题目与答辩决议不一致' }];
const failed = (at: number, reasons: { field: string; reason: string }[] = WRONG) => ({
  ...{ certificateNumber: number(at), passed: false, reasons },
});
const passed = (at: number) => ({ certificateNumber: number(at), passed: true, reasons: [] });
let feedbacks = 0;
const nextNumber = () => {
  feedbacks += 1;
  return `核查〔2026〕${feedbacks}号`;
};
const check = (more: Partial<RecordFormCheckInput>, as = 'sheng.shen') =>
  recordFormCheck(test.callAs(as), {
    ...{ institution: HERE, number: nextNumber(), feedbackOn: '2026-08-01', fileDigest, results: [] },
    ...more,
  });
const table = async (text: string) =>
  (
    await storeFile(test.callAs('sheng.shen'), {
      ...{ institution: HERE, kind: 'form-check-table', name: '核查结果.csv', bytes: Buffer.from(text, 'utf8') },
    })
  ).digest;
const where = () => ({ institution: HERE, batchId: batch.batchId });
const batchState = async () =>
  (await test.world.db.prisma.batch.findFirstOrThrow({ where: { id: batch.batchId } })).state;

describe('Article 14: the form check', () => {
  it('returns what failed with its reasons; the filed batch waits for it again, and what passed stays filed', async () => {
    expect(await check({ results: [failed(0), passed(1)] })).toMatchObject({ passed: 1, failed: 1 });
    expect(await statesOf(test, batch.batchId)).toEqual({ returned: 1, filed: 2 });
    expect(await batchState()).toBe('reported-upward');
    const { prisma } = test.world.db;
    expect(await prisma.reviewReason.findMany({ where: { recordId: record(0) } })).toMatchObject([
      { source: 'form-check', field: 'thesisTitle', resolvedVersion: null, returnedVersion: 1 },
    ]);
    expect(await prisma.formCheckResult.findMany({ where: { recordId: record(1) } })).toMatchObject([
      { passed: true, version: 1 },
    ]);
  });

  it('what failed is corrected and passes every stage again; the history shows both ways', async () => {
    await check({ results: [failed(0)] });
    const changes = { thesisTitle: '小学语文整本书阅读教学的现状与对策' };
    await correctRecord(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, recordId: record(0), expectedVersion: 1, changes },
    });
    expect((await refusal(fileBatch(test.callAs('sheng.shen'), where()))).codes).toEqual(['nothing-to-do']);
    await crossCheckRecords(test.callAs('jiaowu.he'), { ...where(), errorPolicy: 'all-or-nothing' });
    await reportBatch(test.callAs('jiaowu.cai'), { ...where(), errorPolicy: 'all-or-nothing' });
    await reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId: batch.resolutionId });
    expect(await changesSinceSubmission(test.world, HERE, record(0), 2)).toMatchObject([
      { field: 'thesisTitle', after: changes.thesisTitle },
    ]);
    await reviewBatch(test.callAs('sheng.shen'), where());
    await fileBatch(test.callAs('sheng.shen'), where());
    expect(await batchState()).toBe('filed');
    const [first, second, ...more] = await submissionsOf(test.world.db.prisma, HERE, record(0));
    expect(more).toEqual([]);
    expect(first).toMatchObject({ number: 1, version: 1, previousVersion: null, corrections: [expect.any(String)] });
    expect(first?.formCheck).toEqual(expect.any(String));
    expect(second).toMatchObject({ number: 2, version: 2, previousVersion: 1, returned: null, formCheck: null });
    for (const step of [second?.report, second?.upward, second?.review, second?.filing]) expect(step).toBeTruthy();
  });

  it('comes as a table, several rows for one record, with fields by their Chinese names', async () => {
    const tableDigest = await table(
      [
        '学位证书编号,核查结果,问题字段,问题说明',
        `${number(0)},不通过,论文题目,题目有误`,
        `${number(0)},不通过,thesisKeywords,关键词过少`,
        `${number(1)},通过,,`,
      ].join('\n'),
    );
    expect(await check({ tableDigest })).toMatchObject({ passed: 1, failed: 1 });
    const reasons = await test.world.db.prisma.reviewReason.findMany({ where: { recordId: record(0) } });
    expect(reasons.map(({ field }) => field).sort()).toEqual(['thesisKeywords', 'thesisTitle']);
  });

  it('a table is refused with what is wrong in each of its rows', async () => {
    const tableDigest = await table(
      [
        '证书编号,结果,字段,原因',
        `${number(0)},也许,论文题目,题目有误`,
        `1044742026999999,不通过,论文题目,题目有误`,
        `${number(1)},不通过,论文题目,`,
        `${number(2)},不通过,没有的字段,有误`,
        `${number(2)},通过,,`,
        ',通过,,',
      ].join('\n'),
    );
    expect((await faults(check({ tableDigest }))).sort()).toEqual([
      'field-missing@table[7].certificateNumber',
      'form-check-contradicted@table[6].passed',
      'form-check-record-unknown@table[3].certificateNumber',
      'form-check-result-unknown@table[2].result',
      'review-field-unknown@table[5].reasons[0].field',
      'review-reason-missing@table[4].reasons[0].reason',
    ]);
    expect(await statesOf(test, batch.batchId)).toEqual({ filed: 3 });
  });

  it.each([
    ['without records', {}, ['form-check-empty@results']],
    ['without a number', { number: ' ' }, ['form-check-number-missing@number']],
    ['of a day to come', { feedbackOn: '2026-08-04' }, ['form-check-date@feedbackOn']],
    ['of no day', { feedbackOn: '2026-02-30' }, ['form-check-date@feedbackOn']],
    ['without its file', { fileDigest: 'f'.repeat(64) }, ['file-missing@fileDigest']],
  ])('is refused %s', async (_, more, expected) => {
    const results = expected[0]?.startsWith('form-check-empty') ? [] : [failed(0)];
    expect(await faults(check({ results, ...more }))).toEqual(expected);
  });

  it('is not dated before a record in it was filed, by the day in Shanghai', async () => {
    const results = [failed(0), passed(1)];
    const where = { institution_id: { institution: HERE, id: record(1) } };
    // Half past midnight of the second of August in Shanghai.
    const filedAt = new Date('2026-08-01T16:30:00Z');
    await test.world.db.prisma.degreeRecord.update({ where, data: { filedAt } });
    expect(await faults(check({ results }))).toEqual(['form-check-before-filing@feedbackOn']);
    // A whole batch: what is not listed was looked at, too.
    expect(await faults(check({ batchId: batch.batchId, results: [failed(0)] }))).toEqual([
      'form-check-before-filing@feedbackOn',
    ]);
    expect(await check({ results: [failed(0)] })).toMatchObject({ failed: 1 });
    expect(await check({ results: [passed(1)], feedbackOn: '2026-08-02' })).toMatchObject({ passed: 1 });
  });

  it('has a number that is entered once, also of two at a time', async () => {
    const number = nextNumber();
    const once = (at: number) => check({ number, results: [passed(at)] });
    const both = await Promise.allSettled([once(0), once(1)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await faults(check({ results: [failed(2)], number: ` ${number} ` }))).toEqual([
      'form-check-number-taken@number',
    ]);
    expect(await statesOf(test, batch.batchId)).toEqual({ filed: 3 });
  });

  it.each([
    ['a failure without a reason', () => failed(0, []), 'review-reason-missing'],
    ['a reason without words', () => failed(0, [{ field: 'name', reason: ' ' }]), 'review-reason-missing'],
    ['a field that is none', () => failed(0, [{ field: 'state', reason: '有误' }]), 'review-field-unknown'],
    ['a reason for what passed', () => ({ ...failed(0), passed: true }), 'form-check-passed-with-reason'],
    ['unseen characters', () => failed(0, [{ field: 'name', reason: 'a\u202eb' }]), 'text-unreadable-character'],
    ['a number of no record', () => ({ ...failed(0), certificateNumber: 'x' }), 'form-check-record-unknown'],
  ])('refuses %s', async (_, result, code) => {
    expect((await refusal(check({ results: [result()] }))).codes).toEqual([code]);
  });

  it('refuses a record that is not filed, has ended, or stands in an open application', async () => {
    test.setClock('2026-06-23');
    const early = await collectedBatch(test, 1);
    test.setClock('2026-08-03');
    const results = [{ ...failed(0), certificateNumber: early.fields[0]?.certificateNumber ?? '' }];
    expect((await refusal(check({ results }))).codes).toEqual(['stage-skipped']);
    const id = { institution_id: { institution: HERE, id: record(1) } };
    await test.world.db.prisma.degreeRecord.update({ where: id, data: { state: 'revoked' } });
    expect((await refusal(check({ results: [failed(1)] }))).codes).toEqual(['stage-skipped']);
    await draftChangeRequest(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, category: 'regular-bachelor' },
      reason: '该生论文题目在上报时误用开题时的题目，与答辩通过的题目不一致。',
      finding: '经核对答辩决议，情况属实。',
      evidence: [{ title: '答辩决议复印件', fileDigest: await paper(test, 'jiaowu.cai', 'evidence') }],
      records: [
        { recordId: record(0), changes: [{ field: 'thesisTitle', after: '整本书阅读教学之现状', evidence: [1] }] },
      ],
    });
    expect((await refusal(check({ results: [failed(0)] }))).codes).toEqual(['form-check-application-open']);
  });

  it('about a whole batch: what it does not list has passed, unless an application is open', async () => {
    const { batchId } = batch;
    expect(await check({ batchId, results: [failed(0)] })).toMatchObject({ passed: 2, failed: 1, leftOut: 0 });
    const other = await filedBatch(test, 1);
    test.setClock('2026-08-03');
    const results = [{ ...failed(0), certificateNumber: other.fields[0]?.certificateNumber ?? '' }];
    expect((await refusal(check({ batchId, results }))).codes).toEqual(['form-check-record-unknown']);
    expect(await check({ batchId: other.batchId })).toMatchObject({ passed: 1, failed: 0 });
    const nowhere = '01920000-0000-7000-8000-000000000000';
    expect((await refusal(check({ batchId: nowhere, results: [failed(1)] }))).kind).toBe('NotFound');
  });

  it('results one by one and as a table at once are refused', async () => {
    const tableDigest = await table(`学位证书编号,核查结果,问题字段,问题说明\n${number(1)},通过,,`);
    expect((await refusal(check({ tableDigest, results: [failed(0)] }))).codes).toEqual(['form-check-both']);
  });

  it('a table with another header, or a digest of nothing, is refused', async () => {
    const tableDigest = await table('姓名,成绩\n张三,90');
    expect((await refusal(check({ tableDigest }))).kind).toBe('Refused');
    expect((await refusal(check({ tableDigest: fileDigest }))).codes).toContain('file-missing');
  });

  it('is entered by the provincial office of the institution alone', async () => {
    for (const as of ['xuewei.guan', 'jiaowu.cai', 'donghai.xuewei', 'jiancha']) {
      expect((await refusal(check({ results: [failed(0)] }, as))).kind, as).toBe('Forbidden');
    }
  });

  it('says nothing of people in the log; a simulation writes nothing; its file is seen by who sees the records', async () => {
    await simulated(test, () =>
      recordFormCheck(test.callAs('sheng.shen', { simulate: true }), {
        ...{ institution: HERE, number: nextNumber(), feedbackOn: '2026-08-01', fileDigest, results: [failed(0)] },
      }),
    );
    await check({ results: [failed(0), passed(1), passed(2)] });
    expect(await peopleInLog(test, batch.fields)).toEqual([]);
    const visible = async (as: string) =>
      (await findVisibleFile(test.world, test.callAs(as).actor, { institution: HERE, digest: fileDigest })) !== null;
    expect(await visible('jiaowu.cai')).toBe(true);
    expect(await visible('sheng.shen')).toBe(true);
    expect(await visible('yanjiu.cai')).toBe(false);
    expect(await visible('donghai.xuewei')).toBe(false);
  });
});
