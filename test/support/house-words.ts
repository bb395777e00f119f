// The students of a house: links, sessions, and a word of each kind that a student can say.

import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { answerDispute } from '../../src/procedures/student/answer-dispute.ts';
import { confirmRecord } from '../../src/procedures/student/confirm.ts';
import { confirmOnPaper } from '../../src/procedures/student/confirm-on-paper.ts';
import { disputeFields } from '../../src/procedures/student/dispute.ts';
import { issueLinks, linkToken } from '../../src/procedures/student/issue-links.ts';
import { openLink } from '../../src/procedures/student/open-link.ts';
import { requestCorrection } from '../../src/procedures/student/request-correction.ts';
import { revealOwnField } from '../../src/procedures/student/reveal-own.ts';
import { setStudentPassword } from '../../src/procedures/student/student-sign-in.ts';
import { storeStudentFile } from '../../src/procedures/student/student-upload.ts';
import { type House, paperOf } from './houses.ts';
import { scanPdf } from './sample-files.ts';
import { callOf } from './student.ts';
import type { TestWorld } from './world.ts';

/** Issues a link to each of these records and lets the job make them; gives their tokens in the same order. */
export async function linksTo(test: TestWorld, house: House, recordIds: readonly string[]): Promise<string[]> {
  const { code: institution } = house;
  const asked = { institution, recordIds, unconfirmedOnly: false };
  const { jobId } = await issueLinks(test.callAs(house.collector), asked);
  await runDueJobs(test.world, (facts) => {
    throw new Error(JSON.stringify(facts));
  });
  const links = await test.world.db.prisma.studentLink.findMany({ where: { institution, jobId } });
  const tokens = new Map(links.map((link) => [link.recordId, linkToken(test.world, link)]));
  return recordIds.map((id) => tokens.get(id) ?? '');
}

/**
 * Of a batch whose records are collected: the first is confirmed by the student, who also takes a password; the second is disputed
 * twice, answered once; the third is confirmed on paper. Of a filed record a correction is asked for.
 */
export async function speak(
  test: TestWorld,
  house: House,
  [first = '', second = '', third = '']: readonly string[],
  filed: { readonly id: string; readonly version: number },
): Promise<void> {
  const { code: institution, marks, collector } = house;
  const student = async (id: string) => {
    const [token = ''] = await linksTo(test, house, [id]);
    return callOf(test, (await openLink(test.world, { token })).token);
  };
  const word = (id: string) => ({ kind: 'record' as const, id, expectedVersion: 1 });
  const title = (mark: string) => [
    { field: 'thesisTitle', proposed: `${mark}整本书阅读教学策略`, reason: `${mark}题目有误` },
  ];
  const confirming = await student(first);
  await setStudentPassword(confirming, `correct horse ${institution} staple`);
  await revealOwnField(confirming, { ...word(first), field: 'identityNumber' });
  await confirmRecord(confirming, word(first));
  const fileDigest = await paperOf(test, house, collector, 'student-evidence', marks.unreported);
  await confirmOnPaper(test.callAs(collector), { institution, ...word(third), fileDigest });
  const disputing = await student(second);
  const bytes = scanPdf(`${marks.unreported} ${institution}`);
  const { digest } = await storeStudentFile(disputing, { name: `${marks.unreported}封面.pdf`, bytes });
  const dispute = { ...word(second), fields: title(marks.unreported), evidence: [digest] };
  const { disputeId } = await disputeFields(disputing, dispute);
  const answer = { institution, disputeId, accepted: false, answer: `${marks.unreported}与论文原件一致` };
  await answerDispute(test.callAs(collector), answer);
  await disputeFields(disputing, { ...word(second), fields: title(marks.unreported), evidence: [] });
  const asking = await student(filed.id);
  const proof = await storeStudentFile(asking, {
    ...{ name: `${marks.unreported}原件.pdf`, bytes: scanPdf(`${marks.unreported} filed ${institution}`) },
  });
  await requestCorrection(asking, {
    ...{ kind: 'record', id: filed.id, expectedVersion: filed.version, evidence: [proof.digest] },
    fields: title(marks.unreported),
  });
}
