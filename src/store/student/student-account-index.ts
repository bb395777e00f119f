// The look-up keys in students' accounts, which hold no number of their own: that of the record behind them tells which key it is.
import { executeOn, queryOn } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

/** An account's look-up key, and the sealed identity number of the record that it belongs to. */
export interface AccountIndex {
  readonly id: string;
  readonly index: string;
  readonly box: string;
  /** What the box is bound to belongs to this record. */
  readonly recordId: string;
}

/** The next accounts of an institution by their ids. */
export function readAccountIndexes(
  tx: Transaction,
  institution: string,
  after: string | null,
  most: number,
): Promise<AccountIndex[]> {
  const sql = `SELECT a."id"::text, a."identityNumberIndex" AS "index",
      coalesce(r."identityNumber", e."identityNumber", '') AS "box", coalesce(a."recordId", a."enrolmentRecordId")::text AS "recordId"
    FROM "StudentAccount" a
    LEFT JOIN "DegreeRecord" r ON r."institution" = a."institution" AND r."id" = a."recordId"
    LEFT JOIN "EnrolmentRecord" e ON e."institution" = a."institution" AND e."id" = a."enrolmentRecordId"
    WHERE a."institution" = $1 AND ($2::text IS NULL OR a."id" > $2::text::uuid) ORDER BY a."id" LIMIT $3`;
  return queryOn<AccountIndex>(tx, sql, [institution, after, most]);
}

/** Replaces look-up keys that are still the ones that were read. */
export async function replaceAccountIndexes(
  tx: Transaction,
  institution: string,
  rows: readonly { readonly id: string; readonly before: string; readonly after: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = [rows.map(({ id }) => id), rows.map(({ before }) => before), rows.map(({ after }) => after)];
  const sql = `UPDATE "StudentAccount" a SET "identityNumberIndex" = n."after"
    FROM unnest($2::text[], $3::text[], $4::text[]) AS n("id", "before", "after")
    WHERE a."institution" = $1 AND a."id" = n."id"::uuid AND a."identityNumberIndex" = n."before"`;
  await executeOn(tx, sql, [institution, ...columns]);
}
