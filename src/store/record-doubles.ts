// Who on a roster already has a record.
import type { Transaction } from './transaction.ts';

/** Which of these places on the roster have a record that counts, with its certificate number; the record `except` is left out. */
export async function recordedSequences(
  tx: Transaction,
  institution: string,
  resolutionId: string,
  sequences: readonly number[],
  except: string | null = null,
): Promise<Map<number, { recordId: string; certificateNumber: string }>> {
  const rows = await tx.$queryRaw<{ sequence: number; recordId: string; certificateNumber: string }[]>`
    SELECT "rosterSequence" AS "sequence", "id"::text AS "recordId", "certificateNumber" FROM "DegreeRecord"
    WHERE "institution" = ${institution} AND "resolutionId" = ${resolutionId}::uuid
      AND "rosterSequence" = ANY(${[...sequences]}::int[]) AND "state" NOT IN ('withdrawn', 'deleted')
      AND (${except}::text IS NULL OR "id" <> ${except}::text::uuid)`;
  return new Map(rows.map(({ sequence, ...record }) => [sequence, record]));
}
