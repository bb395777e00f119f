// Article 12: who exports archives and when none is made; retention never deletes: appraisal and transfer are sealed steps.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appraiseArchive } from '../../../src/procedures/archive/appraise-archive.ts';
import { archiveCompleteness } from '../../../src/procedures/archive/archive-completeness.ts';
import { exportArchiveWork } from '../../../src/procedures/archive/archive-work.ts';
import { archiveYears } from '../../../src/procedures/archive/archive-years.ts';
import { exportArchive } from '../../../src/procedures/archive/export-archive.ts';
import { openArchive } from '../../../src/procedures/archive/open-archive.ts';
import { transferArchive } from '../../../src/procedures/archive/transfer-archive.ts';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { storeFile } from '../../../src/procedures/files/store-file.ts';
import { JOB_WORK } from '../../../src/procedures/job-kinds.ts';
import { fileBatch } from '../../../src/procedures/reporting/filing.ts';
import { reviewBatch } from '../../../src/procedures/reporting/review.ts';
import { runDueJobs } from '../../../src/procedures/run-jobs.ts';
import { CATEGORIES, keysOf } from '../../../src/regulation/vocabulary.ts';
import { verifyArchive } from '../../../src/sealing/verify/archive.ts';
import { findArchive } from '../../../src/store/archive/archives.ts';
import { makeArchive, ORDER, sourceOf } from '../../support/archives.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { scanPdf } from '../../support/sample-files.ts';
import { bringTo, refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 4);
});
afterAll(() => test.close());

const prisma = () => test.world.db.prisma;
const sql = (text: string, ...values: unknown[]) => test.world.db.pool.query(text, values);
/** As somebody with all rights in the database would, behind the back of its triggers. */
const behindItsBack = (text: string, values: unknown[]) =>
  prisma().$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRawUnsafe(text, ...values);
  });
const rowOf = async (id: string) => (await findArchive(prisma(), { institution: HERE, id })) ?? expect.fail();

describe('Article 12: who exports what', () => {
  const by = (as: string, order: Partial<typeof ORDER>) =>
    refusal(exportArchive(test.callAs(as), { ...ORDER, ...order }));

  it('is an office for its categories, with the duty to report or as its head', async () => {
    const of = { batchId: batch.batchId };
    expect(await by('yanjiu.cai', of)).toEqual({
      kind: 'Forbidden',
      codes: expect.arrayContaining(['not-your-category']),
    });
    expect((await by('sheng.shen', of)).kind).toBe('Forbidden');
    expect((await by('jiancha', of)).codes).toContain('read-only-duty');
    expect((await by('donghai.xuewei', of)).codes).toEqual(expect.arrayContaining(['not-your-institution']));
    expect((await by('donghai.xuewei', { ...of, institution: THERE })).kind).toBe('NotFound');
    expect((await by('jixu.he', { year: 2026, categories: ['regular-bachelor'] })).kind).toBe('Forbidden');
  });

  it('names one thing, with something in it', async () => {
    const as = 'jiaowu.zhang';
    expect((await by(as, {})).codes).toEqual(['archive-one-thing']);
    expect((await by(as, { year: 2026, batchId: batch.batchId })).codes).toEqual(['archive-one-thing']);
    expect((await by(as, { year: 2025 })).codes).toEqual(['archive-empty']);
    const none = exportArchive(test.callAs(as), { ...ORDER, year: 2026, categories: [] });
    await expect(none).rejects.toMatchObject({
      violations: [{ code: 'archive-empty', path: 'categories', found: '0', expected: '≥ 1' }],
    });
    expect((await by(as, { year: 3026, purpose: '' })).codes).toEqual(['archive-purpose', 'archive-year']);
    expect((await by(as, { year: 2026, passphrase: 'short' })).codes).toEqual(['archive-passphrase']);
    expect((await by(as, { batchId: batch.recordIds[0] ?? '' })).kind).toBe('NotFound');
  });

  it('a simulation writes nothing, and a retry makes no second one', async () => {
    const before = await rowCounts(test);
    const order = { ...ORDER, year: 2026, passphrase: 'sixteen characters, or more' };
    const told = await exportArchive(test.callAs('jiaowu.zhang', { simulate: true }), order);
    expect(told).toMatchObject({ simulated: true, records: 4 });
    expect(await rowCounts(test)).toEqual(before);
    const once = { idempotencyKey: 'archive-1' };
    const first = await exportArchive(test.callAs('jiaowu.zhang', once), order);
    expect(await exportArchive(test.callAs('jiaowu.zhang', once), order)).toEqual(first);
    expect(await prisma().archiveExport.count()).toBe(1);
    // Nothing that is kept tells the passphrase, nor lets it be guessed at.
    const kept = JSON.stringify([
      await prisma().idempotentCall.findMany(),
      await prisma().job.findMany(),
      await prisma().step.findMany({ select: { statement: true } }),
    ]);
    expect(kept).not.toContain('sixteen');
    await runDueJobs(test.world);
    expect((await rowOf(first.archiveId)).state).toBe('done');
  });
});

