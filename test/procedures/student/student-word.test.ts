// Article 11(1): the student confirms exactly what was shown, or disputes it; sealed without an officer, provable to strangers, binding on the way.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordBundle, stepBundle } from '../../../src/procedures/bundle.ts';
import type { StudentCall } from '../../../src/procedures/call.ts';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { findVisibleFile } from '../../../src/procedures/files/visible-files.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { answerDispute } from '../../../src/procedures/student/answer-dispute.ts';
import { confirmRecord } from '../../../src/procedures/student/confirm.ts';
import { confirmOnPaper } from '../../../src/procedures/student/confirm-on-paper.ts';
import { disputeFields } from '../../../src/procedures/student/dispute.ts';
import { revealOwnField } from '../../../src/procedures/student/reveal-own.ts';
import { revealWord } from '../../../src/procedures/student/reveal-word.ts';
import { storeStudentFile } from '../../../src/procedures/student/student-upload.ts';
import { studentViews } from '../../../src/procedures/student/student-view.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { readBytes } from '../../../src/store/stored-files.ts';
import { paper, peopleInLog } from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { scanPdf } from '../../support/sample-files.ts';
import { bringTo, refusal, rowCounts, statesOf } from '../../support/stages.ts';
import { studentOfRecord } from '../../support/student.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let student: StudentCall;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 2);
  student = await studentOfRecord(test, own().id);
});

const own = () => ({ kind: 'record' as const, id: batch.recordIds[0] ?? '' });
const others = () => ({ kind: 'record' as const, id: batch.recordIds[1] ?? '' });
const codes = async (call: Promise<unknown>) => (await refusal(call)).codes;
const confirm = (call = student, expectedVersion = 1) => confirmRecord(call, { ...own(), expectedVersion });
const TITLE = { field: 'thesisTitle', proposed: '小学语文整本书阅读教学的策略研究', reason: '题目少了“的策略”三字' };
const dispute = (changes: object = {}, call = student) =>
  disputeFields(call, { ...own(), expectedVersion: 1, fields: [TITLE], evidence: [], ...changes });
const answer = (disputeId: string, accepted: boolean, words = '', as = 'jiaowu.cai') =>
  answerDispute(test.callAs(as), { institution: HERE, disputeId, accepted, answer: words });
const correct = (changes: Record<string, string>) =>
  correctRecord(test.callAs('jiaowu.cai'), { institution: HERE, recordId: own().id, expectedVersion: 1, changes });
const viewOf = async (call = student) => (await studentViews(test.world, call.student))[0];
const check = (as = 'jiaowu.he') =>
  crossCheckRecords(test.callAs(as), { institution: HERE, batchId: batch.batchId, errorPolicy: 'all-or-nothing' });

describe('Article 11(1): the student sees the own record', () => {
  it('as it would be reported, field by field, secrets masked, codes in words', async () => {
    const view = await viewOf();
    const value = (name: string) => view?.fields.find((field) => field.name === name);
    const [fields] = batch.fields;
    expect(value('name')?.value).toBe(fields?.name);
    expect(value('certificateNumber')?.value).toBe(fields?.certificateNumber);
    expect(value('sex')).toMatchObject({ value: '1', text: '男性' });
    expect(value('identityNumber')?.value).toMatch(/^\d\*{16}[\dX]$/);
    expect(value('applicationNumber')).toBeUndefined();
    expect(view?.actions.map(({ name, allowed }) => [name, allowed])).toEqual([
      ['confirm', true],
      ['dispute', true],
      ['request-correction', false],
    ]);
  });

  it('and the own identity number in full, which is kept as a reveal without an officer', async () => {
    const { value } = await revealOwnField(student, { ...own(), field: 'identityNumber' });
    expect(value).toBe(batch.fields[0]?.identityNumber);
    expect(await test.world.db.prisma.reveal.findMany()).toMatchObject([
      { recordId: own().id, officerId: null, field: 'identityNumber', reason: '本人查阅' },
    ]);
    expect(await codes(revealOwnField(student, { ...own(), field: 'name' }))).toEqual(['reveal-not-secret']);
    expect((await refusal(revealOwnField(student, { ...others(), field: 'identityNumber' }))).kind).toBe('NotFound');
  });
});

