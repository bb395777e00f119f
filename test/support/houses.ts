// Several institutions side by side, each with its own officers, people and texts: two of one province and one of another. What is
// under test is whether they stay apart, so each has marks of its own that must never be found elsewhere.
import { createHash } from 'node:crypto';
import type { FileKind } from '../../src/procedures/files/file-kinds.ts';
import { storeFile } from '../../src/procedures/files/store-file.ts';
import type { SetUp } from '../../src/procedures/offices/set-up.ts';
import { perform } from '../../src/procedures/perform.ts';
import { commitFields } from '../../src/procedures/records/commit-record.ts';
import { rootOfRoster } from '../../src/procedures/resolutions/roster-seal.ts';
import { targetIn } from '../../src/procedures/target.ts';
import { identityCheckCharacter } from '../../src/regulation/record/identity-check.ts';
import { completeRecord, type RecordFields } from '../../src/regulation/record/record.ts';
import { upsertEnrolments } from '../../src/store/collection/enrolment-records.ts';
import { uuidv7 } from '../../src/store/database/uuid.ts';
import { addBatch } from '../../src/store/records/batches.ts';
import { insertRecords, sealFields } from '../../src/store/records/records.ts';
import { insertResolution } from '../../src/store/resolutions/resolutions.ts';
import { insertRoster } from '../../src/store/resolutions/rosters.ts';
import { keepFile } from '../../src/store/stored-files.ts';
import { insertTemplate } from '../../src/store/templates/certificate-templates.ts';
import type { Collected } from './collected.ts';
import { photoJpeg, scanPdf } from './sample-files.ts';
import type { TestWorld } from './world.ts';

const CATEGORY = 'regular-bachelor';

/**
 * Marks in texts: of the whole house, of its people (only for who sees their category), and of both as far as they have not been
 * reported to the province yet; `disclosed` is for everybody inside and not for the province. Each is two rare characters: six bytes,
 * which the random bytes of signatures and tokens do not spell.
 */
export interface Marks {
  readonly house: string;
  readonly people: string;
  readonly pending: string;
  readonly unreported: string;
  readonly disclosed: string;
}

/** An institution with the hands that act for it, by login name. */
export interface House {
  readonly code: string;
  readonly province: string;
  readonly marks: Marks;
  readonly collector: string;
  readonly checker: string;
  readonly head: string;
  readonly degreeOffice: string;
  /** Another officer of the degree office, who decides on what the first one asks for. */
  readonly degreeHead: string;
  readonly reviewer: string;
}

const FAR_PROVINCE = '41/provincial-office';

/** The sample institution, its neighbour in the same province, and one of another province. */
export const HOUSES = {
  here: {
    ...{ code: '10447', province: '37/provincial-office', reviewer: 'sheng.shen' },
    marks: { house: '鹂鸴', people: '鹃鸴', pending: '鸥鸴', unreported: '鹄鸴', disclosed: '鹪鸴' },
    ...{ collector: 'jiaowu.cai', checker: 'jiaowu.he', head: 'jiaowu.zhang', degreeOffice: 'xuewei.guan' },
    degreeHead: 'xuewei.zhuren',
  },
  next: {
    ...{ code: '10999', province: '37/provincial-office', reviewer: 'sheng.shen' },
    marks: { house: '鹅鸻', people: '鹆鸻', pending: '鸨鸻', unreported: '鹇鸻', disclosed: '鹩鸻' },
    ...{ collector: 'donghai.cai', checker: 'donghai.he', head: 'donghai.zhang', degreeOffice: 'donghai.xuewei' },
    degreeHead: 'donghai.zhuren',
  },
  far: {
    ...{ code: '10475', province: FAR_PROVINCE, reviewer: 'zhongzhou.sheng' },
    marks: { house: '鹈鸼', people: '鹉鸼', pending: '鸪鸼', unreported: '鹊鸼', disclosed: '鹨鸼' },
    ...{
      collector: 'zhongzhou.cai',
      checker: 'zhongzhou.he',
      head: 'zhongzhou.zhang',
      degreeOffice: 'zhongzhou.xuewei',
      degreeHead: 'zhongzhou.zhuren',
    },
  },
} as const satisfies Record<string, House>;

const far = HOUSES.far.code;
const academic = `${far}/academic-affairs-office`;

