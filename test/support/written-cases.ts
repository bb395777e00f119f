// For tests of what comes of a written application (downloads, lists, bundles): one of each kind, drafted with all it needs, or the whole way
// in one call. Who tests the steps themselves drafts his own and goes on with cases.ts.
import { approveApplication } from '../../src/procedures/applications/approve-application.ts';
import { checkApplication } from '../../src/procedures/applications/check-application.ts';
import { type DecisionInput, decideApplication } from '../../src/procedures/applications/decide-application.ts';
import { declareInvalid } from '../../src/procedures/applications/declare-invalid.ts';
import { deleteRecords } from '../../src/procedures/applications/delete-records.ts';
import { dispatchApplication } from '../../src/procedures/applications/dispatch-application.ts';
import { draftChangeRequest } from '../../src/procedures/applications/draft-change-request.ts';
import { draftDeletionRequest } from '../../src/procedures/applications/draft-deletion-request.ts';
import { draftRevocationReport } from '../../src/procedures/applications/draft-revocation-report.ts';
import { revokeDegrees } from '../../src/procedures/applications/revoke-degrees.ts';
import { type SealedApplication, sealApplication } from '../../src/procedures/applications/seal-application.ts';
import type { FileKind } from '../../src/procedures/files/file-kinds.ts';
import { storeFile } from '../../src/procedures/files/store-file.ts';
import { fileBatch } from '../../src/procedures/reporting/filing.ts';
import { reviewBatch } from '../../src/procedures/reporting/review.ts';
import { correctRoster } from '../../src/procedures/resolutions/correct-roster.ts';
import { loadRevocationResolution } from '../../src/procedures/resolutions/load-revocation-resolution.ts';
import { todayOf } from '../../src/procedures/situation.ts';
import { recipientsOf } from '../../src/regulation/applications/applications.ts';
import type { ApplicationKind } from '../../src/regulation/vocabulary.ts';
import { type Collected, collectedBatch } from './collected.ts';
import { scanPdf } from './sample-files.ts';
import { bringTo } from './stages.ts';
import { HERE, type TestWorld } from './world.ts';

const CATEGORY = 'regular-bachelor' as const;
/** Numbers given so far in a world: files have bytes of their own, papers numbers of their own. */
const given = new WeakMap<TestWorld, number>();
const lastGiven = (test: TestWorld): number => given.get(test) ?? 0;

function another(test: TestWorld): number {
  const number = lastGiven(test) + 1;
  given.set(test, number);
  return number;
}

/** A case by its key. */
export interface CaseKey {
  readonly institution: string;
  readonly applicationId: string;
}

/** Uploads a file of its own as an officer; gives its digest. */
export async function uploaded(test: TestWorld, as: string, kind: FileKind, name = '材料.pdf'): Promise<string> {
  const bytes = scanPdf(`${kind} ${another(test)}`);
  return (await storeFile(test.callAs(as), { institution: HERE, kind, name, bytes })).digest;
}

/** So many records, filed on the 30th of June; the clock stands on the 20th of July afterwards. */
export async function filedBatch(test: TestWorld, count: number): Promise<Collected> {
  test.setClock('2026-06-23');
  const batch = await collectedBatch(test, count);
  await bringTo(test, batch, 'reported-upward');
  test.setClock('2026-06-30');
  const where = { institution: HERE, batchId: batch.batchId };
  await reviewBatch(test.callAs('sheng.shen'), where);
  await fileBatch(test.callAs('sheng.shen'), where);
  test.setClock('2026-07-20');
  return batch;
}

/** Drafts a change of the thesis title of a record, or revises such a case; `titles` are those of the evidence. */
export async function draftChange(
  test: TestWorld,
  recordId: string,
  titles: readonly string[] = ['论文题目核对情况说明'],
  revises?: CaseKey,
): Promise<CaseKey> {
  const evidence: { title: string; fileDigest: string }[] = [];
  for (const title of titles) {
    evidence.push({
      title,
      fileDigest: await uploaded(test, 'jiaowu.cai', 'evidence', `扫描件${lastGiven(test)}.pdf`),
    });
  }
  const { applicationId } = await draftChangeRequest(test.callAs('jiaowu.cai'), {
    ...{ institution: HERE, category: CATEGORY, evidence },
    reason: '学生毕业论文题目录入有误，与归档论文封面不一致，特申请更改。',
    finding: '经核对归档论文，题目确系录入错误。',
    records: [{ recordId, changes: [{ field: 'thesisTitle', after: '小学语文整本书阅读的教学策略', evidence: [1] }] }],
    revises: revises && { applicationId: revises.applicationId },
  });
  return { institution: HERE, applicationId };
}

/** Drafts the deletion of a record whose place was struck from the roster. */
export async function draftDeletion(test: TestWorld, batch: Collected, at: number): Promise<CaseKey> {
  await correctRoster(test.callAs('xuewei.guan'), {
    ...{ institution: HERE, resolutionId: batch.resolutionId, sequence: at + 1, reason: '名单录入错误' },
    ...{
      documentNumber: '聊大学位〔2026〕更正1号',
      fileDigest: await uploaded(test, 'xuewei.guan', 'roster-correction'),
    },
  });
  const evidence = [{ title: '误报情况说明', fileDigest: await uploaded(test, 'jiaowu.cai', 'evidence') }];
  const { applicationId } = await draftDeletionRequest(test.callAs('jiaowu.cai'), {
    ...{ institution: HERE, category: CATEGORY, evidence, foundOn: '2026-07-18' },
    reason: '该生未获学位评定委员会授予学位，因名单录入错误而误报，特申请删除。',
    finding: '经核对决议，确属误报。',
    records: [{ recordId: batch.recordIds[at] ?? '', cause: 'never-conferred' }],
  });
  return { institution: HERE, applicationId };
}

