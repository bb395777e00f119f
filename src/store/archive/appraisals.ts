// Appraisals and transfers of archives, and how the records of a year stand (art. 12). Rows are only ever added.
import type { ArchiveAppraisal, ArchiveTransfer } from '../../generated/prisma/client.ts';
import { queryMany } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

export type { ArchiveAppraisal, ArchiveTransfer };

/** A year of conferral: how many records it has, how many of them are on their way, the last day on which one was filed. */
export interface YearRow {
  readonly year: number;
  readonly records: number;
  readonly open: number;
  readonly filedUntil: string | null;
}

/** States in which a record waits for nothing any more. */
const SETTLED = `('filed', 'withdrawn', 'deleted', 'revoked', 'declared-invalid')`;

/** The years of conferral of an institution, or one of them, oldest first. */
export function readYears(
  tx: Pick<Transaction, '$queryRawUnsafe'>,
  institution: string,
  year: number | null = null,
): Promise<YearRow[]> {
  const sql = `SELECT left("conferralDate", 4)::int AS "year", count(*)::int AS "records",
      (count(*) FILTER (WHERE "state" NOT IN ${SETTLED}))::int AS "open",
      to_char(max("filedAt") AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "filedUntil"
    FROM "DegreeRecord" WHERE "institution" = $1 AND ($2::int IS NULL OR left("conferralDate", 4)::int = $2) GROUP BY 1 ORDER BY 1`;
  return queryMany<YearRow>(tx, sql, [institution, year]);
}

/** The appraisal that holds for each year of an institution: the last. */
export async function lastAppraisals(
  tx: Pick<Transaction, 'archiveAppraisal'>,
  institution: string,
): Promise<Map<number, ArchiveAppraisal>> {
  const rows = await tx.archiveAppraisal.findMany({ where: { institution }, orderBy: { id: 'asc' } });
  return new Map(rows.map((row) => [row.year, row]));
}

/** The appraisal that holds for a year, or null. */
export function lastAppraisal(
  tx: Pick<Transaction, 'archiveAppraisal'>,
  institution: string,
  year: number,
): Promise<ArchiveAppraisal | null> {
  return tx.archiveAppraisal.findFirst({ where: { institution, year }, orderBy: { id: 'desc' } });
}

/** Adds an appraisal. */
export async function insertAppraisal(tx: Pick<Transaction, 'archiveAppraisal'>, row: ArchiveAppraisal): Promise<void> {
  await tx.archiveAppraisal.create({ data: row });
}

/** The numbers of the receipts under which an archive was handed over. */
export async function receiptsOf(
  tx: Pick<Transaction, 'archiveTransfer'>,
  institution: string,
  archiveId: string,
): Promise<string[]> {
  const rows = await tx.archiveTransfer.findMany({
    where: { institution, archiveId },
    select: { receiptNumber: true },
  });
  return rows.map(({ receiptNumber }) => receiptNumber);
}

/** Adds a transfer. */
export async function insertTransfer(tx: Pick<Transaction, 'archiveTransfer'>, row: ArchiveTransfer): Promise<void> {
  await tx.archiveTransfer.create({ data: row });
}

/** The years of conferral of an archive's records. */
export async function yearsOfArchive(
  tx: Pick<Transaction, '$queryRawUnsafe'>,
  institution: string,
  archiveId: string,
): Promise<number[]> {
  const sql = `SELECT DISTINCT left(r."conferralDate", 4)::int AS "year" FROM "ArchiveSubject" a JOIN "DegreeRecord" r
    ON r."institution" = a."institution" AND r."id" = a."subjectId" WHERE a."institution" = $1 AND a."archiveId" = $2::uuid AND a."kind" = 'record' ORDER BY 1`;
  return (await queryMany<{ year: number }>(tx, sql, [institution, archiveId])).map(({ year }) => year);
}
