// Article 8: photos leave as one archive, named by the institution's rule; what is not of the standard is refused, never changed.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readZip, writeZip } from '../../../src/files/zip.ts';
import { attachPhotos } from '../../../src/procedures/collection/attach-photos.ts';
import { type ExportPhotosInput, exportPhotos } from '../../../src/procedures/exports/export-photos.ts';
import { openExport } from '../../../src/procedures/exports/open-export.ts';
import { PHOTO_ARCHIVE } from '../../../src/procedures/files/file-kinds.ts';
import { DEFAULT_POLICY } from '../../../src/regulation/policy.ts';
import { bytesOf, listOf } from '../../files/make.ts';
import { addSampleTemplates, importSample, loadSample, upload } from '../../support/collecting.ts';
import { photoJpeg } from '../../support/sample-files.ts';
import { sampleRecords } from '../../support/samples.ts';
import { refusal } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batchId: string;
const CATEGORY = 'regular-bachelor';
const people = sampleRecords(CATEGORY, 3);
const officer = () => test.callAs('jiaowu.cai');

beforeAll(async () => {
  test = await testWorld();
});
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
  await addSampleTemplates(test);
  batchId = (await importSample(officer(), await loadSample(test, people), CATEGORY, people)).batchId;
});
afterAll(() => test.close());

async function attach(count: number): Promise<void> {
  const entries = people.slice(0, count).map(({ studentNumber }) => ({
    name: `${studentNumber}.jpg`,
    bytes: photoJpeg(studentNumber ?? ''),
  }));
  const fileDigest = await upload(officer(), 'photos', await bytesOf(writeZip(entries)), '照片.zip');
  await attachPhotos(officer(), { institution: HERE, batchId, fileDigest });
}

const wanted = (changes: Partial<ExportPhotosInput> = {}): ExportPhotosInput => ({
  ...{ institution: HERE, purpose: '报送国家学位信息系统', naming: null, standard: '150x210' },
  selection: {
    ...{ batchId, resolutionId: null, conferredFrom: null, conferredUntil: null, categories: [], states: null },
  },
  ...changes,
});

async function namesIn(exportId: string): Promise<[string, string][]> {
  const { bytes } = await openExport(test.world, officer().actor, { institution: HERE, id: exportId });
  const files = await listOf(readZip({ bytes: await bytesOf(bytes()) }, PHOTO_ARCHIVE));
  return files.map(({ name, bytes: photo }) => [name, Buffer.from(photo).toString('hex')]);
}

describe('Article 8: an archive of photos', () => {
  it.each([
    [null, 'identityNumber'],
    ['student-number', 'studentNumber'],
    ['certificate-number', 'certificateNumber'],
  ] as const)('named by %s', async (naming, field) => {
    await attach(3);
    const done = await exportPhotos(officer(), wanted({ naming }));
    expect(done).toMatchObject({ count: 3, naming: naming ?? 'identity-number', standard: '150x210' });
    expect(done.fileName).toBe('聊城大学普通高等教育本科学士电子照片20260623.zip');
    const expected = people.map((one) => [`${one[field]}.jpg`, photoJpeg(one.studentNumber ?? '').toString('hex')]);
    expect((await namesIn(done.exportId)).sort()).toEqual(expected.sort());
    const step = await test.world.db.prisma.step.findFirst({ where: { name: 'export-records' } });
    expect(JSON.parse(step?.statement ?? '{}').facts).toMatchObject({ kind: 'photos', count: 3 });
    expect(step?.statement).not.toContain(people[0]?.identityNumber);
  });

  it('by the institution’s own preset when nothing is said', async () => {
    await attach(3);
    const content = { ...DEFAULT_POLICY, photoNaming: 'certificate-number', photoStandard: '150x210' };
    await test.world.db.prisma.policy.create({
      data: { institution: HERE, effectiveFrom: '2026-01-01', content: content as never },
    });
    const done = await exportPhotos(officer(), wanted({ standard: null }));
    expect(done).toMatchObject({ naming: 'certificate-number', standard: '150x210' });
  });

  it('is refused, person by person, when a photo is missing, of another size, or cannot be named', async () => {
    await attach(2);
    expect(await refusal(exportPhotos(officer(), wanted()))).toEqual({
      kind: 'Refused',
      codes: ['export-photo-missing'],
    });
    await attach(3);
    const codes = ['photo-not-of-standard'];
    expect(await refusal(exportPhotos(officer(), wanted({ standard: '480x640' })))).toEqual({ kind: 'Refused', codes });
    const unnamed = await exportPhotos(officer(), wanted({ naming: 'examinee-number' })).catch((thrown) => thrown);
    expect(unnamed.violations).toHaveLength(3);
    expect(unnamed.violations[0]).toMatchObject({
      ...{ code: 'export-photo-name', path: 'rows[1].photoDigest', found: people[0]?.certificateNumber },
      expected: '考生号',
    });
    expect(await test.world.db.prisma.recordExport.count()).toBe(0);
    expect((await refusal(exportPhotos(test.callAs('sheng.shen'), wanted()))).kind).toBe('Forbidden');
    expect(await refusal(exportPhotos(officer(), wanted({ purpose: '' })))).toEqual({
      kind: 'Refused',
      codes: ['export-purpose-missing'],
    });
  });
});
