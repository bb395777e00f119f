// Reading whole rosters: the people, and those who have no record (R9.1).
import type { RosterEntry } from '../../generated/prisma/client.ts';
import { queryMany } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

/** Where a certificate number stands: the number of the resolution, and the place on its roster. */
export interface ListedNumber {
  readonly certificateNumber: string;
  readonly resolution: string;
  readonly sequence: number;
}

/** Where these certificate numbers stand on the rosters of an institution, but for one resolution, without struck places. One statement. */
export async function numbersOnRosters(
  tx: Transaction,
  institution: string,
  numbers: readonly string[],
  exceptResolution: string | null = null,
): Promise<ListedNumber[]> {
  if (numbers.length === 0) return [];
  // No index begins with the number. As part of an expression IN is answered from one hash table while the rosters are read once; as a
  // condition of its own it may be planned as a look-up through a whole roster for each number, above all before statistics are known.
  return queryMany<ListedNumber>(
    tx,
    `SELECT e."certificateNumber", r."number" AS "resolution", e."sequence"
    FROM "RosterEntry" e JOIN "Resolution" r ON r."institution" = e."institution" AND r."id" = e."resolutionId"
    WHERE e."institution" = $2 AND ($3::uuid IS NULL OR e."resolutionId" <> $3::uuid)
      AND (e."certificateNumber" IN (SELECT u."number" FROM unnest($1::text[]) AS u("number"))) IS TRUE
      AND NOT EXISTS (SELECT 1 FROM "RosterStrike" x WHERE x."institution" = e."institution"
        AND x."resolutionId" = e."resolutionId" AND x."sequence" = e."sequence")`,
    [numbers, institution, exceptResolution],
  );
}

/** The roster of a resolution in its order, of one category when given, without the places that were struck from it. */
export function readRoster(
  tx: Pick<Transaction, '$queryRaw'>,
  institution: string,
  resolutionId: string,
  category?: string,
): Promise<RosterEntry[]> {
  return tx.$queryRaw`
    SELECT e."institution", e."resolutionId"::text, e."sequence", e."name", e."studentNumber", e."category",
      e."degreeCategory", e."disciplineCode", e."conferralDate", e."certificateNumber"
    FROM "RosterEntry" e
    WHERE e."institution" = ${institution} AND e."resolutionId" = ${resolutionId}::uuid
      AND (${category ?? null}::text IS NULL OR e."category" = ${category ?? null}::text)
      AND NOT EXISTS (SELECT 1 FROM "RosterStrike" x WHERE x."institution" = e."institution"
        AND x."resolutionId" = e."resolutionId" AND x."sequence" = e."sequence")
    ORDER BY e."sequence"`;
}

/** These places of a roster, without those that were struck. */
export function standingPlaces(
  tx: Pick<Transaction, '$queryRaw'>,
  institution: string,
  resolutionId: string,
  sequences: readonly number[],
): Promise<RosterEntry[]> {
  return tx.$queryRaw`
    SELECT e."institution", e."resolutionId"::text, e."sequence", e."name", e."studentNumber", e."category",
      e."degreeCategory", e."disciplineCode", e."conferralDate", e."certificateNumber"
    FROM "RosterEntry" e
    WHERE e."institution" = ${institution} AND e."resolutionId" = ${resolutionId}::uuid
      AND e."sequence" = ANY(${[...sequences]}::int[])
      AND NOT EXISTS (SELECT 1 FROM "RosterStrike" x WHERE x."institution" = e."institution"
        AND x."resolutionId" = e."resolutionId" AND x."sequence" = e."sequence")
    ORDER BY e."sequence"`;
}

/** Every place of a roster in its order, also those that were struck: what was sealed. */
export function readWholeRoster(
  tx: Pick<Transaction, 'rosterEntry'>,
  institution: string,
  resolutionId: string,
): Promise<RosterEntry[]> {
  return tx.rosterEntry.findMany({ where: { institution, resolutionId }, orderBy: { sequence: 'asc' } });
}

/** The people of a roster who have no record that counts: none at all, or only a deleted one. A withdrawn record still holds its place (R14.1); nobody is missed at a struck one. */
export async function rosterWithoutRecords(
  tx: Pick<Transaction, '$queryRaw'>,
  institution: string,
  resolutionId: string,
  category?: string,
): Promise<{ sequence: number; name: string; certificateNumber: string }[]> {
  // NOT IN is answered from one hash table; NOT EXISTS reads the records once per person while the planner knows no counts yet.
  return tx.$queryRaw`
    SELECT e."sequence", e."name", e."certificateNumber" FROM "RosterEntry" e
    WHERE e."institution" = ${institution} AND e."resolutionId" = ${resolutionId}::uuid
      AND (${category ?? null}::text IS NULL OR e."category" = ${category ?? null}::text)
      AND e."sequence" NOT IN (
        SELECT r."rosterSequence" FROM "DegreeRecord" r
        WHERE r."institution" = ${institution} AND r."resolutionId" = ${resolutionId}::uuid
          AND r."state" <> 'deleted')
      AND NOT EXISTS (SELECT 1 FROM "RosterStrike" x WHERE x."institution" = e."institution"
        AND x."resolutionId" = e."resolutionId" AND x."sequence" = e."sequence")
    ORDER BY e."sequence"`;
}
