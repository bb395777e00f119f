// What happens in a house: its way from collecting to filing by its own hands, and one of everything else that is kept.

import { approveApplication } from '../../src/procedures/applications/approve-application.ts';
import { checkApplication } from '../../src/procedures/applications/check-application.ts';
import { decideApplication } from '../../src/procedures/applications/decide-application.ts';
import { declareInvalid } from '../../src/procedures/applications/declare-invalid.ts';
import { dispatchApplication } from '../../src/procedures/applications/dispatch-application.ts';
import { draftChangeRequest } from '../../src/procedures/applications/draft-change-request.ts';
import { draftDeletionRequest } from '../../src/procedures/applications/draft-deletion-request.ts';
import { draftRevocationReport } from '../../src/procedures/applications/draft-revocation-report.ts';
import { sealApplication } from '../../src/procedures/applications/seal-application.ts';
import { ensureCheckpoint } from '../../src/procedures/checkpoint.ts';
import { checkImport } from '../../src/procedures/collection/check-import.ts';
import { crossCheckRecords } from '../../src/procedures/cross-check/cross-check.ts';
import { drawSample } from '../../src/procedures/cross-check/draw-sample.ts';
import { examineRecord } from '../../src/procedures/cross-check/examine-record.ts';
import { acceptObjection } from '../../src/procedures/disclosure/accept-objection.ts';
import { closeDisclosure } from '../../src/procedures/disclosure/close-disclosure.ts';
import { receiveObjection } from '../../src/procedures/disclosure/disclosed-page.ts';
import { disclosureLink, tokenOfLink } from '../../src/procedures/disclosure/disclosure-link.ts';
import { openDisclosure } from '../../src/procedures/disclosure/open-disclosure.ts';
import { raiseObjection } from '../../src/procedures/disclosure/raise-objection.ts';
import { resolveObjection } from '../../src/procedures/disclosure/resolve-objection.ts';
import { storeFile } from '../../src/procedures/files/store-file.ts';
import { addOfficer } from '../../src/procedures/offices/appoint-officers.ts';
import { renameOffice } from '../../src/procedures/offices/arrange-offices.ts';
import { setPolicy } from '../../src/procedures/offices/set-policy.ts';
import { correctRecord } from '../../src/procedures/records/correct.ts';
import { fileBatch } from '../../src/procedures/reporting/filing.ts';
import { recordFormCheck } from '../../src/procedures/reporting/record-form-check.ts';
import { reportBatch } from '../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../src/procedures/reporting/report-upward.ts';
import { returnRecords } from '../../src/procedures/reporting/return-records.ts';
import { reviewBatch } from '../../src/procedures/reporting/review.ts';
import { withdrawRecords } from '../../src/procedures/reporting/withdraw-records.ts';
import { correctRoster } from '../../src/procedures/resolutions/correct-roster.ts';
import { loadRevocationResolution } from '../../src/procedures/resolutions/load-revocation-resolution.ts';
import { revealField } from '../../src/procedures/secrecy/reveal.ts';
import { todayOf } from '../../src/procedures/situation.ts';
import { publishStatistics } from '../../src/procedures/statistics/publish-statistics.ts';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { takeNumbers } from '../../src/store/records/certificate-numbers.ts';
import type { Collected } from './collected.ts';
import { archiveIn } from './house-archive.ts';
import { analyse } from './house-dataset.ts';
import { declassifyIn } from './house-secrecy.ts';
import { loadStructure, sendOut } from './house-structure.ts';
import { speak } from './house-words.ts';
import { collectIn, type House, paperOf } from './houses.ts';
import { recordCsv } from './samples.ts';
import type { TestWorld } from './world.ts';

const CATEGORY = 'regular-bachelor' as const;

/** The stages of a batch on its way, each by the hands of its house. */
export const WAY = [
  'cross-check',
  'open-disclosure',
  'close-disclosure',
  'report',
  'report-upward',
  'review',
  'file',
] as const;

