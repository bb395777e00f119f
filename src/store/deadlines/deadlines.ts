// What runs against a clock, as kept (R11.4): only what is still open, and nothing that is personal.

import type { Transaction } from '../database/transaction.ts';
import type { ApplicationFilter, BatchFilter, ResolutionFilter, RevocationResolutionFilter } from '../filters.ts';

/** Resolutions by scope. */
export function resolutionsIn(db: Pick<Transaction, 'resolution'>, where: ResolutionFilter) {
  return db.resolution.findMany({
    where,
    orderBy: { id: 'asc' },
    select: { institution: true, id: true, effectiveOn: true },
  });
}

/** People of a category on a roster who were never reported. */
export interface OpenPlaces {
  readonly institution: string;
  readonly resolutionId: string;
  readonly category: string;
  readonly open: number;
}

/**
 * How many people of each roster were never reported and wait for no supplementary report; struck places left out. Two counts and
 * their difference: an anti-join over the rosters of many years is planned badly while the tables have no statistics.
 */
export function neverReported(
  db: Pick<Transaction, '$queryRaw'>,
  institution: string,
  resolutionIds: readonly string[],
): Promise<OpenPlaces[]> {
  const ids = [...resolutionIds];
  return db.$queryRaw<OpenPlaces[]>`
    WITH "places" AS (
      SELECT e."resolutionId", e."category", count(*) AS "all" FROM "RosterEntry" e
      WHERE e."institution" = ${institution} AND e."resolutionId" = ANY(${ids}::text[]::uuid[])
        AND NOT EXISTS (SELECT 1 FROM "RosterStrike" x WHERE x."institution" = e."institution"
          AND x."resolutionId" = e."resolutionId" AND x."sequence" = e."sequence")
      GROUP BY e."resolutionId", e."category"),
    "done" AS (
      SELECT r."resolutionId", r."category", count(DISTINCT r."rosterSequence") AS "all" FROM "DegreeRecord" r
      WHERE r."institution" = ${institution} AND r."resolutionId" = ANY(${ids}::text[]::uuid[])
        AND NOT EXISTS (SELECT 1 FROM "RosterStrike" x WHERE x."institution" = r."institution"
          AND x."resolutionId" = r."resolutionId" AND x."sequence" = r."rosterSequence")
        AND (r."firstReportedAt" IS NOT NULL OR EXISTS (
          SELECT 1 FROM "ApplicationRecord" p JOIN "WrittenApplication" a
            ON a."institution" = p."institution" AND a."id" = p."applicationId"
          WHERE p."institution" = r."institution" AND p."recordId" = r."id"
            AND a."kind" = 'supplementary-report' AND a."state" NOT IN ('refused', 'withdrawn')))
      GROUP BY r."resolutionId", r."category")
    SELECT ${institution}::text AS "institution", p."resolutionId"::text, p."category",
      (p."all" - coalesce(d."all", 0))::int AS "open"
    FROM "places" p LEFT JOIN "done" d ON d."resolutionId" = p."resolutionId" AND d."category" = p."category"
    WHERE p."all" > coalesce(d."all", 0) ORDER BY p."resolutionId", p."category"`;
}

/** Batches of the normal way of these resolutions. */
export function batchesOfResolutions(
  db: Pick<Transaction, 'batch'>,
  institution: string,
  resolutionIds: readonly string[],
) {
  return db.batch.findMany({
    where: { institution, resolutionId: { in: [...resolutionIds] }, applicationId: null },
    orderBy: { id: 'asc' },
    select: { resolutionId: true, category: true, state: true },
  });
}

/** Batches whose key fields are disclosed at the moment, with how many records. */
export function disclosingBatches(db: Pick<Transaction, 'batch'>, where: BatchFilter) {
  return db.batch.findMany({
    where: { AND: [where, { disclosedUntil: { not: null }, records: { some: { state: 'disclosing' } } }] },
    orderBy: { id: 'asc' },
    select: {
      ...{ institution: true, id: true, category: true, officeId: true, disclosedUntil: true },
      _count: { select: { records: { where: { state: 'disclosing' } } } },
    },
  });
}

