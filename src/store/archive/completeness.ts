// What the tables hold of a year's original records, and what they lack (art. 12).
import { queryMany } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

/** Records of a year of conferral in some categories. */
export interface YearChoice {
  readonly institution: string;
  readonly year: number;
  readonly categories: readonly string[];
}

/** Counts. `withoutSteps`: records that no step is about; `brokenChains`: steps whose previous one is not kept or not named in the statement. */
export interface CompletenessRow {
  readonly records: number;
  readonly steps: number;
  readonly files: number;
  readonly withoutSteps: number;
  readonly brokenChains: number;
}

/** A file that is named and not kept: its digest, and the step or record that names it. */
export interface MissingFile {
  readonly digest: string;
  readonly namedBy: string;
}

type Reads = Pick<Transaction, '$queryRawUnsafe'>;

const OWN = `own AS (SELECT r."id", r."photoDigest" FROM "DegreeRecord" r WHERE r."institution" = $1
  AND r."conferralDate" >= $2 AND r."conferralDate" <= $3 AND r."category" = ANY($4::text[])),
  about AS (SELECT DISTINCT t."stepId" FROM "StepSubject" t JOIN own ON own."id" = t."subjectId" WHERE t."institution" = $1)`;
const NAMED = `named AS (SELECT d."digest", s."name" AS "by" FROM "Step" s JOIN about ON about."stepId" = s."id",
    jsonb_array_elements_text(s."statement"::jsonb->'files') AS d("digest")
    WHERE s."institution" = $1 AND s."name" <> 'export-records'
  UNION SELECT own."photoDigest", 'photo' FROM own WHERE own."photoDigest" IS NOT NULL)`;

const valuesOf = ({ institution, year, categories }: YearChoice): unknown[] => [
  ...[institution, `${year}-01-01`, `${year}-12-31`, [...categories]],
];

/** Counts what there is. */
export async function readCompleteness(tx: Reads, of: YearChoice): Promise<CompletenessRow> {
  const sql = `WITH ${OWN}, ${NAMED} SELECT
    (SELECT count(*) FROM own)::int AS "records", (SELECT count(*) FROM about)::int AS "steps",
    (SELECT count(DISTINCT "digest") FROM named)::int AS "files",
    (SELECT count(*) FROM own WHERE NOT EXISTS (SELECT 1 FROM "StepSubject" t WHERE t."institution" = $1 AND t."subjectId" = own."id"))::int AS "withoutSteps",
    (SELECT count(DISTINCT t."stepId") FROM "StepSubject" t JOIN own ON own."id" = t."subjectId" JOIN "Step" s ON s."institution" = t."institution" AND s."id" = t."stepId"
      LEFT JOIN "Step" p ON p."institution" = t."institution" AND p."id" = t."previousStepId"
      WHERE t."institution" = $1 AND t."previousStepId" IS NOT NULL
        AND (p."id" IS NULL OR NOT (s."statement"::jsonb->'previous') ? p."leafHash"))::int AS "brokenChains"`;
  const [row] = await queryMany<CompletenessRow>(tx, sql, valuesOf(of));
  return row ?? { records: 0, steps: 0, files: 0, withoutSteps: 0, brokenChains: 0 };
}

/** Numbers of the institution's log without a step, at most a hundred: the log is one, a gap anywhere is one everywhere. */
export async function yearGaps(tx: Reads, institution: string): Promise<number[]> {
  const sql = `SELECT g AS "at" FROM "LogHead" h, generate_series(0, h."size" - 1) g WHERE h."institution" = $1
    AND NOT EXISTS (SELECT 1 FROM "Step" s WHERE s."institution" = $1 AND s."leafIndex" = g) ORDER BY 1 LIMIT 100`;
  return (await queryMany<{ at: number }>(tx, sql, [institution])).map(({ at }) => at);
}

/** Files that are named and not kept, at most a hundred. */
export function missingFiles(tx: Reads, of: YearChoice): Promise<MissingFile[]> {
  const sql = `WITH ${OWN}, ${NAMED} SELECT n."digest", min(n."by") AS "namedBy" FROM named n WHERE NOT EXISTS (
    SELECT 1 FROM "StoredFile" f WHERE f."institution" = $1 AND f."digest" = n."digest") GROUP BY 1 ORDER BY 1 LIMIT 100`;
  return queryMany<MissingFile>(tx, sql, valuesOf(of));
}
