// Who on a roster already has a record.
import type { Transaction } from './transaction.ts';

/**
 * Which of these places on the roster have a record that counts, with its certificate number; the record `except` is left out.
 * Place by place, so that the database looks each up in the index also while it has no statistics: it would read all records
 * of the institution for every thousand rows of a first import.
 */
export async function recordedSequences(
  tx: Transaction,
  institution: string,
  resolutionId: string,
  sequences: readonly number[],
  except: string | null = null,
): Promise<Map<number, { recordId: string; certificateNumber: string }>> {
  const rows = await tx.$queryRaw<{ sequence: number; recordId: string; certificateNumber: string }[]>`
    SELECT s."sequence", r."recordId", r."certificateNumber" FROM unnest(${[...sequences]}::int[]) AS s("sequence")
    CROSS JOIN LATERAL (
      SELECT "id"::text AS "recordId", "certificateNumber" FROM "DegreeRecord"
      WHERE "institution" = ${institution} AND "resolutionId" = ${resolutionId}::uuid AND "rosterSequence" = s."sequence"
        AND "state" NOT IN ('withdrawn', 'deleted') AND (${except}::text IS NULL OR "id" <> ${except}::text::uuid)
      OFFSET 0) AS r`;
  return new Map(rows.map(({ sequence, ...record }) => [sequence, record]));
}
