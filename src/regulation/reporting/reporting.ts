// Reporting within its days (R11.4): the clock of a resolution, and what stands in the way of the normal path.

import type { CivilDate, DayKind, Deadline } from '../deadlines/deadlines.ts';
import { addDays, daysBetween, daysLate, deadline, isLate } from '../deadlines/deadlines.ts';
import type { Policy } from '../policy.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { APPLICATION_STATES } from '../vocabulary.ts';

/** The clock as it is shown: both deadlines, days left to the rolled one (negative when late), and whether it warns. */
export interface ReportingClock extends Deadline {
  readonly daysLeft: number;
  readonly daysLate: number;
  readonly state: 'running' | 'warning' | 'late';
}

/** The reporting deadline of a resolution (art. 11(4)). */
export function reportingDeadline(
  effectiveOn: CivilDate,
  policy: Policy,
  calendar: ReadonlyMap<CivilDate, DayKind>,
): Deadline {
  return deadline(effectiveOn, policy.reportingDays, calendar);
}

/** The clock on a day: it warns from `warningDays` before the nominal deadline, and is late after the rolled one. */
export function reportingClock(
  effectiveOn: CivilDate,
  on: CivilDate,
  policy: Policy,
  calendar: ReadonlyMap<CivilDate, DayKind>,
): ReportingClock {
  return clockOn(reportingDeadline(effectiveOn, policy, calendar), on, policy.warningDays);
}

/** The clock of any deadline on a day, as {@link reportingClock}. */
export function clockOn(due: Deadline, on: CivilDate, warningDays: number): ReportingClock {
  const warns = on >= addDays(due.nominal, -warningDays);
  const state = isLate(on, due) ? 'late' : warns ? 'warning' : 'running';
  return { ...due, daysLeft: daysBetween(on, due.rolled), daysLate: daysLate(on, due), state };
}

/** Why the normal path is closed (R11.4) or the supplementary one not yet open (R11.6): `consented` is the state of the batch's application, undefined for a batch without one. */
export function reportingViolations(on: CivilDate, due: Deadline, consented?: boolean): Violation[] {
  if (consented === false)
    return [violation('supplementary-not-consented', 'application', { expected: APPLICATION_STATES.consented.zh })];
  if (consented === true || !isLate(on, due)) return [];
  return [violation('reporting-deadline-passed', 'deadline', { found: on, expected: `≤ ${due.rolled}` })];
}