describe('Article 11(1), 12: confirming', () => {
  it('is a sealed step of the category office with no officer, and of the record, not the person, in the statement', async () => {
    const done = await confirm();
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: done.stepId ?? '' } });
    expect(step).toMatchObject({ name: 'confirm', officerId: null, officeId: `${HERE}/academic-affairs-office` });
    const statement = JSON.parse(step.statement);
    expect(statement).toMatchObject({ officer: null, student: own(), article: '11(1)' });
    expect(statement.subjects).toMatchObject([{ kind: 'record', id: own().id, version: 1 }]);
    expect(await peopleInLog(test, batch.fields)).toEqual([]);
  });

  it('is proved to a stranger by the bundle of the record and of the step', async () => {
    const { stepId } = await confirm();
    const trust = { roots: [test.root.der] };
    for (const bundle of [
      await recordBundle(test.world, HERE, own().id),
      await stepBundle(test.world, HERE, stepId ?? ''),
    ]) {
      const { verdict, facts, checks } = await verifyBundle(bundle, trust);
      expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
      expect(verdict).toBe('valid');
      expect(facts).toMatchObject({ step: 'confirm', who: own() });
    }
    const forged = await stepBundle(test.world, HERE, stepId ?? '');
    (forged.steps[0]?.statement as { officer: unknown }).officer = { id: 'x', name: '张海燕' };
    expect((await verifyBundle(forged, trust)).verdict).toBe('not-valid');
  });

  it('counts for this version only: a correction voids it', async () => {
    await confirm();
    expect((await viewOf())?.confirmedAt).toEqual(test.world.now());
    await correct({ thesisTitle: TITLE.proposed });
    expect((await viewOf())?.confirmedAt).toBeNull();
    expect((await refusal(confirm())).kind).toBe('Stale');
    await confirm(student, 2);
    expect((await viewOf())?.confirmedAt).toEqual(test.world.now());
  });

  it('twice is refused, a retry with the same key gets the first answer', async () => {
    const first = await confirm({ ...student, idempotencyKey: 'one' });
    expect(await confirm({ ...student, idempotencyKey: 'one' })).toEqual(first);
    expect(await codes(confirm())).toEqual(['already-confirmed']);
    expect(await test.world.db.prisma.studentConfirmation.count()).toBe(1);
  });

  it('another’s record is not found; a simulation leaves nothing', async () => {
    const before = await rowCounts(test);
    expect((await refusal(confirmRecord(student, { ...others(), expectedVersion: 1 }))).kind).toBe('NotFound');
    expect(await confirm({ ...student, simulate: true })).toMatchObject({ simulated: true, stepId: null });
    expect(await rowCounts(test)).toEqual(before);
  });

  it('is over once the record is reported', async () => {
    await bringTo(test, batch, 'reported');
    expect(await codes(confirm())).toEqual(['stage-skipped']);
  });

  it('without the seal of the office nothing is kept (P8)', async () => {
    const world = { ...test.world, sealOf: () => null };
    expect(await codes(confirm({ ...student, world }))).toEqual(['seal-missing']);
    expect(await test.world.db.prisma.studentConfirmation.count()).toBe(0);
  });
});

describe('Article 11(1): confirming on paper', () => {
  const onPaper = (fileDigest: string, as = 'jiaowu.cai', expectedVersion = 1) =>
    confirmOnPaper(test.callAs(as), { institution: HERE, ...own(), expectedVersion, fileDigest });

  it('an officer writes it down, answers for it, and the scan is in the statement', async () => {
    const scan = await paper(test, 'jiaowu.cai', 'student-evidence', '本人签字');
    const { stepId } = await onPaper(scan);
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    const statement = JSON.parse(step.statement);
    expect(statement).toMatchObject({ step: 'confirm', officer: { name: '张海燕' }, files: [scan] });
    expect(statement.student).toBeUndefined();
    expect((await viewOf())?.confirmedAt).toEqual(test.world.now());
    expect(await codes(onPaper(scan))).toEqual(['already-confirmed']);
    expect(await codes(confirm())).toEqual(['already-confirmed']);
    const seen = (as: string) =>
      findVisibleFile(test.world, test.callAs(as).actor, { institution: HERE, digest: scan });
    expect(await seen('jiaowu.he')).toMatchObject({ kind: 'student-evidence' });
    expect(await seen('jixu.cai')).toBeNull();
  });

  it('not without a scan of that kind, not by another office, not for another version', async () => {
    const other = await paper(test, 'jiaowu.cai', 'evidence', '别的');
    for (const digest of ['0'.repeat(64), other]) expect(await codes(onPaper(digest))).toEqual(['file-missing']);
    expect((await refusal(onPaper(other, 'jixu.cai', 9))).kind).toBe('Forbidden');
    expect((await refusal(onPaper(other, 'jiaowu.he'))).kind).toBe('Forbidden');
    expect((await refusal(onPaper(other, 'jiaowu.cai', 9))).kind).toBe('Stale');
  });
});

