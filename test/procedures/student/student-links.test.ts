// Article 11(1): one-time links – opened once, over in time, superseded, revoked, exported only with a reason; thousands in one job.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JOB_WORK } from '../../../src/procedures/job-kinds.ts';
import { runDueJobs } from '../../../src/procedures/run-jobs.ts';
import { MOST_WRONG } from '../../../src/procedures/student/attempts.ts';
import { exportLinks, linkSheetRows } from '../../../src/procedures/student/export-links.ts';
import { issueLinks, issueLinksWork, linkToken } from '../../../src/procedures/student/issue-links.ts';
import { openLink } from '../../../src/procedures/student/open-link.ts';
import { revokeLinks } from '../../../src/procedures/student/revoke-links.ts';
import { studentOf } from '../../../src/procedures/student/student-sessions.ts';
import { hashToken } from '../../../src/secrecy/tokens.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { issued, linkTo, tokensOf } from '../../support/student.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

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

const open = (token: string, address = '192.0.2.1') => openLink(test.world, { token, address });
const codes = async (call: Promise<unknown>) => (await refusal(call)).codes;
const first = () => batch.recordIds[0] ?? '';

describe('Article 11(1): a one-time link', () => {
  it('goes to everybody of a batch and opens the own record, once', async () => {
    const { jobId, total, lastDay } = await issued(test, { batchId: batch.batchId });
    expect({ total, lastDay }).toEqual({ total: 3, lastDay: '2026-07-07' });
    const tokens = await tokensOf(test, jobId);
    expect([...tokens.keys()].sort()).toEqual([...batch.recordIds].sort());
    const { token } = await open(tokens.get(first()) ?? '');
    expect(await studentOf(test.world, token)).toEqual({ institution: HERE, kind: 'record', id: first() });
    expect(await codes(open(tokens.get(first()) ?? ''))).toEqual(['link-used']);
  });

  it('keeps no token anywhere: only its hash, and nothing of the person in the job', async () => {
    const token = await linkTo(test, first());
    const { rows } = await test.world.db.pool.query<{ row: string }>(
      'SELECT row_to_json(l)::text AS row FROM "StudentLink" l UNION ALL SELECT row_to_json(j)::text FROM "Job" j',
    );
    const kept = rows.map(({ row }) => row).join('\n');
    expect(kept).toContain(hashToken(token));
    expect(kept).not.toContain(token);
    for (const { name, identityNumber, studentNumber } of batch.fields) {
      for (const secret of [name, identityNumber, studentNumber ?? '']) expect(kept).not.toContain(secret);
    }
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('opened by two at once lets one in', async () => {
    const token = await linkTo(test, first());
    const both = await Promise.allSettled([open(token), open(token), open(token)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of both) {
      if (one.status === 'rejected') expect(one.reason.violations[0].code).toBe('link-used');
    }
    expect(await test.world.db.prisma.studentSession.count()).toBe(1);
  });

  it('opens on its last day and not on the day after', async () => {
    const [one, two] = await Promise.all([linkTo(test, first()), linkTo(test, batch.recordIds[1] ?? '')]);
    test.setClock('2026-07-07');
    await open(one);
    test.setClock('2026-07-08');
    expect(await codes(open(two))).toEqual(['link-expired']);
  });

  it('holds for the days of the policy', async () => {
    await test.world.db.prisma.policy.create({
      data: { institution: HERE, effectiveFrom: '2026-01-01', content: { linkDays: 3 } },
    });
    expect((await issued(test, { batchId: batch.batchId })).lastDay).toBe('2026-06-26');
  });

  it('is superseded by a newer one of the same person, also of the enrolment record', async () => {
    const { jobId } = await issued(test, { category: 'regular-bachelor' });
    const row = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: first() } });
    const before = (await tokensOf(test, jobId)).get(row.enrolmentRecordId ?? '') ?? '';
    const older = await linkTo(test, first());
    const newer = await linkTo(test, first());
    expect(await codes(open(before))).toEqual(['link-superseded']);
    expect(await codes(open(older))).toEqual(['link-superseded']);
    expect((await open(newer)).token).toMatch(/^student_/);
  });

  it('is revoked together with the session and the password that came of it', async () => {
    const { token } = await open(await linkTo(test, first()));
    const unopened = await linkTo(test, first());
    const revoked = await revokeLinks(test.callAs('jiaowu.cai'), { institution: HERE, kind: 'record', id: first() });
    expect(revoked).toMatchObject({ links: 1, sessions: 1, passwords: 0 });
    expect(await codes(open(unopened))).toEqual(['link-revoked']);
    expect(await studentOf(test.world, token)).toEqual({ expired: true });
  });

  it('revoked ends the session of the enrolment record, too, through which the record could be seen', async () => {
    const { jobId } = await issued(test, { category: 'regular-bachelor' });
    const row = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: first() } });
    const { token } = await open((await tokensOf(test, jobId)).get(row.enrolmentRecordId ?? '') ?? '');
    await revokeLinks(test.callAs('jiaowu.cai'), { institution: HERE, kind: 'record', id: first() });
    expect(await studentOf(test.world, token)).toEqual({ expired: true });
  });

  it('of a proxy on this machine is not counted against everybody behind it', async () => {
    const real = await linkTo(test, first());
    for (let at = 0; at <= MOST_WRONG; at++) await refusal(open(`wrong-${at}`, '::ffff:127.0.0.1'));
    expect((await open(real, '::ffff:127.0.0.1')).token).toMatch(/^student_/);
  });

  it('that nobody issued opens nothing, and an address that tries on and on is told to wait', async () => {
    const real = await linkTo(test, first());
    for (const token of ['', 'x', real.slice(0, -1), 'a'.repeat(20_000)]) {
      expect(await codes(open(token, '192.0.2.7'))).toEqual(['link-unknown']);
    }
    for (let at = 4; at < MOST_WRONG; at++) await refusal(open(`wrong-${at}`, '192.0.2.7'));
    expect(await codes(open(real, '192.0.2.7'))).toEqual(['too-many-attempts']);
    expect((await open(real, '192.0.2.8')).token).toMatch(/^student_/);
  });
});

