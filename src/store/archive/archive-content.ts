// What goes into an archive, read in chunks: its subjects, the steps about them, the files that they rest on (art. 12).

import { learnFromLoad } from '../database/fresh-plans.ts';
import { executeOn, queryMany, queryOn } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';
import type { RecordRow } from '../records/records.ts';
import { type ArchiveKey, type Chosen, conditionOf } from './archives.ts';

/** The number by which rosters and declassifications know a person of the category `d."category"`. */
const rosterNumber = (student: string, application: string): string =>
  `CASE d."category" WHEN 'equivalent-education-master' THEN ${application} ELSE ${student} END`;

/** Notes what an archive is about: its records first, then whatever else made them what they are. */
export async function gatherSubjects(tx: Transaction, key: ArchiveKey, chosen: Chosen): Promise<void> {
  const { institution, id } = key;
  const { sql, values } = conditionOf(chosen, 3);
  const into = (kind: string, select: string) =>
    `INSERT INTO "ArchiveSubject" ("institution", "archiveId", "subjectId", "kind")
     SELECT DISTINCT $1, $2::uuid, x."subjectId", '${kind}' FROM (${select}) x WHERE x."subjectId" IS NOT NULL ON CONFLICT DO NOTHING`;
  const records = `SELECT r."id" AS "subjectId" FROM "DegreeRecord" r WHERE r."institution" = $1 AND ${sql}`;
  await executeOn(tx, into('record', records), [institution, id, ...values]);
  const of = (kind: string) =>
    `"ArchiveSubject" a ON a."institution" = $1 AND a."archiveId" = $2::uuid AND a."kind" = '${kind}' AND a."subjectId"`;
  const column = (name: string) =>
    `SELECT r."${name}" AS "subjectId" FROM "DegreeRecord" r JOIN ${of('record')} = r."id" WHERE r."institution" = $1`;
  const about = (table: string, name: string, kind: string) =>
    `SELECT t."id" AS "subjectId" FROM "${table}" t JOIN ${of(kind)} = t."${name}" WHERE t."institution" = $1`;
  if (chosen.scope === 'year') {
    // By the rosters: a batch whose records are all gone, or of another year by now, is still one of which the year must tell.
    const rosters = `SELECT e."resolutionId" AS "subjectId" FROM "RosterEntry" e WHERE e."institution" = $1
      AND e."conferralDate" >= $3 AND e."conferralDate" <= $4 AND e."category" = ANY($5::text[])`;
    const batches = `SELECT b."id" AS "subjectId" FROM "Batch" b JOIN (${rosters}) r ON r."subjectId" = b."resolutionId"
      WHERE b."institution" = $1 AND b."category" = ANY($5::text[])`;
    await executeOn(tx, into('resolution', rosters), [institution, id, ...values]);
    await executeOn(tx, into('batch', batches), [institution, id, ...values]);
  }
  const parts: [kind: string, select: string][] = [
    ['batch', column('batchId')],
    ['resolution', column('resolutionId')],
    ['enrolment-record', column('enrolmentRecordId')],
    ['certificate-template', column('certificateTemplateId')],
    ['import', column('importId')],
    ['objection', about('Objection', 'recordId', 'record')],
    ['dispute', about('StudentDispute', 'recordId', 'record')],
    ['dispute', about('StudentDispute', 'enrolmentRecordId', 'enrolment-record')],
    ['correction-request', about('CorrectionRequest', 'recordId', 'record')],
    [
      'application',
      `SELECT t."applicationId" AS "subjectId" FROM "ApplicationRecord" t JOIN ${of('record')} = t."recordId" WHERE t."institution" = $1`,
    ],
    [
      'application',
      `SELECT t."applicationId" AS "subjectId" FROM "Batch" t JOIN ${of('batch')} = t."id" WHERE t."institution" = $1`,
    ],
    [
      'revocation-resolution',
      `SELECT t."revocationResolutionId" AS "subjectId" FROM "WrittenApplication" t JOIN ${of('application')} = t."id" WHERE t."institution" = $1`,
    ],
    // By the number under which the person was ever recorded here: an old version may have entered by it (art. 20).
    [
      'declassification',
      `SELECT d."id" AS "subjectId" FROM "Declassification" d WHERE d."institution" = $1 AND EXISTS (
        SELECT 1 FROM "DegreeRecord" r JOIN ${of('record')} = r."id" WHERE r."institution" = $1 AND r."category" = d."category"
          AND (d."number" = ${rosterNumber('r."studentNumber"', 'r."applicationNumber"')} OR EXISTS (
            SELECT 1 FROM "RecordVersion" v WHERE v."institution" = $1 AND v."recordId" = r."id"
              AND d."number" = ${rosterNumber(`v."content"->>'studentNumber'`, `v."content"->>'applicationNumber'`)})))`,
    ],
    ['archive', 'SELECT $2::uuid AS "subjectId"'],
  ];
  for (const [kind, select] of parts) await executeOn(tx, into(kind, select), [institution, id]);
  await learnFromLoad(tx, 'ArchiveSubject');
}