/** One stage of one batch. The clock must stand after the disclosure for its closing and what follows. */
export async function goOn(
  test: TestWorld,
  house: House,
  batch: Collected,
  stage: (typeof WAY)[number],
): Promise<void> {
  const where = { institution: house.code, batchId: batch.batchId };
  const steps: Record<(typeof WAY)[number], () => Promise<unknown>> = {
    'cross-check': () => crossCheckRecords(test.callAs(house.checker), { ...where, errorPolicy: 'all-or-nothing' }),
    'open-disclosure': () => openDisclosure(test.callAs(house.checker), where),
    'close-disclosure': () => closeDisclosure(test.callAs(house.collector), where),
    report: () => reportBatch(test.callAs(house.collector), { ...where, errorPolicy: 'all-or-nothing' }),
    'report-upward': () =>
      reportUpward(test.callAs(house.degreeOffice), { institution: house.code, resolutionId: batch.resolutionId }),
    review: () => reviewBatch(test.callAs(house.reviewer), where),
    file: () => fileBatch(test.callAs(house.reviewer), where),
  };
  await steps[stage]();
}

/** One of everything in the house, as far as procedures make it; the clock stands on the 20th of July afterwards. */
export async function liveIn(test: TestWorld, house: House): Promise<void> {
  const { code: institution, marks, collector, checker, reviewer } = house;
  const { prisma } = test.world.db;
  test.setClock('2026-06-23');
  const batch = await collectIn(test, house, 6);
  const taken = batch.recordIds.map((recordId, at) => ({
    ...{ recordId, number: batch.fields[at]?.certificateNumber ?? '' },
  }));
  await inTransaction(test.world.db, (tx) => takeNumbers(tx, institution, taken, test.world.now()));
  const [changed = '', revoked = '', returned = '', invalid = '', withdrawn = ''] = batch.recordIds;
  await goOn(test, house, batch, 'cross-check');
  await goOn(test, house, batch, 'open-disclosure');
  const reason = `${marks.people}姓名有误`;
  const objection = { institution, recordId: changed, reason, raisedBy: `${marks.people}某` };
  const { objectionId } = await raiseObjection(test.callAs(collector), objection);
  await resolveObjection(test.callAs(checker), {
    institution,
    objectionId,
    outcome: `${marks.people}核实无误，维持原样`,
  });
  test.setClock('2026-06-27');
  for (const stage of ['close-disclosure', 'report', 'report-upward'] as const) await goOn(test, house, batch, stage);
  await withdrawRecords(test.callAs(house.degreeOffice), {
    ...{ institution, withdrawals: [{ recordId: withdrawn, reason: `${marks.people}文号有误，撤回更正` }] },
  });
  await returnRecords(test.callAs(reviewer), {
    institution,
    returns: [{ recordId: returned, reasons: [{ field: 'thesisTitle', reason: `${marks.people}题目不规范` }] }],
  });
  await correctRecord(test.callAs(collector), {
    ...{ institution, recordId: returned, expectedVersion: 1 },
    changes: { thesisTitle: `${marks.people}阅读教学研究` },
  });
  await goOn(test, house, batch, 'review');
  await goOn(test, house, batch, 'file');
  await revealField(test.callAs(collector), {
    ...{ institution, recordId: changed, field: 'identityNumber', reason: `${marks.people}核对身份证件` },
  });
  test.setClock('2026-07-18');
  await declareInvalid(test.callAs(reviewer), {
    ...{
      institution,
      recordId: invalid,
      reason: `${marks.people}违法取得学位证书`,
      documentNumber: '学位办〔2026〕9号',
    },
    ...{ on: '2026-07-17', fileDigest: await paperOf(test, house, reviewer, 'declaration', marks.people) },
  });
  await recordFormCheck(test.callAs(reviewer), {
    ...{ institution, number: `${marks.people}核查〔2026〕8号`, feedbackOn: '2026-07-18' },
    fileDigest: await paperOf(test, house, reviewer, 'form-check', marks.people),
    results: [{ certificateNumber: batch.fields[1]?.certificateNumber ?? '', passed: true, reasons: [] }],
  });
  await declassifyIn(test, house, batch.fields[0]?.studentNumber ?? '');
  await sendOut(test, house, batch.batchId);
  await change(test, house, changed);
  await draftOnly(test, house, batch, revoked);
  await disclose(test, house);
  await administer(test, house);
  await loadStructure(test, house);
  const pending = await collectIn(test, house, 3, marks.unreported);
  await drawSample(test.callAs(checker), { institution, batchId: pending.batchId });
  const drawn = await prisma.drawnRecord.findFirstOrThrow({ where: { batchId: pending.batchId, sampled: true } });
  await examineRecord(test.callAs(checker), {
    ...{ institution, recordId: drawn.recordId, expectedVersion: 1, agrees: false, note: marks.unreported },
    wrong: [{ field: 'thesisTitle', words: `${marks.unreported}与原件不符` }],
  });
  await speak(test, house, pending.recordIds, { id: revoked, version: 1 });
  await analyse(test, house);
  const { importId } = await checkTable(test, house, batch);
  // What an import leaves of texts that no table has, and of mappings that it went by.
  const { id: mappingId } = await prisma.codeMapping.findFirstOrThrow({ where: { institution } });
  await prisma.importMapping.create({ data: { institution, importId, mappingId, rows: 1 } });
  const unmatched = { codeTable: 'ethnicity', value: marks.unreported, on: '2026-06-20', count: 1 };
  await prisma.unmatchedValue.create({ data: { institution, importId, sequence: 9, ...unmatched } });
  const { id: versionId } = await prisma.codeTableVersion.findFirstOrThrow({ where: { institution } });
  const recoding = { codeTable: 'sex', oldCode: '7', newCode: '2', validFrom: '2026-07-01', versionId };
  await prisma.codeRecoding.create({ data: { institution, ...recoding } });
  await archiveIn(test, house, batch.batchId);
  await publishStatistics(test.callAs(house.degreeOffice), { institution, year: 2026 });
  await ensureCheckpoint(test.world, institution);
}

