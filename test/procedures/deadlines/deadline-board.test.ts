// Article 11(4), 11(3), 11(6), 16: everything with a clock on one board, and the offices in charge are told in time, once.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { draftSupplementaryReport } from '../../../src/procedures/applications/draft-supplementary-report.ts';
import { type BoardFilter, clockScope, readBoard } from '../../../src/procedures/deadlines/deadline-board.ts';
import { markReminderRead } from '../../../src/procedures/deadlines/mark-reminder-read.ts';
import { enqueueReminders, keepReminding } from '../../../src/procedures/deadlines/remind.ts';
import { raiseObjection } from '../../../src/procedures/disclosure/raise-objection.ts';
import { reminderScope } from '../../../src/procedures/read-access.ts';
import { loadRevocationResolution } from '../../../src/procedures/resolutions/load-revocation-resolution.ts';
import { runDueJobs } from '../../../src/procedures/run-jobs.ts';
import { uuidv7 } from '../../../src/store/database/uuid.ts';
import { bringCase, paper, peopleInLog } from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { bringTo, refusal } from '../../support/stages.ts';
import { HERE, PROVINCE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 3);
});

const OFFICE = `${HERE}/academic-affairs-office`;
const board = (as: string, filter: BoardFilter = {}) =>
  readBoard(test.world, test.world.db.prisma, clockScope(test.callAs(as).actor), filter);
const kinds = async (as: string) => (await board(as)).map(({ kind }) => kind);
const supplementary = () =>
  draftSupplementaryReport(test.callAs('jiaowu.cai'), {
    ...{ institution: HERE, category: 'regular-bachelor', resolutionId: batch.resolutionId, evidence: [] },
    reason: '该生学籍信息在报送期限内未完成核对，故未能按期上报。',
    measures: '建立学籍信息提前核对机制，避免再次发生。',
    recordIds: batch.recordIds,
  });
const revocation = async () =>
  loadRevocationResolution(test.callAs('xuewei.guan'), {
    ...{ institution: HERE, number: '聊大学位撤〔2026〕1号', meeting: '第十三次', decidedOn: '2026-06-20' },
    ...{ effectiveOn: '2026-06-22', members: 21, present: 19, yes: 19, no: 0, abstain: 0 },
    ...{ headName: '周明远', chairName: '周明远' },
    scanDigest: await paper(test, 'xuewei.guan', 'revocation-resolution-scan'),
  });