describe('Article 12: what is not complete is not sealed', () => {
  it('a record that moved meanwhile is gathered anew', async () => {
    const other = await collectedBatch(test, 3);
    const { archiveId } = await exportArchive(test.callAs('jiaowu.zhang'), { ...ORDER, batchId: other.batchId });
    let sittings = 0;
    const stop = () => {
      sittings += 1;
      return sittings > 3;
    };
    await runDueJobs(test.world, undefined, stop);
    expect((await rowOf(archiveId)).state).toBe('building');
    const where = { institution: HERE, batchId: other.batchId };
    await crossCheckRecords(test.callAs('jiaowu.he'), { ...where, errorPolicy: 'all-or-nothing' });
    await runDueJobs(test.world);
    const row = await rowOf(archiveId);
    expect(row).toMatchObject({ state: 'done', records: 3 });
    const steps = await prisma().archiveEntry.findMany({
      where: { archiveId, path: { endsWith: '.json', startsWith: 'steps/' } },
    });
    const said = await prisma().step.findMany({
      where: { leafIndex: { in: steps.map(({ path }) => Number(/\d+/.exec(path)?.[0])) } },
    });
    expect(said.map(({ name }) => name)).toContain('cross-check');
  });

  it('the server fails again and again: who ordered it is told, nothing is left, and the next order is made', async () => {
    const known = JOB_WORK['export-archive'];
    JOB_WORK['export-archive'] = {
      ...exportArchiveWork,
      async piece(tx, world, job, position) {
        if (position?.phase === 'close') throw new RangeError('always');
        return exportArchiveWork.piece(tx, world, job, position);
      },
    };
    const order = { ...ORDER, batchId: batch.batchId, passphrase: 'sixteen characters, or more' };
    const { archiveId } = await exportArchive(test.callAs('jiaowu.zhang'), order);
    for (let time = 0; time < 5; time++) {
      await runDueJobs(test.world);
      await prisma().job.updateMany({ where: { state: 'waiting' }, data: { leaseUntil: new Date(0) } });
    }
    JOB_WORK['export-archive'] = known;
    expect(await rowOf(archiveId)).toMatchObject({
      ...{ state: 'failed', failure: 'not-made RangeError', stepId: null, secretKeyBox: null },
    });
    expect(await prisma().archivePiece.count({ where: { archiveId } })).toBe(0);
    const again = await exportArchive(test.callAs('jiaowu.zhang'), order);
    await runDueJobs(test.world);
    expect((await rowOf(again.archiveId)).state).toBe('done');
  });

  it('a missing file and an altered record are named, and nothing is sealed', async () => {
    const other = await collectedBatch(test, 2);
    const photo =
      (await prisma().storedFile.findFirst({ where: { keptAs: { some: { kind: 'photo' } } } })) ?? expect.fail();
    const { digest } = photo;
    await behindItsBack('DELETE FROM "StoredFile" WHERE "digest" = $1', [digest]);
    const sealed = await prisma().step.count({ where: { name: 'export-archive' } });
    const { archiveId } = await exportArchive(test.callAs('jiaowu.zhang'), { ...ORDER, batchId: other.batchId });
    await runDueJobs(test.world);
    expect(await rowOf(archiveId)).toMatchObject({ state: 'failed', failure: `file-missing ${digest}`, stepId: null });
    expect(await prisma().step.count({ where: { name: 'export-archive' } })).toBe(sealed + 1);
    expect(await prisma().archivePiece.count({ where: { archiveId } })).toBe(0);
    const told = await archiveCompleteness(test.world, HERE, 2026, keysOf(CATEGORIES));
    expect(told).toMatchObject({ complete: false, missing: [{ digest, namedBy: 'photo' }], gaps: [], brokenChains: 0 });
    await prisma().storedFile.create({ data: photo });
    await sql(`UPDATE "DegreeRecord" SET "name" = '王冒名' WHERE "id" = $1::uuid`, other.recordIds[0]);
    const again = await exportArchive(test.callAs('jiaowu.zhang'), { ...ORDER, batchId: other.batchId });
    await runDueJobs(test.world);
    expect(await rowOf(again.archiveId)).toMatchObject({
      state: 'failed',
      failure: `record-altered ${other.recordIds[0]}`,
    });
    await sql(`UPDATE "DegreeRecord" SET "name" = $2 WHERE "id" = $1::uuid`, other.recordIds[0], other.fields[0]?.name);
    expect(await archiveCompleteness(test.world, HERE, 2026, keysOf(CATEGORIES))).toMatchObject({
      complete: true,
      records: 9,
    });
  });

  it('a step that was taken out of the tables behind their back is a gap, and the log still knows', async () => {
    const last = (await prisma().step.findFirst({ orderBy: { leafIndex: 'desc' } })) ?? expect.fail();
    await behindItsBack('UPDATE "Step" SET "leafIndex" = 100000 WHERE "leafIndex" = $1', [last.leafIndex]);
    const told = await archiveCompleteness(test.world, HERE, 2026, keysOf(CATEGORIES));
    expect(told).toMatchObject({ complete: false, gaps: [last.leafIndex] });
    await behindItsBack('UPDATE "Step" SET "leafIndex" = $1 WHERE "leafIndex" = 100000', [last.leafIndex]);
  });
});

