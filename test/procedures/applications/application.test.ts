// Article 11(6): what came too late goes through a written application, sealed as a PDF, and then the normal way.
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { approveApplication } from '../../../src/procedures/applications/approve-application.ts';
import { checkApplication } from '../../../src/procedures/applications/check-application.ts';
import { decideApplication } from '../../../src/procedures/applications/decide-application.ts';
import { dispatchApplication } from '../../../src/procedures/applications/dispatch-application.ts';
import { draftSupplementaryReport } from '../../../src/procedures/applications/draft-supplementary-report.ts';
import { previewApplication } from '../../../src/procedures/applications/preview-application.ts';
import { sealApplication } from '../../../src/procedures/applications/seal-application.ts';
import { applicationBundle } from '../../../src/procedures/bundle.ts';
import { checkDocument } from '../../../src/procedures/check-document.ts';
import { storeFile } from '../../../src/procedures/files/store-file.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { fileBatch } from '../../../src/procedures/reporting/filing.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../../src/procedures/reporting/report-upward.ts';
import { reviewBatch } from '../../../src/procedures/reporting/review.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { verifyPdf } from '../../../src/sealing/verify/pdf.ts';
import { readBytes } from '../../../src/store/stored-files.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { judged, run } from '../../support/outside.ts';
import { scanPdf } from '../../support/sample-files.ts';
import { bringTo, refusal, rowCounts, statesOf } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let evidence: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 3);
  await bringTo(test, batch, 'disclosed');
  test.setClock('2026-07-20');
  evidence = (await upload('jiaowu.cai', 'evidence')).digest;
});

const upload = (as: string, kind: 'evidence' | 'decision') =>
  storeFile(test.callAs(as), { institution: HERE, kind, name: '材料.pdf', bytes: scanPdf(kind) });
const late = () => ({
  institution: HERE,
  resolutionId: batch.resolutionId,
  category: 'regular-bachelor' as const,
  recordIds: batch.recordIds.slice(0, 2),
  reason: '因两名学生在境外实习，证件复核材料未能按期寄回，致使学位授予信息未在规定期限内完成上报。',
  measures: '已建立离校学生证件预审制度，提前一个月完成证件复核。',
  contactName: '张海燕',
  contactPhone: '0635-8230000',
  evidence: [{ title: '证件复核情况说明', fileDigest: evidence }],
});
const draft = () => draftSupplementaryReport(test.callAs('jiaowu.cai'), late());
const toApproved = async () => {
  const { applicationId } = await draft();
  await checkApplication(test.callAs('jiaowu.he'), { institution: HERE, applicationId, expectedVersion: 1 });
  await approveApplication(test.callAs('jiaowu.zhang'), { institution: HERE, applicationId, expectedVersion: 2 });
  return { institution: HERE, applicationId };
};
const seal = async () => {
  const application = await toApproved();
  const sealed = await sealApplication(test.callAs('xuewei.guan'), application);
  const bytes = await readBytes(test.world.db.prisma, HERE, sealed.pdfDigest, test.world.cipher);
  return { ...application, sealed, pdf: bytes ?? new Uint8Array() };
};
const dispatch = async () => {
  const sealed = await seal();
  const { applicationId } = sealed;
  const sending = { addressee: 'provincial-office', channel: 'in-system', dispatchedOn: '2026-07-20' } as const;
  await dispatchApplication(test.callAs('xuewei.guan'), { institution: HERE, applicationId, ...sending });
  return sealed;
};

