// The student's own password and sessions: set after a link, locked by failures, never anybody else's.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StudentCall } from '../../../src/procedures/call.ts';
import { actorOf } from '../../../src/procedures/offices/sign-in.ts';
import { openLink } from '../../../src/procedures/student/open-link.ts';
import { revokeLinks } from '../../../src/procedures/student/revoke-links.ts';
import { studentOf, studentSignOut } from '../../../src/procedures/student/student-sessions.ts';
import { setStudentPassword, studentSignIn } from '../../../src/procedures/student/student-sign-in.ts';
import { ownThings } from '../../../src/procedures/student/student-thing.ts';
import { storeStudentFile } from '../../../src/procedures/student/student-upload.ts';
import { hashToken } from '../../../src/secrecy/tokens.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { scanPdf } from '../../support/sample-files.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { callOf, issued, linkTo, studentOfRecord, tokensOf } from '../../support/student.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../../support/world.ts';

const PASSWORD = 'hai-dai-wan-2026';
let test: TestWorld;
let batch: Collected;
let student: StudentCall;
let number: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 2);
  student = await studentOfRecord(test, batch.recordIds[0] ?? '');
  ({ number } = await setStudentPassword(student, PASSWORD));
});
const codes = async (call: Promise<unknown>) => (await refusal(call)).codes;
let tried = 0;
const signIn = (input: object = {}, at?: Date) => {
  tried += 1;
  const address = `198.51.100.${tried}`;
  return studentSignIn(test.world, { institution: HERE, number, password: PASSWORD, address, ...input }, at);
};

describe('The student’s password', () => {
  it('opens a session of the same person by student number', async () => {
    expect(number).toBe(batch.fields[0]?.studentNumber);
    const { token } = await signIn();
    expect(await studentOf(test.world, token)).toEqual(student.student);
  });

  it('over meanwhile: a file and a password that come too late are not kept', async () => {
    const { token } = await signIn();
    const call = { ...student, session: hashToken(token) };
    const aFile = () => storeStudentFile(call, { name: '证明.pdf', bytes: scanPdf('late') });
    expect((await aFile()).size).toBeGreaterThan(0);
    await studentSignOut(test.world, token);
    const before = await rowCounts(test);
    expect(await codes(aFile())).toEqual(['session-over']);
    expect(await codes(setStudentPassword(call, 'another-word-2026'))).toEqual(['session-over']);
    expect(await rowCounts(test)).toEqual(before);
  });

  it('gives one answer to whatever is wrong', async () => {
    const never = batch.fields[1]?.studentNumber;
    for (const wrong of [
      { password: 'another-word-2026' },
      { number: 'nobody' },
      { number: never },
      { institution: THERE },
    ]) {
      expect(await codes(signIn(wrong))).toEqual(['student-sign-in-refused']);
    }
  });

  it('locks after five failures for fifteen minutes, also for the right password', async () => {
    const at = new Date('2026-06-23T01:00:00Z');
    for (let time = 0; time < 5; time++) await refusal(signIn({ password: 'wrong-wrong-2026' }, at));
    expect(await codes(signIn({}, at))).toEqual(['student-sign-in-refused']);
    expect(await codes(signIn({}, new Date(at.getTime() + 14 * 60_000)))).toEqual(['student-sign-in-refused']);
    expect((await signIn({}, new Date(at.getTime() + 15 * 60_000))).token).toMatch(/^student_/);
  });

  it('a success in between forgets the failures', async () => {
    for (let time = 0; time < 4; time++) await refusal(signIn({ password: 'wrong-wrong-2026' }));
    await signIn();
    for (let time = 0; time < 4; time++) await refusal(signIn({ password: 'wrong-wrong-2026' }));
    expect((await signIn()).token).toMatch(/^student_/);
  });

  it('is as good as an officer’s, and every reason is named', async () => {
    const error = await setStudentPassword(student, `${number}`.slice(0, 6)).catch((thrown) => thrown);
    const found = error.violations.map((one: { found: string }) => one.found);
    expect(found).toEqual(expect.arrayContaining(['too-short', 'too-simple']));
    const named = await setStudentPassword(student, `hai-dai${number}wan-kou`).catch((thrown) => thrown);
    expect(named.violations).toMatchObject([{ code: 'password-refused', found: 'contains-name' }]);
    expect(await test.world.db.prisma.studentAccount.count()).toBe(1);
  });

  it('cannot be set for a number that another person has', async () => {
    await test.world.db.prisma.degreeRecord.updateMany({
      where: { id: batch.recordIds[1] ?? '' },
      data: { studentNumber: number },
    });
    const other = await studentOfRecord(test, batch.recordIds[1] ?? '');
    expect(await codes(setStudentPassword(other, PASSWORD))).toEqual(['student-account-of-another']);
    expect(await studentOf(test.world, (await signIn()).token)).toEqual(student.student);
  });

  it('ends with a revocation', async () => {
    const { token } = await signIn();
    const { id } = student.student;
    await revokeLinks(test.callAs('jiaowu.cai'), { institution: HERE, kind: 'record', id });
    expect(await codes(signIn())).toEqual(['student-sign-in-refused']);
    expect(await studentOf(test.world, token)).toEqual({ expired: true });
  });
});

describe('A student’s session', () => {
  it('lasts two hours or until signing out, and is never an officer’s', async () => {
    const at = new Date('2026-06-23T01:00:00Z');
    const { token, expiresAt } = await signIn({}, at);
    expect(expiresAt).toBe('2026-06-23T03:00:00.000Z');
    expect(await actorOf(test.world, token, at)).toBeNull();
    expect(await studentOf(test.world, token, new Date('2026-06-23T02:59:59Z'))).toMatchObject({ kind: 'record' });
    expect(await studentOf(test.world, token, new Date('2026-06-23T03:00:00Z'))).toEqual({ expired: true });
    await studentSignOut(test.world, token, at);
    expect(await studentOf(test.world, token, at)).toEqual({ expired: true });
    expect(await studentOf(test.world, `${token.slice(0, -1)}x`, at)).toBeNull();
  });

  it('before the meeting holds the enrolment record and, later, the degree record of the same study only', async () => {
    const { jobId } = await issued(test, { category: 'regular-bachelor' });
    const row = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: batch.recordIds[0] ?? '' } });
    const token = (await tokensOf(test, jobId)).get(row.enrolmentRecordId ?? '') ?? '';
    const call = await callOf(test, (await openLink(test.world, { token })).token);
    const own = async () => (await ownThings(test.world.db.prisma, test.world, call.student)).map(({ id }) => id);
    expect(await own()).toEqual([row.id, row.enrolmentRecordId]);
    // Another's record that was tied to this enrolment record by mistake agrees in one number only.
    await test.world.db.prisma.degreeRecord.updateMany({
      where: { id: batch.recordIds[1] ?? '' },
      data: { enrolmentRecordId: row.enrolmentRecordId, studentNumber: row.studentNumber },
    });
    expect(await own()).toEqual([row.id, row.enrolmentRecordId]);
  });

  it('of a link that was used is not ended by a newer link', async () => {
    const { token } = await signIn();
    await linkTo(test, batch.recordIds[0] ?? '');
    expect(await studentOf(test.world, token)).toMatchObject({ kind: 'record' });
  });
});