describe('Article 11(4): the board of deadlines', () => {
  it('shows how many people are still to be reported, until when, by whom, and what comes next', async () => {
    expect(await board('jiaowu.cai')).toMatchObject([
      {
        ...{ kind: 'report', subjectType: 'Resolution', subjectId: batch.resolutionId, category: 'regular-bachelor' },
        ...{ officeId: OFFICE, nextStep: 'cross-check', open: 3, nominal: '2026-07-07', rolled: '2026-07-07' },
        ...{ daysLeft: 14, state: 'running' },
      },
    ]);
    test.setClock('2026-07-04');
    expect(await board('jiaowu.cai')).toMatchObject([{ daysLeft: 3, state: 'warning' }]);
    test.setClock('2026-07-08');
    expect(await board('jiaowu.cai')).toMatchObject([
      { daysLeft: -1, daysLate: 1, state: 'late', nextStep: 'draft-application' },
    ]);
  });

  it('nominal and rolled day differ where the last day is a holiday', async () => {
    await test.world.db.prisma.calendarDay.createMany({
      data: ['2026-07-07', '2026-07-08'].map((date) => ({ institution: HERE, date, kind: 'holiday', name: '校庆' })),
    });
    test.setClock('2026-07-08');
    expect(await board('jiaowu.cai')).toMatchObject([
      { nominal: '2026-07-07', rolled: '2026-07-09', state: 'warning', daysLeft: 1 },
    ]);
  });

  it('a dispute of a student waits until the report is due, an objection from outside until the disclosure ends', async () => {
    const { prisma } = test.world.db;
    const { officerId } = test.callAs('jiaowu.he').actor;
    const [recordId = ''] = batch.recordIds;
    const dispute = { institution: HERE, id: uuidv7(), recordId, category: 'regular-bachelor', version: 1 };
    const raised = { content: 'box', evidence: [], state: 'open', raisedAt: test.world.now() };
    await prisma.studentDispute.create({ data: { ...dispute, ...raised } });
    const of = (kind: string) => board('jiaowu.cai').then((items) => items.filter((item) => item.kind === kind));
    expect(await of('dispute')).toMatchObject([
      {
        ...{ subjectType: 'StudentDispute', subjectId: dispute.id, officeId: OFFICE, nextStep: 'answer-dispute' },
        ...{ nominal: '2026-07-07', since: '2026-06-23', state: 'running' },
      },
    ]);
    await prisma.studentDispute.update({
      where: { institution_id: { institution: HERE, id: dispute.id } },
      data: { state: 'declined', answeredAt: test.world.now(), answer: 'box', answeredById: officerId },
    });
    expect(await of('dispute')).toEqual([]);

    await bringTo(test, batch, 'disclosing');
    const received = { institution: HERE, id: uuidv7(), batchId: batch.batchId, recordId };
    const texts = { reason: 'box', name: 'box', contact: 'box', addressIndex: 'index' };
    await prisma.receivedObjection.create({ data: { ...received, ...texts, receivedAt: test.world.now() } });
    expect(await of('received-objection')).toMatchObject([
      { subjectType: 'ReceivedObjection', subjectId: received.id, officeId: OFFICE, nextStep: 'raise-objection' },
    ]);
    expect((await board('yanjiu.cai')).map(({ kind }) => kind)).not.toContain('received-objection');
  });

  it('what is reported is off the board; a struck place is waited for by nobody', async () => {
    await bringTo(test, batch, 'reported');
    expect(await board('xuewei.guan')).toEqual([]);
    const other = await collectedBatch(test, 2, { without: 1 });
    await test.world.db.prisma.rosterStrike.create({
      data: {
        ...{
          institution: HERE,
          resolutionId: other.resolutionId,
          sequence: 2,
          reason: '名单误列该生',
          documentNumber: '1',
        },
        ...{ fileDigest: 'f', replacedBy: null, at: test.world.now() },
      },
    });
    expect(await board('xuewei.guan')).toMatchObject([{ subjectId: other.resolutionId, open: 1 }]);
  });

  it('Article 11(3): disclosures that end, and objections that block them, since when', async () => {
    await bringTo(test, batch, 'disclosing');
    const objection = await raiseObjection(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, recordId: batch.recordIds[0] ?? '', reason: '论文与他人雷同', raisedBy: '某同学' },
    });
    const items = await board('jiaowu.cai');
    // The 26th is a Friday: the first working day after it is the 29th.
    expect(items.map(({ kind }) => kind)).toEqual(['disclosure', 'objection', 'report']);
    expect(items[0]).toMatchObject({
      open: 3,
      nominal: '2026-06-26',
      rolled: '2026-06-29',
      nextStep: 'close-disclosure',
    });
    expect(items[1]).toMatchObject({ subjectId: objection.objectionId, since: '2026-06-23', officeId: OFFICE });
  });

  it('Article 11(6): a supplementary report, from hand to hand until its batch is reported', async () => {
    await bringTo(test, batch, 'disclosed');
    test.setClock('2026-07-20');
    expect(await kinds('xuewei.guan')).toEqual(['report']);
    const { applicationId } = await supplementary();
    const item = async (as: string) => {
      const found = await board(as);
      return found.map(({ kind, nextStep, officeId }) => [kind, nextStep, officeId]);
    };
    const kind = 'supplementary-report';
    expect(await item('xuewei.guan')).toEqual([[kind, 'check-application', OFFICE]]);
    expect(await item('sheng.shen')).toEqual([]);
    await bringCase(test, applicationId, 'approved');
    expect(await item('jiaowu.cai')).toEqual([[kind, 'seal-application', `${HERE}/degree-office`]]);
    await bringCase(test, applicationId, 'dispatched');
    expect(await item('sheng.shen')).toEqual([[kind, 'decide-application', PROVINCE]]);
    expect(await board('sheng.shen')).toMatchObject([{ state: 'late', open: 3 }]);
    await bringCase(test, applicationId, 'consented');
    expect(await item('jiaowu.cai')).toEqual([[kind, 'report', OFFICE]]);
  });

  it('Article 16: a revocation that nobody has reported yet', async () => {
    await bringTo(test, batch, 'reported');
    const { revocationResolutionId } = await revocation();
    expect(await board('xuewei.guan')).toMatchObject([
      {
        ...{ kind: 'revocation-report', subjectType: 'RevocationResolution', subjectId: revocationResolutionId },
        ...{ nominal: '2026-07-02', rolled: '2026-07-02', nextStep: 'draft-application' },
      },
    ]);
    expect(await board('sheng.shen')).toEqual([]);
  });

  it('Article 4: each officer sees what is theirs; filters choose among it', async () => {
    await bringTo(test, batch, 'disclosing');
    expect(await kinds('yanjiu.cai')).toEqual([]);
    expect(await kinds('donghai.xuewei')).toEqual([]);
    expect(await kinds('sheng.shen')).toEqual([]);
    expect(await kinds('jiancha')).toEqual(['disclosure', 'report']);
    expect(await board('xuewei.guan', { kinds: ['report'] })).toHaveLength(1);
    expect(await board('xuewei.guan', { states: ['late'] })).toEqual([]);
    expect(await board('xuewei.guan', { officeId: OFFICE })).toHaveLength(2);
    expect(await board('xuewei.guan', { officeId: `${HERE}/graduate-office` })).toEqual([]);
    expect(await board('xuewei.guan', { institution: '10999' })).toEqual([]);
  });
});