describe('Article 4: who issues links, and to whom', () => {
  const issue = (as: string, input: object) =>
    issueLinks(test.callAs(as), { institution: HERE, unconfirmedOnly: false, ...input });

  it('a collector of the category, nobody else', async () => {
    const where = { batchId: batch.batchId };
    expect((await refusal(issue('jiaowu.he', where))).codes).toEqual(['duty-missing']);
    expect((await refusal(issue('jixu.cai', where))).codes).toContain('not-your-category');
    expect((await refusal(issue('jixu.cai', { recordIds: [first()] }))).codes).toContain('not-your-category');
    expect((await refusal(issue('jixu.cai', { category: 'regular-bachelor' }))).codes).toContain('not-your-category');
    expect((await refusal(issue('donghai.cai', where))).codes).toContain('not-your-institution');
    expect((await refusal(issue('sheng.shen', where))).kind).toBe('Forbidden');
    expect(await test.world.db.prisma.job.count()).toBe(0);
  });

  it('exactly one kind of people, who are there', async () => {
    expect(await codes(issue('jiaowu.cai', {}))).toEqual(['links-for-one-thing']);
    const two = { batchId: batch.batchId, category: 'regular-bachelor' };
    expect(await codes(issue('jiaowu.cai', two))).toEqual(['links-for-one-thing']);
    expect(await codes(issue('jiaowu.cai', { category: 'international-student-bachelor' }))).toEqual([
      'links-for-nobody',
    ]);
    const many = Array.from({ length: 101 }, () => randomUUID());
    expect(await codes(issue('jiaowu.cai', { recordIds: many }))).toEqual(['links-too-many-people']);
    expect((await refusal(issue('jiaowu.cai', { recordIds: [randomUUID()] }))).kind).toBe('NotFound');
    expect((await refusal(issue('jiaowu.cai', { batchId: randomUUID() }))).kind).toBe('NotFound');
  });

  it('the same id in another institution is not found', async () => {
    const there = { institution: '10999', unconfirmedOnly: false, recordIds: [first()] };
    expect((await refusal(issueLinks(test.callAs('donghai.cai'), there))).kind).toBe('NotFound');
  });

  it('a simulation leaves nothing', async () => {
    const before = await rowCounts(test);
    const call = test.callAs('jiaowu.cai', { simulate: true });
    const done = await issueLinks(call, { institution: HERE, unconfirmedOnly: false, batchId: batch.batchId });
    expect(done).toMatchObject({ total: 3, simulated: true });
    expect(await rowCounts(test)).toEqual(before);
  });
});

