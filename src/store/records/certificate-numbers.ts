// Certificate numbers: given once, for ever, also after deletion (P2).
import { insertRows } from '../database/bulk.ts';
import { queryOn } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

/** Who has a number, and where that record stands. */
export interface TakenNumber {
  readonly number: string;
  readonly recordId: string;
  /** State of the record; null when the number was taken by another institution's record or one that is gone. */
  readonly state: string | null;
}

const COLUMNS = [
  { name: 'number', type: 'text' },
  { name: 'institution', type: 'text' },
  { name: 'recordId', type: 'uuid' },
  { name: 'takenAt', type: 'timestamptz' },
] as const;

/** Which of the numbers are taken, whoever has them, but for the records of one import. */
export async function takenNumbers(
  tx: Transaction,
  institution: string,
  numbers: readonly string[],
  exceptImport: string | null = null,
): Promise<Map<string, TakenNumber>> {
  const rows = await queryOn<TakenNumber>(
    tx,
    `SELECT n."number", n."recordId"::text, r."state" FROM unnest($1::text[]) AS k("number")
    CROSS JOIN LATERAL (SELECT * FROM "CertificateNumber" WHERE "number" = k."number" OFFSET 0) n
    LEFT JOIN LATERAL (
      SELECT "state", "importId" FROM "DegreeRecord" WHERE "institution" = $2 AND n."institution" = $2 AND "id" = n."recordId"
      OFFSET 0) r ON true
    WHERE $3::uuid IS NULL OR r."importId" IS DISTINCT FROM $3::uuid`,
    [numbers, institution, exceptImport],
  );
  return new Map(rows.map((row) => [row.number, row]));
}

/** Takes numbers for records. The database refuses a number that is taken. */
export async function takeNumbers(
  tx: Transaction,
  institution: string,
  taken: readonly { readonly number: string; readonly recordId: string }[],
  at: Date,
): Promise<void> {
  const takenAt = at.toISOString();
  const rows = taken.map(({ number, recordId }) => [number, institution, recordId, takenAt]);
  await insertRows(tx, 'CertificateNumber', COLUMNS, rows);
}
