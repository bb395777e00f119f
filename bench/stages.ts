// A whole year through every stage by the procedures themselves, each stage timed once, beside a bare UPDATE of as many rows.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { writeCsv } from '../src/files/write-csv.ts';
import type { Call } from '../src/procedures/call.ts';
import { attachPhotos } from '../src/procedures/collection/attach-photos.ts';
import { checkImport } from '../src/procedures/collection/check-import.ts';
import { importEnrolmentRecords } from '../src/procedures/collection/import-enrolment-records.ts';
import { importRecords } from '../src/procedures/collection/import-records.ts';
import { linkEnrolment } from '../src/procedures/collection/link-enrolment.ts';
import { crossCheckRecords } from '../src/procedures/cross-check/cross-check.ts';
import { closeDisclosure } from '../src/procedures/disclosure/close-disclosure.ts';
import { openDisclosure } from '../src/procedures/disclosure/open-disclosure.ts';
import type { FileKind } from '../src/procedures/files/file-kinds.ts';
import { storeFile } from '../src/procedures/files/store-file.ts';
import { fileBatch } from '../src/procedures/reporting/filing.ts';
import { reportBatch } from '../src/procedures/reporting/report.ts';
import { reportUpward } from '../src/procedures/reporting/report-upward.ts';
import { reviewBatch } from '../src/procedures/reporting/review.ts';
import { loadResolution } from '../src/procedures/resolutions/load-resolution.ts';
import { todayOf } from '../src/procedures/situation.ts';
import { ENROLMENT_TEMPLATE } from '../src/regulation/standard/enrolment-template.ts';
import { ROSTER_TEMPLATE } from '../src/regulation/standard/roster-template.ts';
import { inTransaction } from '../src/store/database/transaction.ts';
import { uuidv7 } from '../src/store/database/uuid.ts';
import { insertTemplate } from '../src/store/templates/certificate-templates.ts';
import { makePhoto } from '../src/trial/year/photos.ts';
import { makeScan } from '../src/trial/year/scans.ts';
import { CATEGORY, CONFERRED, columnsOf, enrolmentOf, graduates, HEAD, HERE, rosterEntry } from './people.ts';
import type { Setting } from './section.ts';
import { type Figure, seconds } from './table.ts';
import { type BenchWorld, withEnvironment, withWorld } from './world.ts';

const NUMBER = '聊大学位〔2026〕19号';
const DAYS_OF_DISCLOSURE = 4;
const GOOD = 'all-or-nothing' as const;

/** The stages from resolution to filing, in records per second; the year's files are made before and not counted. */
export async function benchStages(setting: Setting): Promise<Figure[]> {
  const count = setting.sizes.rows;
  return withEnvironment(setting, 'stages', (environment) =>
    withWorld(environment, async (bench) => {
      const limit = { what: 'bare UPDATE', value: await updatedPerSecond(bench, count) };
      const stages = await wholeYear(bench, count);
      const whole = [...stages.values()].reduce((sum, took) => sum + took, 0);
      const figures = [...stages].map(([what, took]): Figure => {
        const note = `${took.toFixed(1)} s for ${count.toLocaleString('en-US')}`;
        return { what, value: count / took, unit: '/s', limit, note };
      });
      const note = `${whole.toFixed(1)} s for ${count.toLocaleString('en-US')}`;
      return [...figures, { what: 'every stage, one after another', value: count / whole, unit: '/s', limit, note }];
    }),
  );
}

