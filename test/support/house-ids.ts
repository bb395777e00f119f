// The global ids, digests and names of what a house keeps, for tests that hold them out to strangers.
import { encodeGlobalId, globalId } from '../../src/graphql/global-id.ts';
import type { House } from './houses.ts';
import type { TestWorld } from './world.ts';

/** Ids by GraphQL type, and what else things are asked for by. */
export interface Pool {
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly digests: readonly string[];
  /** Files as what they were given: `<kind>/<digest>`. */
  readonly files: readonly string[];
  readonly code: string;
  readonly office: string;
}

const APPLICATIONS: Record<string, string> = {
  'supplementary-report': 'SupplementaryReport',
  'change-request': 'ChangeRequest',
  'deletion-request': 'DeletionRequest',
  'revocation-report': 'RevocationReport',
};

/** What of a house: all of it, or only what has not reached the province. */
export async function poolOf(test: TestWorld, { code, marks }: House, unreached = false): Promise<Pool> {
  const db = test.world.db.prisma;
  const of = { where: { institution: code }, orderBy: { id: 'asc' } } as const;
  const ids: Record<string, string[]> = {};
  const add = (type: string, rows: readonly { id: string }[]) => {
    ids[type] = rows.map(({ id }) => globalId(type, { institution: code, id }));
  };
  const marked = <Row extends object>(rows: Row[]) =>
    unreached
      ? rows.filter((row) =>
          [marks.pending, marks.unreported, marks.disclosed].some((m) => JSON.stringify(row).includes(m)),
        )
      : rows;
  const records = marked(await db.degreeRecord.findMany(of));
  add('DegreeRecord', records);
  const batches = new Set(records.map(({ batchId }) => batchId));
  add(
    'Batch',
    (await db.batch.findMany(of)).filter(({ id }) => batches.has(id)),
  );
  add('Resolution', marked(await db.resolution.findMany(of)));
  add('RevocationResolution', marked(await db.revocationResolution.findMany(of)));
  add('EnrolmentRecord', await db.enrolmentRecord.findMany(of));
  add('Import', await db.import.findMany(of));
  add('Job', await db.job.findMany(of));
  add('DisclosureLink', await db.disclosureLink.findMany(of));
  add('ReceivedObjection', await db.receivedObjection.findMany(of));
  add('StudentDispute', await db.studentDispute.findMany(of));
  add('CorrectionRequest', await db.correctionRequest.findMany(of));
  add('Declassification', await db.declassification.findMany(of));
  add('Reveal', await db.reveal.findMany(of));
  add('Dataset', await db.dataset.findMany(of));
  add('DatasetPublication', await db.datasetPublication.findMany(of));
  for (const application of marked(await db.writtenApplication.findMany(of))) {
    const type = APPLICATIONS[application.kind] ?? '';
    ids[type] = [...(ids[type] ?? []), globalId(type, application)];
  }
  const steps = await db.step.findMany(of);
  add(
    'Step',
    unreached ? steps.filter(({ name }) => ['collect', 'draft-application', 'cross-check'].includes(name)) : steps,
  );
  if (!unreached) {
    add('Objection', await db.objection.findMany(of));
    add('CertificateTemplate', await db.certificateTemplate.findMany(of));
    add('Policy', await db.policy.findMany(of));
    add('StatisticsPublication', await db.statisticsPublication.findMany(of));
    add('CodeMapping', await db.codeMapping.findMany(of));
    add('CodeTableVersion', await db.codeTableVersion.findMany(of));
    add('RecordExport', await db.recordExport.findMany(of));
    add('FormCheck', await db.formCheck.findMany(of));
    add('ArchiveExport', await db.archiveExport.findMany(of));
    add('ArchiveAppraisal', await db.archiveAppraisal.findMany(of));
    add('ArchiveTransfer', await db.archiveTransfer.findMany(of));
    add('Reminder', await db.reminder.findMany(of));
    const offices = await db.office.findMany({
      where: { institutionCode: code },
      include: { officers: true, seals: true },
    });
    ids.Office = offices.map(({ id }) => encodeGlobalId('Office', id));
    ids.Seal = offices.flatMap(({ seals }) => seals.map(({ id }) => encodeGlobalId('Seal', id)));
    ids.Officer = offices.flatMap(({ officers }) => officers.map(({ id }) => encodeGlobalId('Officer', id)));
    ids.Institution = [encodeGlobalId('Institution', code)];
  }
  const files = marked(await db.keptFile.findMany({ where: { institution: code } }));
  return {
    ids,
    digests: [...new Set(files.map(({ digest }) => digest).filter((digest) => digest.length === 64))],
    files: [...new Set(files.map(({ kind, digest }) => `${kind}/${digest}`))],
    code,
    office: `${code}/academic-affairs-office`,
  };
}

/** The same ids of things that there are not: in an institution that there is, or in one that there is not. */
export function nowhere(pool: Pool, code: string = pool.code): Pool {
  const nobody = '0197f0a0-0000-7000-8000-000000000000';
  const types = Object.keys(pool.ids);
  const local = (type: string) => {
    if (type === 'Officer') return nobody;
    if (type === 'Institution') return code === pool.code ? '99999' : code;
    if (type === 'Office' || type === 'Seal') return `${code}/no-office`;
    return `${code}/${nobody}`;
  };
  return {
    ids: Object.fromEntries(types.map((type) => [type, [encodeGlobalId(type, local(type))]])),
    digests: ['0'.repeat(64)],
    files: [`evidence/${'0'.repeat(64)}`],
    code,
    office: `${code}/no-office`,
  };
}
