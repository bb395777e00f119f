// Whether the original records of a year are complete (art. 12): every step in its place in the log, every file kept and whole, no gap.
import type { Category } from '../regulation/vocabulary.ts';
import {
  type CompletenessRow,
  type MissingFile,
  missingFiles,
  readCompleteness,
  yearGaps,
} from '../store/completeness.ts';
import type { World } from './call.ts';

/** How the original records of a year stand. Zero gaps and no missing file: complete. */
export interface Completeness extends CompletenessRow {
  readonly institution: string;
  readonly year: number;
  /** Numbers of the log at which no step is kept. */
  readonly gaps: readonly number[];
  /** Files that steps or records name and that are not kept, at most a hundred. */
  readonly missing: readonly MissingFile[];
  readonly complete: boolean;
}

/** Looks at the records of a year in these categories. @param institution of the officer who asks */
export async function archiveCompleteness(
  world: Pick<World, 'db'>,
  institution: string,
  year: number,
  categories: readonly Category[],
): Promise<Completeness> {
  const db = world.db.prisma;
  const of = { institution, year, categories };
  const counts = await readCompleteness(db, of);
  const gaps = await yearGaps(db, institution);
  const missing = await missingFiles(db, of);
  const complete = gaps.length === 0 && missing.length === 0 && counts.withoutSteps === 0 && counts.brokenChains === 0;
  return { ...counts, institution, year, gaps, missing, complete };
}
