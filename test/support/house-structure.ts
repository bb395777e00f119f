// What a house works by and sends out: editions, code tables, mappings, exports, a certificate layout, its calendar, reminders.

import { enqueueReminders } from '../../src/procedures/deadlines/remind.ts';
import { setCalendarDays } from '../../src/procedures/deadlines/set-calendar.ts';
import { exportPhotos } from '../../src/procedures/exports/export-photos.ts';
import { exportRecords } from '../../src/procedures/exports/export-records.ts';
import type { FileKind } from '../../src/procedures/files/file-kinds.ts';
import { storeFile } from '../../src/procedures/files/store-file.ts';
import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { loadCodeTable } from '../../src/procedures/structure/load-code-table.ts';
import { loadEdition } from '../../src/procedures/structure/load-edition.ts';
import { mapCodes, withdrawCodeMappings } from '../../src/procedures/structure/map-codes.ts';
import { addCertificateTemplate } from '../../src/procedures/templates/add-certificate-template.ts';
import { NATIONAL_BACHELOR_COLUMNS } from '../../src/regulation/standard/columns.ts';
import { EDITION_TEMPLATE, editionRow } from '../../src/regulation/standard/edition-load.ts';
import { defaultLayout } from '../../src/regulation/templates/certificate-defaults.ts';
import { type House, paperOf } from './houses.ts';
import { photoJpeg } from './sample-files.ts';
import { csv } from './samples.ts';
import type { TestWorld } from './world.ts';

const CATEGORY = 'regular-bachelor' as const;
const OURS = defaultLayout({ level: 'bachelor', categories: [CATEGORY] });

/** Editions, codes and mappings, each with the mark of the house; one mapping is withdrawn again. */
export async function loadStructure(test: TestWorld, house: House): Promise<void> {
  const { code: institution, marks, collector, degreeOffice } = house;
  const table = async (as: string, kind: FileKind, rows: readonly (readonly string[])[]) =>
    (await storeFile(test.callAs(as), { institution, kind, name: `${marks.house}.csv`, bytes: csv(rows) })).digest;
  await loadEdition(test.callAs(degreeOffice), {
    ...{ institution, edition: 'bachelor-2024-06', zh: `${marks.house}修订`, en: marks.house, source: marks.house },
    ...{ validFrom: '2027-06-01', validUntil: null, categories: [CATEGORY], verified: true, headings: 'mnemonics' },
    fileDigest: await table(degreeOffice, 'edition', [
      EDITION_TEMPLATE.map(({ heading }) => heading),
      ...NATIONAL_BACHELOR_COLUMNS.map((column) => editionRow(column)),
    ]),
  });
  await loadCodeTable(test.callAs(degreeOffice), {
    ...{ institution, codeTable: 'sex', validFrom: '2026-06-01', complete: false },
    fileDigest: await table(degreeOffice, 'code-table', [
      ['代码', '名称'],
      ['7', marks.house],
    ]),
  });
  const mapping = (value: string) => ({ codeTable: 'politicalStatus', value: `${marks.house}${value}`, code: '01' });
  const mappings = [mapping('党员'), mapping('党')];
  const { mappingIds } = await mapCodes(test.callAs(collector), { institution, fileDigest: null, mappings });
  await withdrawCodeMappings(test.callAs(collector), { institution, mappingIds: mappingIds.slice(1) });
  const { digest } = await storeFile(test.callAs(degreeOffice), {
    ...{ institution, kind: 'certificate-background', name: `${marks.house}.jpg` },
    bytes: photoJpeg(`background ${institution}`, 400, 300),
  });
  await addCertificateTemplate(test.callAs(degreeOffice), {
    ...{ institution, code: 'XS', name: `${marks.house}学士学位证书`, level: 'bachelor', categories: [CATEGORY] },
    validFrom: '2026-07-20',
    // Through JSON, as it comes by the API.
    layout: { ...JSON.parse(JSON.stringify(OURS)), background: { fileDigest: digest } },
  });
  await setCalendarDays(test.callAs(degreeOffice), {
    ...{ institution, days: [{ date: '2026-11-03', kind: 'holiday', name: `${marks.house}校庆` }] },
    noticeDigest: await paperOf(test, house, degreeOffice, 'calendar-notice', marks.house),
  });
}

/** The filed records of a batch in an edition, and their photos. */
export async function sendOut(test: TestWorld, house: House, batchId: string): Promise<void> {
  const { code: institution, marks, collector } = house;
  const nothing = { resolutionId: null, conferredFrom: null, conferredUntil: null, categories: [], states: null };
  const selection = { ...nothing, batchId };
  await exportRecords(test.callAs(collector), {
    ...{ institution, edition: 'vermilion-1', format: 'csv', encoding: null, selection },
    purpose: `${marks.people}报送`,
  });
  const photos = { institution, naming: null, standard: '150x210' as const, selection, purpose: `${marks.people}打印` };
  await exportPhotos(test.callAs(collector), photos);
}

/** The reminders of the day of the clock, for all houses. */
export async function remindAll(test: TestWorld): Promise<void> {
  await enqueueReminders(test.world);
  await runDueJobs(test.world, (facts) => {
    throw new Error(JSON.stringify(facts));
  });
}
