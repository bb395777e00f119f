// What students have said: confirmations of a version, disputes, and the files they rest on.
import type { StudentConfirmation, StudentDispute } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';
import { uuidv7 } from '../database/uuid.ts';
import type { StudentKey } from './student-links.ts';

export type { StudentConfirmation, StudentDispute };

/** Adds a confirmation. */
export async function addConfirmation(
  tx: Transaction,
  confirmation: Omit<StudentConfirmation, 'recordId' | 'enrolmentRecordId'> & StudentKey,
): Promise<void> {
  await tx.studentConfirmation.create({ data: confirmation });
}

/** A word of a student with the version that it is about; ids are UUIDv7, so the greater came later. */
interface Word {
  readonly id: string;
  readonly version: number;
}

/** Whether the present version is confirmed: by a word of this version after which nobody disputed it. */
export function isConfirmed(thing: {
  readonly version: number;
  readonly confirmations: readonly Word[];
  readonly disputes: readonly Word[];
}): boolean {
  const { version, confirmations, disputes } = thing;
  const doubts = disputes.filter((one) => one.version === version);
  return confirmations.some((word) => word.version === version && doubts.every(({ id }) => id < word.id));
}

/** The confirmation of this version of a thing that still stands, or null. */
export async function standingConfirmation(
  tx: Pick<Transaction, 'studentConfirmation' | 'studentDispute'>,
  institution: string,
  key: StudentKey,
  version: number,
): Promise<StudentConfirmation | null> {
  const where = { institution, ...key, version };
  const last = await tx.studentConfirmation.findFirst({ where, orderBy: { id: 'desc' } });
  if (!last) return null;
  const doubt = await tx.studentDispute.findFirst({ where: { ...where, id: { gt: last.id } }, select: { id: true } });
  return doubt ? null : last;
}

/** The records of a batch whose present version is confirmed. */
export async function confirmedRecords(tx: Transaction, institution: string, batchId: string): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT c."recordId"::text AS "id" FROM "StudentConfirmation" c
    JOIN "DegreeRecord" r ON r."institution" = c."institution" AND r."id" = c."recordId" AND r."version" = c."version"
    WHERE r."institution" = ${institution} AND r."batchId" = ${batchId}::uuid AND NOT EXISTS (
      SELECT 1 FROM "StudentDispute" d
      WHERE d."institution" = c."institution" AND d."recordId" = c."recordId" AND d."version" = c."version" AND d."id" > c."id")`;
  return new Set(rows.map(({ id }) => id));
}

/** The enrolment records under these student numbers: name, and whether the present version is confirmed. */
export async function enrolmentWords(
  tx: Pick<Transaction, 'enrolmentRecord'>,
  institution: string,
  numbers: readonly string[],
): Promise<Map<string, { name: string; confirmed: boolean }>> {
  const found = new Map<string, { name: string; confirmed: boolean }>();
  for (let start = 0; start < numbers.length; start += 1000) {
    const rows = await tx.enrolmentRecord.findMany({
      where: { institution, studentNumber: { in: numbers.slice(start, start + 1000) } },
      select: {
        ...{ studentNumber: true, name: true, version: true },
        confirmations: { select: { id: true, version: true } },
        disputes: { select: { id: true, version: true } },
      },
    });
    for (const row of rows) found.set(row.studentNumber, { name: row.name, confirmed: isConfirmed(row) });
  }
  return found;
}

/** Adds an open dispute. */
export async function addDispute(
  tx: Transaction,
  dispute: Pick<StudentDispute, 'institution' | 'id' | 'category' | 'version' | 'content' | 'evidence' | 'raisedAt'> &
    StudentKey,
): Promise<void> {
  await tx.studentDispute.create({ data: { ...dispute, state: 'open' } });
}

/** The dispute with this id, or null. */
export function findDispute(
  tx: Pick<Transaction, 'studentDispute'>,
  institution: string,
  id: string,
): Promise<StudentDispute | null> {
  return tx.studentDispute.findUnique({ where: { institution_id: { institution, id } } });
}

/** The disputes of a thing, newest first; a hundred at most. */
export function disputesOf(
  tx: Pick<Transaction, 'studentDispute'>,
  institution: string,
  key: StudentKey,
): Promise<StudentDispute[]> {
  return tx.studentDispute.findMany({ where: { institution, ...key }, orderBy: { id: 'desc' }, take: 100 });
}

/** Writes how a dispute was answered. */
export async function endDispute(
  tx: Transaction,
  institution: string,
  id: string,
  end: Pick<StudentDispute, 'state' | 'answer' | 'answeredById' | 'answeredAt' | 'answeredVersion'>,
): Promise<void> {
  await tx.studentDispute.update({ where: { institution_id: { institution, id } }, data: end });
}

/** The records of a batch with a dispute that nobody has answered. */
export async function disputedRecords(
  tx: Pick<Transaction, 'studentDispute'>,
  institution: string,
  batchId: string,
): Promise<Set<string>> {
  const rows = await tx.studentDispute.findMany({
    where: { institution, state: 'open', record: { batchId } },
    select: { recordId: true },
  });
  return new Set(rows.flatMap(({ recordId }) => recordId ?? []));
}

/** Notes that a student has uploaded a file. The same file again is the same. */
export async function addStudentFile(
  tx: Transaction,
  file: { institution: string; digest: string; name: string; at: Date } & StudentKey,
): Promise<void> {
  await tx.studentFile.createMany({ data: [{ ...file, id: uuidv7() }], skipDuplicates: true });
}

/** The digests of what a student has uploaded. */
export async function filesOfStudent(
  tx: Pick<Transaction, 'studentFile'>,
  institution: string,
  key: StudentKey,
): Promise<Set<string>> {
  const rows = await tx.studentFile.findMany({ where: { institution, ...key }, select: { digest: true } });
  return new Set(rows.map(({ digest }) => digest));
}
