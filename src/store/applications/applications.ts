// Written applications: the case, its people and its evidence (R11.6, R15.1, R16.1).
import type {
  ApplicationDecision,
  ApplicationDocument,
  ApplicationRecord,
  Evidence,
  Prisma,
  Resolution,
  RevocationResolution,
  WrittenApplication,
} from '../../generated/prisma/client.ts';
import { insertRows } from '../database/bulk.ts';
import type { Transaction } from '../database/transaction.ts';

export type { ApplicationDecision, ApplicationDocument, ApplicationRecord, Evidence, WrittenApplication };

/** An application with its resolution, people and evidence, each in its order. */
export type ApplicationCase = WrittenApplication & {
  readonly resolution: Resolution | null;
  readonly revocationResolution: RevocationResolution | null;
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
      revocationResolution: true,
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
  { name: 'version', type: 'int' },
  { name: 'content', type: 'jsonb' },
  { name: 'afterSalt', type: 'text' },
  { name: 'afterDigest', type: 'text' },
] as const;

/** What of a case its drafter says: everything that a revision may replace. */
export type DraftedCase = Pick<
  WrittenApplication,
  'resolutionId' | 'revocationResolutionId' | 'reason' | 'measures' | 'contactName' | 'contactPhone' | 'dueOn'
> & { readonly content: Prisma.InputJsonObject };

/** A person of a case, ready to be kept. */
export type PersonRow = Pick<ApplicationRecord, 'recordId' | 'version' | 'afterSalt' | 'afterDigest'> & {
  readonly content: Prisma.InputJsonObject;
};

/** A file attached to a case under its title. */
export type EvidenceRow = Pick<Evidence, 'title' | 'fileDigest'>;

/** Adds a drafted application. */
export async function addApplication(
  tx: Transaction,
  application: DraftedCase &
    Pick<WrittenApplication, 'institution' | 'id' | 'kind' | 'caseNumber' | 'category' | 'draftedById' | 'createdAt'>,
  people: readonly PersonRow[],
  evidence: readonly EvidenceRow[],
): Promise<void> {
  await tx.writtenApplication.create({ data: { ...application, state: 'draft' } });
  await addPeople(tx, application, people, evidence);
}

/** Replaces what is said in a case, its people and its evidence; what was said before stands in the sealed steps and documents. */
export async function reviseApplication(
  tx: Transaction,
  application: Pick<WrittenApplication, 'institution' | 'id'>,
  draft: DraftedCase & Pick<WrittenApplication, 'draftedById'>,
  people: readonly PersonRow[],
  evidence: readonly EvidenceRow[],
): Promise<void> {
  const { institution, id: applicationId } = application;
  await tx.applicationRecord.deleteMany({ where: { institution, applicationId } });
  await tx.evidence.deleteMany({ where: { institution, applicationId } });
  await advanceApplication(tx, application, { ...draft, state: 'draft', checkedById: null });
  await addPeople(tx, application, people, evidence);
}

async function addPeople(
  tx: Transaction,
  { institution, id }: Pick<WrittenApplication, 'institution' | 'id'>,
  people: readonly PersonRow[],
  evidence: readonly EvidenceRow[],
): Promise<void> {
  const rows = people.map((person, position) => [
    ...[institution, id, person.recordId, position, person.version],
    ...[person.content, person.afterSalt, person.afterDigest],
  ]);
  await insertRows(tx, 'ApplicationRecord', PEOPLE, rows);
  await tx.evidence.createMany({
    data: evidence.map(({ title, fileDigest }, position) => ({
      ...{ institution, applicationId: id, position, title, fileDigest },
    })),
  });
}

/** What a step may set in an application. */
export type Advance = Partial<Omit<WrittenApplication, 'institution' | 'id' | 'version' | 'content'>> & {
  readonly content?: Prisma.InputJsonObject;
};

/** Changes an application and counts its version up. */
export async function advanceApplication(
  tx: Transaction,
  application: Pick<WrittenApplication, 'institution' | 'id'>,
  set: Advance,
): Promise<void> {
  const { institution, id } = application;
  const where = { institution_id: { institution, id } };
  const data = { ...set, version: { increment: 1 } } as Prisma.WrittenApplicationUncheckedUpdateInput;
  await tx.writtenApplication.update({ where, data });
}

/** Sets what is said of one person of a case. */
export async function setPersonContent(
  tx: Transaction,
  { institution, id: applicationId }: Pick<WrittenApplication, 'institution' | 'id'>,
  recordId: string,
  content: Prisma.InputJsonObject,
): Promise<void> {
  const key = { institution, applicationId, recordId };
  await tx.applicationRecord.update({ where: { institution_applicationId_recordId: key }, data: { content } });
}

/** Which kinds of application are over in which states. */
export interface ClosedStates {
  readonly kind: string;
  readonly states: readonly string[];
}

/** Which of these records are in an application, other than `except`, that is not over: record id → case number. */
export async function recordsInApplications(
  tx: Reads,
  institution: string,
  recordIds: readonly string[],
  closed: readonly ClosedStates[],
  except: string | null = null,
): Promise<Map<string, string>> {
  const over = closed.map(({ kind, states }) => ({ kind, state: { in: [...states] } }));
  const rows = await tx.applicationRecord.findMany({
    where: {
      institution,
      recordId: { in: [...recordIds] },
      application: { NOT: { OR: over }, ...(except === null ? {} : { id: { not: except } }) },
    },
    select: { recordId: true, application: { select: { caseNumber: true } } },
  });
  return new Map(rows.map((row) => [row.recordId, row.application.caseNumber]));
}

/** The states in which the listed records of an application stand, each once. */
export async function statesOfListed(
  db: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  applicationId: string,
): Promise<string[]> {
  const rows = await db.degreeRecord.findMany({
    where: { institution, applications: { some: { institution, applicationId } } },
    select: { state: true },
    distinct: ['state'],
  });
  return rows.map(({ state }) => state);
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
