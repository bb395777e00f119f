// The other way round: what sealed steps are about and is not kept any more, and what is kept beside them (R12.1). Reads only.
import type { Transaction } from '../database/transaction.ts';
import type { UnsealedRow } from './unsealed.ts';

type Reads = Pick<Transaction, '$queryRaw'>;

const NAMED = 100;

/** Records, batches, applications and resolutions that a step is about and of which no row is there: none of these is ever deleted. */
export function subjectsWithoutRow(db: Reads, institution: string): Promise<UnsealedRow[]> {
  // Nearly all that steps are about are records that are there: they are left out in one pass, and only the rest is looked up one by one.
  return db.$queryRaw<UnsealedRow[]>`
    WITH "rest" AS MATERIALIZED (
      SELECT s."institution", s."kind", s."subjectId", s."stepId", s."version", s."digest" FROM "StepSubject" s
      WHERE s."institution" = ${institution} AND NOT EXISTS (
        SELECT FROM "DegreeRecord" r WHERE s."kind" = 'record' AND r."institution" = s."institution" AND r."id" = s."subjectId")),
    "gone" AS (
      SELECT s."kind", s."subjectId", s."stepId", s."version", s."digest" FROM "rest" s
      WHERE s."kind" = 'record'
        OR (s."kind" = 'batch' AND NOT EXISTS (
          SELECT FROM "Batch" r WHERE r."institution" = s."institution" AND r."id" = s."subjectId"))
        OR (s."kind" = 'application' AND NOT EXISTS (
          SELECT FROM "WrittenApplication" r WHERE r."institution" = s."institution" AND r."id" = s."subjectId"))
        OR (s."kind" = 'resolution' AND NOT EXISTS (
          SELECT FROM "Resolution" r WHERE r."institution" = s."institution" AND r."id" = s."subjectId"))
        OR (s."kind" = 'revocation-resolution' AND NOT EXISTS (
          SELECT FROM "RevocationResolution" r WHERE r."institution" = s."institution" AND r."id" = s."subjectId"))),
    "wrong" AS MATERIALIZED (SELECT DISTINCT ON ("subjectId") * FROM "gone" ORDER BY "subjectId", "stepId" DESC)
    SELECT "subjectId"::text AS "id", "kind" || ' -' AS "found", "kind" || ' ' || "version" || ' ' || "digest" AS "expected",
      (SELECT count(*)::int FROM "wrong") AS "total"
    FROM "wrong" ORDER BY "wrong"."subjectId" LIMIT ${NAMED}`;
}

/** A publication beside the step that published it. */
export interface PublicationAndSeal {
  readonly id: string;
  /** What was published; null when the row is gone. */
  readonly content: unknown;
  readonly sealed: string | null;
  /** Whether the columns say what the facts of the step say. */
  readonly agrees: boolean;
}

/** Every publication of statistics that is kept or was sealed. */
export function publicationsWithSeals(db: Reads, institution: string): Promise<PublicationAndSeal[]> {
  return db.$queryRaw<PublicationAndSeal[]>`
    WITH "sealed" AS (
      SELECT s."subjectId" AS "id", s."digest", t."statement"::jsonb -> 'facts' AS "facts" FROM "StepSubject" s
      JOIN "Step" t ON t."institution" = s."institution" AND t."id" = s."stepId"
      WHERE s."institution" = ${institution} AND s."kind" = 'statistics'),
    "kept" AS (SELECT p.*, to_jsonb(p) AS "row" FROM "StatisticsPublication" p WHERE p."institution" = ${institution})
    SELECT coalesce(k."id", l."id")::text AS "id", k."content", l."digest" AS "sealed",
      coalesce(k."digest" = l."digest" AND k."row" @> l."facts", false) AS "agrees"
    FROM "kept" k FULL JOIN "sealed" l ON l."id" = k."id" ORDER BY 1`;
}

/**
 * Looks at secret fields that were sealed and are not in the register of looks, or there with another officer, thing or field; and looks
 * in it (but for those of students at their own) that no step of this institution is about.
 */
export function revealsUnlikeSteps(db: Reads, institution: string): Promise<UnsealedRow[]> {
  return db.$queryRaw<UnsealedRow[]>`
    WITH "sealed" AS (
      SELECT t."id", t."officerId", t."statement"::jsonb -> 'facts' AS "facts" FROM "Step" t
      WHERE t."institution" = ${institution} AND t."name" = 'reveal'),
    "wrong" AS MATERIALIZED (
      SELECT l."facts" ->> 'revealId' AS "id", coalesce(v."field", '-') AS "found", l."facts" ->> 'field' AS "expected" FROM "sealed" l
      LEFT JOIN "Reveal" v ON v."institution" = ${institution} AND v."id"::text = l."facts" ->> 'revealId'
      WHERE v."id" IS NULL OR (v."stepId", v."officerId") IS DISTINCT FROM (l."id", l."officerId") OR v."field" IS DISTINCT FROM l."facts" ->> 'field'
        OR (l."facts" ? 'recordId' AND v."recordId"::text IS DISTINCT FROM l."facts" ->> 'recordId')
      UNION ALL
      SELECT v."id"::text, v."field", NULL FROM "Reveal" v WHERE v."institution" = ${institution} AND v."kind" <> 'own'
        AND NOT EXISTS (SELECT FROM "Step" t WHERE t."institution" = v."institution" AND t."id" = v."stepId"))
    SELECT "id", "found", "expected", (SELECT count(*)::int FROM "wrong") AS "total" FROM "wrong" ORDER BY "wrong"."id" LIMIT ${NAMED}`;
}