/** The dry run of a table of two rows, both wrong; it is not imported. */
async function checkTable(test: TestWorld, house: House, { resolutionId, fields }: Collected) {
  const { code: institution, marks, collector } = house;
  const call = test.callAs(collector);
  const rows = fields
    .slice(0, 2)
    .map((row) => ({ ...row, name: `${marks.unreported}某`, ethnicity: marks.unreported }));
  const file = { kind: 'records', name: `${marks.unreported}.csv`, bytes: recordCsv(CATEGORY, rows) } as const;
  const { digest: fileDigest } = await storeFile(call, { institution, ...file });
  return checkImport(call, { institution, kind: 'records', category: CATEGORY, resolutionId, fileDigest });
}

/** A batch in its disclosure, with a link, and two objections by it, of which one is accepted. */
async function disclose(test: TestWorld, house: House): Promise<void> {
  const { code: institution, marks, collector, checker } = house;
  const batch = await collectIn(test, house, 2, marks.disclosed);
  await goOn(test, house, batch, 'cross-check');
  await goOn(test, house, batch, 'open-disclosure');
  const { batchId } = batch;
  const { linkId } = await disclosureLink(test.callAs(checker), { institution, batchId });
  const token = tokenOfLink(test.world, { institution, id: linkId });
  const sent = { reason: `${marks.unreported}不符`, name: `${marks.unreported}某`, contact: marks.unreported };
  await receiveObjection(test.world, token, { ...sent, sequence: 1 }, `${institution} first`);
  await receiveObjection(test.world, token, { ...sent, sequence: 2 }, `${institution} second`);
  const { id } = await test.world.db.prisma.receivedObjection.findFirstOrThrow({ where: { institution } });
  await acceptObjection(test.callAs(collector), { institution, receivedId: id });
}

