// A resolution with its roster, scan, enrolment records, template and a batch of collected regular bachelors, put in place directly:
// where the story under test begins after the collecting.

import { createHash } from 'node:crypto';
import { perform } from '../../src/procedures/perform.ts';
import { commitFields } from '../../src/procedures/records/commit-record.ts';
import { rootOfRoster } from '../../src/procedures/resolutions/roster-seal.ts';
import { targetIn } from '../../src/procedures/target.ts';
import type { EnrolmentFields } from '../../src/regulation/record/enrolment.ts';
import { identityCheckCharacter } from '../../src/regulation/record/identity-check.ts';
import { completeRecord, type RecordFields } from '../../src/regulation/record/record.ts';
import { upsertEnrolments } from '../../src/store/collection/enrolment-records.ts';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { uuidv7 } from '../../src/store/database/uuid.ts';
import { addBatch } from '../../src/store/records/batches.ts';
import { insertRecords, type RecordRow, sealFields } from '../../src/store/records/records.ts';
import { insertResolution } from '../../src/store/resolutions/resolutions.ts';
import { insertRoster } from '../../src/store/resolutions/rosters.ts';
import { keepFile } from '../../src/store/stored-files.ts';
import { insertTemplate } from '../../src/store/templates/certificate-templates.ts';
import { photoJpeg } from './sample-files.ts';
import { HERE, type TestWorld } from './world.ts';

const SCAN = Buffer.from('%PDF-1.7\n% a scan of the resolution\n%%EOF\n');
export const EFFECTIVE = '2026-06-22';
const CATEGORY = 'regular-bachelor';
const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫'];

/** Numbers given so far in a world: two batches of one test never share one, and a file finds the same ones whatever ran before it. */
const given = new WeakMap<TestWorld, { resolutions: number; serials: number }>();

/** What a test gets: ids, and the fields as they were collected. */
export interface Collected {
  readonly resolutionId: string;
  readonly batchId: string;
  readonly recordIds: readonly string[];
  readonly fields: readonly RecordFields[];
}

/** Puts `count` people on the roster and collects all but the last `without` of them, as the sample collector of the academic affairs office. */
export async function collectedBatch(
  test: TestWorld,
  count: number,
  options: { without?: number } = {},
): Promise<Collected> {
  const { world } = test;
  const call = test.callAs('jiaowu.cai');
  const resolutionId = uuidv7();
  const numbers = given.get(test) ?? { resolutions: 0, serials: 0 };
  const first = numbers.serials;
  given.set(test, { resolutions: numbers.resolutions + 1, serials: first + count });
  const number = `聊大学位〔2026〕${numbers.resolutions + 1}号`;
  const all = Array.from({ length: count }, (_, at) => fieldsOf(number, at, first + at + 1));
  const scanDigest = createHash('sha256').update(SCAN).digest('hex');
  const at = world.now();
  let rosterRoot = '';
  await inTransaction(world.db, async (tx) => {
    const scan = { institution: HERE, digest: scanDigest, kind: 'resolution-scan', name: '决议.pdf' };
    await keepFile(tx, { ...scan, mediaType: 'application/pdf', size: SCAN.length, bytes: SCAN }, at, null);
    const kept = { institution: HERE, digest: PHOTO, kind: 'photo', name: 'photo.jpg', mediaType: 'image/jpeg' };
    await keepFile(tx, { ...kept, size: PICTURE.length, bytes: PICTURE }, at, null);
    const entries = all.map((fields, sequence) => ({
      ...{ institution: HERE, resolutionId, sequence: sequence + 1, name: fields.name, category: CATEGORY },
      ...{ studentNumber: fields.studentNumber ?? '', degreeCategory: fields.degreeCategory },
      ...{ disciplineCode: fields.disciplineCode, conferralDate: fields.conferralDate },
      certificateNumber: fields.certificateNumber,
    }));
    rosterRoot = rootOfRoster(entries, world.blindIndex);
    await insertResolution(tx, {
      ...{ institution: HERE, id: resolutionId, number, meeting: '第十二次', decidedOn: '2026-06-20' },
      ...{ effectiveOn: EFFECTIVE, members: 21, present: 19, yes: 19, no: 0, abstain: 0 },
      ...{ headName: '周明远', chairName: '周明远', scanDigest, rosterDigest: scanDigest, rosterRoot },
      ...{ rosterSize: count, createdAt: at },
    });
    await insertRoster(tx, entries);
    if ((await tx.certificateTemplate.count()) === 0) {
      await insertTemplate(tx, {
        ...{ institution: HERE, id: uuidv7(), code: 'XS', version: 1, name: '学士学位证书', level: 'bachelor' },
        ...{ categories: [CATEGORY], validFrom: '2020-01-01', validUntil: null, layout: {}, createdAt: at },
      });
    }
    await upsertEnrolments(tx, HERE, all.map(enrolmentOf), { importId: uuidv7(), at }, world);
  });
  await perform(test.callAs('xuewei.guan'), 'load-resolution', HERE, { resolutionId }, async (tx) => ({
    target: await targetIn(tx, HERE),
    violations: [],
    subjects: [{ kind: 'resolution' as const, id: resolutionId, version: 1, digest: rosterRoot }],
    fresh: true,
    facts: { number, rosterRoot, rosterSize: count },
    save: async () => ({ resolutionId }),
  }));
  const batchId = uuidv7();
  const rows = await rowsOf(
    test,
    all.slice(0, count - (options.without ?? 0)),
    resolutionId,
    batchId,
    call.actor.officerId,
  );
  await perform(call, 'collect', HERE, { batchId }, async (tx) => ({
    target: await targetIn(tx, HERE, CATEGORY),
    violations: [],
    subjects: rows.map(({ id, version, digest }) => ({ kind: 'record' as const, id, version, digest })),
    fresh: true,
    facts: { batchId, accepted: rows.length },
    save: async () => {
      await addBatch(tx, {
        ...{ institution: HERE, id: batchId, resolutionId, category: CATEGORY, state: 'collecting', version: 1 },
        ...{ officeId: `${HERE}/academic-affairs-office`, applicationId: null, disclosedFrom: null },
        ...{ disclosedUntil: null, reportedAt: null, createdAt: at },
      });
      await insertRecords(tx, rows);
      return { batchId };
    },
  }));
  const fields = all.slice(0, rows.length);
  return { resolutionId, batchId, recordIds: rows.map((row) => row.id), fields };
}

