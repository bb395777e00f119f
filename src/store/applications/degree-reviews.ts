// Reviews of revocations as the log has them: what was sealed of a review outlasts every revision of the case (学位法 art. 41).
import type { Transaction } from '../database/transaction.ts';

/** The last word on the review of one person's revocation. */
export type LoggedReview = { readonly outcome: string; readonly on: string; readonly fileDigest: string };

/** What the log last says of reviews of these records under one revocation resolution: record id → review. */
export async function degreeReviews(
  tx: Pick<Transaction, '$queryRaw'>,
  institution: string,
  revocationResolutionId: string,
  recordIds: readonly string[],
): Promise<Map<string, LoggedReview>> {
  // In the order of the log, so that the last step of a record is the one that stays in the map.
  const rows = await tx.$queryRaw<(LoggedReview & { recordId: string })[]>`
    SELECT k."id"::text AS "recordId", f."facts"->>'outcome' AS "outcome", f."facts"->>'on' AS "on", f."file" AS "fileDigest"
    FROM unnest(${[...recordIds]}::text[]::uuid[]) AS k("id")
    JOIN "StepSubject" s ON s."institution" = ${institution} AND s."subjectId" = k."id"
    JOIN "Step" t ON t."institution" = s."institution" AND t."id" = s."stepId" AND t."name" = 'record-degree-review'
    CROSS JOIN LATERAL (SELECT t."statement"::jsonb->'facts' AS "facts", t."statement"::jsonb->'files'->>0 AS "file") f
    WHERE f."facts"->>'resolutionId' = ${revocationResolutionId}
    ORDER BY t."leafIndex"`;
  return new Map(rows.map(({ recordId, ...review }) => [recordId, review]));
}
