// The calendar by which deadlines roll (民法典 203): the State Council's arrangement, and what an officer enters for an institution.

import { CALENDAR, HOLIDAY_YEARS, HOLIDAYS } from '../standard/holidays.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Term } from '../vocabulary.ts';
import { isKeyOf, keysOf } from '../vocabulary.ts';
import type { CivilDate, DayKind } from './deadlines.ts';
import { addDays, daysBetween, isCivilDate, isWorkingDay } from './deadlines.ts';

/** What an officer may say of a day; `as-the-week` takes back what the arrangement says of it. */
export const CALENDAR_KINDS = {
  holiday: { zh: '放假', en: 'holiday', article: '11(4)' },
  'working-day': { zh: '上班', en: 'working day', article: '11(4)' },
  'as-the-week': { zh: '按星期', en: 'as the day of the week', article: '11(4)' },
} as const satisfies Record<string, Term>;
export type CalendarKind = keyof typeof CALENDAR_KINDS;

/** A day as an officer enters it, with the name of the holiday it belongs to. */
export interface GivenDay {
  readonly date: CivilDate;
  readonly kind: string;
  readonly name: string;
}

/** Days entered at once: more than a year has. */
export const MOST_DAYS = 400;
/** Days on which nobody works, one after another: the longest public holiday so far has nine, with room for a bridge. */
export const LONGEST_REST = 12;
/** Holidays entered for an institution in a calendar year beside those of the built-in arrangement: those of the State Council have about thirty. */
export const MOST_HOLIDAYS = 40;

/** The built-in arrangement overlaid by the days entered for an institution, as {@link deadline} takes it. */
export function calendarWith(days: readonly Pick<GivenDay, 'date' | 'kind'>[]): ReadonlyMap<CivilDate, DayKind> {
  const calendar = new Map(HOLIDAYS);
  for (const { date, kind } of days) {
    if (kind === 'as-the-week') calendar.delete(date);
    else calendar.set(date, kind === 'holiday' ? 'holiday' : 'working-day');
  }
  return calendar;
}

/** A day of a year's calendar that differs from the week, and who says so. */
export interface ListedDay extends GivenDay {
  readonly source: 'built-in' | 'own' | 'province';
}

/** The days of a year that differ from the week or that officers entered, in their order. */
export function daysOfYear(year: number, entered: readonly ListedDay[]): ListedDay[] {
  const days = new Map<string, ListedDay>();
  for (const day of CALENDAR) if (day.date.startsWith(`${year}-`)) days.set(day.date, { ...day, source: 'built-in' });
  for (const day of entered) if (day.date.startsWith(`${year}-`)) days.set(day.date, day);
  return [...days.values()].sort((one, other) => (one.date < other.date ? -1 : 1));
}

/** What the rules about entered days rest on. */
export interface CalendarBasis {
  readonly today: CivilDate;
  /** A notice is attached. */
  readonly notice: boolean;
  /** Days that the provincial office entered, when somebody else enters now. */
  readonly ofProvince: ReadonlySet<CivilDate>;
  /** Days entered before, by whomever. */
  readonly known: readonly Pick<GivenDay, 'date' | 'kind'>[];
}

/**
 * What is wrong with days to be entered. A day before today stays as it is: somebody has been judged in time or late by it. A year
 * that the State Council has arranged is changed only with the notice that says so; what the province entered, only by the province.
 * Nor does a calendar put off what no policy may: rest has an end, and the holidays of a year are counted.
 */
export function calendarViolations(days: readonly GivenDay[], basis: CalendarBasis): Violation[] {
  if (days.length === 0) return [violation('calendar-empty', 'days', { found: '0', expected: '≥ 1' })];
  if (days.length > MOST_DAYS) {
    return [violation('calendar-too-many', 'days', { found: String(days.length), expected: `≤ ${MOST_DAYS}` })];
  }
  const seen = new Set<string>();
  const ofDays = days.flatMap((day, at) => {
    const violations = dayViolations(day, `days[${at}]`, basis);
    if (seen.has(day.date)) violations.push(violation('calendar-day-doubled', `days[${at}].date`, { found: day.date }));
    seen.add(day.date);
    return violations;
  });
  const real = days.filter(({ date }) => isCivilDate(date));
  return [...ofDays, ...restViolations(real, basis.known), ...holidayViolations(real, basis.known)];
}

type Day = Pick<GivenDay, 'date' | 'kind'>;

/** Rest that these days make too long; what was so before and is not touched is not held against them. */
function restViolations(days: readonly Day[], known: readonly Day[]): Violation[] {
  const calendar = calendarWith([...known, ...days]);
  const rests = (date: CivilDate) => isCivilDate(date) && !isWorkingDay(date, calendar);
  const judged = new Set<CivilDate>();
  return days.flatMap(({ date }) => {
    if (judged.has(date) || !rests(date)) return [];
    let [first, last] = [date, date];
    for (let day = addDays(date, -1); rests(day); day = addDays(day, -1)) first = day;
    for (let day = date; rests(day); day = addDays(day, 1)) {
      judged.add(day);
      last = day;
    }
    for (let day = first; day < date; day = addDays(day, 1)) judged.add(day);
    const length = daysBetween(first, last) + 1;
    if (length <= LONGEST_REST) return [];
    const details = { found: `${first} … ${last}: ${length}`, expected: `≤ ${LONGEST_REST}` };
    return [violation('calendar-too-loose', 'days', details)];
  });
}

/** Years that these days give more holidays than a year may have beside the arrangement. */
function holidayViolations(days: readonly Day[], known: readonly Day[]): Violation[] {
  const kinds = new Map([...known, ...days].map(({ date, kind }) => [date, kind]));
  const counts = new Map<string, number>();
  for (const [date, kind] of kinds) {
    const year = date.slice(0, 4);
    if (kind === 'holiday' && HOLIDAYS.get(date) !== 'holiday') counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  const years = new Set(days.flatMap(({ date, kind }) => (kind === 'holiday' ? [date.slice(0, 4)] : [])));
  return [...years].sort().flatMap((year) => {
    const count = counts.get(year) ?? 0;
    if (count <= MOST_HOLIDAYS) return [];
    const details = { found: `${year}: ${count}`, expected: `≤ ${MOST_HOLIDAYS}` };
    return [violation('calendar-too-many-holidays', 'days', details)];
  });
}

function dayViolations({ date, kind, name }: GivenDay, path: string, basis: CalendarBasis): Violation[] {
  const violations: Violation[] = [];
  const bad = (code: Parameters<typeof violation>[0], field: string, found: string, expected?: string) =>
    violations.push(violation(code, `${path}.${field}`, { found, expected }));
  const label = { zh: '日期', en: 'date' };
  if (!isCivilDate(date)) {
    return [violation('date-impossible', `${path}.date`, { label, found: date, expected: 'YYYY-MM-DD' })];
  }
  if (!isKeyOf(CALENDAR_KINDS, kind)) bad('calendar-kind-unknown', 'kind', kind, keysOf(CALENDAR_KINDS).join(' / '));
  violations.push(...writtenTextViolations('holiday', name, `${path}.name`, { missing: 'calendar-name' }));
  if (date < basis.today) bad('calendar-day-past', 'date', date, `≥ ${basis.today}`);
  if (basis.ofProvince.has(date)) bad('calendar-day-of-province', 'date', date);
  if (!basis.notice && HOLIDAY_YEARS.includes(Number(date.slice(0, 4)))) bad('calendar-notice-missing', 'date', date);
  return violations;
}
