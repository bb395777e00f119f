// Where the register says something else than the sealed steps: what was changed around the procedures (R12.1). Reads only.
import type { StepName } from '../../regulation/steps.ts';
import type { Transaction } from '../database/transaction.ts';

type Reads = Pick<Transaction, '$queryRaw'>;

/** Which records of an institution: some categories (null: all), some states (null: all). */
export interface RecordReach {
  readonly institution: string;
  readonly categories: readonly string[] | null;
  /** For the province: a withdrawn record counts only when it had been there. */
  readonly states: readonly string[] | null;
}

/** A thing that disagrees: what is kept, what its last step says, and how many such things there are in all. */
export interface UnsealedRow {
  readonly id: string;
  readonly found: string;
  readonly expected: string | null;
  readonly total: number;
}

/** Names of steps beside the states they may lead to, pair by pair. */
export interface StepStates {
  readonly steps: readonly string[];
  readonly states: readonly string[];
}

/** How many things are named; all are counted. */
export const NAMED = 100;

/** What {@link recordsUnlikeSteps} says of a record: `record`, its version or digest; `record-state`, where it stands; `record-batch`, in which batch. */
export interface UnsealedRecord extends UnsealedRow {
  readonly kind: 'record' | 'record-state' | 'record-batch';
}

/** The steps whose facts name the one batch in which all of their records are then. */
const PLACING: readonly StepName[] = [
  ...(['collect', 'cross-check', 'open-disclosure', 'close-disclosure', 'report'] as const),
  ...(['decide-application', 'review', 'filing'] as const),
];

/**
 * Records whose version or digest is not that of the last step about them, or about which there is no step; records that stand where the
 * last step that moves records did not bring them; and records that are in another batch, or of another resolution, than the last step that
 * names a batch says. All in one walk: the last step of each record is looked up once, and only then (`OFFSET 0`) held against the steps,
 * which the database would otherwise put together anew for each record.
 */
export function recordsUnlikeSteps(
  db: Reads,
  reach: RecordReach,
  { steps, states: reached }: StepStates,
): Promise<UnsealedRecord[]> {
  const { institution } = reach;
  const categories = reach.categories && [...reach.categories];
  const states = reach.states && [...reach.states];
  return db.$queryRaw<UnsealedRecord[]>`
    WITH "moving" AS MATERIALIZED (
      SELECT t."id", t."name" FROM "Step" t WHERE t."institution" = ${institution} AND t."name" = ANY(${[...steps]}::text[])),
    "leads" AS MATERIALIZED (
      SELECT * FROM unnest(${[...steps]}::text[], ${[...reached]}::text[]) AS x("name", "state")),
    "placing" AS MATERIALIZED (
      SELECT t."id", t."batch" FROM (
        SELECT t."id", t."statement"::jsonb #>> '{facts,batchId}' AS "batch" FROM "Step" t
        WHERE t."institution" = ${institution} AND t."name" = ANY(${[...PLACING]}::text[]) OFFSET 0) t WHERE t."batch" IS NOT NULL),
    "last" AS (
      SELECT r."institution", r."id", r."version", r."digest", r."state", r."batchId", r."resolutionId",
        l."stepId", l."version" AS "sealedVersion", l."digest" AS "sealedDigest"
      FROM "DegreeRecord" r
      LEFT JOIN LATERAL (
        SELECT s."stepId", s."version", s."digest" FROM "StepSubject" s
        WHERE s."institution" = r."institution" AND s."subjectId" = r."id" ORDER BY s."stepId" DESC LIMIT 1) l ON true
      WHERE r."institution" = ${institution}
        AND (${categories}::text[] IS NULL OR r."category" = ANY(${categories}::text[]))
        AND (${states}::text[] IS NULL OR r."state" = ANY(${states}::text[]) OR (r."state" = 'withdrawn' AND EXISTS (
          SELECT FROM "RecordWithdrawal" w
          WHERE w."institution" = r."institution" AND w."recordId" = r."id" AND w."reachedProvince")))
      OFFSET 0),
    "judged" AS (
      SELECT r."id", r."version", r."digest", r."state", r."sealedVersion", r."sealedDigest",
        coalesce(m."name", n."name") AS "name",
        r."sealedVersion" IS DISTINCT FROM r."version" OR r."sealedDigest" IS DISTINCT FROM r."digest" AS "unlike",
        r."stepId" IS NOT NULL AND (coalesce(m."name", n."name"), r."state") NOT IN (SELECT x."name", x."state" FROM "leads" x)
          IS NOT FALSE AS "astray",
        r."batchId" AS "batch", coalesce(p."batch", q."batch") AS "sealedBatch",
        r."stepId" IS NOT NULL AND (r."batchId"::text IS DISTINCT FROM coalesce(p."batch", q."batch")
          OR r."resolutionId" <> b."resolutionId") IS TRUE AS "misplaced"
      FROM "last" r
      LEFT JOIN "Batch" b ON b."institution" = r."institution" AND b."id" = r."batchId"
      LEFT JOIN "moving" m ON m."id" = r."stepId"
      LEFT JOIN LATERAL (
        SELECT t."name" FROM "StepSubject" s JOIN "Step" t ON t."institution" = s."institution" AND t."id" = s."stepId"
        WHERE m."id" IS NULL AND s."institution" = r."institution" AND s."subjectId" = r."id" AND t."name" = ANY(${[...steps]}::text[])
        ORDER BY s."stepId" DESC LIMIT 1) n ON true
      LEFT JOIN "placing" p ON p."id" = r."stepId"
      LEFT JOIN LATERAL (
        SELECT o."batch" FROM "StepSubject" s JOIN "placing" o ON o."id" = s."stepId"
        WHERE p."id" IS NULL AND s."institution" = r."institution" AND s."subjectId" = r."id"
        ORDER BY s."stepId" DESC LIMIT 1) q ON true),
    "wrong" AS MATERIALIZED (SELECT * FROM "judged" WHERE "unlike" OR "astray" OR "misplaced")
    (SELECT 'record' AS "kind", "id"::text, "version" || ' ' || "digest" AS "found",
      "sealedVersion" || ' ' || "sealedDigest" AS "expected", (SELECT count(*)::int FROM "wrong" WHERE "unlike") AS "total"
    FROM "wrong" WHERE "unlike" ORDER BY "wrong"."id" LIMIT ${NAMED})
    UNION ALL
    (SELECT 'record-state', "id"::text, "state", "name", (SELECT count(*)::int FROM "wrong" WHERE "astray")
    FROM "wrong" WHERE "astray" ORDER BY "wrong"."id" LIMIT ${NAMED})
    UNION ALL
    (SELECT 'record-batch', "id"::text, "batch"::text, "sealedBatch", (SELECT count(*)::int FROM "wrong" WHERE "misplaced")
    FROM "wrong" WHERE "misplaced" ORDER BY "wrong"."id" LIMIT ${NAMED})`;
}

