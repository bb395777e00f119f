// Attaching photos (art. 8): by identity, student or certificate number; hostile archives are refused whole.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeZip } from '../../../src/files/zip.ts';
import { mistakeOf } from '../../../src/http/mistakes.ts';
import { attachPhotos } from '../../../src/procedures/collection/attach-photos.ts';
import { deepCheck } from '../../../src/procedures/responsibility/unsealed.ts';
import { readRecords } from '../../../src/store/records/records.ts';
import { collectedBatch } from '../../support/collected.ts';
import { addSampleTemplates, importSample, loadSample, upload } from '../../support/collecting.ts';
import { photoJpeg } from '../../support/sample-files.ts';
import { sampleRecords } from '../../support/samples.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batchId: string;
const CATEGORY = 'regular-bachelor';
const people = sampleRecords(CATEGORY, 5);

beforeAll(async () => {
  test = await testWorld();
});
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
  await addSampleTemplates(test);
  const resolutionId = await loadSample(test, people);
  batchId = (await importSample(test.callAs('jiaowu.cai'), resolutionId, CATEGORY, people)).batchId;
});
afterAll(() => test.close());

async function attach(files: Record<string, Uint8Array>) {
  const call = test.callAs('jiaowu.cai');
  const parts: Uint8Array[] = [];
  const entries = Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
  for await (const part of writeZip(entries)) parts.push(part);
  const fileDigest = await upload(call, 'photos', Buffer.concat(parts), '照片.zip');
  return attachPhotos(call, { institution: HERE, batchId, fileDigest });
}

const recordsNow = () => readRecords(test.world.db.prisma, HERE, { batchId }, test.world.cipher);

describe('Article 8: electronic photos', () => {
  it('are found their person by any of three numbers; what is wrong is listed, the rest is taken', async () => {
    const [a, b, c, d, e] = people;
    const attached = await attach({
      [`${a?.identityNumber}.jpg`]: photoJpeg('a'),
      [`照片/${b?.studentNumber}.JPG`]: photoJpeg('b'),
      [`${c?.certificateNumber}.jpeg`]: photoJpeg('c'),
      [`${d?.studentNumber}.jpg`]: photoJpeg('d').subarray(0, 200),
      [`${a?.studentNumber}.jpg`]: photoJpeg('second'),
      [`${e?.studentNumber}.jpg`]: photoJpeg('e', 100, 100),
      '不认识.jpg': photoJpeg('nobody'),
    });
    expect(attached.attached).toBe(3);
    expect(attached.problems.map(({ entry, violations }) => [entry, violations.map(({ code }) => code)])).toEqual([
      [`${d?.studentNumber}.jpg`, ['file-unreadable']],
      [`${a?.studentNumber}.jpg`, ['photo-doubled']],
      [`${e?.studentNumber}.jpg`, ['photo-not-of-standard']],
      ['不认识.jpg', ['photo-without-person']],
    ]);
    const kept = await recordsNow();
    expect(kept.map(({ row, fields }) => [row.version, fields.photoDigest !== null])).toEqual([
      [2, true],
      [2, true],
      [2, true],
      [1, false],
      [1, false],
    ]);
    const photos = await test.world.db.prisma.keptFile.findMany({ where: { kind: 'photo' } });
    expect(photos.map(({ name }) => name).sort()).toEqual(
      people.slice(0, 3).map((one) => `${one.certificateNumber}.jpg`),
    );
    expect(photos.map(({ name }) => name).join()).not.toContain(a?.identityNumber);
  });

  it('the same photo again changes nothing; another one makes a new version', async () => {
    const name = `${people[0]?.studentNumber}.jpg`;
    await attach({ [name]: photoJpeg('one') });
    expect((await refusal(attach({ [name]: photoJpeg('one') }))).codes).toEqual(['nothing-to-do']);
    await attach({ [name]: photoJpeg('two') });
    expect((await recordsNow())[0]?.row.version).toBe(3);
  });

  it('what is secret stays in its box: only the photo is new, and both versions open', async () => {
    const before = (await recordsNow())[0];
    await attach({ [`${people[0]?.studentNumber}.jpg`]: photoJpeg('one') });
    const after = (await recordsNow())[0];
    expect(after?.fields).toEqual({ ...before?.fields, photoDigest: after?.fields.photoDigest });
    const { version, salt, digest, photoDigest, updatedAt } = after?.row ?? {};
    expect(after?.row).toEqual({ ...before?.row, version, salt, digest, photoDigest, updatedAt });
    expect([version, salt === before?.row.salt, digest === before?.row.digest]).toEqual([2, false, false]);
    const kept = await test.world.db.prisma.recordVersion.findFirstOrThrow({
      where: { recordId: after?.row.id ?? '' },
    });
    expect(kept.content).toMatchObject({ identityNumber: before?.row.identityNumber });
    const page = { institution: HERE, first: 10, after: null };
    const { wrong } = await deepCheck(test.world.db.prisma, test.world, test.callAs('xuewei.guan').actor, page);
    expect(wrong).toEqual([]);
  });

  it('an archive with ../ in it is refused whole and not kept', async () => {
    const good = `${people[0]?.studentNumber}.jpg`;
    const parts: Uint8Array[] = [];
    for await (const part of writeZip([
      { name: good, bytes: photoJpeg('good') },
      { name: 'aa/evil.jpg', bytes: photoJpeg('evil') },
    ]))
      parts.push(part);
    const zip = Buffer.concat(parts);
    const hostile = Buffer.from(zip.toString('latin1').replaceAll('aa/evil', '../evil'), 'latin1');
    const call = test.callAs('jiaowu.cai');
    const files = await test.world.db.prisma.storedFile.count();
    const answer = await refusal(upload(call, 'photos', hostile, 'x.zip'));
    expect(answer).toEqual({ kind: 'Refused', codes: ['file-unsafe'] });
    expect(await test.world.db.prisma.storedFile.count()).toBe(files);
  });
});

describe('A database that fails while photos are written', () => {
  it('is told as what failed, not as what was asked after it, and nothing is kept', async () => {
    await test.reset();
    // Written by five hundred: while the first are written, the records of the others are read.
    const { batchId: many, fields } = await collectedBatch(test, 501);
    const entries = fields.map(({ studentNumber }, at) => ({
      name: `${studentNumber}.jpg`,
      bytes: photoJpeg(`photo ${at}`),
    }));
    const parts: Uint8Array[] = [];
    for await (const part of writeZip(entries)) parts.push(part);
    const call = test.callAs('jiaowu.cai');
    const fileDigest = await upload(call, 'photos', Buffer.concat(parts), '照片.zip');
    const before = await rowCounts(test);
    const { pool } = test.world.db;
    await pool.query(`
      CREATE OR REPLACE FUNCTION refuse_as_full() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON "StoredFile" FOR EACH ROW EXECUTE FUNCTION refuse_as_full()`);
    try {
      const attached = attachPhotos(call, { institution: HERE, batchId: many, fileDigest });
      expect(mistakeOf(await attached.catch((error) => error)).code).toBe('DISK_FULL');
    } finally {
      await pool.query('DROP TRIGGER full_disk ON "StoredFile"');
    }
    expect(await rowCounts(test)).toEqual(before);
    expect((await attachPhotos(call, { institution: HERE, batchId: many, fileDigest })).attached).toBe(501);
  });
});
