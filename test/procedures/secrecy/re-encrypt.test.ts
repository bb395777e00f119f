// Article 21: after a change of keys everything secret goes over to the new ones, by a job that a kill does not harm, while officers
// work on; nothing of what is said changes, and what cannot be opened is named and never sealed as done.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { committedFields } from '../../../src/procedures/records/commit-record.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import type { RecordFields } from '../../../src/regulation/record/record.ts';
import { commitRecord } from '../../../src/sealing/commitment.ts';
import { IDENTITY_PURPOSE } from '../../../src/secrecy/blind-index.ts';
import { withCurrent } from '../../../src/secrecy/rotation.ts';
import { findEnrolments } from '../../../src/store/collection/enrolment-records.ts';
import { inTransaction } from '../../../src/store/database/transaction.ts';
import { takeJob } from '../../../src/store/jobs.ts';
import { toFields } from '../../../src/store/records/records.ts';
import { openAll } from '../../support/boxes.ts';
import { refusedFor } from '../../support/cases.ts';
import { collectedBatch } from '../../support/collected.ts';
import { number, reencryption } from '../../support/reencryption.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
const { told, run, order, jobOf, stepsOf, factsOf, rotate, piece, keysIn } = reencryption(() => test);

describe('Article 21: re-encryption in the middle of work', () => {
  beforeAll(async () => {
    test = await testWorld();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.reset();
    told.length = 0;
    test.setClock('2026-06-23');
  });

  it('that is killed after any piece goes on where it was, and nothing is done twice or not at all', async () => {
    await collectedBatch(test, 520);
    const before = (await openAll(test, HERE)).plain;
    const { id } = rotate();
    const { jobId, boxes } = await order();
    const { world } = test;
    // The first server takes the job, keeps two pieces, and dies in the third.
    const now = world.now();
    const past = new Date(Date.now() - 1000);
    await inTransaction(world.db, (tx) => takeJob(tx, { now, machineNow: new Date(), leaseUntil: past }));
    const first = await piece(jobId, null);
    expect([first.done, (first.position as { after?: unknown }).after]).toEqual([500, expect.anything()]);
    await world.db.prisma.job.updateMany({
      data: { done: { increment: first.done }, position: first.position as never },
    });
    await piece(jobId, first.position, false);
    expect(await keysIn(HERE)).toHaveLength(2);
    expect((await openAll(test, HERE)).plain).toEqual(before);
    // The second takes it over when the lease is over.
    expect(await run()).toBe(1);
    expect(told).toEqual([]);
    expect(await jobOf(jobId)).toMatchObject({ state: 'done', failed: 0, attempts: 2, done: 1040, total: 1040 });
    const after = await openAll(test, HERE);
    expect(after.plain).toEqual(before);
    expect([...after.keys]).toEqual([id]);
    expect(factsOf((await stepsOf()).at(-1)).boxes).toEqual({ DegreeRecord: 520, EnrolmentRecord: 520 });
    expect(boxes).toBe(1040);
  });

  it('loses no correction: what an officer writes meanwhile stays, and its superseded version comes over in a later walk', async () => {
    const { recordIds } = await collectedBatch(test, 3);
    const [recordId = ''] = recordIds;
    const { before: old, id } = rotate();
    const { jobId } = await order();
    let position: object | null = null;
    // Past the records and the history, a server that was not restarted yet corrects a record with the old key.
    for (let at = 0; at < 4; at++) position = (await piece(jobId, position)).position;
    const here = test.ring();
    test.useRing(withCurrent(here, 'field', old.current));
    await correctRecord(test.callAs('jiaowu.cai'), {
      ...{
        institution: HERE,
        recordId,
        expectedVersion: 1,
        changes: { email: 'b@example.edu.cn', phone: '13700003333' },
      },
    });
    test.useRing(here);
    await test.world.db.prisma.job.updateMany({ data: { position: position as never } });
    await run();
    expect(told).toEqual([]);
    expect(await jobOf(jobId)).toMatchObject({ state: 'done', failed: 0 });
    const row = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: recordId } });
    expect(toFields(row, test.world.cipher)).toMatchObject({ email: 'b@example.edu.cn', phone: '13700003333' });
    expect(row.version).toBe(2);
    expect(await keysIn(HERE)).toEqual([id]);
    expect((await stepsOf()).map((step) => factsOf(step).phase)).toEqual(['ordered', 'completed']);
  });

  it('passes over what somebody is writing at the moment, and takes it in the next walk', async () => {
    const { recordIds } = await collectedBatch(test, 3);
    rotate();
    const { jobId } = await order();
    if (test.world.db.kind === 'embedded') {
      // One session: nobody writes beside a transaction. What a walk passes over is put back by hand.
      const [row] = await test.world.db.prisma.degreeRecord.findMany({ where: { id: recordIds[0] ?? '' } });
      const made = await piece(jobId, null);
      await test.world.db.prisma.degreeRecord.updateMany({
        where: { id: recordIds[0] ?? '' },
        data: { identityNumber: row?.identityNumber ?? '' },
      });
      await test.world.db.prisma.job.updateMany({ data: { position: made.position as never } });
    }
    await run();
    expect(await jobOf(jobId)).toMatchObject({ state: 'done', failed: 0 });
    expect(await keysIn(HERE)).toEqual([test.ring().current]);
  });

  it('names what it cannot open by its place, ends with it, and seals nothing as complete', async () => {
    const { recordIds } = await collectedBatch(test, 3);
    const [bad = '', moved = '', good = ''] = recordIds;
    const { prisma } = test.world.db;
    const { identityNumber } = await prisma.degreeRecord.findFirstOrThrow({ where: { id: moved } });
    await prisma.degreeRecord.updateMany({ where: { id: bad }, data: { identityNumber } });
    const enrolled = await prisma.enrolmentRecord.findFirstOrThrow({ orderBy: { id: 'asc' } });
    await prisma.enrolmentRecord.updateMany({
      where: { id: enrolled.id },
      data: { identityNumber: '371502200403120016' },
    });
    const { id } = rotate();
    const { jobId } = await order();
    await run();
    expect(await jobOf(jobId)).toMatchObject({ state: 'done', failed: 2, done: 4, total: 6 });
    const problems = await prisma.jobProblem.findMany({ where: { jobId }, orderBy: { place: 'asc' } });
    expect(problems.map(({ place, code }) => [place, code])).toEqual([
      [`DegreeRecord/${bad}/identityNumber`, 'altered'],
      [`EnrolmentRecord/${enrolled.id}/identityNumber`, 'altered'],
    ]);
    // The others have gone over; these are as they were.
    const rows = await prisma.degreeRecord.findMany({
      where: { id: { in: [bad, moved, good] } },
      orderBy: { id: 'asc' },
    });
    expect(rows.map((row) => test.world.cipher.keyIdOf(row.identityNumber) === id)).toEqual([false, true, true]);
    expect((await stepsOf()).map((step) => factsOf(step).phase)).toEqual(['ordered']);
    expect(JSON.stringify(problems)).not.toContain('371502');
    // Put right, another order completes it.
    await prisma.degreeRecord.updateMany({
      where: { id: bad },
      data: { identityNumber: test.world.cipher.seal(number(1), `${HERE}/${bad}/identityNumber`) },
    });
    await prisma.enrolmentRecord.updateMany({
      where: { id: enrolled.id },
      data: { identityNumber: test.world.cipher.seal(number(2), `${HERE}/${enrolled.id}/identityNumber`) },
    });
    expect((await refusedFor(order()))[0]?.code).toBe('nothing-to-re-encrypt');
  });

  it('is not begun by a server whose ring has another current key: it waits for one that has it', async () => {
    await collectedBatch(test, 2);
    const { before } = rotate();
    const { jobId } = await order();
    const newer = test.ring();
    test.useRing(before);
    await run();
    expect(told).toEqual([{ jobId, kind: 're-encrypt', error: 'OtherKeyRing' }]);
    expect(await jobOf(jobId)).toMatchObject({ state: 'waiting', done: 0 });
    test.useRing(newer);
    await test.world.db.prisma.job.updateMany({ data: { leaseUntil: new Date(0) } });
    await run();
    expect(await jobOf(jobId)).toMatchObject({ state: 'done', failed: 0 });
  });

  it('keeps two records of a person one person while one is under the old key of the index and one under the new', async () => {
    const { fields } = await collectedBatch(test, 2);
    const [person] = fields as RecordFields[];
    const { prisma } = test.world.db;
    const [enrolled] = await prisma.enrolmentRecord.findMany({ where: { studentNumber: person?.studentNumber ?? '' } });
    const identityNumber = person?.identityNumber ?? '';
    const find = () =>
      inTransaction(test.world.db, (tx) =>
        findEnrolments(tx, HERE, [{ studentNumber: null, identityNumber }], test.world),
      );
    rotate('index');
    expect(await find()).toMatchObject([{ id: enrolled?.id }]);
    // The same number under the new key, with another student number.
    const id = '0197f0a0-0000-7000-8000-0000000000aa';
    await prisma.enrolmentRecord.create({
      data: {
        ...enrolled,
        ...{ id, studentNumber: '2022999999' },
        identityNumber: test.world.cipher.seal(identityNumber, `${HERE}/${id}/identityNumber`),
        identityNumberIndex: test.world.blindIndex(identityNumber, IDENTITY_PURPOSE),
      } as never,
    });
    expect(await find()).toEqual(['ambiguous']);
    await order();
    await run();
    expect(await find()).toEqual(['ambiguous']);
    const indexes = await prisma.enrolmentRecord.groupBy({ by: ['identityNumberIndex'], _count: { _all: true } });
    expect(indexes.map(({ _count }) => _count._all).sort()).toEqual([1, 2]);
  });

  describe('Article 12: the history', () => {
    const superseded = async () => {
      const { recordIds } = await collectedBatch(test, 1);
      await correctRecord(test.callAs('jiaowu.cai'), {
        ...{ institution: HERE, recordId: recordIds[0] ?? '', expectedVersion: 1, changes: { phone: '13700003333' } },
      });
      await correctRecord(test.callAs('jiaowu.cai'), {
        ...{ institution: HERE, recordId: recordIds[0] ?? '', expectedVersion: 2, changes: { phone: '13700004444' } },
      });
      return test.world.db.prisma.recordVersion.findFirstOrThrow({ where: { version: 2 } });
    };
    const update = (set: string, values: unknown[], on = true) =>
      inTransaction(test.world.db, async (tx) => {
        if (on) await tx.$executeRaw`SELECT set_config('vermilion.re_encrypt', 'on', true)`;
        return tx.$executeRawUnsafe(`UPDATE "RecordVersion" SET ${set} WHERE "version" = 2`, ...values);
      });

    it('is closed to every change but that of a box for a box, and to that one outside of a re-encryption', async () => {
      const { content, recordId } = await superseded();
      const box = test.world.cipher.seal('13700003333', `${HERE}/${recordId}/phone`);
      const phone = (value: string | null) => JSON.stringify({ ...(content as object), phone: value });
      await expect(update(`"content" = $1::jsonb`, [phone(box)], false)).rejects.toThrow(/append-only \(article 12\)/);
      for (const [set, values] of [
        [`"digest" = 'x'`, []],
        [`"salt" = 'x'`, []],
        [`"replacedAt" = now()`, []],
        [`"version" = 9`, []],
        [`"content" = $1::jsonb`, [JSON.stringify({ ...(content as object), name: '李四' })]],
        [`"content" = $1::jsonb`, [phone('13700003333')]],
        [`"content" = $1::jsonb`, [phone(null)]],
        [`"content" = $1::jsonb`, [JSON.stringify({ ...(content as object), email: box })]],
        [`"content" = $1::jsonb`, [phone(test.world.cipher.seal('1370000333', `${HERE}/${recordId}/phone`))]],
      ] as const) {
        await expect(update(set, [...values]), set).rejects.toThrow(/append-only \(article 12\)/);
      }
      expect(await update(`"content" = $1::jsonb`, [phone(box)])).toBe(1);
      await expect(test.world.db.prisma.recordVersion.deleteMany()).rejects.toThrow(/append-only \(article 12\)/);
    });

    it('tells a value that somebody with keys and database put into a box: it is not what the sealed step commits to', async () => {
      const { content, recordId, salt, digest } = await superseded();
      const committed = (boxes: object): string => {
        const row = { ...(content as object), ...boxes, institution: HERE } as Record<string, string>;
        const fields: Record<string, string> = { ...row };
        for (const name of ['identityNumber', 'phone'] as const) {
          fields[name] = test.world.cipher.open(row[name] ?? '', `${HERE}/${recordId}/${name}`);
        }
        return commitRecord(committedFields(fields as unknown as RecordFields), Buffer.from(salt, 'hex')).digest;
      };
      const again = (phone: string) => ({ phone: test.world.cipher.seal(phone, `${HERE}/${recordId}/phone`) });
      expect(committed({})).toBe(digest);
      expect(committed(again('13700003333'))).toBe(digest);
      expect(committed(again('13700009999'))).not.toBe(digest);
      // And that digest stands in the log, under a seal.
      const subject = await test.world.db.prisma.stepSubject.findFirstOrThrow({
        where: { subjectId: recordId, version: 2 },
      });
      expect(subject.digest).toBe(digest);
    });
  });
});