/** Written applications whose version is not the one last sealed, or whose state is not one that the last step leads to. */
export function casesUnlikeLastStep(
  db: Reads,
  { institution, categories: some }: Omit<RecordReach, 'states'>,
  applicationStates: readonly string[] | null,
  { steps, states }: StepStates,
): Promise<UnsealedRow[]> {
  const categories = some && [...some];
  const seen = applicationStates && [...applicationStates];
  return db.$queryRaw<UnsealedRow[]>`
    WITH "leads" AS MATERIALIZED (
      SELECT * FROM unnest(${[...steps]}::text[], ${[...states]}::text[]) AS x("name", "state")),
    "wrong" AS MATERIALIZED (
      SELECT a."id", a."version", a."state", l."version" AS "sealed", m."name" FROM "WrittenApplication" a
      LEFT JOIN LATERAL (
        SELECT s."version" FROM "StepSubject" s WHERE s."institution" = a."institution" AND s."subjectId" = a."id"
        ORDER BY s."stepId" DESC LIMIT 1) l ON true
      LEFT JOIN LATERAL (
        SELECT t."name" FROM "StepSubject" s JOIN "Step" t ON t."institution" = s."institution" AND t."id" = s."stepId"
        WHERE s."institution" = a."institution" AND s."subjectId" = a."id" AND t."name" = ANY(${[...steps]}::text[])
        ORDER BY s."stepId" DESC LIMIT 1) m ON true
      WHERE a."institution" = ${institution}
        AND (${categories}::text[] IS NULL OR a."category" = ANY(${categories}::text[]))
        AND (${seen}::text[] IS NULL OR a."state" = ANY(${seen}::text[]))
        AND (l."version" IS DISTINCT FROM a."version"
          OR NOT EXISTS (SELECT FROM "leads" x WHERE x."name" = m."name" AND x."state" = a."state")))
    SELECT "id"::text, "version" || ' ' || "state" AS "found", "sealed" || ' ' || "name" AS "expected",
      (SELECT count(*)::int FROM "wrong") AS "total"
    FROM "wrong" ORDER BY "wrong"."id" LIMIT ${NAMED}`;
}