/** What the sample lacks: the second province with its institution, and a head for the neighbour's academic affairs. */
export const MORE: SetUp = {
  institutions: [
    {
      ...{
        code: far,
        name: '中州鹈鸼大学',
        documentPrefix: '中大鹈鸼学位办函',
        headName: '鹈鸼远山',
        chairName: '鹈鸼远山',
      },
      provincialOfficeId: FAR_PROVINCE,
    },
  ],
  offices: [
    { id: FAR_PROVINCE, institution: null, kind: 'provincial-office', name: '河南省学位委员会办公室' },
    { id: `${far}/degree-office`, institution: far, kind: 'degree-office', name: '中州鹈鸼大学学位办' },
    { id: `${far}/graduate-office`, institution: far, kind: 'graduate-office', name: '中州鹈鸼大学研究生处' },
    { id: academic, institution: far, kind: 'academic-affairs-office', name: '中州鹈鸼大学教务处' },
  ],
  officers: [
    { loginName: 'donghai.zhang', name: '孟飞', office: '10999/academic-affairs-office', duties: ['head', 'report'] },
    { loginName: 'donghai.zhuren', name: '孟云', office: '10999/degree-office', duties: ['head'] },
    { loginName: 'zhongzhou.zhuren', name: '鹈鸼六鸣', office: `${far}/degree-office`, duties: ['head'] },
    { loginName: 'donghai.jian', name: '韩磊', office: '10999/graduate-office', duties: ['audit'] },
    {
      ...{ loginName: 'zhongzhou.xuewei', name: '鹈鸼一鸣', office: `${far}/degree-office` },
      duties: ['report', 'collect', 'administer', 'head'],
    },
    { loginName: 'zhongzhou.cai', name: '鹈鸼二鸣', office: academic, duties: ['collect', 'report'] },
    { loginName: 'zhongzhou.he', name: '鹈鸼三鸣', office: academic, duties: ['cross-check', 'report'] },
    { loginName: 'zhongzhou.zhang', name: '鹈鸼四鸣', office: academic, duties: ['head', 'report'] },
    { loginName: 'zhongzhou.yan', name: '鹈鸼五鸣', office: `${far}/graduate-office`, duties: ['collect', 'report'] },
    { loginName: 'zhongzhou.sheng', name: '吕方', office: FAR_PROVINCE, duties: ['review', 'file', 'head'] },
  ],
};

/** What was given out in a world so far: uploads, each with bytes of its own, and serial numbers by institution. */
const given = new WeakMap<TestWorld, { files: number; serials: Map<string, number> }>();

function givenIn(test: TestWorld): { files: number; serials: Map<string, number> } {
  const here = given.get(test) ?? { files: 0, serials: new Map() };
  given.set(test, here);
  return here;
}

/** Uploads a small PDF of its own; gives its digest. */
export async function paperOf(test: TestWorld, house: House, as: string, kind: FileKind, mark = ''): Promise<string> {
  const here = givenIn(test);
  here.files += 1;
  const input = {
    institution: house.code,
    kind,
    name: `${mark}${kind}.pdf`,
    bytes: scanPdf(`${house.code} ${here.files}`),
  };
  return (await storeFile(test.callAs(as), input)).digest;
}

