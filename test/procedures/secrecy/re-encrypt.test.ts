// Article 21: after a change of keys everything secret goes over to the new ones, by a job that a kill does not harm, while officers
// work on; nothing of what is said changes, and what cannot be opened is named and never sealed as done.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { archiveOpener } from '../../../src/commands/archive-opener.ts';
import { askChange } from '../../../src/procedures/applications/change-case.ts';
import { exportArchiveWork } from '../../../src/procedures/archive/archive-work.ts';
import { exportArchive } from '../../../src/procedures/archive/export-archive.ts';
import { recordBundle } from '../../../src/procedures/bundle.ts';
import { Forbidden } from '../../../src/procedures/errors.ts';
import { committedFields } from '../../../src/procedures/records/commit-record.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { runDueJobs } from '../../../src/procedures/run-jobs.ts';
import { reencryptSecrets } from '../../../src/procedures/secrecy/re-encrypt.ts';
import { reencryptWork } from '../../../src/procedures/secrecy/re-encrypt-work.ts';
import { identityCheckCharacter } from '../../../src/regulation/record/identity-check.ts';
import type { RecordFields } from '../../../src/regulation/record/record.ts';
import { commitRecord } from '../../../src/sealing/commitment.ts';
import { verifyArchive } from '../../../src/sealing/verify/archive.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { IDENTITY_PURPOSE } from '../../../src/secrecy/blind-index.ts';
import type { KeyRingContent } from '../../../src/secrecy/key-ring.ts';
import { withCurrent, withNewKey } from '../../../src/secrecy/rotation.ts';
import { WrongKey } from '../../../src/secrecy/secret-problems.ts';
import { archiveBytes } from '../../../src/store/archive/archives.ts';
import { findEnrolments } from '../../../src/store/collection/enrolment-records.ts';
import { inTransaction } from '../../../src/store/database/transaction.ts';
import { type JobData, takeJob } from '../../../src/store/jobs.ts';
import { toFields } from '../../../src/store/records/records.ts';
import { countBoxes } from '../../../src/store/secrecy/box-keys.ts';
import { SECRET_TABLES } from '../../../src/store/secrecy/secret-columns.ts';
import { membersOf, sourceOf } from '../../support/archives.ts';
import { columnsWithBoxes, openAll } from '../../support/boxes.ts';
import { filedWrong, refusedFor } from '../../support/cases.ts';
import { collectedBatch } from '../../support/collected.ts';
import { liveIn } from '../../support/house-life.ts';
import { HOUSES, MORE } from '../../support/houses.ts';
import { HERE, secretsOf, type TestWorld, THERE, testWorld } from '../../support/world.ts';

const PASSPHRASE = 'sixteen characters, or more';

let test: TestWorld;
const told: object[] = [];
const run = () => runDueJobs(test.world, (facts) => told.push(facts));
const order = (as = 'xuewei.guan', institution = HERE, options = {}) =>
  reencryptSecrets(test.callAs(as, options), { institution });
const jobOf = (id: string) => test.world.db.prisma.job.findFirstOrThrow({ where: { id } });
const stepsOf = (institution = HERE) =>
  test.world.db.prisma.step.findMany({ where: { institution, name: 're-encrypt' }, orderBy: { leafIndex: 'asc' } });
const factsOf = (step: { statement: string } | undefined) => JSON.parse(step?.statement ?? '{}').facts;

/** As after the command and a restart: a fresh field key, or a fresh key of the index, current at once. */
function rotate(use: 'field' | 'index' = 'field'): { before: KeyRingContent; id: string } {
  const before = test.ring();
  const { content, id } = withNewKey(before, use, true);
  test.useRing(content);
  return { before, id };
}

