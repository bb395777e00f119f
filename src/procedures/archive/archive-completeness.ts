// Whether the original records of a year are complete (art. 12): every step in its place in the log, every record and file kept, every roster as it was sealed.
import type { Category } from '../../regulation/vocabulary.ts';
import {
  type CompletenessRow,
  type MissingFile,
  missingFiles,
  readCompleteness,
  yearGaps,
} from '../../store/archive/completeness.ts';
import { inTransaction } from '../../store/database/transaction.ts';
import { missingRecords, resolutionsOfYear } from '../../store/responsibility/missing-records.ts';
import type { World } from '../call.ts';
import { rosterSealViolations } from '../resolutions/roster-seal.ts';

/** How the original records of a year stand. No gap, nothing missing, no roster altered: complete. */
export interface Completeness extends CompletenessRow {
  readonly institution: string;
  readonly year: number;
  /** Numbers of the log at which no step is kept. */
  readonly gaps: readonly number[];
  /** Files that steps or records name and that are not kept, at most a hundred. */
  readonly missing: readonly MissingFile[];
  /** Ids of records that steps are about and that are not there, at most a hundred. */
  readonly missingRecords: readonly string[];
  /** Ids of resolutions whose roster is not the one that was sealed. */
  readonly alteredRosters: readonly string[];
  readonly complete: boolean;
}

/** Looks at the records of a year in these categories. @param institution of the officer who asks */
export async function archiveCompleteness(
  world: Pick<World, 'db' | 'blindIndex'>,
  institution: string,
  year: number,
  categories: readonly Category[],
): Promise<Completeness> {
  const db = world.db.prisma;
  const of = { institution, year, categories };
  const counts = await readCompleteness(db, of);
  const gaps = await yearGaps(db, institution);
  const missing = await missingFiles(db, of);
  const gone = await missingRecords(db, { ...of, batchId: null });
  const alteredRosters = await alteredAmong(world, institution, await resolutionsOfYear(db, of));
  const faults = [gaps, missing, gone, alteredRosters].some(({ length }) => length > 0);
  const complete = !faults && counts.withoutSteps === 0 && counts.brokenChains === 0;
  return { ...counts, institution, year, gaps, missing, missingRecords: gone, alteredRosters, complete };
}

/** Those of the resolutions whose roster is not the sealed one; every root is computed anew. */
async function alteredAmong(
  world: Pick<World, 'db' | 'blindIndex'>,
  institution: string,
  resolutions: readonly string[],
): Promise<string[]> {
  const altered: string[] = [];
  for (const id of resolutions) {
    const violations = await inTransaction(world.db, (tx) => rosterSealViolations(tx, world, institution, id));
    if (violations.length > 0) altered.push(id);
  }
  return altered;
}