/** Puts people on the roster of a new resolution and collects them; every text of theirs bears the mark. */
export async function collectIn(
  test: TestWorld,
  house: House,
  count: number,
  mark: string = house.marks.people,
): Promise<Collected> {
  const { world } = test;
  const { code: institution } = house;
  const call = test.callAs(house.collector);
  const [resolutionId, batchId] = [uuidv7(), uuidv7()];
  const { serials } = givenIn(test);
  const first = serials.get(institution) ?? 0;
  serials.set(institution, first + count);
  const reported = mark === house.marks.people;
  const whole = reported ? house.marks.house : house.marks.pending;
  // The same serial numbers in each house: only the code tells their certificate numbers apart.
  const number = `${whole}学位〔2026〕${first + 1}号`;
  const scanDigest = await paperOf(test, house, house.degreeOffice, 'resolution-scan', whole);
  const photo = photoJpeg(`${institution} ${first}`);
  const photoDigest = createHash('sha256').update(photo).digest('hex');
  const at = world.now();
  const people = Array.from({ length: count }, (_, index) =>
    personOf(house, { number, index, serial: first + index + 1, photoDigest, mark }),
  );
  const rows = people.map((fields, index) => {
    const id = uuidv7();
    return {
      ...sealFields(fields, institution, id, world.cipher, world.blindIndex),
      ...commitFields(fields),
      ...{ institution, id, state: 'collected', version: 1, resolutionId, batchId, rosterSequence: index + 1 },
      ...{ enrolmentRecordId: null, certificateTemplateId: null, supplementary: false, importId: null },
      ...{ importLine: null, collectedById: call.actor.officerId, crossCheckedById: null, disclosedKeyDigest: null },
      ...{ firstReportedAt: null, filedAt: null, createdAt: at, updatedAt: at },
    };
  });
  const entries = people.map((fields, index) => ({
    ...{ institution, resolutionId, sequence: index + 1, name: fields.name, category: CATEGORY },
    ...{ studentNumber: fields.studentNumber ?? '', degreeCategory: fields.degreeCategory },
    ...{ disciplineCode: fields.disciplineCode, conferralDate: fields.conferralDate },
    certificateNumber: fields.certificateNumber,
  }));
  const rosterRoot = rootOfRoster(entries, world.blindIndex);
  await perform(test.callAs(house.degreeOffice), 'load-resolution', institution, { resolutionId }, async (tx) => {
    await insertResolution(tx, {
      ...{ institution, id: resolutionId, number, meeting: `第${whole}次`, decidedOn: '2026-06-20' },
      ...{ effectiveOn: '2026-06-22', members: 21, present: 19, yes: 19, no: 0, abstain: 0, createdAt: at },
      ...{
        headName: '周明远',
        chairName: '周明远',
        scanDigest,
        rosterDigest: scanDigest,
        rosterRoot,
        rosterSize: count,
      },
    });
    await insertRoster(tx, entries);
    return {
      ...{ target: await targetIn(tx, institution), violations: [], fresh: true },
      subjects: [{ kind: 'resolution' as const, id: resolutionId, version: 1, digest: rosterRoot }],
      facts: { number, rosterRoot, rosterSize: count },
      save: async () => ({ resolutionId }),
    };
  });
  await perform(call, 'collect', institution, { batchId }, async (tx) => {
    const picture = { institution, digest: photoDigest, kind: 'photo', name: `${mark}.jpg`, mediaType: 'image/jpeg' };
    await keepFile(tx, { ...picture, size: photo.length, bytes: photo }, at, null);
    if ((await tx.certificateTemplate.count({ where: { institution } })) === 0) {
      await insertTemplate(tx, {
        ...{
          institution,
          id: uuidv7(),
          code: 'XS',
          version: 1,
          name: `${house.marks.house}学士学位证书`,
          level: 'bachelor',
        },
        ...{ categories: [CATEGORY], validFrom: '2020-01-01', validUntil: null, layout: {}, createdAt: at },
      });
    }
    await upsertEnrolments(tx, institution, people.map(enrolmentOf), { importId: uuidv7(), at }, world);
    const enrolled = await tx.enrolmentRecord.findMany({
      where: { institution, studentNumber: { in: people.map((fields) => fields.studentNumber ?? '') } },
    });
    const ids = new Map(enrolled.map(({ studentNumber, id }) => [studentNumber, id]));
    await addBatch(tx, {
      ...{ institution, id: batchId, resolutionId, category: CATEGORY, state: 'collecting', version: 1 },
      ...{ officeId: `${institution}/academic-affairs-office`, applicationId: null, disclosedFrom: null },
      ...{ disclosedUntil: null, reportedAt: null, createdAt: at },
    });
    await insertRecords(
      tx,
      rows.map((row) => ({ ...row, enrolmentRecordId: ids.get(row.studentNumber ?? '') ?? null })),
    );
    return {
      target: await targetIn(tx, institution, CATEGORY),
      violations: [],
      subjects: rows.map(({ id, version, digest }) => ({ kind: 'record' as const, id, version, digest })),
      ...{ fresh: true, facts: { batchId, accepted: rows.length } },
      save: async () => ({ batchId }),
    };
  });
  return { resolutionId, batchId, recordIds: rows.map((row) => row.id), fields: people };
}

function personOf(
  house: House,
  of: { number: string; index: number; serial: number; photoDigest: string; mark: string },
): RecordFields {
  const serial = String(of.serial).padStart(6, '0');
  const first17 = `37150220040312${String(of.serial % 500)
    .padStart(2, '0')
    .slice(-2)}1`;
  return completeRecord(
    {
      ...{ name: `${of.mark}小${'明华军伟敏静丽强'[of.index % 8]}`, sex: '1', country: '156', ethnicity: '01' },
      ...{ politicalStatus: '03', birthDate: '2004-03-12', identityType: '01' },
      identityNumber: `${first17}${identityCheckCharacter(first17)}`,
      ...{ headName: '周明远', chairName: '周明远', degreeCategory: '404', disciplineCode: '040107' },
      ...{ disciplineName: '小学教育', conferralDate: '2026-06-20', certificateNumber: `${house.code}42026${serial}` },
      ...{ resolutionNumber: of.number, studentNumber: `2022${serial}`, trainingUnitCode: house.code },
      ...{ trainingUnitName: `${of.mark}大学`, admissionMonth: '2022-09', lengthOfStudy: '4', studyForm: 'full-time' },
      ...{ graduationMonth: '2026-06', outcomeType: 'LW', thesisTitle: `${of.mark}整本书阅读教学研究` },
      ...{ thesisKeywords: '小学语文；整本书阅读', photoDigest: of.photoDigest },
    },
    { institution: house.code, category: CATEGORY },
  );
}

function enrolmentOf(fields: RecordFields) {
  const { name, sex, birthDate, country, ethnicity, politicalStatus, identityType, identityNumber, category } = fields;
  const { disciplineCode, disciplineName, trainingUnitCode, trainingUnitName, examineeNumber } = fields;
  const { lengthOfStudy, studyForm, studyMode, studentNumber, admissionMonth } = fields;
  return {
    ...{ name, sex, birthDate, country, ethnicity, politicalStatus, identityType, identityNumber, category },
    ...{ disciplineCode, disciplineName, trainingUnitCode, trainingUnitName, examineeNumber },
    ...{ lengthOfStudy, studyForm, studyMode, studentNumber: studentNumber ?? '' },
    ...{ admissionMonth: admissionMonth ?? '', graduationDate: '2026-06-18' },
  };
}
