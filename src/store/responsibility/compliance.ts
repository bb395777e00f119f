// Counts for the table of requirements that are no plain conditions of records.
import type { Transaction } from '../database/transaction.ts';
import type { RecordReach } from './unsealed.ts';

type Reads = Pick<Transaction, '$queryRaw'>;

/** Records in these states whose present version is not confirmed by a word that still stands. */
export async function countUnconfirmed(
  db: Reads,
  { institution, categories: some }: Omit<RecordReach, 'states'>,
  states: readonly string[],
): Promise<number> {
  const categories = some && [...some];
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "DegreeRecord" r
    WHERE r."institution" = ${institution} AND r."state" = ANY(${[...states]}::text[])
      AND (${categories}::text[] IS NULL OR r."category" = ANY(${categories}::text[]))
      AND NOT EXISTS (
        SELECT FROM "StudentConfirmation" c
        WHERE c."institution" = r."institution" AND c."recordId" = r."id" AND c."version" = r."version" AND NOT EXISTS (
          SELECT FROM "StudentDispute" d
          WHERE d."institution" = c."institution" AND d."recordId" = c."recordId" AND d."version" = c."version" AND d."id" > c."id"))`;
  return row?.count ?? 0;
}

/**
 * People on the rosters of these resolutions who have no record; struck places left out, and a deleted record holds none. Two counts
 * and their difference, as {@link neverReported}.
 */
export async function countUnrecorded(
  db: Reads,
  { institution, categories: some }: Omit<RecordReach, 'states'>,
  resolutionIds: readonly string[],
): Promise<number> {
  const categories = some && [...some];
  const ids = [...resolutionIds];
  if (ids.length === 0) return 0;
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT ((SELECT count(*) FROM "RosterEntry" e
      WHERE e."institution" = ${institution} AND e."resolutionId" = ANY(${ids}::text[]::uuid[])
        AND (${categories}::text[] IS NULL OR e."category" = ANY(${categories}::text[]))
        AND NOT EXISTS (SELECT FROM "RosterStrike" x WHERE x."institution" = e."institution"
          AND x."resolutionId" = e."resolutionId" AND x."sequence" = e."sequence"))
    - (SELECT count(DISTINCT (r."resolutionId", r."rosterSequence")) FROM "DegreeRecord" r
      WHERE r."institution" = ${institution} AND r."resolutionId" = ANY(${ids}::text[]::uuid[]) AND r."state" <> 'deleted'
        AND (${categories}::text[] IS NULL OR r."category" = ANY(${categories}::text[]))
        AND NOT EXISTS (SELECT FROM "RosterStrike" x WHERE x."institution" = r."institution"
          AND x."resolutionId" = r."resolutionId" AND x."sequence" = r."rosterSequence")))::int AS "count"`;
  return row?.count ?? 0;
}

/** How many records fulfil a condition. */
export function countRecords(db: Pick<Transaction, 'degreeRecord'>, where: object): Promise<number> {
  return db.degreeRecord.count({ where });
}

/** Correction requests that nobody has answered, of some categories (null: all). */
export function countOpenRequests(
  db: Pick<Transaction, 'correctionRequest'>,
  { institution, categories }: Omit<RecordReach, 'states'>,
): Promise<number> {
  const own = categories === null ? {} : { category: { in: [...categories] } };
  return db.correctionRequest.count({ where: { institution, answeredAt: null, ...own } });
}

/** Reveals since an instant; those of one office only where it is named. */
export async function countReveals(
  db: Reads,
  institution: string,
  since: Date,
  officeId: string | null,
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "Reveal" v
    WHERE v."institution" = ${institution} AND v."at" >= ${since}
      AND (${officeId}::text IS NULL OR EXISTS (SELECT FROM "Officer" o WHERE o."id" = v."officerId" AND o."officeId" = ${officeId}))`;
  return row?.count ?? 0;
}

/** Analysis datasets whose last day was before this one and of which something is still there: the state, the key or a piece says so. */
export async function countOverdueDatasets(db: Reads, institution: string, today: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "Dataset" d
    WHERE d."institution" = ${institution} AND d."lastDay" < ${today}
      AND (d."state" IN ('approved', 'ready')
        OR EXISTS (SELECT FROM "DatasetKey" k WHERE k."institution" = d."institution" AND k."datasetId" = d."id")
        OR EXISTS (SELECT FROM "DatasetPiece" p WHERE p."institution" = d."institution" AND p."datasetId" = d."id"))`;
  return row?.count ?? 0;
}
