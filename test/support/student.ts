// Students in tests: links made by the job as in real life, opened, and calls of a student's own.
import type { StudentCall } from '../../src/procedures/call.ts';
import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { type IssueLinksInput, issueLinks, linkToken } from '../../src/procedures/student/issue-links.ts';
import { openLink } from '../../src/procedures/student/open-link.ts';
import { studentOf } from '../../src/procedures/student/student-sessions.ts';
import { HERE, type TestWorld } from './world.ts';

/** Issues links and lets the job make them. */
export async function issued(
  test: TestWorld,
  input: Omit<IssueLinksInput, 'institution' | 'unconfirmedOnly'> & { unconfirmedOnly?: boolean },
  as = 'jiaowu.cai',
): Promise<{ jobId: string; total: number; lastDay: string }> {
  const done = await issueLinks(test.callAs(as), { institution: HERE, unconfirmedOnly: false, ...input });
  await runDueJobs(test.world, (facts) => {
    throw new Error(JSON.stringify(facts));
  });
  return done;
}

/** The tokens of a job's links by the record that each is about, as the mailing sheet holds them. */
export async function tokensOf(test: TestWorld, jobId: string): Promise<Map<string, string>> {
  const links = await test.world.db.prisma.studentLink.findMany({ where: { jobId } });
  return new Map(links.map((link) => [link.recordId ?? link.enrolmentRecordId ?? '', linkToken(test.world, link)]));
}

/** A link to one degree record. */
export async function linkTo(test: TestWorld, recordId: string): Promise<string> {
  const { jobId } = await issued(test, { recordIds: [recordId] });
  return (await tokensOf(test, jobId)).get(recordId) ?? '';
}

/** The call of whoever holds a session's token. */
export async function callOf(test: TestWorld, token: string): Promise<StudentCall> {
  const student = await studentOf(test.world, token);
  if (!student || 'expired' in student) throw new Error('there is no such session');
  return { world: test.world, student };
}

/** The call of the student of a degree record, who has opened a link. */
export async function studentOfRecord(test: TestWorld, recordId: string): Promise<StudentCall> {
  const { token } = await openLink(test.world, { token: await linkTo(test, recordId) });
  return callOf(test, token);
}
