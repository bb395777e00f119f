// Article 14, 15: what the province returns for more is revised under the same case number, passes every hand again, and is sealed as a new document.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeRecords } from '../../../src/procedures/applications/change-records.ts';
import { checkApplication } from '../../../src/procedures/applications/check-application.ts';
import {
  type ChangeRequestInput,
  draftChangeRequest,
} from '../../../src/procedures/applications/draft-change-request.ts';
import { draftDeletionRequest } from '../../../src/procedures/applications/draft-deletion-request.ts';
import { draftSupplementaryReport } from '../../../src/procedures/applications/draft-supplementary-report.ts';
import { sealApplication } from '../../../src/procedures/applications/seal-application.ts';
import { applicationBundle } from '../../../src/procedures/bundle.ts';
import { checkDocument } from '../../../src/procedures/check-document.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { toFields } from '../../../src/store/records/records.ts';
import {
  answer,
  bringCase,
  faults,
  filedBatch,
  filedWrong,
  HANDS,
  paper,
  sendTo,
  theCase,
} from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { bringTo, refusal, statesOf } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let evidence: string;
let applicationId: string;
let caseNumber: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  batch = await filedBatch(test, 3);
  test.setClock('2026-08-03');
  evidence = await paper(test, HANDS.drafter, 'evidence');
});

const OLD = '整本书阅读教学的现状与对策';
const NEW = '整本书阅读教学的现状、问题与对策';
const input = (title: string, changes: Partial<ChangeRequestInput> = {}): ChangeRequestInput => ({
  ...{ institution: HERE, category: 'regular-bachelor' },
  reason: '该生论文题目在上报时误用开题时的题目，与答辩通过的题目不一致。',
  finding: '经核对答辩决议，情况属实。',
  evidence: [{ title: '答辩决议复印件', fileDigest: evidence }],
  records: [0, 1].map((at) => ({
    recordId: batch.recordIds[at] ?? '',
    changes: [{ field: 'thesisTitle', after: title, evidence: [1] }],
  })),
  ...changes,
});
const sealed = async () => {
  const { documentNumber, verificationCode, pdfDigest } =
    await test.world.db.prisma.writtenApplication.findFirstOrThrow({
      where: { id: applicationId },
    });
  return { documentNumber, verificationCode: verificationCode ?? '', pdfDigest };
};
const revise = (as: string = HANDS.drafter, changes: Partial<ChangeRequestInput> = {}) =>
  draftChangeRequest(test.callAs(as), input(NEW, { revises: { applicationId }, ...changes }));
const returned = async () => {
  ({ applicationId, caseNumber } = await draftChangeRequest(test.callAs(HANDS.drafter), input(OLD)));
  await bringCase(test, applicationId, 'dispatched');
  await answer(test, applicationId, 'return');
};

