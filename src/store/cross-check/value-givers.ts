// Who gave a record its values, by the sealed steps: each that made a new version of it (R11.2).
import { queryOn } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

/** An officer who gave a record values, and by which step. */
export interface ValueGiver {
  readonly recordId: string;
  readonly officerId: string;
  readonly step: string;
}

/**
 * Everybody who gave one of these records values, in the order in which they did.
 * @param officerId only this officer's, when given
 */
export function valueGivers(
  tx: Pick<Transaction, '$queryRawUnsafe'>,
  institution: string,
  recordIds: readonly string[],
  officerId: string | null = null,
): Promise<ValueGiver[]> {
  if (recordIds.length === 0) return Promise.resolve([]);
  // Key by key, and from what was sealed of it to its few steps: the database must not go through all steps of the house for each
  // record, as it likes to while it knows of few.
  const sql = `SELECT k."id"::text AS "recordId", step."officerId"::text, step."name" AS "step"
    FROM (SELECT DISTINCT * FROM unnest($2::text[]::uuid[]) AS u("id")) k
    CROSS JOIN LATERAL (SELECT s."stepId", s."previousStepId", s."version" FROM "StepSubject" s
      WHERE s."institution" = $1 AND s."subjectId" = k."id" OFFSET 0) given
    CROSS JOIN LATERAL (SELECT t."officerId", t."name", t."leafIndex" FROM "Step" t
      WHERE t."institution" = $1 AND t."id" = given."stepId" AND t."officerId" IS NOT NULL
        AND ($3::uuid IS NULL OR t."officerId" = $3::uuid) OFFSET 0) step
    LEFT JOIN LATERAL (SELECT b."version" FROM "StepSubject" b
      WHERE b."institution" = $1 AND b."subjectId" = k."id" AND b."stepId" = given."previousStepId" OFFSET 0) before ON true
    WHERE before."version" IS NULL OR before."version" < given."version"
    ORDER BY step."leafIndex"`;
  return queryOn<ValueGiver>(tx, sql, [institution, [...recordIds], officerId]);
}