/** Objections that nobody has resolved, with the disclosure they block. */
export function unresolvedObjections(db: Pick<Transaction, 'objection'>, batch: BatchFilter) {
  return db.objection.findMany({
    where: { outcome: null, batch: { AND: [batch, { disclosedUntil: { not: null } }] } },
    orderBy: { id: 'asc' },
    select: {
      ...{ institution: true, id: true, raisedAt: true },
      batch: { select: { category: true, officeId: true, disclosedUntil: true } },
    },
  });
}

/** Objections from outside that nobody has accepted. */
export function unacceptedObjections(db: Pick<Transaction, 'receivedObjection'>, batch: BatchFilter) {
  return db.receivedObjection.findMany({
    where: { acceptedAt: null, batch: { AND: [batch, { disclosedUntil: { not: null } }] } },
    orderBy: { id: 'asc' },
    select: {
      ...{ institution: true, id: true, receivedAt: true },
      batch: { select: { category: true, disclosedUntil: true } },
    },
  });
}

/** Disputes about degree records that nobody has answered: they hold up the report of their resolution. */
export function unansweredDisputes(db: Pick<Transaction, 'studentDispute'>, batch: BatchFilter) {
  return db.studentDispute.findMany({
    where: { answeredAt: null, record: { batch } },
    orderBy: { id: 'asc' },
    select: {
      ...{ institution: true, id: true, raisedAt: true, category: true },
      record: { select: { resolution: { select: { effectiveOn: true } } } },
    },
  });
}

const CASE = {
  ...{ institution: true, id: true, kind: true, state: true, category: true, dueOn: true, documentDate: true },
  draftedBy: { select: { officeId: true } },
  of: { select: { provincialOfficeId: true } },
  _count: { select: { records: true } },
} as const;

/** Supplementary reports that are under way, or consented to while their batch is not reported. */
export function openSupplementary(db: Pick<Transaction, 'writtenApplication'>, where: ApplicationFilter) {
  const open = [
    { state: { in: ['draft', 'checked', 'approved', 'sealed', 'dispatched', 'returned'] } },
    { state: 'consented', batches: { some: { reportedAt: null } } },
  ];
  return db.writtenApplication.findMany({
    where: { AND: [where, { kind: 'supplementary-report', OR: open }] },
    orderBy: { id: 'asc' },
    select: { ...CASE, resolution: { select: { effectiveOn: true } } },
  });
}

/** Revocation reports that have not gone to every addressee yet. */
export function openRevocationReports(db: Pick<Transaction, 'writtenApplication'>, where: ApplicationFilter) {
  const state = { in: ['draft', 'checked', 'approved', 'sealed', 'returned'] };
  return db.writtenApplication.findMany({
    where: { AND: [where, { kind: 'revocation-report', state }] },
    orderBy: { id: 'asc' },
    select: { ...CASE, revocationResolution: { select: { effectiveOn: true } } },
  });
}

/** Revocation resolutions that no report is about. */
export function unreportedRevocations(
  db: Pick<Transaction, 'revocationResolution'>,
  where: RevocationResolutionFilter,
) {
  return db.revocationResolution.findMany({
    where: { AND: [where, { applications: { none: { state: { not: 'withdrawn' } } } }] },
    orderBy: { id: 'asc' },
    select: { institution: true, id: true, effectiveOn: true },
  });
}

/** The offices of institutions. */
export function officesOf(db: Pick<Transaction, 'office'>, institutions: readonly string[]) {
  return db.office.findMany({
    where: { institutionCode: { in: [...institutions] } },
    orderBy: { id: 'asc' },
    select: { id: true, kind: true, institutionCode: true },
  });
}