/** Of these steps `s` those that are about something in the archive. */
export const ABOUT = `EXISTS (SELECT 1 FROM "StepSubject" t JOIN "ArchiveSubject" a ON a."institution" = t."institution" AND a."archiveId" = $2::uuid
  AND a."subjectId" = t."subjectId" WHERE t."institution" = s."institution" AND t."stepId" = s."id")`;

/** A step on its way into an archive. */
export interface ArchiveStepRow {
  readonly id: string;
  readonly name: string;
  readonly leafIndex: number;
  readonly leafHash: string;
  readonly statement: string;
  readonly signature: Uint8Array;
  readonly batchRoot: string | null;
}

/** The steps about an archive's subjects behind a leaf and before the end, in the order of the log. */
export function archiveSteps(
  tx: Transaction,
  { institution, id }: ArchiveKey,
  { after, end, most }: { readonly after: number; readonly end: number; readonly most: number },
): Promise<ArchiveStepRow[]> {
  const sql = `SELECT s."id"::text, s."name", s."leafIndex", s."leafHash", s."statement", s."signature", s."batchRoot" FROM "Step" s
    WHERE s."institution" = $1 AND s."leafIndex" > $3 AND s."leafIndex" < $4 AND ${ABOUT} ORDER BY s."leafIndex" LIMIT $5`;
  return queryOn<ArchiveStepRow>(tx, sql, [institution, id, after, end, most]);
}

/** Every step of an archive without its text: index and leaf hash. */
export function archiveLeaves(
  tx: Transaction,
  { institution, id }: ArchiveKey,
  end: number,
): Promise<{ index: number; leaf: string }[]> {
  const sql = `SELECT s."leafIndex" AS "index", s."leafHash" AS "leaf" FROM "Step" s
    WHERE s."institution" = $1 AND s."leafIndex" < $3 AND ${ABOUT} ORDER BY s."leafIndex"`;
  return queryMany(tx, sql, [institution, id, end]);
}

/** Leaf hashes that the archive's steps name as previous and that are not among them: steps about other things. */
export async function leavesOutside(tx: Transaction, { institution, id }: ArchiveKey, end: number): Promise<string[]> {
  const sql = `WITH own AS (SELECT s."leafHash", s."statement" FROM "Step" s WHERE s."institution" = $1 AND s."leafIndex" < $3 AND ${ABOUT})
    SELECT DISTINCT p."leaf" FROM own, jsonb_array_elements_text(own."statement"::jsonb->'previous') AS p("leaf")
    WHERE NOT EXISTS (SELECT 1 FROM own o WHERE o."leafHash" = p."leaf") ORDER BY 1`;
  return (await queryMany<{ leaf: string }>(tx, sql, [institution, id, end])).map(({ leaf }) => leaf);
}

/** Whether a step came in since `end` that is about the archive's subjects. */
export async function movedSince(tx: Transaction, { institution, id }: ArchiveKey, end: number): Promise<boolean> {
  const sql = `SELECT 1 AS "one" FROM "Step" s WHERE s."institution" = $1 AND s."leafIndex" >= $3 AND ${ABOUT} LIMIT 1`;
  return (await queryOn(tx, sql, [institution, id, end])).length > 0;
}

/** A subject of a step in its place; `inside`: the archive is about it. */
export interface ArchivePlace {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly inside: boolean;
}

/**
 * Everything that a step was about, in the order of its tree. Whether it is inside is looked up by the whole key for each: a join would be
 * planned by how few rows the archive had when the database last looked, and reads all of them for each subject then.
 */
export function archivePlaces(
  tx: Transaction,
  { institution, id }: ArchiveKey,
  stepId: string,
): Promise<ArchivePlace[]> {
  const sql = `SELECT t."kind", t."subjectId" AS "id", t."version", t."digest", EXISTS (SELECT 1 FROM "ArchiveSubject" a
      WHERE a."institution" = $1 AND a."archiveId" = $2::uuid AND a."subjectId" = t."subjectId") AS "inside" FROM "StepSubject" t
    WHERE t."institution" = $1 AND t."stepId" = $3::uuid ORDER BY t."position"`;
  return queryMany(tx, sql, [institution, id, stepId]);
}