/** One piece of a job, as the server does it; rolled back when `keep` is false. */
async function piece(jobId: string, position: object | null, keep = true) {
  const job = await jobOf(jobId);
  class Undone extends Error {}
  let made: Awaited<ReturnType<typeof reencryptWork>> | undefined;
  await inTransaction(test.world.db, async (tx) => {
    made = await reencryptWork(tx, test.world, job, position as never);
    if (!keep) throw new Undone();
  }).catch((error) => {
    if (!(error instanceof Undone)) throw error;
  });
  if (!made) throw new Error('no piece');
  return made;
}

async function keysIn(institution: string): Promise<string[]> {
  const counts = await inTransaction(test.world.db, (tx) => countBoxes(tx, institution));
  return [...new Set(counts.map(({ keyId }) => keyId))].sort();
}

/** An archive with an encrypted part that a server has begun and still holds, so that its key is in a box; gives the id of its job. */
async function archiveInTheMaking(): Promise<string> {
  const { prisma } = test.world.db;
  const { subjectId: batchId } = await prisma.archiveExport.findFirstOrThrow({ where: { institution: HERE } });
  const { jobId } = await exportArchive(test.callAs('xuewei.guan'), {
    ...{ institution: HERE, recordId: null, batchId, year: null, categories: [] },
    ...{ purpose: '移交档案馆保存', passphrase: PASSPHRASE },
  });
  const job = await jobOf(jobId);
  await inTransaction(test.world.db, async (tx) => {
    let position: JobData | null = null;
    for (let at = 0; at < 2; at++) ({ position } = await exportArchiveWork.piece(tx, test.world, job, position));
    await tx.job.updateMany({
      where: { id: jobId },
      data: { state: 'running', attempts: 1, leaseUntil: new Date(Date.now() + 3_600_000), position: position ?? {} },
    });
  });
  return jobId;
}

const number = (serial: number): string => {
  const first = `37150220040312${String(serial).padStart(3, '0')}`;
  return `${first}${identityCheckCharacter(first)}`;
};