describe('Article 12: a sealed archive is kept', () => {
  it('row, subjects, members and pieces can neither be changed nor deleted', async () => {
    for (const text of [
      'UPDATE "ArchiveExport" SET "purpose" = \'x\' WHERE "state" = \'done\'',
      'DELETE FROM "ArchiveExport"',
      'DELETE FROM "ArchiveSubject"',
      'DELETE FROM "ArchiveEntry"',
      'UPDATE "ArchiveEntry" SET "digest" = \'x\'',
      'DELETE FROM "ArchivePiece"',
      'DELETE FROM "ArchiveDownload"',
      'DELETE FROM "StoredFile"',
      'DELETE FROM "RosterEntry"',
    ]) {
      if (text.includes('Download')) await makeDownload();
      await expect(sql(text), text).rejects.toThrow(/append-only/);
    }
  });

  async function makeDownload() {
    const row = (await prisma().archiveExport.findFirst({ where: { state: 'done' } })) ?? expect.fail();
    await openArchive(test.world, test.callAs('jiaowu.zhang').actor, row);
  }

  it('is fetched by its office and the degree office, each time noted; by nobody else', async () => {
    const { id } = await makeArchive(test, { year: 2026 });
    const key = { institution: HERE, id };
    const fetching = (as: string) => openArchive(test.world, test.callAs(as).actor, key);
    const before = await prisma().archiveDownload.count();
    for (const as of ['jiaowu.zhang', 'xuewei.guan']) {
      const { row, bytes } = await fetching(as);
      let size = 0;
      for await (const piece of bytes()) size += piece.length;
      expect(size).toBe(Number(row.size));
    }
    for (const as of ['yanjiu.cai', 'jiancha', 'sheng.shen', 'donghai.xuewei']) {
      expect((await refusal(fetching(as))).kind, as).toBe('NotFound');
    }
    expect(await prisma().archiveDownload.count()).toBe(before + 2);
    await behindItsBack('UPDATE "ArchivePiece" SET "box" = "box" || $2 WHERE "archiveId" = $1::uuid', [
      id,
      Buffer.from([0]),
    ]);
    await expect(fetching('jiaowu.zhang')).rejects.toThrow('a stored file is not what was registered');
  });
});

