// Bringing a year to the register by the procedures themselves: resolution, enrolment records, records.

import type { Call } from '../../src/procedures/call.ts';
import { checkImport } from '../../src/procedures/collection/check-import.ts';
import { importEnrolmentRecords } from '../../src/procedures/collection/import-enrolment-records.ts';
import { importRecords } from '../../src/procedures/collection/import-records.ts';
import type { FileKind } from '../../src/procedures/files/file-kinds.ts';
import { storeFile } from '../../src/procedures/files/store-file.ts';
import { type LoadResolutionInput, loadResolution } from '../../src/procedures/resolutions/load-resolution.ts';
import { addCertificateTemplate } from '../../src/procedures/templates/add-certificate-template.ts';
import type { EnrolmentFields } from '../../src/regulation/record/enrolment.ts';
import type { RecordFields } from '../../src/regulation/record/record.ts';
import { CATEGORIES, type Category, keysOf } from '../../src/regulation/vocabulary.ts';
import { scanPdf } from './sample-files.ts';
import { BASIS, enrolmentCsv, recordCsv, rosterCsv } from './samples.ts';
import { HERE, type TestWorld } from './world.ts';

/** Uploads bytes and returns their digest. */
export async function upload(call: Call, kind: FileKind, bytes: Uint8Array, name = `${kind}.csv`): Promise<string> {
  const { digest } = await storeFile(call, { institution: call.actor.institution ?? HERE, kind, name, bytes });
  return digest;
}

/** A sound resolution for these records; `changes` make it unsound. */
export async function resolutionInput(
  test: TestWorld,
  records: readonly RecordFields[],
  changes: Partial<LoadResolutionInput> = {},
): Promise<LoadResolutionInput> {
  const call = test.callAs('xuewei.guan');
  return {
    institution: HERE,
    number: BASIS.resolutionNumber,
    meeting: '第十二次会议',
    decidedOn: BASIS.conferralDate,
    effectiveOn: BASIS.conferralDate,
    members: 21,
    present: 19,
    yes: 18,
    no: 0,
    abstain: 1,
    headName: BASIS.headName,
    chairName: BASIS.headName,
    scanDigest: await upload(call, 'resolution-scan', scanPdf(), '决议.pdf'),
    rosterDigest: await upload(call, 'roster', rosterCsv(records), '名单.csv'),
    ...changes,
  };
}

/** Loads a sound resolution with these people on its roster. */
export async function loadSample(test: TestWorld, records: readonly RecordFields[]): Promise<string> {
  const { resolutionId } = await loadResolution(test.callAs('xuewei.guan'), await resolutionInput(test, records));
  return resolutionId;
}

/** Adds a certificate template for each level. */
export async function addSampleTemplates(test: TestWorld): Promise<void> {
  for (const level of ['bachelor', 'master'] as const) {
    const categories = keysOf(CATEGORIES).filter((category) => CATEGORIES[category].level === level);
    await addCertificateTemplate(test.callAs('xuewei.guan'), {
      ...{ institution: HERE, code: level, name: level, level, categories, validFrom: '2020-01-01', layout: {} },
    });
  }
}

/** Imports enrolment records. */
export async function importEnrolments(
  call: Call,
  category: Category,
  records: readonly EnrolmentFields[],
): Promise<void> {
  const fileDigest = await upload(call, 'enrolment-records', enrolmentCsv(records));
  const checked = await checkImport(call, { institution: HERE, kind: 'enrolment-records', category, fileDigest });
  await importEnrolmentRecords(call, { institution: HERE, importId: checked.importId, errorPolicy: 'all-or-nothing' });
}

/** Checks and imports records of one category from bytes, or from our own template; returns batch and import. */
export async function importSample(
  call: Call,
  resolutionId: string,
  category: Category,
  records: readonly RecordFields[] | Uint8Array,
): Promise<{ batchId: string; importId: string; accepted: number; refused: number }> {
  const bytes = records instanceof Uint8Array ? records : recordCsv(category, records);
  const fileDigest = await upload(call, 'records', bytes);
  const checked = await checkImport(call, { institution: HERE, kind: 'records', category, resolutionId, fileDigest });
  return importRecords(call, { institution: HERE, importId: checked.importId, errorPolicy: 'all-or-nothing' });
}
