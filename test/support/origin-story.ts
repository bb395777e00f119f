// A record that went the whole way: imported, linked, photographed, returned, corrected, filed, changed with consent.
import { createHash } from 'node:crypto';
import { writeXlsx } from '../../src/files/write-xlsx.ts';
import { writeZip } from '../../src/files/zip.ts';
import { changeRecords } from '../../src/procedures/applications/change-records.ts';
import { draftChangeRequest } from '../../src/procedures/applications/draft-change-request.ts';
import { attachPhotos } from '../../src/procedures/collection/attach-photos.ts';
import { linkEnrolment } from '../../src/procedures/collection/link-enrolment.ts';
import { crossCheckRecords } from '../../src/procedures/cross-check/cross-check.ts';
import { closeDisclosure } from '../../src/procedures/disclosure/close-disclosure.ts';
import { openDisclosure } from '../../src/procedures/disclosure/open-disclosure.ts';
import { correctRecord } from '../../src/procedures/records/correct.ts';
import { fileBatch } from '../../src/procedures/reporting/filing.ts';
import { reportBatch } from '../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../src/procedures/reporting/report-upward.ts';
import { returnRecords } from '../../src/procedures/reporting/return-records.ts';
import { reviewBatch } from '../../src/procedures/reporting/review.ts';
import type { RecordFields } from '../../src/regulation/record/record.ts';
import { templateColumns } from '../../src/regulation/standard/columns.ts';
import { bringCase, HANDS, paper, theCase } from './cases.ts';
import { addSampleTemplates, importEnrolments, importSample, loadSample, upload } from './collecting.ts';
import { photoJpeg } from './sample-files.ts';
import { enrolmentOf, sampleRecord } from './samples.ts';
import { HERE, type TestWorld } from './world.ts';

const CATEGORY = 'regular-bachelor' as const;
/** What the file leaves to the resolution, the enrolment record and the photos. */
const LEFT_OUT = ['headName', 'chairName', 'resolutionNumber', 'ethnicity', 'graduationMonth', 'photoDigest'];

/** Titles and numbers that the story changes. */
export const WORDS = {
  corrected: '小学语文整本书阅读的教学策略研究',
  changed: '小学语文整本书阅读教学的现状与对策',
  reason: '题目有错字',
  phone: '13800002222',
} as const;

/** The ids that the story leaves behind. */
export interface Story {
  readonly people: readonly RecordFields[];
  readonly resolutionId: string;
  readonly batchId: string;
  readonly importId: string;
  readonly recordIds: readonly string[];
  readonly applicationId: string;
  readonly photoDigest: string;
}

/** The records as a workbook with one sheet, its columns in reverse and a blank row in the middle. */
export async function recordXlsx(records: readonly RecordFields[]): Promise<Uint8Array> {
  const columns = templateColumns(CATEGORY)
    .filter(({ field }) => field !== null && !LEFT_OUT.includes(field))
    .reverse();
  const rows = records.map((record) => columns.map(({ field }) => (field === null ? '' : (record[field] ?? ''))));
  const blank = columns.map(() => '');
  const parts: Uint8Array[] = [];
  const all = [...rows.slice(0, 1), blank, ...rows.slice(1)];
  const header = columns.map(({ heading }) => heading);
  for await (const part of writeXlsx('授予信息', header, all)) parts.push(part);
  return Buffer.concat(parts);
}