describe('Article 12: appraisal and transfer', () => {
  const appraisal = { institution: HERE, year: 2026, retention: 'ten-years', opinion: '同意按十年保管。' } as const;

  it('waits until every record of the year is filed or has ended', async () => {
    expect(await refusal(appraiseArchive(test.callAs('xuewei.guan'), appraisal))).toEqual({
      kind: 'Forbidden',
      codes: ['duty-missing'],
    });
    const told = await refusal(appraiseArchive(test.callAs('xuewei.zhuren'), appraisal));
    expect(told.codes).toEqual(['appraisal-nothing-filed', 'appraisal-year-open']);
    const other = await testWorld();
    try {
      other.setClock('2026-06-23');
      const filed = await collectedBatch(other, 3);
      await bringTo(other, filed, 'reported-upward');
      const where = { institution: HERE, batchId: filed.batchId };
      await reviewBatch(other.callAs('sheng.shen'), where);
      await fileBatch(other.callAs('sheng.shen'), where);
      await keep(other);
    } finally {
      await other.close();
    }
  });

  async function keep(own: TestWorld): Promise<void> {
    const head = () => own.callAs('xuewei.zhuren');
    const [year] = await archiveYears(own.world, head().actor);
    expect(year).toMatchObject({
      year: 2026,
      records: 3,
      open: 0,
      filedUntil: '2026-06-27',
      dueOn: '2036-06-27',
      due: false,
    });
    expect(await archiveYears(own.world, own.callAs('jiaowu.zhang').actor)).toEqual([]);
    own.setClock('2036-06-27');
    // Its seal does not hold for ever: the appraisal itself happens while it does.
    expect((await archiveYears(own.world, head().actor))[0]?.due).toBe(true);
    own.setClock('2026-07-01');
    const { id, members, zip } = await makeArchive(own, { year: 2026 }, 'xuewei.zhuren');
    const receipt = await storeFile(own.callAs('xuewei.guan'), {
      institution: HERE,
      kind: 'transfer-receipt',
      name: '交接文据.pdf',
      bytes: scanPdf('receipt'),
    });
    const { fileDigest } = (await findArchive(own.world.db.prisma, { institution: HERE, id })) ?? expect.fail();
    const transfer = {
      ...({
        institution: HERE,
        archiveId: id,
        recipient: '聊城大学档案馆',
        medium: 'disc',
        receiptNumber: '交〔2026〕1号',
      } as const),
      ...{ receiptDigest: receipt.digest, fileDigest: fileDigest ?? '', transferredOn: '2026-07-01' },
    };
    const asked = (change: Partial<typeof transfer>) =>
      refusal(transferArchive(own.callAs('xuewei.guan'), { ...transfer, ...change }));
    expect((await asked({})).codes).toEqual(['archive-not-appraised']);
    const first = await appraiseArchive(head(), appraisal);
    expect(first).toMatchObject({ keepUntil: '2036-06-27' });
    expect(await appraiseArchive(head(), { ...appraisal, retention: 'permanent' })).toMatchObject({ keepUntil: null });
    expect((await refusal(appraiseArchive(head(), appraisal))).codes).toEqual(['appraisal-shorter']);
    expect((await asked({ fileDigest: receipt.digest, receiptDigest: 'f'.repeat(64) })).codes).toEqual([
      'archive-other-file',
      'file-missing',
    ]);
    expect((await asked({ transferredOn: '2026-06-30' })).codes).toEqual(['archive-transfer-date']);
    expect((await asked({ archiveId: '0197f0a0-0000-7000-8000-000000000000' })).kind).toBe('NotFound');
    const before = await rowCounts(own);
    await transferArchive(own.callAs('xuewei.guan'), transfer);
    expect((await asked({})).codes).toEqual(['archive-transferred-already']);
    const after = await rowCounts(own);
    // Nothing went by it, and everything still reads as before.
    for (const [table, rows] of Object.entries(before)) expect(after[table], table).toBeGreaterThanOrEqual(rows);
    expect(zip.length).toBeGreaterThan(0);
    expect((await verifyArchive(sourceOf(members), { roots: [own.root.der] })).verdict).toBe('valid');
    const statements = await own.world.db.prisma.step.findMany({
      where: { name: { in: ['appraise-archive', 'transfer-archive'] } },
    });
    expect(statements.length).toBe(3);
    expect(statements.map(({ statement }) => statement).join('')).not.toContain('同意按十年保管');
  }
});

