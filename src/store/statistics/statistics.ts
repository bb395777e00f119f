// Counts of filed records, and statistics as they were published (R17.1).
import type { StatisticsPublication } from '../../generated/prisma/client.ts';
import { queryOn } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

export type { StatisticsPublication };

/** So many filed records that are alike in all of this; `disciplineName` is one of the names that they have. */
export interface CountedRow {
  readonly category: string;
  readonly disciplineCode: string;
  readonly disciplineName: string;
  readonly sex: string;
  readonly country: string;
  readonly count: number;
}

// The state stands in the text, so that the index of filed records is used.
const COUNTS = `SELECT "category", "disciplineCode", min("disciplineName") AS "disciplineName", "sex", "country", count(*)::int4 AS "count"
  FROM "DegreeRecord"
  WHERE "state" = 'filed' AND "institution" = $1 AND "conferralDate" >= $2 AND "conferralDate" < $3
  GROUP BY "category", "disciplineCode", "sex", "country"`;

/** The filed records of a year of conferral, counted by the database: some hundred rows, whatever the number of records. */
export function countFiled(
  tx: Pick<Transaction, '$queryRawUnsafe'>,
  institution: string,
  year: number,
): Promise<CountedRow[]> {
  return queryOn<CountedRow>(tx, COUNTS, [institution, `${year}-01-01`, `${year + 1}-01-01`]);
}

const YEARS = `SELECT DISTINCT left("conferralDate", 4) AS "year" FROM "DegreeRecord"
  WHERE "state" = 'filed' AND "institution" = $1 ORDER BY 1`;

/** The years of conferral of which records are filed. */
export async function filedYears(tx: Pick<Transaction, '$queryRawUnsafe'>, institution: string): Promise<number[]> {
  return (await queryOn<{ year: string }>(tx, YEARS, [institution])).map(({ year }) => Number(year));
}

type Publications = Pick<Transaction, 'statisticsPublication'>;

/** All versions of a year, the first one first. */
export function publicationsOf(tx: Publications, institution: string, year: number): Promise<StatisticsPublication[]> {
  return tx.statisticsPublication.findMany({ where: { institution, year }, orderBy: { version: 'asc' } });
}

/** The last version of each year, or of the years that are named, the earliest year first. */
export function lastPublications(
  tx: Publications,
  institution: string,
  years?: readonly number[],
): Promise<StatisticsPublication[]> {
  return tx.statisticsPublication.findMany({
    where: { institution, ...(years ? { year: { in: [...years] } } : {}) },
    orderBy: [{ year: 'asc' }, { version: 'desc' }],
    distinct: ['year'],
  });
}

/** One version of a year: the last year and the last version when none is named; null when there is none. */
export function findPublication(
  tx: Publications,
  of: { institution: string; year?: number | undefined; version?: number | undefined },
): Promise<StatisticsPublication | null> {
  const { institution, year, version } = of;
  const where = {
    institution,
    ...(year === undefined ? {} : { year }),
    ...(version === undefined ? {} : { version }),
  };
  return tx.statisticsPublication.findFirst({ where, orderBy: [{ year: 'desc' }, { version: 'desc' }] });
}

/** The publication with this code, with the name of its institution; null when there is none. */
export function publicationByCode(
  tx: Publications,
  verificationCode: string,
): Promise<(StatisticsPublication & { of: { name: string } }) | null> {
  return tx.statisticsPublication.findUnique({
    where: { verificationCode },
    include: { of: { select: { name: true } } },
  });
}

/** Adds a publication. */
export async function insertPublication(
  tx: Transaction,
  row: Omit<StatisticsPublication, 'content'> & { readonly content: object },
): Promise<void> {
  await tx.statisticsPublication.create({ data: row });
}
