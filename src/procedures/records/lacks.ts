// Conditions of records that stand in the way of something, as filters: what a counter counts is what `records` lists.

import { isLate } from '../../regulation/deadlines/deadlines.ts';
import { CLASSIFIED, type DeclassificationView, declassificationState } from '../../regulation/declassification.ts';
import { ENDED } from '../../regulation/lifecycle.ts';
import { needsEnrolment } from '../../regulation/record/enrolment.ts';
import { reportingDeadline } from '../../regulation/reporting/reporting.ts';
import type { Lack } from '../../regulation/requirements/counters.ts';
import { CATEGORIES, keysOf } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { resolutionsIn } from '../../store/deadlines/deadlines.ts';
import type { RecordFilter, ResolutionFilter } from '../../store/filters.ts';
import { declassificationsFor, toDeclassification } from '../../store/secrecy/declassifications.ts';
import type { World } from '../call.ts';
import { calendarFor, policyReader, todayOf } from '../situation.ts';

/** States before the report to the degree office. */
export const BEFORE_REPORT = ['collected', 'cross-checked', 'disclosing', 'disclosed'] as const;

/** Records that stand for a degree: all but those that were taken back or have ended. */
const STANDS: RecordFilter = { state: { notIn: ENDED.filter((state) => state !== 'filed') } };
const WITH_ENROLMENT = keysOf(CATEGORIES).filter(needsEnrolment);

type Reads = Pick<Transaction, 'resolution' | 'policy' | 'calendarDay' | 'declassification'>;

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

const CONDITIONS: Readonly<Record<Exclude<Lack, 'late' | 'undeclassified'>, RecordFilter>> = {
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

/**
 * Records of a classified thesis of which no declassification holds today (R20.1), as {@link secrecyViolations} judges them: marked as
 * such, or of somebody whose declassification was recorded and does not hold yet or any more.
 */
async function undeclassified(
  db: Pick<Transaction, 'resolution' | 'declassification'>,
  world: Pick<World, 'now'>,
  resolutions: ResolutionFilter,
): Promise<RecordFilter> {
  const today = todayOf(world);
  const institutions = [...new Set((await resolutionsIn(db, resolutions)).map(({ institution }) => institution))];
  const rows = await declassificationsFor(db, institutions);
  const acts = rows
    .map((row) => ({ ...toDeclassification(row), institution: row.institution }))
    .filter(({ withdrawal }) => withdrawal?.ground !== 'recorded-in-error');
  const holding = acts.filter((act) => declassificationState(act, today) === 'holds');
  return { OR: [{ outcomeType: CLASSIFIED }, ...peopleOf(acts)], NOT: { OR: peopleOf(holding) }, ...STANDS };
}

/** Whom declassifications are of, as filters: one for each institution and category. */
function peopleOf(acts: readonly (DeclassificationView & { readonly institution: string })[]): RecordFilter[] {
  const groups = new Map<string, (typeof acts)[number][]>();
  for (const act of acts) {
    const key = `${act.institution}/${act.category}`;
    groups.set(key, [...(groups.get(key) ?? []), act]);
  }
  return [...groups.values()].flatMap((group): RecordFilter[] => {
    const [first] = group;
    if (!first) return [];
    const { institution, category } = first;
    // Without a number it is nobody's: SQL would neither say yes nor no.
    const number = { in: group.map((act) => act.number), not: null };
    const of = category === 'equivalent-education-master' ? { applicationNumber: number } : { studentNumber: number };
    return [{ institution, category, ...of }];
  });
}

/** The condition as a filter; two ask the register first, for the resolutions that the officer sees. */
export async function lackFilter(
  db: Reads,
  world: Pick<World, 'now'>,
  lack: Lack,
  resolutions: ResolutionFilter,
): Promise<RecordFilter> {
  if (lack === 'late') return lateRecords(await lateResolutions(db, world, resolutions));
  return lack === 'undeclassified' ? undeclassified(db, world, resolutions) : CONDITIONS[lack];
}
