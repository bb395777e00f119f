// Article 14: what was reported is taken back before its review has ended, and comes again or stays away for good.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { recordScope, withdrawalScope } from '../../../src/procedures/read-access.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { fileBatch } from '../../../src/procedures/reporting/filing.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../../src/procedures/reporting/report-upward.ts';
import { returnRecords } from '../../../src/procedures/reporting/return-records.ts';
import { reviewBatch } from '../../../src/procedures/reporting/review.ts';
import { withdrawRecords } from '../../../src/procedures/reporting/withdraw-records.ts';
import { inTransaction } from '../../../src/store/database/transaction.ts';
import { takenNumbers } from '../../../src/store/records/certificate-numbers.ts';
import { rosterWithoutRecords } from '../../../src/store/resolutions/roster-reads.ts';
import { faults, peopleInLog, simulated } from '../../support/cases.ts';
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

const record = (at: number) => batch.recordIds[at] ?? '';
const REASON = '决议文号录入有误，需核对后重新上报';
const withdraw = (as: string, ids: readonly string[], reason = REASON) =>
  withdrawRecords(test.callAs(as), {
    institution: HERE,
    withdrawals: ids.map((recordId) => ({ recordId, reason })),
  });
const seenBy = (as: string, id: string) =>
  test.world.db.prisma.degreeRecord.count({ where: { AND: [recordScope(test.callAs(as).actor), { id }] } });
const where = () => ({ institution: HERE, batchId: batch.batchId });
const returnFirst = () =>
  returnRecords(test.callAs('sheng.shen'), {
    institution: HERE,
    returns: [{ recordId: record(0), reasons: [{ field: 'thesisTitle', reason: '题目有误' }] }],
  });
const resubmit = async (id: string) => {
  const { version } = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id } });
  const changes = { thesisTitle: '小学语文整本书阅读教学的现状与对策' };
  await correctRecord(test.callAs('jiaowu.cai'), {
    institution: HERE,
    recordId: id,
    expectedVersion: version,
    changes,
  });
  await crossCheckRecords(test.callAs('jiaowu.he'), { ...where(), errorPolicy: 'all-or-nothing' });
};

describe('Article 14: who withdraws what', () => {
  it('the category office what it reported, the degree office what stands with it or with the province', async () => {
    await bringTo(test, batch, 'reported');
    expect(await withdraw('jiaowu.cai', [record(0)])).toMatchObject({ withdrawn: 1 });
    expect(await withdraw('xuewei.guan', [record(1)])).toMatchObject({ withdrawn: 1 });
    const { resolutionId } = batch;
    await reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId });
    expect(await faults(withdraw('jiaowu.cai', [record(2)]))).toEqual([
      `withdrawal-not-by-office@records[${record(2)}].state`,
    ]);
    expect(await withdraw('xuewei.guan', [record(2)])).toMatchObject({ withdrawn: 1 });
    expect(await statesOf(test, batch.batchId)).toEqual({ withdrawn: 3 });
  });

  it('the category office what came back to it, and not the degree office', async () => {
    await bringTo(test, batch, 'reported-upward');
    await returnFirst();
    expect((await refusal(withdraw('xuewei.guan', [record(0)]))).codes).toEqual(['withdrawal-not-by-office']);
    expect(await withdraw('jiaowu.cai', [record(0)])).toMatchObject({ withdrawn: 1 });
  });

  it('nobody what has been reviewed, or was never reported', async () => {
    expect((await refusal(withdraw('jiaowu.cai', [record(0)]))).codes).toEqual(['stage-skipped']);
    await bringTo(test, batch, 'reported-upward');
    await reviewBatch(test.callAs('sheng.shen'), where());
    expect((await refusal(withdraw('xuewei.guan', [record(0)]))).codes).toEqual(['stage-skipped']);
    await fileBatch(test.callAs('sheng.shen'), where());
    expect((await refusal(withdraw('xuewei.guan', [record(0)]))).codes).toEqual(['stage-skipped']);
  });

  it('no other office, no other institution, no auditor', async () => {
    await bringTo(test, batch, 'reported');
    for (const [as, code] of [
      ['yanjiu.cai', 'not-your-category'],
      ['sheng.shen', 'not-your-office'],
      ['donghai.cai', 'not-your-institution'],
      ['jiancha', 'read-only-duty'],
    ] as const) {
      const { kind, codes } = await refusal(withdraw(as, [record(0)]));
      expect(kind).toBe('Forbidden');
      expect(codes).toContain(code);
    }
  });

  it('each with a reason that can stand in a paper, none twice, all or none', async () => {
    await bringTo(test, batch, 'reported');
    expect(await faults(withdraw('jiaowu.cai', [record(0), record(0)]))).toEqual([
      `record-doubled@records[${record(0)}]`,
    ]);
    expect((await refusal(withdraw('jiaowu.cai', [record(0)], '  '))).codes).toEqual(['withdrawal-reason-missing']);
    expect((await refusal(withdraw('jiaowu.cai', [record(0)], '决议文号录入有误\u0007需核对'))).codes).toEqual([
      'text-unreadable-character',
    ]);
    expect((await refusal(withdraw('jiaowu.cai', [record(0)], '决议文号录入有误'.repeat(2_501)))).codes).toEqual([
      'field-too-long',
    ]);
    expect((await refusal(withdraw('jiaowu.cai', []))).codes).toEqual(['nothing-to-do']);
    expect((await refusal(withdraw('jiaowu.cai', ['01920000-0000-7000-8000-000000000000']))).kind).toBe('NotFound');
    expect(await statesOf(test, batch.batchId)).toEqual({ reported: 3 });
  });
});