describe('Article 11(6): the supplementary report', () => {
  it('passes drafter, checker, head and degree office, is consented to, and its records are filed as supplementary', async () => {
    const { sealed, applicationId } = await dispatch();
    expect(sealed.documentNumber).toMatch(/^聊大学位办函〔2026〕\d+号$/);
    const decisionDigest = (await upload('sheng.shen', 'decision')).digest;
    const decision = { decision: 'consent' as const, decisionNumber: '鲁学位办〔2026〕15号', decisionDigest };
    const decided = await decideApplication(test.callAs('sheng.shen'), {
      institution: HERE,
      applicationId,
      ...decision,
    });
    const batchId = decided.batchId ?? '';
    expect(await statesOf(test, batchId)).toEqual({ disclosed: 2 });
    const where = { institution: HERE, batchId };
    const input = { ...where, errorPolicy: 'all-or-nothing' as const };
    expect(await reportBatch(test.callAs('jiaowu.cai'), input)).toMatchObject({ reported: 2, missing: [] });
    const { resolutionId } = batch;
    expect(await reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId })).toMatchObject({
      batches: [{ batchId, count: 2 }],
    });
    await reviewBatch(test.callAs('sheng.shen'), where);
    expect(await fileBatch(test.callAs('sheng.shen'), where)).toMatchObject({ filed: 2 });
    const records = await test.world.db.prisma.degreeRecord.findMany({ where: { batchId } });
    expect(records.map((record) => record.supplementary)).toEqual([true, true]);
    expect(await statesOf(test, batch.batchId)).toEqual({ disclosed: 1 });
    const still = reportBatch(test.callAs('jiaowu.cai'), { ...input, batchId: batch.batchId });
    expect((await refusal(still)).codes).toContain('reporting-deadline-passed');
  });

  it('its steps are proved by a bundle, and the seal of the step covers the PDF', async () => {
    const { applicationId, sealed } = await seal();
    const bundle = await applicationBundle(test.world, HERE, applicationId);
    const verdict = await verifyBundle(bundle, { roots: [test.root.der] });
    expect(verdict.checks.filter((check) => check.outcome === 'failed')).toEqual([]);
    expect(verdict.verdict).toBe('valid');
    expect(bundle.steps.at(-1)?.statement.files).toContain(sealed.pdfDigest);
    expect(JSON.stringify(bundle)).not.toMatch(/小|3715022004/);
  });

  it('a refusal leaves the records where they are and needs its reason', async () => {
    const { applicationId } = await dispatch();
    const decisionDigest = (await upload('sheng.shen', 'decision')).digest;
    const refuse = {
      institution: HERE,
      applicationId,
      decision: 'refuse' as const,
      decisionNumber: '',
      decisionDigest,
    };
    const as = test.callAs('sheng.shen');
    expect((await refusal(decideApplication(as, refuse))).codes).toEqual([
      'decision-number-missing',
      'decision-reason-missing',
    ]);
    const whole = { ...refuse, decisionNumber: '鲁学位办〔2026〕16号', reason: '材料不足以说明原因' };
    expect(await decideApplication(as, whole)).toMatchObject({ state: 'refused', batchId: null });
    expect(await statesOf(test, batch.batchId)).toEqual({ disclosed: 3 });
  });
});

describe('Article 11(6), 12: what an application is refused for', () => {
  const drafting = (change: Partial<ReturnType<typeof late>>) =>
    refusal(draftSupplementaryReport(test.callAs('jiaowu.cai'), { ...late(), ...change }));

  it('before the deadline has passed', async () => {
    test.setClock('2026-07-07');
    expect((await drafting({})).codes).toEqual(['supplementary-not-late']);
  });

  it('everything missing is said at once', async () => {
    const codes = (
      await drafting({ reason: '晚了', measures: '', recordIds: [], evidence: [{ title: '', fileDigest: 'x' }] })
    ).codes;
    expect(codes.sort()).toEqual([
      'application-evidence-untitled',
      'application-measures-too-short',
      'application-reason-too-short',
      'application-without-people',
      'file-missing',
    ]);
  });

  it('a whole batch may be named instead of its people; nobody of it waiting is nobody', async () => {
    const { recordIds: _, ...said } = late();
    const whole = { ...said, batchId: batch.batchId };
    const { applicationId } = await draftSupplementaryReport(test.callAs('jiaowu.cai'), whole);
    const { records } = await test.world.db.prisma.writtenApplication.findFirstOrThrow({
      where: { id: applicationId },
      select: { records: { orderBy: { position: 'asc' } } },
    });
    expect(records.map((one) => one.recordId)).toEqual([...batch.recordIds].sort());
    expect((await drafting({ recordIds: [], batchId: applicationId } as never)).codes).toEqual([
      'application-without-people',
    ]);
  });

  it('people of another resolution or category', async () => {
    test.setClock('2026-06-23');
    const other = await collectedBatch(test, 1);
    await bringTo(test, other, 'cross-checked');
    test.setClock('2026-07-20');
    expect((await drafting({ recordIds: [...other.recordIds] })).codes).toEqual(['application-mixed-resolutions']);
    await test.world.db.prisma.degreeRecord.updateMany({
      where: { id: { in: [...other.recordIds] } },
      data: { resolutionId: batch.resolutionId, category: 'adult-education-bachelor' },
    });
    expect((await drafting({ recordIds: [...other.recordIds] })).codes).toEqual(['application-mixed-categories']);
  });

  it('a record that was corrected after the approval: nothing is sealed that is no longer true', async () => {
    const application = await toApproved();
    const changes = { thesisTitle: '小学语文整本书阅读的教学策略研究' };
    const recordId = batch.recordIds[0] ?? '';
    await correctRecord(test.callAs('jiaowu.cai'), { institution: HERE, recordId, expectedVersion: 1, changes });
    expect((await refusal(sealApplication(test.callAs('xuewei.guan'), application))).codes).toEqual(['stage-skipped']);
  });

  it('a person in another application', async () => {
    await draft();
    expect((await drafting({})).codes).toEqual(['application-record-in-other']);
  });

  it('the drafter does not check, only the head approves, each step in its turn and its version', async () => {
    const { applicationId } = await draft();
    const it = { institution: HERE, applicationId };
    const { officerId } = test.callAs('jiaowu.he').actor;
    expect((await refusal(approveApplication(test.callAs('jiaowu.zhang'), it))).codes).toEqual([
      'application-step-not-allowed',
    ]);
    expect((await refusal(approveApplication(test.callAs('jiaowu.he'), it))).kind).toBe('Forbidden');
    expect((await refusal(sealApplication(test.callAs('jiaowu.zhang'), it))).kind).toBe('Forbidden');
    expect((await refusal(checkApplication(test.callAs('jiaowu.he'), { ...it, expectedVersion: 7 }))).kind).toBe(
      'Stale',
    );
    await test.world.db.prisma.writtenApplication.updateMany({
      where: { id: applicationId },
      data: { draftedById: officerId },
    });
    expect((await refusal(checkApplication(test.callAs('jiaowu.he'), it))).codes).toEqual(['drafter-may-not-check']);
  });

  it('a decision without its uploaded document', async () => {
    const { applicationId } = await dispatch();
    const decision = { decision: 'consent' as const, decisionNumber: '1号', decisionDigest: evidence };
    const refused = decideApplication(test.callAs('sheng.shen'), { institution: HERE, applicationId, ...decision });
    expect((await refusal(refused)).codes).toEqual(['file-missing']);
  });
});

