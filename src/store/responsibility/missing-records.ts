// Records that sealed steps are about and that are not there, placed by what the step that collected or filed them says (art. 12).
import { queryMany } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

type Reads = Pick<Transaction, '$queryRawUnsafe'>;

/** Where a record would have belonged: a year of conferral in some categories, or a batch. */
export interface MissingReach {
  readonly institution: string;
  readonly year: number | null;
  readonly batchId: string | null;
  readonly categories: readonly string[];
}

/**
 * Ids of records that steps are about and of which no row is there, at most a hundred. Batch and category are those of the sealed step, the
 * year is one of the roster behind the batch. What cannot be placed any more is missing everywhere, as a gap of the log is.
 */
export async function missingRecords(
  tx: Reads,
  { institution, year, batchId, categories }: MissingReach,
): Promise<string[]> {
  const sql = `WITH gone AS MATERIALIZED (SELECT DISTINCT s."subjectId" AS "id" FROM "StepSubject" s
      WHERE s."institution" = $1 AND s."kind" = 'record' AND NOT EXISTS (
        SELECT 1 FROM "DegreeRecord" r WHERE r."institution" = s."institution" AND r."id" = s."subjectId")),
    placed AS (SELECT gone."id", f."facts"->>'batchId' AS "batch", coalesce(f."facts"->>'category', b."category") AS "category", b."resolutionId"
      FROM gone LEFT JOIN LATERAL (SELECT t."statement"::jsonb->'facts' AS "facts" FROM "StepSubject" s
        JOIN "Step" t ON t."institution" = s."institution" AND t."id" = s."stepId"
        WHERE s."institution" = $1 AND s."subjectId" = gone."id" AND t."name" IN ('collect', 'filing') ORDER BY t."leafIndex" LIMIT 1) f ON true
      LEFT JOIN "Batch" b ON b."institution" = $1 AND b."id"::text = f."facts"->>'batchId')
    SELECT p."id"::text FROM placed p WHERE p."batch" IS NULL OR p."category" IS NULL OR p."category" = ANY($2::text[]) AND ($3::text IS NULL OR p."batch" = $3)
      AND ($4::text IS NULL OR p."resolutionId" IS NULL OR EXISTS (SELECT 1 FROM "RosterEntry" e
        WHERE e."institution" = $1 AND e."resolutionId" = p."resolutionId" AND e."conferralDate" >= $4 || '-01-01' AND e."conferralDate" <= $4 || '-12-31'))
    ORDER BY 1 LIMIT 100`;
  const values = [institution, [...categories], batchId, year === null ? null : String(year)];
  return (await queryMany<{ id: string }>(tx, sql, values)).map(({ id }) => id);
}

/** Resolutions with people of these categories and this year on their rosters, or with records of them. */
export async function resolutionsOfYear(
  tx: Reads,
  { institution, year, categories }: { institution: string; year: number; categories: readonly string[] },
): Promise<string[]> {
  const of = (table: string) => `SELECT x."resolutionId"::text AS "id" FROM "${table}" x WHERE x."institution" = $1
    AND x."conferralDate" >= $2 AND x."conferralDate" <= $3 AND x."category" = ANY($4::text[])`;
  const values = [institution, `${year}-01-01`, `${year}-12-31`, [...categories]];
  const sql = `${of('RosterEntry')} UNION ${of('DegreeRecord')} ORDER BY 1`;
  return (await queryMany<{ id: string }>(tx, sql, values)).map(({ id }) => id);
}