describe('Article 14: what was withdrawn', () => {
  it('is corrected and reported again: its first report in time still counts', async () => {
    await bringTo(test, batch, 'reported');
    await withdraw('jiaowu.cai', [record(0)]);
    test.setClock('2026-08-20');
    await resubmit(record(0));
    expect(await reportBatch(test.callAs('jiaowu.cai'), { ...where(), errorPolicy: 'all-or-nothing' })).toMatchObject({
      reported: 1,
    });
    await reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId: batch.resolutionId });
    await reviewBatch(test.callAs('sheng.shen'), where());
    expect(await fileBatch(test.callAs('sheng.shen'), where())).toMatchObject({ filed: 3 });
  });

  it('for good, holds its place on the roster and its certificate number, and holds up no batch', async () => {
    await bringTo(test, batch, 'reported-upward');
    await inTransaction(test.world.db, (tx) =>
      tx.certificateNumber.create({
        data: {
          ...{ number: batch.fields[0]?.certificateNumber ?? '', institution: HERE, recordId: record(0) },
          takenAt: test.world.now(),
        },
      }),
    );
    await returnFirst();
    await reviewBatch(test.callAs('sheng.shen'), where());
    await fileBatch(test.callAs('sheng.shen'), where());
    const state = async () =>
      (await test.world.db.prisma.batch.findFirstOrThrow({ where: { id: batch.batchId } })).state;
    expect(await state()).toBe('reported-upward');
    expect(await withdraw('jiaowu.cai', [record(0)])).toMatchObject({ filedBatches: [batch.batchId] });
    expect(await state()).toBe('filed');
    const { db } = test.world;
    expect(await rosterWithoutRecords(db.prisma, HERE, batch.resolutionId)).toEqual([]);
    const number = batch.fields[0]?.certificateNumber ?? '';
    expect((await inTransaction(db, (tx) => takenNumbers(tx, HERE, [number]))).get(number)).toBeDefined();
  });

  it('before it reached the province, the province does not see; afterwards it does', async () => {
    await bringTo(test, batch, 'reported');
    await withdraw('jiaowu.cai', [record(0)]);
    expect(await seenBy('sheng.shen', record(0))).toBe(0);
    expect(await seenBy('xuewei.guan', record(0))).toBe(1);
    await reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId: batch.resolutionId });
    await withdraw('xuewei.guan', [record(1)]);
    expect(await seenBy('sheng.shen', record(1))).toBe(1);
    expect(await seenBy('sheng.shen', record(0))).toBe(0);
    const seen = await test.world.db.prisma.recordWithdrawal.findMany({
      where: withdrawalScope(test.callAs('sheng.shen').actor),
    });
    expect(seen.map(({ recordId }) => recordId)).toContain(record(1));
    expect(seen.map(({ recordId }) => recordId)).not.toContain(record(0));
  });

  it('after a return and a second report, it had reached the province', async () => {
    await bringTo(test, batch, 'reported-upward');
    await returnFirst();
    await resubmit(record(0));
    await reportBatch(test.callAs('jiaowu.cai'), { ...where(), errorPolicy: 'all-or-nothing' });
    expect(await seenBy('sheng.shen', record(0))).toBe(0);
    await withdraw('jiaowu.cai', [record(0)]);
    expect(await seenBy('sheng.shen', record(0))).toBe(1);
  });

  it('is sealed without a word about the person, kept for good, and a simulation writes nothing', async () => {
    await bringTo(test, batch, 'reported');
    const reason = `${batch.fields[0]?.name}的论文题目有误`;
    await simulated(test, () =>
      withdrawRecords(test.callAs('jiaowu.cai', { simulate: true }), {
        institution: HERE,
        withdrawals: [{ recordId: record(0), reason }],
      }),
    );
    await withdraw('jiaowu.cai', [record(0)], reason);
    expect(await peopleInLog(test, batch.fields)).toEqual([]);
    const { pool } = test.world.db;
    await expect(pool.query(`UPDATE "RecordWithdrawal" SET "reason" = 'other'`)).rejects.toThrow(/append-only/);
  });

  it('twice is refused, and a retry with the same key gives the first answer', async () => {
    await bringTo(test, batch, 'reported');
    const call = test.callAs('jiaowu.cai', { idempotencyKey: `withdraw-${record(0)}` });
    const input = { institution: HERE, withdrawals: [{ recordId: record(0), reason: REASON }] };
    const first = await withdrawRecords(call, input);
    expect(await withdrawRecords(call, input)).toEqual(first);
    expect((await refusal(withdraw('jiaowu.cai', [record(0)]))).codes).toEqual(['stage-skipped']);
  });
});
