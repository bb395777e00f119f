// Who on a roster already has a record.
import { queryOn } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

/** A record that has a place on a roster. */
export interface RecordedPlace {
  readonly recordId: string;
  readonly certificateNumber: string;
}

/**
 * Which of these places on the roster have records that count, each with its certificate number.
 * Place by place, so that the database looks each up in the index also while it has no statistics: it would read all records
 * of the institution for every thousand rows of a first import.
 * @param exceptImport records of this import do not count: what occurs twice in one file is found while it is read
 */
export async function recordedPlaces(
  tx: Transaction,
  institution: string,
  resolutionId: string,
  sequences: readonly number[],
  exceptImport: string | null = null,
): Promise<Map<number, RecordedPlace[]>> {
  const rows = await queryOn<RecordedPlace & { sequence: number }>(
    tx,
    `SELECT s."sequence", r."recordId", r."certificateNumber" FROM (SELECT DISTINCT * FROM unnest($1::int[]) AS u("sequence")) s
    CROSS JOIN LATERAL (
      SELECT "id"::text AS "recordId", "certificateNumber" FROM "DegreeRecord"
      WHERE "institution" = $2 AND "resolutionId" = $3::uuid AND "rosterSequence" = s."sequence"
        AND "state" NOT IN ('withdrawn', 'deleted') AND ($4::uuid IS NULL OR "importId" IS DISTINCT FROM $4::uuid)
      OFFSET 0) AS r`,
    [sequences, institution, resolutionId, exceptImport],
  );
  const places = new Map<number, RecordedPlace[]>();
  for (const { sequence, ...record } of rows) places.set(sequence, [...(places.get(sequence) ?? []), record]);
  return places;
}