/** Loads a revocation resolution that took effect on the 15th of July and drafts the report on a record. */
export async function draftRevocation(test: TestWorld, recordId: string): Promise<CaseKey> {
  const number = another(test);
  const { revocationResolutionId } = await loadRevocationResolution(test.callAs('xuewei.guan'), {
    ...{ institution: HERE, number: `聊大学位〔2026〕撤${number}号`, meeting: '第十三次' },
    ...{ decidedOn: '2026-07-14', effectiveOn: '2026-07-15', members: 21, present: 19, yes: 19, no: 0, abstain: 0 },
    ...{ headName: '周明远', chairName: '周明远' },
    scanDigest: await uploaded(test, 'xuewei.guan', 'revocation-resolution-scan'),
  });
  const evidence = [{ title: '学术不端调查报告', fileDigest: await uploaded(test, 'jiaowu.cai', 'evidence') }];
  const { applicationId } = await draftRevocationReport(test.callAs('jiaowu.cai'), {
    ...{ institution: HERE, category: CATEGORY, evidence, revocationResolutionId, ground: 'academic-misconduct' },
    facts: '经调查，该生学位论文存在抄袭他人研究成果的行为，情节严重。',
    proofs: '学术委员会调查报告和文字重合比对结果。',
    records: [
      {
        ...{ recordId, noticeOn: '2026-07-02', hearingOn: '2026-07-08', hearingResult: '听取了本人的陈述和申辩' },
        ...{ deliveredOn: '2026-07-16', certificateHandling: '已收回学位证书' },
      },
    ],
  });
  return { institution: HERE, applicationId };
}

/** Has a drafted case checked, approved and sealed. */
export async function sealCase(test: TestWorld, key: CaseKey): Promise<SealedApplication> {
  await checkApplication(test.callAs('jiaowu.he'), key);
  await approveApplication(test.callAs('jiaowu.zhang'), key);
  return sealApplication(test.callAs('xuewei.guan'), key);
}

/** Sends a sealed case to every addressee: in the system to the province, by mail with a proof to the others. */
export async function dispatchCase(test: TestWorld, key: CaseKey, kind: ApplicationKind): Promise<string[]> {
  const proofs: string[] = [];
  for (const addressee of recipientsOf(kind)) {
    const mailed = addressee !== 'provincial-office';
    const proofDigest = mailed ? await uploaded(test, 'xuewei.guan', 'delivery-proof') : undefined;
    if (proofDigest) proofs.push(proofDigest);
    await dispatchApplication(test.callAs('xuewei.guan'), {
      ...{ ...key, addressee, channel: mailed ? 'registered-mail' : 'in-system', dispatchedOn: todayOf(test.world) },
      ...(mailed ? { receipt: `XA${lastGiven(test)}CN`, proofDigest } : {}),
    });
  }
  return proofs;
}

/** The province decides; gives the digest of its document. */
export async function decideCase(test: TestWorld, key: CaseKey, decision: DecisionInput['decision']): Promise<string> {
  const decisionDigest = await uploaded(test, 'sheng.shen', 'decision');
  await decideApplication(test.callAs('sheng.shen'), {
    ...{ ...key, decision, decisionNumber: `鲁学位办〔2026〕${lastGiven(test)}号`, decisionDigest },
    ...(decision === 'consent' ? {} : { reason: '证明材料不足，请补充' }),
  });
  return decisionDigest;
}

/** From draft to consent. */
export async function consentTo(test: TestWorld, key: CaseKey, kind: ApplicationKind): Promise<SealedApplication> {
  const sealed = await sealCase(test, key);
  await dispatchCase(test, key, kind);
  await decideCase(test, key, 'consent');
  return sealed;
}

/** Revokes the degree of a record, from the resolution to the filing. */
export async function revoke(test: TestWorld, recordId: string): Promise<CaseKey> {
  const key = await draftRevocation(test, recordId);
  await consentTo(test, key, 'revocation-report');
  await revokeDegrees(test.callAs('xuewei.guan'), key);
  return key;
}

/** Deletes a record of a batch, from the striking to the tombstone. */
export async function remove(test: TestWorld, batch: Collected, at: number): Promise<CaseKey> {
  const key = await draftDeletion(test, batch, at);
  await consentTo(test, key, 'deletion-request');
  await deleteRecords(test.callAs('jiaowu.zhang'), key);
  return key;
}

/** The authority declares the certificate of a record invalid; gives the digest of its document. */
export async function invalidate(test: TestWorld, recordId: string): Promise<string> {
  const fileDigest = await uploaded(test, 'sheng.shen', 'declaration');
  await declareInvalid(test.callAs('sheng.shen'), {
    ...{ institution: HERE, recordId, reason: '证书取得方式违法', documentNumber: '鲁学位办〔2026〕99号' },
    ...{ on: '2026-07-19', fileDigest },
  });
  return fileDigest;
}
