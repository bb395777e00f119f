// Who on a roster already has a record.
import type { Transaction } from './transaction.ts';

/** A record that has a place on a roster. */
export interface RecordedPlace {
  readonly recordId: string;
  readonly certificateNumber: string;
}

/**
 * Which of these places on the roster have records that count, each with its certificate number.
 * Place by place, so that the database looks each up in the index also while it has no statistics: it would read all records
 * of the institution for every thousand rows of a first import.
 */
export async function recordedPlaces(
  tx: Transaction,
  institution: string,
  resolutionId: string,
  sequences: readonly number[],
): Promise<Map<number, RecordedPlace[]>> {
  const rows = await tx.$queryRaw<(RecordedPlace & { sequence: number })[]>`
    SELECT s."sequence", r."recordId", r."certificateNumber" FROM (SELECT DISTINCT * FROM unnest(${[...sequences]}::int[]) AS u("sequence")) s
    CROSS JOIN LATERAL (
      SELECT "id"::text AS "recordId", "certificateNumber" FROM "DegreeRecord"
      WHERE "institution" = ${institution} AND "resolutionId" = ${resolutionId}::uuid AND "rosterSequence" = s."sequence"
        AND "state" NOT IN ('withdrawn', 'deleted')
      OFFSET 0) AS r`;
  const places = new Map<number, RecordedPlace[]>();
  for (const { sequence, ...record } of rows) places.set(sequence, [...(places.get(sequence) ?? []), record]);
  return places;
}