describe('Article 12: what was changed behind the back of the tables is not sealed as complete', () => {
  const failure = async (order: Partial<typeof ORDER>) => {
    const { archiveId } = await exportArchive(test.callAs('xuewei.guan'), { ...ORDER, ...order });
    await runDueJobs(test.world);
    return rowOf(archiveId);
  };
  const completeness = (year = 2026) => archiveCompleteness(test.world, HERE, year, keysOf(CATEGORIES));

  it('a roster with another name on it', async () => {
    const { resolutionId, batchId } = batch;
    const rename = (name: string | null) =>
      behindItsBack(
        `UPDATE "RosterEntry" SET "name" = CASE WHEN $2::text IS NULL THEN left("name", -1) ELSE "name" || $2 END
         WHERE "resolutionId" = $1::uuid AND "sequence" = 1`,
        [resolutionId, name],
      );
    await rename('伪');
    expect(await completeness()).toMatchObject({ complete: false, alteredRosters: [resolutionId], missingRecords: [] });
    expect((await completeness(2025)).alteredRosters).toEqual([]);
    const refused = { state: 'failed', failure: `roster-altered ${resolutionId}`, stepId: null };
    for (const order of [{ batchId }, { year: 2026 }]) expect(await failure(order)).toMatchObject(refused);
    await rename(null);
    expect(await completeness()).toMatchObject({ alteredRosters: [] });
  });

  it('a record that was deleted', async () => {
    const [gone = '', left = ''] = (await collectedBatch(test, 2)).recordIds;
    const { batchId } = await prisma().degreeRecord.findFirstOrThrow({ where: { id: gone } });
    await behindItsBack('DELETE FROM "DegreeRecord" WHERE "id" = $1::uuid', [gone]);
    expect(await completeness()).toMatchObject({ complete: false, missingRecords: [gone], alteredRosters: [] });
    expect((await completeness(2025)).missingRecords).toEqual([]);
    const masters = await archiveCompleteness(test.world, HERE, 2026, ['academic-master']);
    expect(masters.missingRecords).toEqual([]);
    const refused = { state: 'failed', failure: `record-missing ${gone}`, stepId: null };
    for (const order of [{ batchId }, { year: 2026 }]) expect(await failure(order)).toMatchObject(refused);
    // Another batch and one record of this one are whole.
    expect(await failure({ recordId: left })).toMatchObject({ state: 'done' });
  });
});
