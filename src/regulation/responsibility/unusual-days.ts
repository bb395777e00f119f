// What is usual on each day of a period: the hours, seconds and counts of the policy of that day, and whether it is a day off (R23.1, R24.1).
import type { CivilDate, DayKind } from '../deadlines/deadlines.ts';
import { addDays, daysBetween, isWorkingDay } from '../deadlines/deadlines.ts';
import type { Policy } from '../policy.ts';
import type { DatedPolicy } from '../policy-acts.ts';
import { actsInForce, policyOn } from '../policy-acts.ts';
import type { StepName } from '../steps.ts';
import { USUAL } from './unusual-acts.ts';

/** Days that a report covers at most. */
export const MOST_REPORT_DAYS = 366;

/** A day as its policy has it. */
export interface UsualDay {
  readonly day: CivilDate;
  /** Hours in Asia/Shanghai, from and until which work is usual. */
  readonly from: number;
  readonly until: number;
  readonly off: boolean;
  readonly seconds: number;
  readonly reveals: number;
}

/** Every day of a period, both ends included. */
export function usualDays(
  from: CivilDate,
  until: CivilDate,
  acts: readonly DatedPolicy[],
  calendar: ReadonlyMap<CivilDate, DayKind>,
): UsualDay[] {
  return Array.from({ length: daysBetween(from, until) + 1 }, (_, at) => {
    const day = addDays(from, at);
    const { workFromHour, workUntilHour, secondsPerLook, revealsPerHour } = policyOn(day, acts);
    const off = !isWorkingDay(day, calendar);
    return { day, from: workFromHour, until: workUntilHour, off, seconds: secondsPerLook, reveals: revealsPerHour };
  });
}

/** A time in which a setting was looser than before and after, and the steps that it governs. */
export interface LooseTime {
  readonly setting: keyof Policy;
  /** First day of it, and the first day after it. */
  readonly from: CivilDate;
  readonly until: CivilDate;
  readonly step: StepName;
  /** Officer of the act that loosened it, when it is known. */
  readonly officerId: string | null;
  readonly before: string;
  readonly meanwhile: string;
}

/** How strict a setting is, as a number that grows with strictness; and the steps that it governs. */
const STRICTNESS: Readonly<
  Partial<Record<keyof Policy, { readonly of: (policy: Policy) => number; readonly step: StepName }>>
> = {
  crossCheckSample: { of: ({ crossCheckSample }) => crossCheckSample, step: 'cross-check' },
  sampleErrorLimit: { of: ({ sampleErrorLimit }) => -sampleErrorLimit, step: 'cross-check' },
  secondEntry: { of: ({ secondEntry }) => Number(secondEntry === 'blind'), step: 'cross-check' },
  disclosureDays: { of: ({ disclosureDays }) => disclosureDays, step: 'open-disclosure' },
  confirmation: {
    of: ({ confirmation }) => ['none', 'before-report', 'before-meeting'].indexOf(confirmation),
    step: 'report',
  },
  revealsPerHour: { of: ({ revealsPerHour }) => -revealsPerHour, step: 'reveal' },
};

/** The loose times that begin within a period, both ends included; each ends within {@link USUAL.loosenedDays}. */
export function looseTimes(
  from: CivilDate,
  until: CivilDate,
  acts: readonly (DatedPolicy & { readonly officerId: string | null })[],
): LooseTime[] {
  const days = [...new Set(acts.map(({ effectiveFrom }) => effectiveFrom))].sort();
  const found: LooseTime[] = [];
  for (const [setting, rule] of Object.entries(STRICTNESS) as [keyof Policy, (typeof STRICTNESS)[keyof Policy]][]) {
    if (!rule) continue;
    for (const [at, day] of days.entries()) {
      if (day < from || day > until) continue;
      const [before, meanwhile] = [policyOn(addDays(day, -1), acts), policyOn(day, acts)];
      if (rule.of(meanwhile) >= rule.of(before)) continue;
      const end = days
        .slice(at + 1)
        .find(
          (later) => daysBetween(day, later) <= USUAL.loosenedDays && rule.of(policyOn(later, acts)) >= rule.of(before),
        );
      if (end === undefined) continue;
      const by = actsInForce(day, acts).findLast((act) => act.effectiveFrom === day && setting in act.content);
      found.push({
        ...{ setting, from: day, until: end, step: rule.step, officerId: by?.officerId ?? null },
        ...{ before: String(before[setting]), meanwhile: String(meanwhile[setting]) },
      });
    }
  }
  return found;
}