/** Brings three people to filing and changes the second one, whom the review had returned. */
export async function playOrigins(test: TestWorld): Promise<Story> {
  test.setClock('2026-06-23');
  const people = [1, 2, 3].map((serial) => sampleRecord(CATEGORY, serial, { phone: '13800001111' }));
  const collector = test.callAs('jiaowu.cai');
  await addSampleTemplates(test);
  const resolutionId = await loadSample(test, people);
  // An older file of another person of the same category, and the one that counts.
  await importEnrolments(collector, CATEGORY, [enrolmentOf(sampleRecord(CATEGORY, 9))]);
  await importEnrolments(collector, CATEGORY, people.map(enrolmentOf));
  await importEnrolments(collector, CATEGORY, [enrolmentOf(sampleRecord(CATEGORY, 8))]);
  const { batchId, importId } = await importSample(collector, resolutionId, CATEGORY, await recordXlsx(people));
  const where = { institution: HERE, batchId };
  await linkEnrolment(collector, where);
  const photoDigest = await attachAll(test, batchId, people);
  const rows = await test.world.db.prisma.degreeRecord.findMany({ where, orderBy: { rosterSequence: 'asc' } });
  const recordIds = rows.map(({ id }) => id);
  const recordId = recordIds[1] ?? '';
  await report(test, batchId, resolutionId);
  const reasons = [{ field: 'thesisTitle', reason: WORDS.reason }];
  await returnRecords(test.callAs('sheng.shen'), { institution: HERE, returns: [{ recordId, reasons }] });
  const province = async () => {
    await reviewBatch(test.callAs('sheng.shen'), where);
    await fileBatch(test.callAs('sheng.shen'), where);
  };
  await province();
  const { version: expectedVersion } = await test.world.db.prisma.degreeRecord.findFirstOrThrow({
    where: { id: recordId },
  });
  const changes = { thesisTitle: WORDS.corrected };
  await correctRecord(collector, { institution: HERE, recordId, expectedVersion, changes });
  await crossCheckRecords(test.callAs('jiaowu.he'), { ...where, errorPolicy: 'all-or-nothing' });
  await reportBatch(collector, { ...where, errorPolicy: 'all-or-nothing' });
  await reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId });
  await province();
  test.setClock('2026-08-03');
  return {
    people,
    resolutionId,
    batchId,
    importId,
    recordIds,
    photoDigest,
    applicationId: await change(test, recordId),
  };
}

async function attachAll(test: TestWorld, batchId: string, people: readonly RecordFields[]): Promise<string> {
  const parts: Uint8Array[] = [];
  const photos = people.map((one) => ({ name: `${one.studentNumber}.jpg`, bytes: photoJpeg(one.name) }));
  for await (const part of writeZip(photos)) parts.push(part);
  const call = test.callAs('jiaowu.cai');
  const fileDigest = await upload(call, 'photos', Buffer.concat(parts), '照片.zip');
  await attachPhotos(call, { institution: HERE, batchId, fileDigest });
  return createHash('sha256')
    .update(photos[1]?.bytes ?? '')
    .digest('hex');
}

async function report(test: TestWorld, batchId: string, resolutionId: string): Promise<void> {
  const where = { institution: HERE, batchId };
  await crossCheckRecords(test.callAs('jiaowu.he'), { ...where, errorPolicy: 'all-or-nothing' });
  await openDisclosure(test.callAs('jiaowu.he'), where);
  test.setClock('2026-06-27');
  await closeDisclosure(test.callAs('jiaowu.cai'), where);
  await reportBatch(test.callAs('jiaowu.cai'), { ...where, errorPolicy: 'all-or-nothing' });
  await reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId });
}

async function change(test: TestWorld, recordId: string): Promise<string> {
  const evidence = await paper(test, HANDS.drafter, 'evidence');
  const changes = [
    { field: 'thesisTitle', after: WORDS.changed, evidence: [1] },
    { field: 'phone', after: WORDS.phone, evidence: [1] },
  ];
  const { applicationId } = await draftChangeRequest(test.callAs(HANDS.drafter), {
    ...{ institution: HERE, category: CATEGORY, contactName: '张海燕', contactPhone: '0635-8230000' },
    reason: '该生论文题目在上报时误用开题时的题目，与答辩通过的题目不一致。',
    finding: '经核对答辩决议，情况属实。',
    evidence: [{ title: '答辩决议复印件', fileDigest: evidence }],
    records: [{ recordId, changes }],
  });
  await bringCase(test, applicationId, 'consented');
  await changeRecords(test.callAs(HANDS.drafter), theCase(applicationId));
  return applicationId;
}