/** A change request that goes to the province and comes back with consent. */
async function change(test: TestWorld, house: House, recordId: string): Promise<void> {
  const { code: institution, marks, collector, checker, head, degreeOffice, reviewer } = house;
  const evidence = async () => [
    { title: `${marks.people}情况说明`, fileDigest: await paperOf(test, house, collector, 'evidence', marks.people) },
  ];
  const { applicationId } = await draftChangeRequest(test.callAs(collector, { idempotencyKey: 'draft' }), {
    ...{ institution, category: CATEGORY, evidence: await evidence() },
    reason: `${marks.people}学生毕业论文题目录入有误，与归档论文封面不一致，特申请更改。`,
    finding: '经核对归档论文，题目确系录入错误。',
    records: [{ recordId, changes: [{ field: 'thesisTitle', after: `${marks.people}教学策略`, evidence: [1] }] }],
  });
  const it = { institution, applicationId };
  await checkApplication(test.callAs(checker), it);
  await approveApplication(test.callAs(head), it);
  await sealApplication(test.callAs(degreeOffice), it);
  await dispatchApplication(test.callAs(degreeOffice), {
    ...{ ...it, addressee: 'provincial-office', channel: 'in-system', dispatchedOn: todayOf(test.world) },
  });
  await decideApplication(test.callAs(reviewer), {
    ...{ ...it, decision: 'consent', decisionNumber: `${marks.people}学位办〔2026〕8号` },
    decisionDigest: await paperOf(test, house, reviewer, 'decision', marks.people),
  });
}

/** A revocation report and a deletion request that stay inside, and the correction of a roster. */
async function draftOnly(test: TestWorld, house: House, batch: Collected, recordId: string): Promise<void> {
  const { code: institution, marks, collector, degreeOffice } = house;
  const mark = marks.unreported;
  await correctRoster(test.callAs(degreeOffice), {
    ...{ institution, resolutionId: batch.resolutionId, sequence: 6, reason: `${marks.people}名单录入错误` },
    ...{ documentNumber: '学位〔2026〕更正1号' },
    fileDigest: await paperOf(test, house, degreeOffice, 'roster-correction', marks.people),
  });
  const evidence = async () => [
    { title: `${mark}调查报告`, fileDigest: await paperOf(test, house, collector, 'evidence', mark) },
  ];
  const { revocationResolutionId } = await loadRevocationResolution(test.callAs(degreeOffice), {
    ...{ institution, number: `${marks.pending}撤1号`, meeting: `第${marks.pending}次`, decidedOn: '2026-07-14' },
    ...{ effectiveOn: '2026-07-15', members: 21, present: 19, yes: 19, no: 0, abstain: 0 },
    ...{ headName: '周明远', chairName: '周明远' },
    scanDigest: await paperOf(test, house, degreeOffice, 'revocation-resolution-scan', marks.pending),
  });
  await draftRevocationReport(test.callAs(collector), {
    ...{ institution, category: CATEGORY, evidence: await evidence(), revocationResolutionId },
    ...{ ground: 'academic-misconduct', proofs: '学术委员会调查报告和文字重合比对结果。' },
    facts: `${mark}经调查，该生学位论文存在抄袭他人研究成果的行为，情节严重。`,
    records: [
      {
        ...{ recordId, noticeOn: '2026-07-02', hearingOn: '2026-07-08', hearingResult: '听取了本人的陈述和申辩' },
        ...{ deliveredOn: '2026-07-16', certificateHandling: '已收回学位证书' },
      },
    ],
  });
  await draftDeletionRequest(test.callAs(collector), {
    ...{ institution, category: CATEGORY, evidence: await evidence(), foundOn: '2026-07-18' },
    reason: `${mark}该生未获学位评定委员会授予学位，因名单录入错误而误报，特申请删除。`,
    finding: '经核对决议，确属误报。',
    records: [{ recordId: batch.recordIds[5] ?? '', cause: 'never-conferred' }],
  });
}

/** A policy, an office with another name, an officer more. */
async function administer(test: TestWorld, house: House): Promise<void> {
  const { code: institution, marks, degreeOffice } = house;
  await setPolicy(test.callAs(degreeOffice), {
    ...{
      institution,
      effectiveFrom: todayOf(test.world),
      settings: { warningDays: 5, crossCheckSample: 50, smallestCell: 3 },
    },
    basisNumber: `${marks.house}学位〔2026〕30号`,
    basisDigest: await paperOf(test, house, degreeOffice, 'policy-basis', marks.house),
  });
  const office = `${institution}/graduate-office`;
  await renameOffice(test.callAs(degreeOffice), { institution, office, name: `${marks.house}研究生院` });
  await addOfficer(test.callAs(degreeOffice), {
    ...{ institution, office, loginName: `${institution}.xin`, name: `${marks.house}新人`, duties: ['collect'] },
  });
}
