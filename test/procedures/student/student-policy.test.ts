// Article 11(1), 24: what goes no further without the student's word, by the policy of the institution.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { correctRoster } from '../../../src/procedures/resolutions/correct-roster.ts';
import { loadResolution } from '../../../src/procedures/resolutions/load-resolution.ts';
import { confirmRecord } from '../../../src/procedures/student/confirm.ts';
import { disputeFields } from '../../../src/procedures/student/dispute.ts';
import { openLink } from '../../../src/procedures/student/open-link.ts';
import type { Category } from '../../../src/regulation/vocabulary.ts';
import { collectedBatch } from '../../support/collected.ts';
import { importEnrolments, resolutionInput, upload } from '../../support/collecting.ts';
import { scanPdf } from '../../support/sample-files.ts';
import { enrolmentOf, sampleRecord, sampleRecords } from '../../support/samples.ts';
import { bringTo, refusal, statesOf } from '../../support/stages.ts';
import { callOf, issued, studentOfRecord, tokensOf } from '../../support/student.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
});
const policy = (confirmation: string, effectiveFrom = '2026-01-01') =>
  test.world.db.prisma.policy.create({ data: { institution: HERE, effectiveFrom, content: { confirmation } } });
const violationsOf = (call: Promise<unknown>) =>
  call.then(
    () => [],
    (error) => error.violations,
  );

describe('Article 11(1): confirmation before the report', () => {
  it('a record whose present version is not confirmed is refused, the confirmed one goes on', async () => {
    await policy('before-report');
    const batch = await collectedBatch(test, 2);
    const [one = '', two = ''] = batch.recordIds;
    await confirmRecord(await studentOfRecord(test, one), { kind: 'record', id: one, expectedVersion: 1 });
    await bringTo(test, batch, 'disclosed');
    const report = (errorPolicy: 'all-or-nothing' | 'skip-refused') =>
      reportBatch(test.callAs('jiaowu.cai'), { institution: HERE, batchId: batch.batchId, errorPolicy });
    expect(await violationsOf(report('all-or-nothing'))).toMatchObject([
      { code: 'confirmation-missing', article: '11(1)', path: expect.stringContaining(two) },
    ]);
    expect(await report('skip-refused')).toMatchObject({ reported: 1, results: [{ recordId: two }] });
    expect(await statesOf(test, batch.batchId)).toEqual({ disclosed: 1, reported: 1 });
    await confirmRecord(await studentOfRecord(test, two), { kind: 'record', id: two, expectedVersion: 1 });
    expect(await report('all-or-nothing')).toMatchObject({ reported: 1 });
  });

  it('a corrected version has to be confirmed anew', async () => {
    await policy('before-report');
    const batch = await collectedBatch(test, 1);
    const [recordId = ''] = batch.recordIds;
    await confirmRecord(await studentOfRecord(test, recordId), { kind: 'record', id: recordId, expectedVersion: 1 });
    const changes = { thesisTitle: '小学语文教学研究' };
    await correctRecord(test.callAs('jiaowu.cai'), { institution: HERE, recordId, expectedVersion: 1, changes });
    await bringTo(test, batch, 'disclosed');
    const input = { institution: HERE, batchId: batch.batchId, errorPolicy: 'all-or-nothing' as const };
    expect((await refusal(reportBatch(test.callAs('jiaowu.cai'), input))).codes).toEqual(['confirmation-missing']);
  });

  it('is asked by the policy of the day on which the resolution took effect; none asks for nothing', async () => {
    await policy('before-report', '2026-06-23');
    const batch = await collectedBatch(test, 1);
    await bringTo(test, batch, 'reported');
    expect(await statesOf(test, batch.batchId)).toEqual({ reported: 1 });
  });
});