describe('Article 11(4): reminders', () => {
  const run = async (day: string) => {
    test.setClock(day);
    await enqueueReminders(test.world);
    await runDueJobs(test.world);
  };
  const told = async () =>
    (await test.world.db.prisma.reminder.findMany({ orderBy: { id: 'asc' } })).map(({ phase, day }) => [phase, day]);

  it('the office in charge is told some days before, on the nominal day, and when it is late: each once', async () => {
    for (const day of ['2026-07-03', '2026-07-04', '2026-07-05', '2026-07-07', '2026-07-08', '2026-07-09'])
      await run(day);
    expect(await told()).toEqual([
      ['warning', '2026-07-04'],
      ['due', '2026-07-07'],
      ['late', '2026-07-08'],
    ]);
    const [first] = await test.world.db.prisma.reminder.findMany();
    expect(first).toMatchObject({ officeId: OFFICE, kind: 'report', state: 'unread', open: 3, nominal: '2026-07-07' });
    expect(await peopleInLog(test, batch.fields)).toEqual([]);
    const kept = JSON.stringify(await test.world.db.prisma.reminder.findMany());
    for (const { name, certificateNumber } of batch.fields) {
      expect(kept).not.toContain(name);
      expect(kept).not.toContain(certificateNumber);
    }
  });

  it('twice a day, or by two servers, is once', async () => {
    test.setClock('2026-07-04');
    const added = await Promise.all([enqueueReminders(test.world), enqueueReminders(test.world)]);
    expect(added.sort()).toEqual([0, 2]);
    await Promise.all([runDueJobs(test.world), runDueJobs(test.world)]);
    await run('2026-07-04');
    expect(await told()).toEqual([['warning', '2026-07-04']]);
    expect(await test.world.db.prisma.job.count({ where: { kind: 'remind', institution: HERE } })).toBe(1);
  });

  it('after days of rest only the latest day is told', async () => {
    test.setClock('2026-07-04');
    await enqueueReminders(test.world);
    // The server stops before the job is done, and comes back when all is late.
    await run('2026-07-12');
    expect(await told()).toEqual([['late', '2026-07-12']]);
    expect(await test.world.db.prisma.job.count({ where: { kind: 'remind', state: 'done', institution: HERE } })).toBe(
      2,
    );
  });

  it('a running server puts up the job of each new day of its clock', async () => {
    test.setClock('2026-07-04');
    const stop = keepReminding(test.world, () => {}, 5);
    const jobs = () => test.world.db.prisma.job.count({ where: { kind: 'remind', institution: HERE } });
    await expect.poll(jobs).toBe(1);
    test.setClock('2026-07-05');
    await expect.poll(jobs).toBe(2);
    await stop();
  });

  it('is read by the office it is for, and by nobody else', async () => {
    await run('2026-07-04');
    const { id } = await test.world.db.prisma.reminder.findFirstOrThrow();
    const seen = (as: string) => test.world.db.prisma.reminder.count({ where: reminderScope(test.callAs(as).actor) });
    expect([await seen('jiaowu.he'), await seen('xuewei.guan'), await seen('donghai.cai')]).toEqual([1, 0, 0]);
    const read = (as: string, options = {}) =>
      markReminderRead(test.callAs(as, options), { institution: HERE, reminderId: id });
    expect((await refusal(read('xuewei.guan'))).kind).toBe('NotFound');
    const state = async () => (await test.world.db.prisma.reminder.findFirstOrThrow()).state;
    await read('jiaowu.he', { simulate: true });
    expect(await state()).toBe('unread');
    await read('jiaowu.he');
    await read('jiaowu.cai');
    const reader = test.callAs('jiaowu.he').actor.officerId;
    expect(await test.world.db.prisma.reminder.findFirstOrThrow()).toMatchObject({ state: 'read', readById: reader });
  });
});