describe('Article 21: a register with everything in it', () => {
  let changed = '';
  let building = '';
  beforeAll(async () => {
    test = await testWorld(MORE);
    await liveIn(test, HOUSES.here);
    await liveIn(test, HOUSES.next);
    building = await archiveInTheMaking();
    // Secret fields in every column: a phone and an e-mail, and a change request that asks for another number and phone.
    const { prisma } = test.world.db;
    const person = await prisma.applicationRecord.findFirstOrThrow({
      where: { institution: HERE, application: { kind: 'change-request' } },
    });
    changed = person.recordId;
    await filedWrong(test, changed, { phone: '13800001111', email: 'a@example.edu.cn' });
    const row = await prisma.degreeRecord.findFirstOrThrow({ where: { id: changed } });
    const given = [
      { field: 'identityNumber', after: number(901), evidence: [1] },
      { field: 'phone', after: '13900002222', evidence: [1] },
      { field: 'email', after: null, evidence: [1] },
      { field: 'thesisTitle', after: 'v1.标题', evidence: [1] },
    ];
    const record = { row, fields: toFields(row, test.world.cipher) };
    const { content } = askChange(test.world, record, given, person.applicationId, '');
    const { institution, applicationId, recordId } = person;
    const where = { institution_applicationId_recordId: { institution, applicationId, recordId } };
    await prisma.applicationRecord.update({ where, data: { content: { ...content } as never } });
  });
  afterAll(() => test.close());

  it('has boxes in the declared columns and nowhere else, and in all of them', async () => {
    const listed = SECRET_TABLES.flatMap(({ table, columns }) => columns.map(({ name }) => `${table}.${name}`));
    expect((await columnsWithBoxes(test)).sort()).toEqual(listed.sort());
  });

  it('opens every box where it belongs', async () => {
    const { plain, keys } = await openAll(test, HERE);
    for (const { table } of SECRET_TABLES)
      expect([...plain.keys()].some((place) => place.startsWith(`${table}/`))).toBe(true);
    expect([...keys]).toEqual([test.ring().current]);
    expect(await keysIn(HERE)).toEqual([test.ring().current]);
  });

  it('goes over to the new key whole, with the same plain text, while the other institution keeps its own boxes', async () => {
    const before = { here: (await openAll(test, HERE)).plain, there: (await openAll(test, THERE)).plain };
    const rows = await test.world.db.prisma.degreeRecord.findMany({
      where: { institution: HERE },
      orderBy: { id: 'asc' },
    });
    const { before: old, id } = rotate();
    expect((await openAll(test, HERE)).plain).toEqual(before.here);

    const simulated = await order('xuewei.guan', HERE, { simulate: true });
    expect(simulated).toMatchObject({ simulated: true, keyId: id, from: [old.current] });
    expect(await test.world.db.prisma.job.count({ where: { kind: 're-encrypt' } })).toBe(0);

    const { jobId, boxes } = await order();
    expect(boxes).toBe(simulated.boxes);
    expect((await refusedFor(order()))[0]).toMatchObject({ code: 're-encryption-under-way', found: jobId });
    await run();
    expect(told).toEqual([]);
    expect(await jobOf(jobId)).toMatchObject({ state: 'done', failed: 0, attempts: 1 });
    expect((await jobOf(jobId)).done).toBe((await jobOf(jobId)).total);

    const after = await openAll(test, HERE);
    expect(after.plain).toEqual(before.here);
    expect([...after.keys]).toEqual([id]);
    expect(await keysIn(HERE)).toEqual([id]);
    expect(await keysIn(THERE)).toEqual([old.current]);
    expect((await openAll(test, THERE)).plain).toEqual(before.there);
    // The new key alone is enough now; the old one alone opens nothing.
    const alone = secretsOf({ ...test.ring(), keys: test.ring().keys.filter((key) => key.id === id) });
    expect((await openAll(test, HERE, alone)).plain).toEqual(before.here);
    await expect(openAll(test, HERE, secretsOf(old))).rejects.toThrow(WrongKey);
    // Nothing of what the records are has moved: neither version nor time nor digest.
    const without = ({ identityNumber: _i, phone: _p, email: _e, ...rest }: (typeof rows)[number]) => rest;
    const now = await test.world.db.prisma.degreeRecord.findMany({
      where: { institution: HERE },
      orderBy: { id: 'asc' },
    });
    expect(now.map(without)).toEqual(rows.map(without));

    const [ordered, completed, ...more] = await stepsOf();
    expect(more).toEqual([]);
    const sum = (by: Record<string, number>) => Object.values(by).reduce((total, count) => total + count, 0);
    expect(factsOf(ordered)).toMatchObject({ phase: 'ordered', from: [old.current], to: id });
    expect(factsOf(completed)).toMatchObject({ phase: 'completed', from: [old.current], to: id });
    expect(factsOf(completed).boxes).toEqual(factsOf(ordered).boxes);
    expect(sum(factsOf(completed).boxes)).toBe(boxes);
    expect(JSON.parse(completed?.statement ?? '').order).toBe(ordered?.leafHash);
    expect(JSON.parse(completed?.statement ?? '').officer.id).toBe(test.callAs('xuewei.guan').actor.officerId);
    // No number, name or key in the log or in the job.
    const said = [ordered?.statement, completed?.statement, JSON.stringify(await jobOf(jobId))].join();
    for (const secret of [...before.here.values()].filter((text) => text.length > 5))
      expect(said).not.toContain(secret);
    for (const { key } of test.ring().keys) expect(said).not.toContain(key);
  });

  it('seals an archive that was in the making when the keys changed, with the part that only its passphrase opens', async () => {
    const { prisma } = test.world.db;
    const of = { institution: HERE, jobId: building };
    expect(await prisma.archiveExport.findFirst({ where: of })).toMatchObject({ state: 'building', withSecrets: true });
    await prisma.job.updateMany({ where: { id: building }, data: { leaseUntil: new Date(0) } });
    await run();
    expect(told).toEqual([]);
    const archive = await prisma.archiveExport.findFirstOrThrow({ where: of });
    expect(archive).toMatchObject({ state: 'done', secretKeyBox: null });
    const parts: Uint8Array[] = [];
    for await (const part of archiveBytes(prisma, archive, test.world.cipher)) parts.push(part);
    const source = sourceOf(await membersOf(Buffer.concat(parts)));
    const open = await archiveOpener(source, PASSPHRASE);
    if (!open) throw new Error('no encrypted part');
    const verdict = await verifyArchive({ ...source, open }, { roots: [test.root.der] });
    expect(verdict.checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(verdict.verdict).toBe('valid');
  });

  it('proves its records as before: a bundle does not depend on the boxes', async () => {
    const bundle = await recordBundle(test.world, HERE, changed);
    expect((await verifyBundle(JSON.parse(JSON.stringify(bundle)), { roots: [test.root.der] })).verdict).toBe('valid');
  });

  it('refuses another order when nothing is left to do, and every hand but the administrator’s of the own degree office', async () => {
    expect((await refusedFor(order()))[0]).toMatchObject({ code: 'nothing-to-re-encrypt', found: test.ring().current });
    for (const as of ['xuewei.zhuren', 'jiaowu.cai', 'jiaowu.zhang', 'jiancha', 'sheng.shen', 'donghai.xuewei']) {
      await expect(order(as), as).rejects.toThrow(Forbidden);
    }
  });

  it('refuses an order on a server whose ring lacks a key', async () => {
    const whole = test.ring();
    const fresh = withNewKey(
      { ...whole, keys: whole.keys.filter(({ id }) => id !== whole.current), current: whole.keys[0]?.id ?? '' },
      'field',
      true,
    );
    test.useRing(fresh.content);
    expect((await refusedFor(order()))[0]).toMatchObject({ code: 'key-ring-lacks-key', expected: whole.current });
    test.useRing(whole);
  });

  it('goes over to a new key of the index, too, with accounts of students, while look-ups find the same people all the time', async () => {
    const { world } = test;
    const accounts = () =>
      world.db.prisma.studentAccount.findMany({ where: { institution: HERE }, orderBy: { id: 'asc' } });
    const [account] = await accounts();
    const row = await world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: account?.recordId ?? '' } });
    const { identityNumber } = toFields(row, world.cipher);
    const find = async () => {
      const indexes = [...world.blindIndex.lookUps(identityNumber, IDENTITY_PURPOSE)];
      const where = { institution: HERE, identityNumberIndex: { in: indexes } };
      return (await world.db.prisma.degreeRecord.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } })).map(
        ({ id }) => id,
      );
    };
    const found = await find();
    expect(found).toContain(row.id);
    const { before, id } = rotate('index');
    expect(await find()).toEqual(found);
    const { jobId, indexKeyId, from } = await order();
    expect([indexKeyId, from]).toEqual([id, []]);
    await run();
    expect(await jobOf(jobId)).toMatchObject({ state: 'done', failed: 0 });
    expect(await find()).toEqual(found);
    for (const [place, value] of (await openAll(test, HERE)).plain)
      if (place.endsWith('/indexed')) expect([place, value]).toEqual([place, 'true']);
    expect((await accounts())[0]?.identityNumberIndex).toBe(world.blindIndex(identityNumber, IDENTITY_PURPOSE));
    expect(secretsOf(before).blindIndex(identityNumber, IDENTITY_PURPOSE)).not.toBe(
      account === undefined ? '' : world.blindIndex(identityNumber, IDENTITY_PURPOSE),
    );
    // What was derived for ever comes out the same: tokens of links, digests in the log.
    for (const purpose of ['student-link', 'disclosure-link', 'roster-salt', 'student-word']) {
      expect(world.blindIndex('a', purpose)).toBe(secretsOf(before).blindIndex('a', purpose));
    }
    expect(factsOf((await stepsOf()).at(-1))).toMatchObject({ phase: 'completed', index: id, boxes: {} });
  });
});

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