describe('Article 11(1), 6: confirmation before the meeting', () => {
  const people = sampleRecords('regular-bachelor', 3);
  const load = async (records = people) =>
    loadResolution(test.callAs('xuewei.guan'), await resolutionInput(test, records));
  const enrolled = (records = people, as = 'jiaowu.cai', category: Category = 'regular-bachelor') =>
    importEnrolments(test.callAs(as), category, records.map(enrolmentOf));
  /** Everybody of the category confirms, as the job's links let them. */
  async function confirmAll(except: readonly string[] = []): Promise<void> {
    const { jobId } = await issued(test, { category: 'regular-bachelor' });
    const rows = await test.world.db.prisma.enrolmentRecord.findMany();
    for (const [id, token] of await tokensOf(test, jobId)) {
      const row = rows.find((one) => one.id === id);
      if (!row || except.includes(row.studentNumber)) continue;
      const call = await callOf(test, (await openLink(test.world, { token })).token);
      await confirmRecord(call, { kind: 'enrolment-record', id, expectedVersion: row.version });
    }
  }

  it('a roster whose people have all confirmed is loaded', async () => {
    await policy('before-meeting');
    await enrolled();
    await confirmAll();
    expect(await load()).toMatchObject({ rosterSize: 3 });
    const steps = await test.world.db.prisma.step.findMany({ where: { name: 'confirm' } });
    expect(steps).toHaveLength(3);
    for (const { statement } of steps) for (const { name } of people) expect(statement).not.toContain(name);
  });

  it('who has not confirmed, who is unknown and whose name differs are named by their line, all at once', async () => {
    await policy('before-meeting');
    await enrolled();
    await confirmAll([people[0]?.studentNumber ?? '']);
    const stranger = sampleRecord('regular-bachelor', 9);
    const renamed = { ...(people[2] as (typeof people)[number]), name: '王改名' };
    const wrong = await violationsOf(load([people[0], people[1], renamed, stranger] as typeof people));
    expect(wrong).toMatchObject([
      { code: 'confirmation-missing', path: 'roster[2]', found: people[0]?.name },
      { code: 'confirmation-missing', path: 'roster[4].name', found: '王改名', expected: people[2]?.name },
      { code: 'confirmation-missing', path: 'roster[5]' },
    ]);
    expect(await test.world.db.prisma.resolution.count()).toBe(0);
  });

  it('a re-import that changes something voids the word, one that changes nothing does not', async () => {
    await policy('before-meeting');
    await enrolled();
    await confirmAll();
    await enrolled();
    expect(await load()).toMatchObject({ rosterSize: 3 });
    const changed = { ...enrolmentOf(people[0] as (typeof people)[number]), politicalStatus: '01' };
    await importEnrolments(test.callAs('jiaowu.cai'), 'regular-bachelor', [changed]);
    const row = await test.world.db.prisma.enrolmentRecord.findFirstOrThrow({
      where: { studentNumber: people[0]?.studentNumber ?? '' },
    });
    expect(row.version).toBe(2);
    const again = await resolutionInput(test, people, { number: '聊大学位〔2026〕99号' });
    const wrong = await violationsOf(loadResolution(test.callAs('xuewei.guan'), again));
    expect(wrong[0]).toMatchObject({ code: 'confirmation-missing', path: 'roster[2]' });
    // The other resolution has them on its roster already, of which each is told.
    const listed = people.map(() => 'certificate-number-on-other-roster');
    expect(wrong.map(({ code }: { code: string }) => code)).toEqual(['confirmation-missing', ...listed]);
  });

  it('a dispute takes the word back', async () => {
    await policy('before-meeting');
    await enrolled();
    await confirmAll();
    const { jobId } = await issued(test, { category: 'regular-bachelor' });
    const [[id, token] = ['', '']] = await tokensOf(test, jobId);
    const call = await callOf(test, (await openLink(test.world, { token })).token);
    const fields = [{ field: 'name', proposed: null, reason: '姓名用字不对' }];
    await disputeFields(call, { kind: 'enrolment-record', id, expectedVersion: 1, fields, evidence: [] });
    expect(await violationsOf(load())).toMatchObject([{ code: 'confirmation-missing' }]);
  });

  it('who has no enrolment record by nature passes the meeting and confirms before the report', async () => {
    await policy('before-meeting');
    const equivalent = sampleRecords('equivalent-education-master', 2);
    expect(await load(equivalent)).toMatchObject({ rosterSize: 2 });
    const batch = await collectedBatch(test, 1);
    await test.world.db.prisma.batch.updateMany({ data: { category: 'equivalent-education-master' } });
    const input = { institution: HERE, batchId: batch.batchId, errorPolicy: 'all-or-nothing' as const };
    expect((await refusal(reportBatch(test.callAs('yanjiu.cai'), input))).codes).toContain('confirmation-missing');
  });
});

describe('Article 11(1), 9: a corrected place of a roster', () => {
  it('needs the word of who stands there now', async () => {
    const people = sampleRecords('regular-bachelor', 2);
    const { resolutionId } = await loadResolution(test.callAs('xuewei.guan'), await resolutionInput(test, people));
    await policy('before-meeting');
    const stranger = sampleRecord('regular-bachelor', 9);
    const { name, category, degreeCategory, disciplineCode, conferralDate, certificateNumber } = stranger;
    const replacement = {
      ...{ name, category, degreeCategory, disciplineCode, conferralDate, certificateNumber },
      studentNumber: stranger.studentNumber ?? '',
    };
    const bytes = scanPdf('更正');
    const fileDigest = await upload(test.callAs('xuewei.guan'), 'roster-correction', bytes, '更正决议.pdf');
    const wrong = await violationsOf(
      correctRoster(test.callAs('xuewei.guan'), {
        ...{ institution: HERE, resolutionId, sequence: 2, replacement, fileDigest },
        ...{ reason: '名单第二人误列', documentNumber: '聊大学位〔2026〕8号' },
      }),
    );
    expect(wrong).toMatchObject([{ code: 'confirmation-missing', path: 'replacement' }]);
  });
});
