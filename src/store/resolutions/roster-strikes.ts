// Places on rosters that the degree committee struck (R9.1). Only ever added to.
import type { RosterStrike } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { RosterStrike };

/** Strikes a place from its roster. */
export async function addStrike(tx: Transaction, strike: RosterStrike): Promise<void> {
  await tx.rosterStrike.create({ data: strike });
}

/** Which of these places are struck, as `resolutionId/sequence`. */
export async function struckPlaces(
  tx: Pick<Transaction, 'rosterStrike'>,
  institution: string,
  places: readonly { readonly resolutionId: string; readonly sequence: number }[],
): Promise<Set<string>> {
  const resolutions = [...new Set(places.map(({ resolutionId }) => resolutionId))];
  const rows = await tx.rosterStrike.findMany({
    where: { institution, resolutionId: { in: resolutions } },
    select: { resolutionId: true, sequence: true },
  });
  const struck = new Set(rows.map(({ resolutionId, sequence }) => `${resolutionId}/${sequence}`));
  return new Set(
    places.map(({ resolutionId, sequence }) => `${resolutionId}/${sequence}`).filter((place) => struck.has(place)),
  );
}

/** Every strike of a roster, in the order of the places. */
export function readStrikes(
  tx: Pick<Transaction, 'rosterStrike'>,
  institution: string,
  resolutionId: string,
): Promise<RosterStrike[]> {
  return tx.rosterStrike.findMany({ where: { institution, resolutionId }, orderBy: { sequence: 'asc' } });
}

/** How many places of a roster are struck. */
export function countStrikes(
  tx: Pick<Transaction, 'rosterStrike'>,
  institution: string,
  resolutionId: string,
): Promise<number> {
  return tx.rosterStrike.count({ where: { institution, resolutionId } });
}

/** The strikes of the places that these records hold, in the order of the rosters. */
export function strikesOf(
  tx: Pick<Transaction, 'rosterStrike' | '$queryRaw'>,
  institution: string,
  recordIds: readonly string[],
): Promise<Pick<RosterStrike, 'documentNumber' | 'fileDigest' | 'at'>[]> {
  return tx.$queryRaw`
    SELECT s."documentNumber", s."fileDigest", s."at" FROM "RosterStrike" s
    JOIN "DegreeRecord" r ON r."institution" = s."institution" AND r."resolutionId" = s."resolutionId" AND r."rosterSequence" = s."sequence"
    WHERE s."institution" = ${institution} AND r."id" = ANY(${[...recordIds]}::text[]::uuid[])
    ORDER BY s."resolutionId", s."sequence"`;
}