describe('the sealed document', () => {
  it('is the only official one: a preview is a draft without signature, a simulation keeps nothing', async () => {
    const application = await toApproved();
    const { bytes } = await previewApplication(test.callAs('jiaowu.cai'), application);
    expect(Buffer.from(bytes).includes('/ByteRange')).toBe(false);
    const before = await rowCounts(test);
    const simulated = await sealApplication(test.callAs('xuewei.guan', { simulate: true }), application);
    expect(simulated.stepId).toBeNull();
    expect(await rowCounts(test)).toEqual(before);
  });

  it('verifies against the root alone, and not after one byte has changed', async () => {
    const { pdf, sealed } = await seal();
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(sealed.pdfDigest);
    const trust = { roots: [test.root.der] };
    const verdict = await verifyPdf(pdf, trust);
    expect(verdict.checks.filter((check) => check.outcome === 'failed')).toEqual([]);
    expect(verdict.verdict).toBe('valid');
    const changed = Uint8Array.from(pdf);
    changed[1000] = (changed[1000] ?? 0) ^ 1;
    expect((await verifyPdf(changed, trust)).verdict).not.toBe('valid');
  });

  it('two documents of a year have two numbers in a row', async () => {
    const first = await seal();
    batch = await (async () => {
      test.setClock('2026-06-23');
      const other = await collectedBatch(test, 3);
      await bringTo(test, other, 'disclosed');
      test.setClock('2026-07-20');
      return other;
    })();
    const second = await seal();
    const number = (text: string) => Number(/〕(\d+)号/.exec(text)?.[1]);
    expect(number(second.sealed.documentNumber)).toBe(number(first.sealed.documentNumber) + 1);
  });

  it('is known by its code to anybody, without personal data', async () => {
    const { sealed } = await seal();
    const typed = sealed.verificationCode.toLowerCase().replaceAll('-', ' ');
    const found = await checkDocument(test.world, typed);
    expect(found).toMatchObject({
      documentNumber: sealed.documentNumber,
      sender: '聊城大学学位评定委员会办公室',
      count: 2,
      pdfDigest: sealed.pdfDigest,
      state: 'sealed',
    });
    expect(JSON.stringify(found)).not.toMatch(/小/);
    expect(await checkDocument(test.world, '2222-2222-2222')).toBeNull();
    expect(await checkDocument(test.world, 'nonsense')).toBeNull();
  });

  judged('qpdf', 'qpdf finds no fault in it', async () => {
    const { pdf } = await seal();
    expect(run('qpdf', ['--check', await onDisk(pdf)]).stdout).toContain('No syntax or stream');
  });

  judged('pdfsig', 'pdfsig finds it signed as a whole', async () => {
    const { pdf } = await seal();
    const said = run('pdfsig', ['-nocert', await onDisk(pdf)]).stdout;
    expect(said).toContain('Total document signed');
    expect(said).toContain('Signature is Valid');
  });

  judged('pdftotext', 'pdftotext reads names and number', async () => {
    const { pdf, sealed } = await seal();
    const text = run('pdftotext', [await onDisk(pdf), '-']).stdout;
    expect(text).toContain(sealed.documentNumber);
    expect(text).toContain(batch.fields[0]?.name);
    expect(text).not.toContain(batch.fields[0]?.identityNumber);
  });
});

async function onDisk(pdf: Uint8Array): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'vermilion-')), 'application.pdf');
  writeFileSync(path, pdf);
  return path;
}