describe('Article 11(1): disputing', () => {
  it('blocks the cross-check until it is answered', async () => {
    const { disputeId } = await dispute();
    const error = await check().catch((thrown) => thrown);
    expect(error.violations).toMatchObject([{ code: 'dispute-open', article: '11(1)' }]);
    await answer(disputeId, false, '题目与论文封面一致，不予更改。');
    expect(await check()).toMatchObject({ checked: 2 });
  });

  it('blocks the report, and under skip-refused only this record', async () => {
    await bringTo(test, batch, 'disclosed');
    await dispute();
    const { reportBatch } = await import('../../../src/procedures/reporting/report.ts');
    const input = { institution: HERE, batchId: batch.batchId };
    expect(await codes(reportBatch(test.callAs('jiaowu.cai'), { ...input, errorPolicy: 'all-or-nothing' }))).toEqual([
      'dispute-open',
    ]);
    await reportBatch(test.callAs('jiaowu.cai'), { ...input, errorPolicy: 'skip-refused' });
    expect(await statesOf(test, batch.batchId)).toEqual({ disclosed: 1, reported: 1 });
  });

  it('says nothing in clear in the log or at rest, and takes an earlier confirmation back', async () => {
    await confirm();
    const identity = { field: 'identityNumber', proposed: '371502200403120038', reason: '身份证号末四位有误' };
    await dispute({ fields: [TITLE, identity] });
    expect((await viewOf())?.confirmedAt).toBeNull();
    const { rows } = await test.world.db.pool.query<{ row: string }>(
      'SELECT row_to_json(d)::text AS row FROM "StudentDispute" d UNION ALL SELECT "statement" FROM "Step" UNION ALL SELECT row_to_json(c)::text FROM "IdempotentCall" c',
    );
    const kept = rows.map(({ row }) => row).join('\n');
    for (const text of [TITLE.proposed, TITLE.reason, identity.proposed, identity.reason])
      expect(kept).not.toContain(text);
    expect(await peopleInLog(test, batch.fields)).toEqual([]);
  });

  it('is accepted when the record has the proposed value; then the student confirms again', async () => {
    const { disputeId } = await dispute();
    expect(await codes(answer(disputeId, true, '已与论文封面核实'))).toEqual(['dispute-not-corrected']);
    await correct({ thesisTitle: TITLE.proposed });
    expect(await answer(disputeId, true)).toMatchObject({ version: 2 });
    const view = await viewOf();
    expect(view?.disputes).toMatchObject([{ state: 'accepted', answeredVersion: 2 }]);
    await confirm(student, 2);
    expect(await codes(answer(disputeId, true))).toEqual(['dispute-already-answered']);
  });

  it('is accepted with another value only with words, declined only with a reason', async () => {
    const { disputeId } = await dispute();
    expect(await codes(answer(disputeId, false, '  '))).toEqual(['answer-words-missing']);
    await correct({ thesisTitle: '小学语文整本书阅读教学策略研究' });
    expect(await codes(answer(disputeId, true))).toEqual(['answer-words-missing']);
    await answer(disputeId, true, '按论文封面更正');
    expect((await viewOf())?.disputes).toMatchObject([{ state: 'accepted', answer: '按论文封面更正' }]);
  });

  it('rests on evidence of one’s own, kept sealed', async () => {
    const bytes = scanPdf('论文封面');
    const { digest } = await storeStudentFile(student, { name: '封面.pdf', bytes });
    const stranger = await studentOfRecord(test, others().id);
    const foreign = disputeFields(stranger, { ...others(), expectedVersion: 1, fields: [TITLE], evidence: [digest] });
    expect(await codes(foreign)).toEqual(['dispute-evidence-unknown']);
    const { stepId } = await dispute({ evidence: [digest] });
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    expect(JSON.parse(step.statement).files).toEqual([digest]);
    const kept = await test.world.db.prisma.storedFile.findFirstOrThrow({ where: { digest } });
    expect(kept.bytes).toHaveLength(0);
    expect(Buffer.from((await readBytes(test.world.db.prisma, HERE, digest, test.world.cipher)) ?? [])).toEqual(
      Buffer.from(bytes),
    );
  });

  it('takes PDF, JPEG and PNG of five MiB, twenty at most', async () => {
    expect(await codes(storeStudentFile(student, { name: 'a.pdf', bytes: Buffer.from('<script>') }))).toEqual([
      'file-wrong-type',
    ]);
    const large = Buffer.concat([Buffer.from(scanPdf('大')), Buffer.alloc(6 * 1024 * 1024)]);
    expect(await codes(storeStudentFile(student, { name: 'a.pdf', bytes: large }))).toEqual(['file-too-large']);
    for (let at = 0; at < 20; at++) await storeStudentFile(student, { name: `${at}.pdf`, bytes: scanPdf(`${at}`) });
    expect(await codes(storeStudentFile(student, { name: '21.pdf', bytes: scanPdf('21') }))).toEqual([
      'student-too-many-files',
    ]);
    await storeStudentFile(student, { name: 'again.pdf', bytes: scanPdf('3') });
  });

  it('names everything wrong with it at once', async () => {
    const fields = [
      { field: 'nonsense', proposed: 'x', reason: 'y' },
      { field: 'applicationNumber', proposed: 'x', reason: 'y' },
      { ...TITLE, reason: ' ' },
      { ...TITLE, proposed: 'x'.repeat(301) },
      { field: 'name', proposed: batch.fields[0]?.name ?? '', reason: 'y' },
      { field: 'remark', proposed: 'a\u200bb', reason: 'y' },
    ];
    expect(await codes(dispute({ fields, evidence: ['0'.repeat(64)] }))).toEqual([
      'dispute-field-unknown',
      'dispute-reason-missing',
      'dispute-field-twice',
      'dispute-text-unfit',
      'dispute-changes-nothing',
      'dispute-evidence-unknown',
    ]);
    expect(await codes(dispute({ fields: [] }))).toEqual(['dispute-empty']);
    expect((await refusal(dispute({ expectedVersion: 7 }))).kind).toBe('Stale');
    await dispute();
    expect(await codes(dispute())).toEqual(['dispute-open']);
    expect(await codes(confirm())).toEqual(['dispute-open']);
  });

  it('is answered by the category office only, and its secrets are shown by a sealed step', async () => {
    const identity = { field: 'identityNumber', proposed: '371502200403120038', reason: '末四位有误' };
    const { disputeId } = await dispute({ fields: [identity] });
    for (const as of ['xuewei.guan', 'jixu.cai', 'sheng.shen', 'donghai.cai', 'jiaowu.zhang']) {
      expect((await refusal(answer(disputeId, false, '不予采纳', as))).kind, as).toBe('Forbidden');
    }
    const word = { institution: HERE, kind: 'dispute' as const, id: disputeId, field: 'identityNumber' };
    const shown = await revealWord(test.callAs('jiaowu.cai'), { ...word, reason: '核对身份证件号码' });
    expect(shown).toMatchObject({ found: batch.fields[0]?.identityNumber, proposed: identity.proposed });
    expect(await codes(revealWord(test.callAs('jiaowu.cai'), { ...word, reason: '' }))).toEqual([
      'reveal-reason-missing',
    ]);
    expect((await refusal(revealWord(test.callAs('sheng.shen'), { ...word, reason: '核对身份证件号码' }))).kind).toBe(
      'Forbidden',
    );
  });
});