/** The way of one batch from the resolution to the filing; what each stage took, in seconds. */
export async function wholeYear({ world, callAs }: BenchWorld, count: number): Promise<Map<string, number>> {
  const [collector, checker, office, province] = await Promise.all(
    ['jiaowu.cai', 'jiaowu.he', 'xuewei.guan', 'sheng.shen'].map(callAs),
  );
  if (!collector || !checker || !office || !province) throw new Error('a sample officer is missing');
  const took = new Map<string, number>();
  const time = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    let result: T | undefined;
    took.set(what, await seconds(async () => (result = await work())));
    return result as T;
  };
  const files = await yearFiles(count);
  const keep = async (call: Call, kind: FileKind, name: string, bytes: Uint8Array) =>
    (await storeFile(call, { institution: HERE, kind, name, bytes })).digest;
  await keepTemplate(office);

  const { resolutionId } = await time('load resolution, freeze roster', async () =>
    loadResolution(office, {
      ...{ institution: HERE, number: NUMBER, meeting: '第十九次', decidedOn: CONFERRED, effectiveOn: todayOf(world) },
      ...{ members: 21, present: 19, yes: 19, no: 0, abstain: 0, headName: HEAD, chairName: HEAD },
      scanDigest: await keep(office, 'resolution-scan', 'scan.pdf', files.scan),
      rosterDigest: await keep(office, 'roster', 'roster.csv', files.roster),
    }),
  );
  await time('import enrolment records', async () => {
    const fileDigest = await keep(collector, 'enrolment-records', 'enrolment.csv', files.enrolments);
    const given = { institution: HERE, category: CATEGORY, fileDigest } as const;
    const { importId } = await checkImport(collector, { ...given, kind: 'enrolment-records' });
    await importEnrolmentRecords(collector, { institution: HERE, importId, errorPolicy: GOOD });
  });
  const importId = await time('upload and check records', async () => {
    const fileDigest = await keep(collector, 'records', 'records.csv', files.records);
    const given = { institution: HERE, category: CATEGORY, fileDigest, resolutionId } as const;
    return (await checkImport(collector, { ...given, kind: 'records' })).importId;
  });
  const { batchId } = await time('collect (import)', () =>
    importRecords(collector, { institution: HERE, importId, errorPolicy: GOOD }),
  );
  if (!batchId) throw new Error('the import made no batch');
  const batch = { institution: HERE, batchId };
  await time('attach photos', async () => {
    for (const zip of files.photos) {
      await attachPhotos(collector, { ...batch, fileDigest: await keep(collector, 'photos', 'photos.zip', zip) });
    }
  });
  await time('link with enrolment records', () => linkEnrolment(collector, batch));
  await time('cross-check', () => crossCheckRecords(checker, { ...batch, errorPolicy: GOOD }));
  await time('open disclosure', () => openDisclosure(checker, batch));
  world.trial?.advanceTo(new Date(world.now().getTime() + DAYS_OF_DISCLOSURE * 86_400_000));
  await time('close disclosure', () => closeDisclosure(checker, batch));
  await time('report to the degree office', () => reportBatch(collector, { ...batch, errorPolicy: GOOD }));
  await time('report to the provincial office', () => reportUpward(office, { institution: HERE, resolutionId }));
  await time('review', () => reviewBatch(province, batch));
  const { filed } = await time('filing', () => fileBatch(province, batch));
  if (filed !== count) throw new Error(`${filed} of ${count} records were filed`);
  return took;
}

/** What the university uploads, all of one category and without a mistake. */
async function yearFiles(count: number) {
  const people = [...graduates(count, NUMBER)];
  const columns = columnsOf('all');
  const table = (header: string[], rows: string[][]) => buffer(Readable.from(writeCsv(header, rows)));
  const entries = people.map((person, at) => rosterEntry(person, '', at + 1));
  const enrolments = people.map(enrolmentOf);
  return {
    scan: (await makeScan('scan', '学位授予决议', [NUMBER])).bytes,
    roster: await table(
      ROSTER_TEMPLATE.map(({ heading }) => heading),
      entries.map((entry) => ROSTER_TEMPLATE.map(({ key }) => String(entry[key]))),
    ),
    enrolments: await table(
      ENROLMENT_TEMPLATE.map(({ heading }) => heading),
      enrolments.map((one) => ENROLMENT_TEMPLATE.map(({ key }) => one[key] ?? '')),
    ),
    records: await table(
      columns.map(({ heading }) => heading),
      people.map((person) => columns.map(({ field }) => person[field] ?? '')),
    ),
    photos: await photoArchives(people.map(({ studentNumber = '' }) => studentNumber)),
  };
}

const PHOTOS_AT_ONCE = 5_000;

/** Small portraits by student number, some thousands to an archive. */
async function photoArchives(names: readonly string[]): Promise<Buffer[]> {
  const archives: Buffer[] = [];
  for (let start = 0; start < names.length; start += PHOTOS_AT_ONCE) {
    const zip = new ZipFile();
    for (const [at, name] of names.slice(start, start + PHOTOS_AT_ONCE).entries()) {
      zip.addBuffer(Buffer.from(makePhoto(start + at)), `${name}.jpg`, { compress: false });
    }
    zip.end();
    archives.push(await buffer(zip.outputStream));
  }
  return archives;
}

async function keepTemplate({ world }: Call): Promise<void> {
  const validity = { validFrom: '2020-01-01', validUntil: null, layout: {}, createdAt: world.now() };
  const template = { institution: HERE, id: uuidv7(), code: 'bench', version: 1, name: '学士学位证书' };
  await inTransaction(world.db, (tx) =>
    insertTemplate(tx, { ...template, level: 'bachelor', categories: [CATEGORY], ...validity }),
  );
}

/** Rows per second of one statement that changes the state of as many rows. */
async function updatedPerSecond({ world: { db } }: BenchWorld, count: number): Promise<number> {
  await db.pool.query(
    'CREATE TABLE bench_row AS SELECT n AS id, $1::text AS state FROM generate_series(1, $2::int) n',
    ['collected', count],
  );
  await db.pool.query('ALTER TABLE bench_row ADD PRIMARY KEY (id)');
  const took = await seconds(() => db.pool.query("UPDATE bench_row SET state = 'cross-checked'"));
  await db.pool.query('DROP TABLE bench_row');
  return count / took;
}
