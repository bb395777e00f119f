// The acts that set a policy (R24.1): which of them hold on a day, what a new one changes, and what is wrong with it.
import type { CivilDate } from './deadlines/deadlines.ts';
import { isCivilDate } from './deadlines/deadlines.ts';
import type { OfficeTime } from './offices.ts';
import { isOpenOn } from './offices.ts';
import type { Policy, PolicySettings } from './policy.ts';
import { DEFAULT_POLICY, withSettings } from './policy.ts';
import { writtenTextViolations } from './texts/written-texts.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import type { Category, OfficeKind } from './vocabulary.ts';
import { CATEGORIES, keysOf, OFFICE_KINDS } from './vocabulary.ts';

/** An act with the first day of its effect and the day on which it was sealed; without one it was there before acts were sealed. */
export interface DatedPolicy {
  readonly effectiveFrom: CivilDate;
  readonly sealedOn?: CivilDate | null;
  readonly content: PolicySettings;
}

/**
 * Which policy of a day is meant: `now`, with what was sealed on the day itself; or that of its `dawn`, for what began with
 * the day, such as a running clock: an act of the same day comes too late for it.
 */
export type MomentOfDay = 'now' | 'dawn';

/** Whether the act was planned: sealed before its day. One that was sealed on its day adds to what holds there. */
function isPlanned({ sealedOn, effectiveFrom }: DatedPolicy): boolean {
  return (sealedOn ?? '') < effectiveFrom;
}

/**
 * The acts that hold on a day, in the order in which they count. Of several that were planned for one day the latest holds alone,
 * so that a plan is replaced by another before its day.
 *
 * @param acts in the order in which they were sealed.
 */
export function actsInForce<Act extends DatedPolicy>(
  date: CivilDate,
  acts: readonly Act[],
  moment: MomentOfDay = 'now',
): Act[] {
  const holding = acts.filter(
    (act) => act.effectiveFrom <= date && !(moment === 'dawn' && (act.sealedOn ?? '') >= date),
  );
  const latestPlan = new Map<CivilDate, Act>();
  for (const act of holding) if (isPlanned(act)) latestPlan.set(act.effectiveFrom, act);
  return holding
    .filter((act) => !isPlanned(act) || latestPlan.get(act.effectiveFrom) === act)
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : a.effectiveFrom > b.effectiveFrom ? 1 : 0));
}

/** The policy in effect on a day: the regulation's defaults with what the acts up to it say. */
export function policyOn(date: CivilDate, acts: readonly DatedPolicy[], moment: MomentOfDay = 'now'): Policy {
  return actsInForce(date, acts, moment).reduce((policy, { content }) => withSettings(policy, content), DEFAULT_POLICY);
}

/** The categories that an office of a kind owns under a policy (R4.1); the degree office answers for all, the provincial office owns none. */
export function categoriesOwned(kind: OfficeKind, policy: Pick<Policy, 'owners'>): Category[] {
  const all = keysOf(CATEGORIES);
  return kind === 'degree-office' ? all : all.filter((category) => policy.owners[category] === kind);
}

/** One setting before and after, in words or digits; `owners.regular-bachelor` for the owner of a category. */
export interface PolicyChange {
  readonly setting: string;
  readonly from: string;
  readonly to: string;
}

function entriesOf({ owners, ...rest }: Policy): [string, string][] {
  return [
    ...Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
    ...Object.entries(owners).map(([name, kind]): [string, string] => [`owners.${name}`, kind]),
  ];
}

/** What differs between two policies, setting by setting. */
export function policyChanges(before: Policy, after: Policy): PolicyChange[] {
  const old = new Map(entriesOf(before));
  return entriesOf(after).flatMap(([setting, to]) => {
    const from = old.get(setting) ?? '';
    return from === to ? [] : [{ setting, from, to }];
  });
}

/** A category whose owner would be a kind of office that the institution has not, on the first day of that. */
export interface Orphan {
  readonly category: Category;
  readonly kind: OfficeKind;
  readonly on: CivilDate;
}

/**
 * The categories that an act would leave with an office that there is not, on its day or when an office closes later. What an
 * institution lacks anyway (many have no continuing education) is not held against it.
 *
 * @param acts those before, in the order of their sealing.
 */
export function orphansOf(
  act: DatedPolicy,
  acts: readonly DatedPolicy[],
  offices: readonly (OfficeTime & { readonly kind: string })[],
): Orphan[] {
  const days = [...acts.map((each) => each.effectiveFrom), ...offices.map((office) => office.closedOn ?? '')];
  const orphans = new Map<Category, Orphan>();
  for (const on of [act.effectiveFrom, ...days.filter((day) => day > act.effectiveFrom).sort()]) {
    const [before, after] = [policyOn(on, acts).owners, policyOn(on, [...acts, act]).owners];
    for (const category of keysOf(CATEGORIES)) {
      const kind = after[category];
      const touched = kind !== before[category] || act.content.owners?.[category] !== undefined;
      if (!touched || orphans.has(category)) continue;
      if (offices.some((office) => office.kind === kind && isOpenOn(office, on))) continue;
      orphans.set(category, { category, kind, on });
    }
  }
  return [...orphans.values()];
}

/** An act as it is about to be sealed. */
export interface PlannedAct {
  readonly effectiveFrom: string;
  readonly today: CivilDate;
  /** What holds on its day without it. */
  readonly before: Policy;
  readonly after: Policy;
  /** Whether it takes the place of a plan for the same day. */
  readonly replaces: boolean;
  /** Categories that it leaves with an office that there is not. */
  readonly orphans: readonly Orphan[];
  /** 文号 of what it rests on. */
  readonly basisNumber: string;
}

/** What is wrong with an act, all at once: back-dated, without effect or basis, a category given to an office that there is not. */
export function policyActViolations(act: PlannedAct): Violation[] {
  const { effectiveFrom, today, before, after, basisNumber } = act;
  const violations = [...policyDateViolations(effectiveFrom)];
  if (violations.length === 0 && effectiveFrom < today) {
    violations.push(violation('policy-back-dated', 'effectiveFrom', { found: effectiveFrom, expected: `≥ ${today}` }));
  }
  if (policyChanges(before, after).length === 0 && !act.replaces) {
    violations.push(violation('policy-unchanged', 'settings', { found: '0', expected: '≥ 1' }));
  }
  for (const { category, kind, on } of act.orphans) {
    const details = { found: `${OFFICE_KINDS[kind].zh} ${on}` };
    violations.push(violation('owner-office-missing', `settings.owners.${category}`, details));
  }
  const owed = { missing: 'policy-basis-missing' } as const;
  return [...violations, ...writtenTextViolations('documentNumber', basisNumber, 'basisNumber', owed)];
}

/** Whether an act begins on a real day. */
export function policyDateViolations(effectiveFrom: string): Violation[] {
  if (isCivilDate(effectiveFrom)) return [];
  const label = { zh: '生效日期', en: 'day of effect' };
  return [violation('date-impossible', 'effectiveFrom', { label, found: effectiveFrom, expected: 'YYYY-MM-DD' })];
}