describe('Article 21: the mailing sheet', () => {
  const rowsOf = async (jobId: string) => {
    const rows: string[][] = [];
    for await (const row of linkSheetRows(test.world, HERE, jobId)) rows.push(row);
    return rows;
  };

  it('is a sealed step with a reason, about everybody on it', async () => {
    const { jobId } = await issued(test, { batchId: batch.batchId });
    const call = test.callAs('jiaowu.cai');
    expect(await codes(exportLinks(call, { institution: HERE, jobId, reason: ' ' }))).toEqual([
      'reveal-reason-missing',
    ]);
    const done = await exportLinks(call, { institution: HERE, jobId, reason: '邮寄本人确认链接' });
    expect(done.people).toBe(3);
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: done.stepId ?? '' } });
    expect(step).toMatchObject({ name: 'reveal', subjectCount: 3 });
    expect(step.statement).not.toContain('邮寄本人确认链接');
    expect(await test.world.db.prisma.reveal.findMany()).toMatchObject([
      { field: 'student-links', reason: '邮寄本人确认链接' },
    ]);
    const token = (await tokensOf(test, jobId)).get(first()) ?? '';
    expect((await rowsOf(jobId)).map((row) => row[4])).toContain(`https://degrees.example/s#${token}`);
  });

  it('shows no link that opens nothing any more', async () => {
    const { jobId } = await issued(test, { batchId: batch.batchId });
    const tokens = await tokensOf(test, jobId);
    await open(tokens.get(first()) ?? '');
    await linkTo(test, batch.recordIds[1] ?? '');
    const rows = await rowsOf(jobId);
    expect(rows.map((row) => row.at(-1)).sort()).toEqual(['已使用', '已被新链接取代', '未使用'].sort());
    expect(rows.filter((row) => row[4] !== '')).toHaveLength(1);
  });

  it('is for who may issue the links', async () => {
    const { jobId } = await issued(test, { batchId: batch.batchId });
    for (const as of ['jiaowu.he', 'jixu.cai', 'xuewei.guan', 'sheng.shen', 'donghai.cai', 'jiancha']) {
      const refused = await refusal(
        exportLinks(test.callAs(as), { institution: HERE, jobId, reason: '邮寄本人确认链接' }),
      );
      expect(refused.kind, as).toBe('Forbidden');
    }
    const unknown = exportLinks(test.callAs('jiaowu.cai'), {
      institution: HERE,
      jobId: randomUUID(),
      reason: '邮寄本人确认链接',
    });
    expect((await refusal(unknown)).kind).toBe('NotFound');
  });
});

describe('Article 11(1): links before the meeting', () => {
  it('go to the enrolment records of a category, of who graduates from a day on', async () => {
    const category = 'regular-bachelor';
    expect((await issued(test, { category })).total).toBe(3);
    const later = issueLinks(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, unconfirmedOnly: false, category, graduationFrom: '2026-06-19' },
    });
    expect(await codes(later)).toEqual(['links-for-nobody']);
  });

  it('8,000 in one job, resumed after a break: one link each, no matter where it broke', async () => {
    const { rows } = await test.world.db.pool.query<{ column: string }>(
      `SELECT quote_ident(column_name) AS column FROM information_schema.columns WHERE table_name = 'EnrolmentRecord' AND column_name NOT IN ('id', 'studentNumber')`,
    );
    const columns = rows.map(({ column }) => column).join(', ');
    await test.world.db.pool.query(`INSERT INTO "EnrolmentRecord" ("id", "studentNumber", ${columns})
      SELECT gen_random_uuid(), 'S' || n, ${columns} FROM (SELECT * FROM "EnrolmentRecord" LIMIT 1) one, generate_series(1, 7997) n`);
    const people = { institution: HERE, category: 'regular-bachelor', unconfirmedOnly: false } as const;
    const { jobId, total } = await issueLinks(test.callAs('jiaowu.cai'), people);
    expect(total).toBe(8_000);
    let pieces = 0;
    JOB_WORK['issue-links'] = async (...given) => {
      const made = await issueLinksWork(...given);
      pieces += 1;
      if (pieces === 4) throw new Error('the server dies with its piece');
      return made;
    };
    await runDueJobs(test.world);
    expect(await test.world.db.prisma.studentLink.count()).toBe(3_000);
    JOB_WORK['issue-links'] = issueLinksWork;
    await test.world.db.prisma.job.updateMany({ data: { leaseUntil: new Date(0) } });
    await runDueJobs(test.world);
    const job = await test.world.db.prisma.job.findFirstOrThrow({ where: { id: jobId } });
    expect(job).toMatchObject({ state: 'done', done: 8_000, attempts: 2 });
    const links = await test.world.db.prisma.studentLink.findMany();
    expect(links).toHaveLength(8_000);
    expect(new Set(links.map((link) => link.enrolmentRecordId)).size).toBe(8_000);
    expect(links.filter((link) => link.supersededAt)).toEqual([]);
    for (const link of links.slice(0, 50)) expect(hashToken(linkToken(test.world, link))).toBe(link.tokenHash);
  });
});
