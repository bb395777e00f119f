// Who was named in which sealed document of a case: the log knows it also after the case was revised (R16.1).
import type { Transaction } from '../database/transaction.ts';

/** The date of the first sealed document of the case that lists each record; records that none lists are left out. */
export async function firstDocuments(
  tx: Pick<Transaction, '$queryRaw'>,
  institution: string,
  applicationId: string,
): Promise<Map<string, string>> {
  // A document lists whom the last draft or revision before its seal listed.
  const rows = await tx.$queryRaw<{ recordId: string; on: string }[]>`
    WITH steps AS (
      SELECT t."id", t."name", t."leafIndex" FROM "StepSubject" a
      JOIN "Step" t ON t."institution" = a."institution" AND t."id" = a."stepId"
      WHERE a."institution" = ${institution} AND a."subjectId" = ${applicationId}::uuid
        AND t."name" IN ('draft-application', 'revise-application', 'seal-application')),
    seals AS (
      SELECT "leafIndex", row_number() OVER (ORDER BY "leafIndex") AS "sequence" FROM steps WHERE "name" = 'seal-application'),
    listed AS (
      SELECT seals."sequence", d."id" FROM seals CROSS JOIN LATERAL (
        SELECT "id" FROM steps WHERE "name" <> 'seal-application' AND steps."leafIndex" < seals."leafIndex"
        ORDER BY steps."leafIndex" DESC LIMIT 1) d)
    SELECT s."subjectId"::text AS "recordId", min(o."documentDate") AS "on" FROM listed
    JOIN "ApplicationDocument" o ON o."institution" = ${institution} AND o."applicationId" = ${applicationId}::uuid
      AND o."sequence" = listed."sequence"
    JOIN "StepSubject" s ON s."institution" = ${institution} AND s."stepId" = listed."id" AND s."kind" = 'record'
    GROUP BY 1`;
  return new Map(rows.map(({ recordId, on }) => [recordId, on]));
}