/** The records of an archive behind an id, with their superseded versions. */
export async function archiveRecords(
  tx: Transaction,
  { institution, id: archiveId }: ArchiveKey,
  after: string | null,
  most: number,
): Promise<(RecordRow & { versions: { version: number; digest: string; salt: string; content: unknown }[] })[]> {
  const ids = await tx.archiveSubject.findMany({
    where: { institution, archiveId, kind: 'record', ...(after === null ? {} : { subjectId: { gt: after } }) },
    orderBy: { subjectId: 'asc' },
    take: most,
    select: { subjectId: true },
  });
  return tx.degreeRecord.findMany({
    where: { institution, id: { in: ids.map(({ subjectId }) => subjectId) } },
    orderBy: { id: 'asc' },
    include: {
      versions: { orderBy: { version: 'asc' }, select: { version: true, digest: true, salt: true, content: true } },
    },
  });
}

/** A record as the index names it, with what an archivist looks for. */
export interface ArchiveRecordLine {
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly name: string;
  readonly certificateNumber: string;
  readonly category: string;
  readonly state: string;
  readonly conferralDate: string;
}

/** Every record of an archive, in the order of the ids. */
export function archiveRecordLines(tx: Transaction, { institution, id }: ArchiveKey): Promise<ArchiveRecordLine[]> {
  const sql = `SELECT r."id", r."version", r."digest", r."name", r."certificateNumber", r."category", r."state", r."conferralDate"
    FROM "ArchiveSubject" a JOIN "DegreeRecord" r ON r."institution" = a."institution" AND r."id" = a."subjectId"
    WHERE a."institution" = $1 AND a."archiveId" = $2::uuid AND a."kind" = 'record' ORDER BY r."id"`;
  return queryMany(tx, sql, [institution, id]);
}

/** A step as the index for people names it. */
export interface ArchiveStepLine {
  readonly leafIndex: number;
  readonly name: string;
  readonly article: string;
  readonly at: string;
  readonly office: string;
  readonly officer: string | null;
}

/** Every step of an archive with the names of those who answer for it. */
export function archiveStepLines(
  tx: Transaction,
  { institution, id }: ArchiveKey,
  end: number,
): Promise<ArchiveStepLine[]> {
  const sql = `SELECT s."leafIndex", s."name", s."article", s."at"::text, f."name" AS "office", o."name" AS "officer" FROM "Step" s
    JOIN "Office" f ON f."id" = s."officeId" LEFT JOIN "Officer" o ON o."id" = s."officerId"
    WHERE s."institution" = $1 AND s."leafIndex" < $3 AND ${ABOUT} ORDER BY s."leafIndex"`;
  return queryMany(tx, sql, [institution, id, end]);
}

/** Places of a resolution's roster in these categories, not struck, for which the archive holds no record. */
export async function placesWithoutRecord(
  tx: Transaction,
  { institution, id }: ArchiveKey,
  resolutionId: string,
  categories: readonly string[],
): Promise<number[]> {
  const sql = `WITH own AS (SELECT r."certificateNumber" AS "number" FROM "DegreeRecord" r JOIN "ArchiveSubject" a
      ON a."institution" = r."institution" AND a."archiveId" = $2::uuid AND a."subjectId" = r."id" WHERE r."institution" = $1
      UNION SELECT v."content"->>'certificateNumber' FROM "RecordVersion" v JOIN "ArchiveSubject" a
      ON a."institution" = v."institution" AND a."archiveId" = $2::uuid AND a."subjectId" = v."recordId" WHERE v."institution" = $1)
    SELECT e."sequence" FROM "RosterEntry" e LEFT JOIN own ON own."number" = e."certificateNumber"
    LEFT JOIN "RosterStrike" k ON k."institution" = e."institution" AND k."resolutionId" = e."resolutionId" AND k."sequence" = e."sequence"
    WHERE e."institution" = $1 AND e."resolutionId" = $3::uuid AND e."category" = ANY($4::text[]) AND own."number" IS NULL
      AND k."sequence" IS NULL ORDER BY 1`;
  const rows = await queryMany<{ sequence: number }>(tx, sql, [institution, id, resolutionId, [...categories]]);
  return rows.map(({ sequence }) => sequence);
}

/** The ids of one kind of subject of an archive. */
export async function subjectsOfKind(
  tx: Pick<Transaction, 'archiveSubject'>,
  { institution, id: archiveId }: ArchiveKey,
  kind: string,
): Promise<string[]> {
  const where = { institution, archiveId, kind };
  const rows = await tx.archiveSubject.findMany({ where, orderBy: { subjectId: 'asc' }, select: { subjectId: true } });
  return rows.map(({ subjectId }) => subjectId);
}
