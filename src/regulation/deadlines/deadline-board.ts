// Everything with a clock (R11.4, R11.3, R11.6, R16.1): what its deadline is, where it stands on a day, and what is said of it when.

import type { StepName } from '../steps.ts';
import type { Category, Term } from '../vocabulary.ts';
import type { CivilDate, DayKind, Deadline } from './deadlines.ts';
import { addDays, deadline, isLate, isWorkingDay } from './deadlines.ts';

/** What runs against a clock. */
export const DEADLINE_KINDS = {
  report: { zh: '上报单位管理员', en: 'report to the degree office', article: '11(4)' },
  disclosure: { zh: '校内公开', en: 'internal disclosure', article: '11(3)' },
  objection: { zh: '公开异议', en: 'objection during disclosure', article: '11(3)' },
  'received-objection': { zh: '待受理的异议', en: 'objection from outside that nobody has accepted', article: '11(3)' },
  dispute: { zh: '本人疑义', en: 'dispute of a student', article: '11(1)' },
  'supplementary-report': { zh: '补报申请', en: 'supplementary report', article: '11(6)' },
  'revocation-report': { zh: '撤销学位报告', en: 'revocation report', article: '16' },
} as const satisfies Record<string, Term>;
export type DeadlineKind = keyof typeof DEADLINE_KINDS;

/** Where a clock stands. */
export const CLOCK_STATES = {
  running: { zh: '期限内', en: 'running', article: '11(4)' },
  warning: { zh: '即将到期', en: 'warning', article: '11(4)' },
  late: { zh: '已逾期', en: 'late', article: '11(4)' },
} as const satisfies Record<string, Term>;
export type ClockState = keyof typeof CLOCK_STATES;

/** When an office is reminded of a clock: once in each phase. */
export const REMINDER_PHASES = {
  warning: { zh: '即将到期', en: 'some days before the nominal day', article: '11(4)' },
  due: { zh: '到期', en: 'on the nominal day', article: '11(4)' },
  late: { zh: '逾期', en: 'late', article: '11(4)' },
} as const satisfies Record<string, Term>;
export type ReminderPhase = keyof typeof REMINDER_PHASES;

/** What the subject of a clock is in the API. */
export type SubjectType =
  | 'Resolution'
  | 'Batch'
  | 'Objection'
  | 'ReceivedObjection'
  | 'StudentDispute'
  | 'SupplementaryReport'
  | 'RevocationReport'
  | 'RevocationResolution';

/** Something that runs against a clock. */
export interface Clock {
  readonly kind: DeadlineKind;
  readonly institution: string;
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly category: Category | null;
  /** The office that has to act, and the step it takes next. */
  readonly officeId: string;
  readonly nextStep: StepName | null;
  /** How many single things are open: people to be reported, records disclosed. */
  readonly open: number;
  /** From this day, which is not counted, so many days. */
  readonly from: CivilDate;
  readonly days: number;
  /** The last day in time that a sealed paper has stated; it stays whatever the calendar says afterwards. */
  readonly stated: CivilDate | null;
  /** The day on which it stopped, e.g. when the report was sealed; null while it runs. */
  readonly stoppedOn: CivilDate | null;
  /** Since when it waits, e.g. an objection; null where the clock itself says so. */
  readonly since: CivilDate | null;
}

/** What is due when a disclosure ends. */
const OF_DISCLOSURE: ReadonlySet<DeadlineKind> = new Set(['disclosure', 'objection', 'received-objection']);

/**
 * The deadline of a clock. A disclosure ends on its last day, and can be closed on the first working day after it; everything else
 * is in time until its last day, rolled to the next working day.
 */
export function dueOf(clock: Clock, calendar: ReadonlyMap<CivilDate, DayKind>): Deadline {
  const { nominal, rolled } = deadline(clock.from, clock.days, calendar);
  if (clock.stated !== null) return { nominal, rolled: clock.stated };
  if (!OF_DISCLOSURE.has(clock.kind)) return { nominal, rolled };
  let closes = addDays(nominal, 1);
  while (!isWorkingDay(closes, calendar)) closes = addDays(closes, 1);
  return { nominal, rolled: closes };
}

/** What is to be said of a deadline on a day; null while nothing is. */
export function phaseOn(due: Deadline, on: CivilDate, warningDays: number): ReminderPhase | null {
  if (isLate(on, due)) return 'late';
  if (on >= due.nominal) return 'due';
  return on >= addDays(due.nominal, -warningDays) ? 'warning' : null;
}

/** A deadline that other days of the calendar move. */
export interface MovedDeadline {
  readonly clock: Clock;
  readonly before: Deadline;
  readonly after: Deadline;
}

/** Which open deadlines move when the calendar changes. */
export function movedDeadlines(
  clocks: readonly Clock[],
  before: ReadonlyMap<CivilDate, DayKind>,
  after: ReadonlyMap<CivilDate, DayKind>,
): MovedDeadline[] {
  return clocks
    .map((clock) => ({ clock, before: dueOf(clock, before), after: dueOf(clock, after) }))
    .filter((moved) => moved.before.rolled !== moved.after.rolled);
}