/** Resolutions that say something else than the facts of the step that loaded them. */
export function resolutionsUnlikeStep(db: Reads, institution: string): Promise<UnsealedRow[]> {
  return db.$queryRaw<UnsealedRow[]>`
    WITH "all" AS (
      SELECT r."institution", r."id", r."number", to_jsonb(r) AS "kept", 'load-resolution' AS "step" FROM "Resolution" r
      WHERE r."institution" = ${institution}
      UNION ALL
      SELECT r."institution", r."id", r."number", to_jsonb(r), 'load-revocation-resolution' FROM "RevocationResolution" r
      WHERE r."institution" = ${institution}),
    "wrong" AS MATERIALIZED (
      SELECT a."id", a."number", l."facts" FROM "all" a LEFT JOIN LATERAL (
        SELECT t."statement"::jsonb -> 'facts' AS "facts" FROM "StepSubject" s
        JOIN "Step" t ON t."institution" = s."institution" AND t."id" = s."stepId"
        WHERE s."institution" = a."institution" AND s."subjectId" = a."id" AND t."name" = a."step" LIMIT 1) l ON true
      WHERE l."facts" IS NULL OR NOT a."kept" @> l."facts")
    SELECT "id"::text, "number" AS "found", "facts" ->> 'number' AS "expected", (SELECT count(*)::int FROM "wrong") AS "total"
    FROM "wrong" ORDER BY "wrong"."id" LIMIT ${NAMED}`;
}

/** A batch beside the digest that was sealed of it last; null where no step was about it yet. */
export interface BatchAndSeal {
  readonly institution: string;
  readonly id: string;
  readonly resolutionId: string;
  readonly category: string;
  readonly applicationId: string | null;
  readonly state: string;
  readonly version: number;
  readonly sealed: string | null;
  readonly sealedVersion: number | null;
}

/** Every batch of an institution beside its last seal. */
export function batchesWithSeals(
  db: Reads,
  { institution, categories: some }: Omit<RecordReach, 'states'>,
): Promise<BatchAndSeal[]> {
  const categories = some && [...some];
  return db.$queryRaw<BatchAndSeal[]>`
    SELECT b."institution", b."id"::text, b."resolutionId"::text, b."category", b."applicationId"::text, b."state", b."version",
      l."digest" AS "sealed", l."version" AS "sealedVersion"
    FROM "Batch" b LEFT JOIN LATERAL (
      SELECT s."digest", s."version" FROM "StepSubject" s WHERE s."institution" = b."institution" AND s."subjectId" = b."id"
      ORDER BY s."stepId" DESC LIMIT 1) l ON true
    WHERE b."institution" = ${institution} AND (${categories}::text[] IS NULL OR b."category" = ANY(${categories}::text[]))
    ORDER BY b."id"`;
}

/**
 * Steps that are not whole: without signature, with another statement than the one in the log, with other columns than the statement
 * says, with subjects missing, or not in their place of the log.
 */
export function brokenSteps(db: Reads, institution: string): Promise<UnsealedRow[]> {
  return db.$queryRaw<UnsealedRow[]>`
    WITH "counted" AS (
      SELECT s."stepId", count(*) AS "subjects" FROM "StepSubject" s WHERE s."institution" = ${institution} GROUP BY s."stepId"),
    "judged" AS (
      SELECT t."id", t."name", CASE
        WHEN length(t."signature") = 0 THEN 'signature'
        WHEN encode(sha256('\\x00'::bytea || convert_to(t."statement", 'UTF8')), 'hex') <> t."leafHash" THEN 'statement'
        WHEN (t."statement"::jsonb ->> 'step', t."statement"::jsonb ->> 'article', t."statement"::jsonb #>> '{office,id}',
              t."statement"::jsonb #>> '{officer,id}', (t."statement"::jsonb ->> 'at')::timestamptz(3))
          IS DISTINCT FROM (t."name", t."article", t."officeId", t."officerId"::text, t."at") THEN 'columns'
        WHEN coalesce(c."subjects", 0) <> t."subjectCount" THEN 'subjects'
        WHEN substring(tile."hashes" FROM (t."leafIndex" % 256) * 32 + 1 FOR 32) IS DISTINCT FROM decode(t."leafHash", 'hex') THEN 'log'
        END AS "why"
      FROM "Step" t LEFT JOIN "counted" c ON c."stepId" = t."id"
      LEFT JOIN "LogTile" tile ON tile."institution" = t."institution" AND tile."level" = 0 AND tile."position" = t."leafIndex" / 256
      WHERE t."institution" = ${institution}),
    "wrong" AS MATERIALIZED (SELECT * FROM "judged" WHERE "why" IS NOT NULL)
    SELECT "id"::text, "why" AS "found", "name" AS "expected", (SELECT count(*)::int FROM "wrong") AS "total"
    FROM "wrong" ORDER BY "wrong"."id" LIMIT ${NAMED}`;
}

/** How many leaves the log has by its head, and how many steps are kept. */
export async function logAndSteps(db: Reads, institution: string): Promise<{ size: number; steps: number }> {
  const [row] = await db.$queryRaw<{ size: number; steps: number }[]>`
    SELECT coalesce((SELECT "size" FROM "LogHead" WHERE "institution" = ${institution}), 0)::int AS "size",
      (SELECT count(*) FROM "Step" WHERE "institution" = ${institution})::int AS "steps"`;
  return row ?? { size: 0, steps: 0 };
}
