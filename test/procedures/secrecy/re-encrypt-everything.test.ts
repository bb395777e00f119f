// Article 21: whatever is secret in a register, wherever it lies, goes over to new keys, and nothing of what is said changes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveOpener } from '../../../src/commands/archive-opener.ts';
import { askChange } from '../../../src/procedures/applications/change-case.ts';
import { exportArchiveWork } from '../../../src/procedures/archive/archive-work.ts';
import { exportArchive } from '../../../src/procedures/archive/export-archive.ts';
import { recordBundle } from '../../../src/procedures/bundle.ts';
import { Forbidden } from '../../../src/procedures/errors.ts';
import { verifyArchive } from '../../../src/sealing/verify/archive.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { IDENTITY_PURPOSE } from '../../../src/secrecy/blind-index.ts';
import { withNewKey } from '../../../src/secrecy/rotation.ts';
import { WrongKey } from '../../../src/secrecy/secret-problems.ts';
import { archiveBytes } from '../../../src/store/archive/archives.ts';
import { inTransaction } from '../../../src/store/database/transaction.ts';
import type { JobData } from '../../../src/store/jobs.ts';
import { toFields } from '../../../src/store/records/records.ts';
import { SECRET_TABLES } from '../../../src/store/secrecy/secret-columns.ts';
import { membersOf, sourceOf } from '../../support/archives.ts';
import { columnsWithBoxes, openAll } from '../../support/boxes.ts';
import { filedWrong, refusedFor } from '../../support/cases.ts';
import { liveIn } from '../../support/house-life.ts';
import { HOUSES, MORE } from '../../support/houses.ts';
import { number, reencryption } from '../../support/reencryption.ts';
import { HERE, secretsOf, type TestWorld, THERE, testWorld } from '../../support/world.ts';

const PASSPHRASE = 'sixteen characters, or more';

let test: TestWorld;
const { told, run, order, jobOf, stepsOf, factsOf, rotate, keysIn } = reencryption(() => test);

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
    expect((await refusedFor(order()))[0]).toMatchObject({
      code: 're-encryption-under-way',
      found: expect.stringMatching(/^\d+ \/ \d+$/),
    });
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
