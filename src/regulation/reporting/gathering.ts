// 汇总 by the degree office (R5.1): what of a resolution's roster has been recorded, reported and handed on, category by category.
import { type RosterRow, type RosterSide, rosterViolations } from '../resolution/roster.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import { type Violation, violation } from '../violations.ts';
import type { Category, RecordState } from '../vocabulary.ts';
import { CATEGORIES, keysOf } from '../vocabulary.ts';

/** A record as it is held against the roster. */
export interface GatheredRecord extends RosterSide {
  readonly id: string;
  readonly state: RecordState;
  readonly rosterSequence: number;
  /** It stands in a supplementary report that is under way or consented to. */
  readonly supplementary: boolean;
}

/** One category of a roster. Each place is counted once, by the record that is furthest on its way. */
export interface CategoryGathering {
  readonly category: Category;
  /** Places of the roster that were not struck. */
  readonly rosterSize: number;
  /** Places with a record that counts: not deleted, not withdrawn. */
  readonly recorded: number;
  /** Of these: standing with the degree office. */
  readonly reported: number;
  /** Of these: with the provincial office, or through its review. */
  readonly reportedUpward: number;
  /** Of these: given back by review or form check and not corrected yet. */
  readonly returned: number;
  /** Of these: not reported yet and waiting for a supplementary report. */
  readonly supplementary: number;
  /** Places whose record was withdrawn. */
  readonly withdrawn: number;
  /** Places without any record. */
  readonly missing: number;
  /** Records that are not on the roster, stand in a place twice, or say something else than the roster. */
  readonly disagreements: number;
  /** Nobody is missing, nothing disagrees, and everything that does not wait for a supplementary report has been reported. */
  readonly complete: boolean;
}

/** A record that disagrees with the roster, and how. */
export interface Disagreement {
  readonly recordId: string;
  readonly sequence: number;
  readonly category: Category;
  readonly violations: readonly Violation[];
}

/** A roster beside its records. */
export interface Gathering {
  readonly categories: readonly CategoryGathering[];
  readonly missing: readonly RosterRow[];
  readonly disagreements: readonly Disagreement[];
}

/** How far a record is on its way; the furthest of a place speaks for it. */
const RANKS: Readonly<Partial<Record<RecordState, number>>> = {
  filed: 9,
  revoked: 9,
  'declared-invalid': 9,
  reviewed: 8,
  'reported-upward': 7,
  reported: 6,
  returned: 5,
  disclosed: 4,
  disclosing: 3,
  'cross-checked': 2,
  collected: 1,
  withdrawn: 0,
};
const rankOf = (record: GatheredRecord) => RANKS[record.state] ?? 0;

/** Holds every record of a resolution against its roster (struck places left out). */
export function gather(roster: readonly RosterRow[], records: readonly GatheredRecord[]): Gathering {
  const entries = new Map(roster.map((entry) => [entry.sequence, entry]));
  const places = new Map<number, GatheredRecord>();
  const disagreements: Disagreement[] = [];
  for (const record of [...records].sort((one, other) => rankOf(other) - rankOf(one) || (one.id < other.id ? -1 : 1))) {
    const first = places.get(record.rosterSequence);
    if (!first) places.set(record.rosterSequence, record);
    if (record.state === 'withdrawn') continue;
    const violations = rosterViolations(record, entries.get(record.rosterSequence) ?? null);
    if (first) {
      const found = String(record.rosterSequence);
      violations.push(violation('person-already-recorded', 'rosterSequence', { found }));
    }
    if (violations.length === 0) continue;
    const { id: recordId, rosterSequence: sequence, category } = record;
    disagreements.push({ recordId, sequence, category, violations });
  }
  disagreements.sort((one, other) => one.sequence - other.sequence || (one.recordId < other.recordId ? -1 : 1));
  const missing = roster.filter(({ sequence }) => !places.has(sequence));
  const categories = keysOf(CATEGORIES)
    .map((category) => countsOf(category, roster, places, disagreements))
    .filter(({ rosterSize, disagreements: wrong }) => rosterSize > 0 || wrong > 0);
  return { categories, missing, disagreements };
}

function countsOf(
  category: Category,
  roster: readonly RosterRow[],
  places: ReadonlyMap<number, GatheredRecord>,
  wrong: readonly Disagreement[],
): CategoryGathering {
  const own = roster.filter((entry) => entry.category === category);
  const held = own.flatMap(({ sequence }) => places.get(sequence) ?? []);
  const count = (test: (record: GatheredRecord) => boolean) => held.filter(test).length;
  const counts = {
    category,
    rosterSize: own.length,
    recorded: count(({ state }) => state !== 'withdrawn'),
    reported: count(({ state }) => state === 'reported'),
    reportedUpward: count((record) => rankOf(record) >= 7),
    returned: count(({ state }) => state === 'returned'),
    supplementary: count((record) => record.supplementary && rankOf(record) >= 1 && rankOf(record) < 5),
    withdrawn: count(({ state }) => state === 'withdrawn'),
    missing: own.length - held.length,
    disagreements: wrong.filter((one) => one.category === category).length,
  };
  const handed = counts.reported + counts.reportedUpward + counts.supplementary === counts.recorded;
  return { ...counts, complete: counts.missing === 0 && counts.disagreements === 0 && handed };
}

/**
 * What stands against a report upward as it is declared. `partial` false: nobody may be missing who does not come by a supplementary
 * report; true: it must say why, and somebody must be missing; undefined: it is reported as it is, and the statement says which it was.
 */
export function wholenessViolations(
  { categories, missing }: Gathering,
  partial: boolean | undefined,
  reason: string,
): Violation[] {
  if (partial === true) {
    return [
      ...writtenTextViolations('reason', reason, 'reason', { missing: 'partial-report-reason-missing' }),
      ...(isWhole(categories)
        ? [violation('partial-report-is-whole', 'partial', { found: '0', expected: '≥ 1' })]
        : []),
    ];
  }
  const unasked = writtenTextViolations('reason', reason);
  if (partial === undefined || isWhole(categories)) return unasked;
  return [
    ...unasked,
    ...missing.map(({ sequence, name, certificateNumber }) =>
      violation('report-incomplete', `roster[${sequence}]`, { found: `${name} ${certificateNumber}` }),
    ),
    ...categories.flatMap((one) => {
      const pending = pendingOf([one]);
      const found = `${CATEGORIES[one.category].zh} ${pending}`;
      return pending > 0 ? [violation('report-records-not-reported', 'records', { found, expected: '0' })] : [];
    }),
  ];
}

/** Records that have not been reported, and wait for no supplementary report. */
function pendingOf(categories: readonly CategoryGathering[]): number {
  return categories.reduce((sum, one) => sum + one.recorded - one.reported - one.reportedUpward - one.supplementary, 0);
}

/** Whether nobody of the roster is missing, and nothing waits to be reported on the normal way. */
export function isWhole(categories: readonly CategoryGathering[]): boolean {
  return pendingOf(categories) === 0 && categories.every(({ missing }) => missing === 0);
}