const PICTURE = photoJpeg('照片');
const PHOTO = createHash('sha256').update(PICTURE).digest('hex');

function fieldsOf(resolutionNumber: string, at: number, number: number): RecordFields {
  const serial = String(number).padStart(6, '0');
  const birth = '20040312';
  const male = at % 2 === 0;
  const first17 = `371502${birth}${String(at % 49).padStart(2, '0')}${male ? 1 : 2}`;
  return completeRecord(
    {
      name: `${SURNAMES[at % SURNAMES.length]}小${SURNAMES[(at * 7 + 3) % SURNAMES.length]}`,
      sex: male ? '1' : '2',
      country: '156',
      ethnicity: '01',
      politicalStatus: '03',
      birthDate: '2004-03-12',
      identityType: '01',
      identityNumber: `${first17}${identityCheckCharacter(first17)}`,
      headName: '周明远',
      chairName: '周明远',
      degreeCategory: '404',
      disciplineCode: '040107',
      disciplineName: '小学教育',
      conferralDate: '2026-06-20',
      certificateNumber: `1044742026${serial}`,
      resolutionNumber,
      studentNumber: `2022${serial}`,
      trainingUnitCode: '10447',
      trainingUnitName: '聊城大学',
      admissionMonth: '2022-09',
      lengthOfStudy: '4',
      studyForm: 'full-time',
      graduationMonth: '2026-06',
      outcomeType: 'LW',
      thesisTitle: '小学语文整本书阅读教学研究',
      thesisKeywords: '小学语文；整本书阅读',
      photoDigest: PHOTO,
    },
    { institution: HERE, category: CATEGORY },
  );
}

function enrolmentOf(fields: RecordFields): EnrolmentFields {
  const { name, sex, birthDate, country, ethnicity, politicalStatus, identityType, identityNumber, category } = fields;
  const { disciplineCode, disciplineName, trainingUnitCode, trainingUnitName, examineeNumber } = fields;
  const { lengthOfStudy, studyForm, studyMode } = fields;
  return {
    ...{ name, sex, birthDate, country, ethnicity, politicalStatus, identityType, identityNumber, category },
    ...{ disciplineCode, disciplineName, trainingUnitCode, trainingUnitName, examineeNumber },
    ...{ lengthOfStudy, studyForm, studyMode, studentNumber: fields.studentNumber ?? '' },
    admissionMonth: fields.admissionMonth ?? '',
    graduationDate: '2026-06-18',
  };
}

async function rowsOf(
  { world }: TestWorld,
  people: readonly RecordFields[],
  resolutionId: string,
  batchId: string,
  collectedById: string,
): Promise<RecordRow[]> {
  const numbers = people.map((fields) => fields.studentNumber ?? '');
  const enrolled = await world.db.prisma.enrolmentRecord.findMany({
    where: { institution: HERE, studentNumber: { in: numbers } },
    select: { id: true, studentNumber: true },
  });
  const byNumber = new Map(enrolled.map(({ id, studentNumber }) => [studentNumber, id]));
  const at = world.now();
  return people.map((fields, index) => {
    const id = uuidv7();
    return {
      ...sealFields(fields, HERE, id, world.cipher, world.blindIndex),
      ...commitFields(fields),
      ...{ institution: HERE, id, state: 'collected', version: 1, resolutionId, batchId, rosterSequence: index + 1 },
      enrolmentRecordId: byNumber.get(fields.studentNumber ?? '') ?? null,
      ...{ certificateTemplateId: null, supplementary: false, importId: null, importLine: null, collectedById },
      ...{ crossCheckedById: null, disclosedKeyDigest: null, firstReportedAt: null, filedAt: null },
      ...{ createdAt: at, updatedAt: at },
    };
  });
}
