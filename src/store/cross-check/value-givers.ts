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
  // Key by key, so that the database goes by the index also while it has no statistics.
  const sql = `SELECT k."id"::text AS "recordId", g."officerId"::text, g."name" AS "step"
    FROM (SELECT DISTINCT * FROM unnest($2::text[]::uuid[]) AS u("id")) k
    CROSS JOIN LATERAL (
      SELECT step."officerId", step."name", step."leafIndex" FROM "StepSubject" given
      JOIN "Step" step ON step."institution" = given."institution" AND step."id" = given."stepId"
      LEFT JOIN "StepSubject" before ON before."institution" = given."institution" AND before."stepId" = given."previousStepId"
        AND before."subjectId" = given."subjectId"
      WHERE given."institution" = $1 AND given."subjectId" = k."id" AND step."officerId" IS NOT NULL
        AND ($3::uuid IS NULL OR step."officerId" = $3::uuid)
        AND (before."version" IS NULL OR before."version" < given."version")
      OFFSET 0) g
    ORDER BY g."leafIndex"`;
  return queryOn<ValueGiver>(tx, sql, [institution, [...recordIds], officerId]);
}
