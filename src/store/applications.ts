// Written applications: the case, its people, its evidence, its document number and its sealed PDF (R11.6).
import type { ApplicationRecord, Evidence, Resolution, WrittenApplication } from '../generated/prisma/client.ts';
import { insertRows } from './bulk.ts';
import type { Transaction } from './transaction.ts';

export type { WrittenApplication };

/** An application with its resolution, people and evidence, each in its order. */
export type ApplicationCase = WrittenApplication & {
  readonly resolution: Resolution;
  readonly records: readonly ApplicationRecord[];
  readonly evidence: readonly Evidence[];
  readonly draftedBy: { readonly officeId: string };
};

type Reads = Pick<Transaction, 'writtenApplication' | 'applicationRecord'>;

/** The application with everything about it, or null. */
export function findApplication(tx: Reads, institution: string, id: string): Promise<ApplicationCase | null> {
  return tx.writtenApplication.findUnique({
    where: { institution_id: { institution, id } },
    include: {
      resolution: true,
      records: { orderBy: { position: 'asc' } },
      evidence: { orderBy: { position: 'asc' } },
      draftedBy: { select: { officeId: true } },
    },
  });
}

const PEOPLE = [
  { name: 'institution', type: 'text' },
  { name: 'applicationId', type: 'uuid' },
  { name: 'recordId', type: 'uuid' },
  { name: 'position', type: 'int' },
] as const;

/** Adds a drafted application. */
export async function addApplication(
  tx: Transaction,
  application: Pick<
    WrittenApplication,
    | 'institution'
    | 'id'
    | 'kind'
    | 'category'
    | 'resolutionId'
    | 'reason'
    | 'measures'
    | 'contactName'
    | 'contactPhone'
    | 'draftedById'
    | 'createdAt'
  >,
  recordIds: readonly string[],
  evidence: readonly { title: string; fileDigest: string }[],
): Promise<void> {
  const { institution, id } = application;
  await tx.writtenApplication.create({ data: { ...application, state: 'draft' } });
  const people = recordIds.map((recordId, position) => [institution, id, recordId, position]);
  await insertRows(tx, 'ApplicationRecord', PEOPLE, people);
  await tx.evidence.createMany({
    data: evidence.map((piece, position) => ({ institution, applicationId: id, position, ...piece })),
  });
}

/** Changes an application and counts its version up. */
export async function advanceApplication(
  tx: Transaction,
  application: Pick<WrittenApplication, 'institution' | 'id'>,
  set: Partial<Omit<WrittenApplication, 'institution' | 'id' | 'version'>>,
): Promise<void> {
  const { institution, id } = application;
  const where = { institution_id: { institution, id } };
  await tx.writtenApplication.update({ where, data: { ...set, version: { increment: 1 } } });
}

/** Which of these records are in an application that has not been refused: record id → application id. */
export async function recordsInApplications(
  tx: Reads,
  institution: string,
  recordIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.applicationRecord.findMany({
    where: { institution, recordId: { in: [...recordIds] }, application: { state: { not: 'refused' } } },
    select: { recordId: true, applicationId: true },
  });
  return new Map(rows.map((row) => [row.recordId, row.applicationId]));
}

/** Takes the next number of a sequence; numbers that a rolled-back step took are given again. */
export async function nextNumber(tx: Transaction, institution: string, name: string): Promise<number> {
  const row = await tx.numberSequence.upsert({
    where: { institution_name: { institution, name } },
    create: { institution, name, last: 1 },
    update: { last: { increment: 1 } },
  });
  return row.last;
}

/** The office of an officer, or null. */
export async function officeOfOfficer(db: Pick<Transaction, 'officer'>, officerId: string): Promise<string | null> {
  const officer = await db.officer.findUnique({ where: { id: officerId }, select: { officeId: true } });
  return officer?.officeId ?? null;
}

/** The names of officers, by id. */
export async function officerNames(
  db: Pick<Transaction, 'officer'>,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const officers = await db.officer.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(officers.map(({ id, name }) => [id, name]));
}
