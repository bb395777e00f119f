// Conditions of records that stand in the way of something, as filters: what a counter counts is what `records` lists.

import { isLate } from '../regulation/deadlines.ts';
import { needsEnrolment } from '../regulation/enrolment.ts';
import { ENDED } from '../regulation/lifecycle.ts';
import { reportingDeadline } from '../regulation/reporting.ts';
import type { Lack } from '../regulation/requirements/counters.ts';
import { CATEGORIES, keysOf } from '../regulation/vocabulary.ts';
import { resolutionsIn } from '../store/deadlines.ts';
import type { RecordFilter, ResolutionFilter } from '../store/filters.ts';
import type { Transaction } from '../store/transaction.ts';
import type { World } from './call.ts';
import { calendarFor, policyReader, todayOf } from './situation.ts';

/** States before the report to the degree office. */
export const BEFORE_REPORT = ['collected', 'cross-checked', 'disclosing', 'disclosed'] as const;

/** Records that stand for a degree: all but those that were taken back or have ended. */
const STANDS: RecordFilter = { state: { notIn: ENDED.filter((state) => state !== 'filed') } };
const WITH_ENROLMENT = keysOf(CATEGORIES).filter(needsEnrolment);

type Reads = Pick<Transaction, 'resolution' | 'policy' | 'calendarDay'>;

/** Resolutions of a scope whose deadline to report has passed (R11.4), by institution. */
export async function lateResolutions(
  db: Reads,
  world: Pick<World, 'now'>,
  where: ResolutionFilter,
): Promise<Map<string, string[]>> {
  const today = todayOf(world);
  const late = new Map<string, string[]>();
  const all = await resolutionsIn(db, where);
  for (const institution of new Set(all.map((one) => one.institution))) {
    const policy = await policyReader(db, institution);
    const calendar = await calendarFor(db, institution);
    const ids = all
      .filter((one) => one.institution === institution)
      .filter(({ effectiveOn }) => isLate(today, reportingDeadline(effectiveOn, policy(effectiveOn, 'dawn'), calendar)))
      .map(({ id }) => id);
    late.set(institution, ids);
  }
  return late;
}

/** Records of these resolutions that were never reported and wait for no supplementary report (R11.6). */
function lateRecords(late: ReadonlyMap<string, readonly string[]>): RecordFilter {
  return {
    OR: [...late].map(([institution, ids]) => ({ institution, resolutionId: { in: [...ids] } })),
    firstReportedAt: null,
    state: { in: [...BEFORE_REPORT] },
    applications: {
      none: { application: { kind: 'supplementary-report', state: { notIn: ['refused', 'withdrawn'] } } },
    },
  };
}

const CONDITIONS: Readonly<Record<Exclude<Lack, 'late'>, RecordFilter>> = {
  unchecked: { state: 'collected' },
  undisclosed: { OR: [{ state: 'disclosing' }, { state: 'cross-checked', disclosedKeyDigest: null }] },
  disputed: {
    OR: [
      { disputes: { some: { answeredAt: null } } },
      { objections: { some: { outcome: null } } },
      { received: { some: { acceptedAt: null } } },
    ],
  },
  unmatched: { certificateTemplateId: null, ...STANDS },
  unlinked: { enrolmentRecordId: null, category: { in: WITH_ENROLMENT }, ...STANDS },
  returned: { state: 'returned' },
  ungathered: { state: 'reported' },
};

/** The condition as a filter; only the first asks the register, for the resolutions that the officer sees. */
export async function lackFilter(
  db: Reads,
  world: Pick<World, 'now'>,
  lack: Lack,
  resolutions: ResolutionFilter,
): Promise<RecordFilter> {
  return lack === 'late' ? lateRecords(await lateResolutions(db, world, resolutions)) : CONDITIONS[lack];
}
