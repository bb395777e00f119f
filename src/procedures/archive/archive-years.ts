// The years of conferral with their appraisals, and which are due (art. 12).
import { appraisalDue } from '../../regulation/archives.ts';
import { type ArchiveAppraisal, lastAppraisals, readYears, type YearRow } from '../../store/archive/appraisals.ts';
import type { Actor, World } from '../call.ts';
import { reachOf } from '../read-access.ts';
import { policyFor, todayOf } from '../situation.ts';

/** A year of conferral as the degree office and an auditor see it. */
export interface ArchiveYear extends YearRow {
  readonly institution: string;
  /** When it is due for appraisal; null while none of its records is filed. */
  readonly dueOn: string | null;
  /** Due by today, and not appraised since it became so. */
  readonly due: boolean;
  readonly appraisal: ArchiveAppraisal | null;
}

/** Every year of the officer's institution, the last first; none for who does not see the whole of it. */
export async function archiveYears(world: Pick<World, 'db' | 'now'>, actor: Actor): Promise<ArchiveYear[]> {
  const reach = reachOf(actor);
  if (reach.kind !== 'institution') return [];
  const db = world.db.prisma;
  const { institution } = reach;
  const today = todayOf(world);
  const { appraisalYears } = await policyFor(db, institution, today);
  const appraisals = await lastAppraisals(db, institution);
  const years = await readYears(db, institution);
  return years.reverse().map((row) => {
    const dueOn = appraisalDue(row, appraisalYears);
    const appraisal = appraisals.get(row.year) ?? null;
    // An appraisal holds for what had been filed by then: a record that was filed later makes the year due again.
    const holds = appraisal !== null && appraisal.filedUntil === row.filedUntil;
    return { ...row, institution, dueOn, due: dueOn !== null && dueOn <= today && !holds, appraisal };
  });
}
