// Article 15: a graduate finds a mistake in a filed record, asks for its correction and follows it by case number, down to the changed record.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeRecords } from '../../../src/procedures/applications/change-records.ts';
import { draftRequestedChange } from '../../../src/procedures/applications/draft-requested-change.ts';
import { recordBundle } from '../../../src/procedures/bundle.ts';
import type { StudentCall } from '../../../src/procedures/call.ts';
import { answerCorrectionRequest } from '../../../src/procedures/student/answer-correction-request.ts';
import { requestCorrection } from '../../../src/procedures/student/request-correction.ts';
import { storeStudentFile } from '../../../src/procedures/student/student-upload.ts';
import { studentViews } from '../../../src/procedures/student/student-view.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { bringCase, filedBatch, filedWrong, peopleInLog, theCase } from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { scanPdf } from '../../support/sample-files.ts';
import { refusal } from '../../support/stages.ts';
import { studentOfRecord } from '../../support/student.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

const WRONG = '小学语文整本书阅读教学研充';
let test: TestWorld;
let batch: Collected;
let student: StudentCall;
let evidence: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.reset();
  batch = await filedBatch(test, 2);
  await filedWrong(test, recordId(), { thesisTitle: WRONG });
  student = await studentOfRecord(test, recordId());
  ({ digest: evidence } = await storeStudentFile(student, { name: '论文封面.pdf', bytes: scanPdf('封面') }));
});

const recordId = () => batch.recordIds[0] ?? '';
const right = () => batch.fields[0]?.thesisTitle ?? '';
const codes = async (call: Promise<unknown>) => (await refusal(call)).codes;
const request = (changes: object = {}) =>
  requestCorrection(student, {
    ...{ kind: 'record', id: recordId(), expectedVersion: 2, evidence: [evidence] },
    ...{ fields: [{ field: 'thesisTitle', proposed: right(), reason: '题目末字误录' }], ...changes },
  });
const draft = (requestId: string, as = 'jiaowu.cai') =>
  draftRequestedChange(test.callAs(as), {
    ...{ institution: HERE, requestId, evidence: [] },
    ...{ reason: '学位获得者提出论文题目误录，请求更正。', finding: '经核对论文原件，情况属实。' },
  });
const answer = (
  requestId: string,
  outcome: 'declined' | 'corrected' | 'change-request',
  words = '',
  as = 'jiaowu.cai',
) => answerCorrectionRequest(test.callAs(as), { institution: HERE, requestId, outcome, answer: words });
const seen = async () => (await studentViews(test.world, student.student))[0]?.requests ?? [];