describe('Article 15: returned for more', () => {
  it('is revised under its case number, checked, approved and sealed again with a new number and code', async () => {
    await returned();
    const first = await sealed();
    const more = await paper(test, HANDS.drafter, 'evidence', 'more');
    const revised = await revise(HANDS.drafter, {
      records: [
        { recordId: batch.recordIds[0] ?? '', changes: [{ field: 'thesisTitle', after: NEW, evidence: [1, 2] }] },
      ],
      evidence: [
        { title: '答辩决议复印件', fileDigest: evidence },
        { title: '论文封面', fileDigest: more },
      ],
    });
    expect(revised).toMatchObject({ applicationId, caseNumber });
    const now = await test.world.db.prisma.writtenApplication.findFirstOrThrow({
      where: { id: applicationId },
      include: { evidence: { orderBy: { position: 'asc' } }, records: true },
    });
    expect(now).toMatchObject({ state: 'draft', version: revised.version, checkedById: null });
    expect(now.evidence.map(({ title }) => title)).toEqual(['答辩决议复印件', '论文封面']);
    expect(now.records.map(({ recordId }) => recordId)).toEqual([batch.recordIds[0]]);
    expect(await faults(sealApplication(test.callAs(HANDS.degreeOffice), theCase(applicationId)))).toEqual([
      'application-step-not-allowed@state',
    ]);
    await bringCase(test, applicationId, 'consented');
    const second = await sealed();
    expect(second.documentNumber).not.toBe(first.documentNumber);
    expect(second.verificationCode).not.toBe(first.verificationCode);
    expect(await checkDocument(test.world, first.verificationCode)).toMatchObject({
      ...{ documentNumber: first.documentNumber, pdfDigest: first.pdfDigest, count: 2, decision: 'return' },
      ...{ current: false, supersededBy: second.documentNumber },
    });
    expect(await checkDocument(test.world, second.verificationCode)).toMatchObject({
      ...{ documentNumber: second.documentNumber, pdfDigest: second.pdfDigest, state: 'consented', count: 1 },
      ...{ current: true, supersededBy: null, decision: 'consent' },
    });
    await changeRecords(test.callAs(HANDS.drafter), theCase(applicationId));
    const row = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: batch.recordIds[0] ?? '' } });
    expect(toFields(row, test.world.cipher).thesisTitle).toBe(NEW);
    const bundle = await applicationBundle(test.world, HERE, applicationId);
    expect((await verifyBundle(bundle, { roots: [test.root.der] })).verdict).toBe('valid');
    expect(bundle.steps).toHaveLength(13);
  });

  it('the returned document stays "returned" to the public while the case is being revised', async () => {
    await returned();
    const first = await sealed();
    await revise();
    expect(await checkDocument(test.world, first.verificationCode)).toMatchObject({ state: 'returned' });
    await bringCase(test, applicationId, 'sealed');
    const second = await sealed();
    expect(await checkDocument(test.world, second.verificationCode)).toMatchObject({
      state: 'sealed',
      decisionNumber: null,
    });
    expect(await test.world.db.prisma.applicationDocument.count({ where: { applicationId } })).toBe(2);
    expect(await sendTo(test, applicationId, 'provincial-office')).toMatchObject({ state: 'dispatched' });
  });

  it('who revised it does not check it', async () => {
    await returned();
    await revise('jiaowu.lin');
    expect(await faults(checkApplication(test.callAs('jiaowu.lin'), theCase(applicationId)))).toEqual([
      'drafter-may-not-check@officer',
    ]);
  });

  it('keeps its kind and its category, and is revised in the version that the officer saw', async () => {
    await returned();
    const revises = { applicationId, expectedVersion: 1 };
    expect((await refusal(revise(HANDS.drafter, { revises }))).kind).toBe('Stale');
    const deletion = draftDeletionRequest(test.callAs(HANDS.drafter), {
      ...{ institution: HERE, category: 'regular-bachelor', foundOn: '2026-08-01', revises: { applicationId } },
      ...{ reason: '该生学位授予信息重复上报，申请删除其中一条。', finding: '经核对属实。' },
      evidence: [{ title: '对照表', fileDigest: evidence }],
      records: [{ recordId: batch.recordIds[0] ?? '', cause: 'never-conferred' }],
    });
    expect(await faults(deletion)).toContain('application-step-not-of-kind@revises');
    const stranger = revise('yanjiu.cai', { category: 'academic-master' });
    expect((await refusal(stranger)).kind).toBe('Forbidden');
    expect((await refusal(revise('donghai.cai', { institution: '10999' }))).kind).toBe('NotFound');
  });

  it('a record that moved on meanwhile is taken up in its new version', async () => {
    await returned();
    await filedWrong(test, batch.recordIds[0] ?? '', { thesisKeywords: '整本书阅读；对策' });
    await revise();
    await bringCase(test, applicationId, 'consented');
    await changeRecords(test.callAs(HANDS.drafter), theCase(applicationId));
    const row = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: batch.recordIds[0] ?? '' } });
    expect(toFields(row, test.world.cipher)).toMatchObject({ thesisTitle: NEW, thesisKeywords: '整本书阅读；对策' });
    expect(row.version).toBe(3);
  });

  it('while it is returned its people are in no other case, and a person who is dropped is free', async () => {
    await returned();
    const other = () =>
      draftChangeRequest(test.callAs(HANDS.drafter), input(NEW, { records: [...input(NEW).records].slice(1) }));
    expect(await faults(other())).toEqual(['application-record-in-other@records[0]']);
    await revise(HANDS.drafter, { records: input(NEW).records.slice(0, 1) });
    await other();
  });
});

describe('Article 11(6): consent to a supplementary report', () => {
  it('lets nobody go on whose record was corrected meanwhile and not cross-checked again', async () => {
    test.setClock('2026-06-23');
    const late = await collectedBatch(test, 2);
    await bringTo(test, late, 'disclosed');
    test.setClock('2026-08-03');
    const report = await draftSupplementaryReport(test.callAs(HANDS.drafter), {
      ...{
        institution: HERE,
        category: 'regular-bachelor',
        resolutionId: late.resolutionId,
        recordIds: [...late.recordIds],
      },
      reason: '因两名学生在境外实习，证件复核材料未能按期寄回，致使未能按期上报。',
      measures: '已建立离校学生证件预审制度。',
      evidence: [{ title: '情况说明', fileDigest: evidence }],
    });
    await bringCase(test, report.applicationId, 'dispatched');
    const [recordId = ''] = late.recordIds;
    const corrected = { institution: HERE, recordId, expectedVersion: 1, changes: { thesisTitle: NEW } };
    await correctRecord(test.callAs(HANDS.drafter), corrected);
    expect(await faults(answer(test, report.applicationId, 'consent'))).toEqual(['stage-skipped@records[0].state']);
    expect(await statesOf(test, late.batchId)).toEqual({ collected: 1, disclosed: 1 });
    await answer(test, report.applicationId, 'return');
  });
});
