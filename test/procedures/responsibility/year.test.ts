// A university's year on the procedures alone: from uploaded files to the filing of every category (art. 4, 5, 8, 10, 11).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeZip } from '../../../src/files/zip.ts';
import { recordBundle } from '../../../src/procedures/bundle.ts';
import { attachPhotos } from '../../../src/procedures/collection/attach-photos.ts';
import { linkEnrolment } from '../../../src/procedures/collection/link-enrolment.ts';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { closeDisclosure } from '../../../src/procedures/disclosure/close-disclosure.ts';
import { openDisclosure } from '../../../src/procedures/disclosure/open-disclosure.ts';
import { fileBatch } from '../../../src/procedures/reporting/filing.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../../src/procedures/reporting/report-upward.ts';
import { reviewBatch } from '../../../src/procedures/reporting/review.ts';
import { needsEnrolment } from '../../../src/regulation/record/enrolment.ts';
import { CATEGORIES, type Category, keysOf } from '../../../src/regulation/vocabulary.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { addSampleTemplates, importEnrolments, importSample, loadSample, upload } from '../../support/collecting.ts';
import { photoJpeg } from '../../support/sample-files.ts';
import { enrolmentOf, sampleRecords } from '../../support/samples.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());

const LOGIN = {
  'graduate-office': 'yanjiu',
  'academic-affairs-office': 'jiaowu',
  'continuing-education-office': 'jixu',
} as const;
const as = (category: Category, hand: 'cai' | 'he') =>
  test.callAs(`${LOGIN[CATEGORIES[category].office as keyof typeof LOGIN]}.${hand}`);

async function photos(category: Category, batchId: string, people: ReturnType<typeof sampleRecords>): Promise<number> {
  const parts: Uint8Array[] = [];
  const entries = people.map(({ certificateNumber }) => ({
    name: `${certificateNumber}.jpg`,
    bytes: photoJpeg(certificateNumber),
  }));
  for await (const part of writeZip(entries)) parts.push(part);
  const fileDigest = await upload(as(category, 'cai'), 'photos', Buffer.concat(parts), '照片.zip');
  return (await attachPhotos(as(category, 'cai'), { institution: HERE, batchId, fileDigest })).attached;
}

describe('Article 5: the degree office gathers all categories and reports them upward', () => {
  it('every category goes from its files to the filing, and every record proves its way', async () => {
    test.setClock('2026-06-21');
    await addSampleTemplates(test);
    const people = new Map(keysOf(CATEGORIES).map((category) => [category, sampleRecords(category, 3)]));
    // The roster numbers everybody in one row, in the order of the categories.
    const resolutionId = await loadSample(test, [...people.values()].flat());
    const batches = new Map<Category, string>();
    for (const [category, records] of people) {
      if (needsEnrolment(category)) await importEnrolments(as(category, 'cai'), category, records.map(enrolmentOf));
      const { batchId } = await importSample(as(category, 'cai'), resolutionId, category, records);
      batches.set(category, batchId);
      expect(await photos(category, batchId, records)).toBe(3);
      const where = { institution: HERE, batchId };
      if (needsEnrolment(category)) await linkEnrolment(as(category, 'cai'), where);
      const checked = await crossCheckRecords(as(category, 'he'), { ...where, errorPolicy: 'all-or-nothing' });
      expect(checked).toMatchObject({ checked: 3, results: [] });
      await openDisclosure(as(category, 'he'), where);
    }
    test.setClock('2026-06-26');
    for (const [category, batchId] of batches) {
      const where = { institution: HERE, batchId };
      await closeDisclosure(as(category, 'he'), where);
      const reported = await reportBatch(as(category, 'cai'), { ...where, errorPolicy: 'all-or-nothing' });
      expect(reported).toMatchObject({ reported: 3, missing: [], results: [] });
    }
    const upward = await reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId });
    expect(upward).toMatchObject({ reported: 18, missing: 0 });
    expect(upward.batches.map(({ count }) => count)).toEqual([3, 3, 3, 3, 3, 3]);
    for (const batchId of batches.values()) {
      const where = { institution: HERE, batchId };
      await reviewBatch(test.callAs('sheng.shen'), where);
      await fileBatch(test.callAs('sheng.shen'), where);
    }
    const records = await test.world.db.prisma.degreeRecord.findMany({ select: { id: true, state: true } });
    expect(records.every((record) => record.state === 'filed')).toBe(true);
    for (const { id } of records.filter((_, at) => at % 4 === 0)) {
      const verdict = await verifyBundle(await recordBundle(test.world, HERE, id), { roots: [test.root.der] });
      expect(verdict.checks.filter((check) => check.outcome === 'failed')).toEqual([]);
      expect(verdict.verdict).toBe('valid');
    }
  });
});