describe('Article 15: a correction request', () => {
  it('gets a case number, sealed, with nothing of the person in the log', async () => {
    expect(await request()).toMatchObject({ caseNumber: 'GZ-2026-0001' });
    expect(await seen()).toMatchObject([{ caseNumber: 'GZ-2026-0001', state: 'open' }]);
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { name: 'request-correction' } });
    expect(step).toMatchObject({ officerId: null, article: '15' });
    for (const text of [WRONG, right(), '误录']) expect(step.statement).not.toContain(text);
    expect(await peopleInLog(test, batch.fields)).toEqual([]);
    expect(await codes(request())).toEqual(['correction-request-open']);
  });

  it('becomes a change request with its fields and evidence, and the student follows it to its end', async () => {
    const { requestId } = await request();
    expect(await codes(answer(requestId, 'change-request'))).toEqual(['correction-request-not-drafted']);
    const { applicationId, caseNumber } = await draft(requestId);
    expect(caseNumber).toMatch(/^GG-2026-/);
    expect(await codes(draft(requestId))).toContain('application-record-in-other');
    expect(await codes(answer(requestId, 'declined', '与论文原件一致，不予更正'))).toEqual([
      'correction-request-drafted',
    ]);
    await answer(requestId, 'change-request', '已提出更改申请');
    const kept = await test.world.db.prisma.evidence.findMany({ where: { applicationId } });
    expect(kept).toMatchObject([{ fileDigest: evidence, title: '本人提交的证明材料（GZ-2026-0001）' }]);
    await bringCase(test, applicationId, 'consented');
    expect(await seen()).toMatchObject([{ state: 'change-request', application: { state: 'consented' } }]);
    await changeRecords(test.callAs('jiaowu.cai'), theCase(applicationId));
    const view = (await studentViews(test.world, student.student))[0];
    expect(view?.fields.find(({ name }) => name === 'thesisTitle')?.value).toBe(right());
    expect(view?.requests).toMatchObject([{ application: { state: 'carried-out' } }]);
    const { verdict, checks } = await verifyBundle(await recordBundle(test.world, HERE, recordId()), {
      roots: [test.root.der],
    });
    expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(verdict).toBe('valid');
  });

  it('is declined with a reason, once; then another may follow', async () => {
    const { requestId } = await request();
    expect(await codes(answer(requestId, 'declined'))).toEqual(['answer-words-missing']);
    await answer(requestId, 'declined', '与论文原件一致，不予更正。');
    expect(await seen()).toMatchObject([{ state: 'declined', answer: '与论文原件一致，不予更正。' }]);
    expect(await codes(answer(requestId, 'declined', '与论文原件一致，不予更正'))).toEqual([
      'correction-request-answered',
    ]);
    expect(await codes(draft(requestId))).toEqual(['correction-request-answered']);
    expect(await request()).toMatchObject({ caseNumber: 'GZ-2026-0002' });
  });

  it('that claims to be corrected must find the record corrected', async () => {
    const { requestId } = await request();
    expect(await codes(answer(requestId, 'corrected'))).toContain('dispute-not-corrected');
    await filedWrong(test, recordId(), { thesisTitle: right() });
    await answer(requestId, 'corrected');
    expect(await seen()).toMatchObject([{ state: 'corrected' }]);
  });

  it('drafted without any evidence is refused by the change request itself', async () => {
    const { requestId } = await request({ evidence: [] });
    expect(await codes(draft(requestId))).toContain('change-without-evidence');
    expect(await test.world.db.prisma.writtenApplication.count()).toBe(0);
    expect((await seen())[0]?.applicationId).toBeNull();
  });

  it('is for the category office to answer', async () => {
    const { requestId } = await request();
    for (const as of ['jiaowu.he', 'jixu.cai', 'sheng.shen', 'donghai.cai', 'jiancha']) {
      const refused =
        as === 'jiaowu.he' ? null : await refusal(answer(requestId, 'declined', '与论文原件一致，不予更正', as));
      if (refused) expect(refused.kind, as).toBe('Forbidden');
      if (as !== 'jiaowu.he') expect((await refusal(draft(requestId, as))).kind, as).toBe('Forbidden');
    }
  });

  it('before the report is no request but a dispute; another’s record is not found', async () => {
    test.setClock('2026-06-23');
    const open = await collectedBatch(test, 1);
    const early = await studentOfRecord(test, open.recordIds[0] ?? '');
    const fields = [{ field: 'thesisTitle', proposed: '新题目', reason: '误录' }];
    const input = { kind: 'record' as const, id: open.recordIds[0] ?? '', expectedVersion: 1, fields, evidence: [] };
    expect(await codes(requestCorrection(early, input))).toEqual(['correction-request-too-early']);
    expect((await refusal(requestCorrection(early, { ...input, id: recordId() }))).kind).toBe('NotFound');
  });

  it('simulated takes no number', async () => {
    student = { ...student, simulate: true };
    expect(await request()).toMatchObject({ caseNumber: 'GZ-2026-0001', simulated: true });
    expect(await request()).toMatchObject({ caseNumber: 'GZ-2026-0001' });
    expect(await test.world.db.prisma.correctionRequest.count()).toBe(0);
  });
});
