// What can be done next with an archive or a year, and why not: from the same rules as the procedures.
import { ARCHIVE_STATES, type ArchiveState } from '../../regulation/archives.ts';
import { mayAct } from '../../regulation/duties.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { lastAppraisal, yearsOfArchive } from '../../store/archive/appraisals.ts';
import type { Action, Asker } from '../actions.ts';
import { targetIn } from '../target.ts';

/** What can be done with an archive. What the receipt says is asked when the step is taken. */
export async function archiveActions(
  asker: Asker,
  row: { readonly institution: string; readonly id: string; readonly state: string },
): Promise<Action[]> {
  const { world, actor } = asker;
  const db = world.db.prisma;
  const { institution, provincialOfficeId } = await targetIn(db, row.institution);
  const violations: Violation[] = mayAct(actor, 'transfer-archive', { institution, provincialOfficeId });
  if (row.state !== 'done') {
    const details = { found: ARCHIVE_STATES[row.state as ArchiveState].zh, expected: ARCHIVE_STATES.done.zh };
    violations.push(violation('archive-not-sealed', 'archive', details));
  } else {
    for (const year of await yearsOfArchive(db, institution, row.id)) {
      if (await lastAppraisal(db, institution, year)) continue;
      violations.push(violation('archive-not-appraised', 'archive', { found: String(year) }));
    }
  }
  return [{ name: 'transfer-archive', allowed: violations.length === 0, violations }];
}

/** What can be done with the original records of a year. */
export async function yearActions(
  { world, actor }: Asker,
  year: {
    readonly institution: string;
    readonly open: number;
    readonly filedUntil: string | null;
    readonly records: number;
  },
): Promise<Action[]> {
  const { institution, provincialOfficeId } = await targetIn(world.db.prisma, year.institution);
  const violations: Violation[] = mayAct(actor, 'appraise-archive', { institution, provincialOfficeId });
  if (year.filedUntil === null) {
    violations.push(violation('appraisal-nothing-filed', 'year', { found: String(year.records), expected: '≥ 1' }));
  }
  if (year.open > 0) {
    violations.push(violation('appraisal-year-open', 'year', { found: String(year.open), expected: '0' }));
  }
  return [{ name: 'appraise-archive', allowed: violations.length === 0, violations }];
}
