// Rosters of resolutions: written once, looked up by certificate number, else by student number or name. A struck place is found by nobody.
import type { RosterEntry } from '../../generated/prisma/client.ts';
import { insertRows } from '../database/bulk.ts';
import { queryMany } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

export type { RosterEntry };

/** By what a record is found on its roster. */
export interface RosterKey {
  readonly certificateNumber: string;
  readonly studentNumber?: string | null | undefined;
  readonly name: string;
}

const COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'resolutionId', type: 'uuid' },
  { name: 'sequence', type: 'int' },
  { name: 'name', type: 'text' },
  { name: 'studentNumber', type: 'text' },
  { name: 'category', type: 'text' },
  { name: 'degreeCategory', type: 'text' },
  { name: 'disciplineCode', type: 'text' },
  { name: 'conferralDate', type: 'text' },
  { name: 'certificateNumber', type: 'text' },
] as const;

/** Adds the people of a roster. */
export async function insertRoster(tx: Transaction, entries: readonly RosterEntry[]): Promise<void> {
  const rows = entries.map((entry) => COLUMNS.map(({ name }) => entry[name]));
  await insertRows(tx, 'RosterEntry', COLUMNS, rows);
}

/** The last place of a roster; 0 for an empty one. */
export async function lastPlace(
  tx: Pick<Transaction, 'rosterEntry'>,
  institution: string,
  resolutionId: string,
): Promise<number> {
  const last = await tx.rosterEntry.aggregate({ where: { institution, resolutionId }, _max: { sequence: true } });
  return last._max.sequence ?? 0;
}

/** The person with this place on the roster, or null. */
export function findRosterEntry(
  tx: Pick<Transaction, 'rosterEntry'>,
  institution: string,
  resolutionId: string,
  sequence: number,
): Promise<RosterEntry | null> {
  const key = { institution, resolutionId, sequence };
  return tx.rosterEntry.findUnique({ where: { institution_resolutionId_sequence: key } });
}

/**
 * The roster entry of each key, in the order of the keys: the one with its certificate number, else the only one with its
 * student number, else the only one with its name; null for nobody. A place that was struck from the roster counts for nothing. One statement, a second one only for numbers that are not there.
 */
export async function findOnRoster(
  tx: Transaction,
  institution: string,
  resolutionId: string,
  keys: readonly RosterKey[],
): Promise<(RosterEntry | null)[]> {
  const numbers = keys.map((key) => key.certificateNumber);
  const byNumber = new Map<string, RosterEntry>();
  // Key by key, so that the database goes by the index also while it has no statistics.
  const found = await queryMany<RosterEntry>(
    tx,
    `SELECT e.* FROM (SELECT DISTINCT * FROM unnest($1::text[]) AS u("number")) k
    CROSS JOIN LATERAL (
      SELECT "institution", "resolutionId"::text, "sequence", "name", "studentNumber", "category", "degreeCategory",
        "disciplineCode", "conferralDate", "certificateNumber"
      FROM "RosterEntry" o WHERE "institution" = $2 AND "resolutionId" = $3::uuid AND "certificateNumber" = k."number"
        AND NOT EXISTS (SELECT 1 FROM "RosterStrike" x WHERE x."institution" = o."institution"
          AND x."resolutionId" = o."resolutionId" AND x."sequence" = o."sequence")
      OFFSET 0) e`,
    [numbers, institution, resolutionId],
  );
  for (const entry of found) byNumber.set(entry.certificateNumber, entry);
  const missing = keys.filter((key) => !byNumber.has(key.certificateNumber));
  if (missing.length === 0) return keys.map((key) => byNumber.get(key.certificateNumber) ?? null);
  const byPerson = await findByPerson(tx, institution, resolutionId, missing);
  return keys.map((key) => byNumber.get(key.certificateNumber) ?? byPerson(key));
}

async function findByPerson(
  tx: Transaction,
  institution: string,
  resolutionId: string,
  keys: readonly RosterKey[],
): Promise<(key: RosterKey) => RosterEntry | null> {
  const students = keys.flatMap(({ studentNumber }) => (studentNumber ? [studentNumber] : []));
  const names = keys.map((key) => key.name);
  // There is no index for these: the whole roster is hashed once.
  const entries = await tx.$queryRaw<RosterEntry[]>`
    SELECT e."institution", e."resolutionId"::text, e."sequence", e."name", e."studentNumber", e."category",
      e."degreeCategory", e."disciplineCode", e."conferralDate", e."certificateNumber"
    FROM "RosterEntry" e
    LEFT JOIN (SELECT DISTINCT * FROM unnest(${students}::text[]) AS s("number")) s ON s."number" = e."studentNumber"
    LEFT JOIN (SELECT DISTINCT * FROM unnest(${names}::text[]) AS n("name")) n ON n."name" = e."name"
    WHERE e."institution" = ${institution} AND e."resolutionId" = ${resolutionId}::uuid
      AND (s."number" IS NOT NULL OR n."name" IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM "RosterStrike" x WHERE x."institution" = e."institution"
          AND x."resolutionId" = e."resolutionId" AND x."sequence" = e."sequence")`;
  const byStudent = indexUnique(entries, (entry) => entry.studentNumber);
  const byName = indexUnique(entries, (entry) => entry.name);
  return (key) => (key.studentNumber && byStudent.get(key.studentNumber)) || byName.get(key.name) || null;
}

/** Entries by a key that must not be empty; null where several share it. */
function indexUnique<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T | null> {
  const index = new Map<string, T | null>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== '') index.set(key, index.has(key) ? null : item);
  }
  return index;
}
