// Civil dates and the counting of days (民法典 arts 200–203): pure arithmetic on texts, no clock and no time zone but Asia/Shanghai.

/** A day as `YYYY-MM-DD`, Asia/Shanghai. Dates in this form compare as texts. */
export type CivilDate = string;

/** How a day of the public calendar differs from the week: a holiday on a weekday, or a weekend day that is worked. */
export type DayKind = 'holiday' | 'working-day';

/** A deadline: the nominal last day and the last day after rolling over holidays and weekends. */
export interface Deadline {
  readonly nominal: CivilDate;
  readonly rolled: CivilDate;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysOfMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** The number that the digits from `start` to `end` spell; NaN when one is not a digit. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Whether year, month and day, given as numbers, are a day that exists, from 1900 to 2999. */
export function isRealDay(year: number, month: number, day: number): boolean {
  return year >= 1900 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month);
}

/** Whether the text is a day that exists, as `YYYY-MM-DD`. */
export function isCivilDate(text: string): boolean {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false;
  return isRealDay(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
}

/** Whether the text is a month that exists, as `YYYY-MM`. */
export function isCivilMonth(text: string): boolean {
  return text.length === 7 && text[4] === '-' && isRealDay(digits(text, 0, 4), digits(text, 5, 7), 1);
}

/** Days since 1970-01-01 (H. Hinnant, days_from_civil): a calendar without a clock. */
function dayNumber(date: CivilDate): number {
  if (!isCivilDate(date)) throw new RangeError(`not a civil date: ${date}`);
  const month = digits(date, 5, 7);
  const year = digits(date, 0, 4) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + digits(date, 8, 10) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The day with this number: the inverse of {@link dayNumber}. */
function dayOfNumber(number: number): CivilDate {
  const shifted = number + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The day so many days later (negative: earlier). Throws RangeError when `date` does not exist. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return dayOfNumber(dayNumber(date) + days);
}

/** Days from one day to another; negative when `to` is earlier. Throws RangeError when a date does not exist. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 0 Sunday … 6 Saturday. */
export function weekday(date: CivilDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** The day in Asia/Shanghai (UTC+8, no summer time since 1991) of an ISO 8601 instant with its zone. Throws RangeError when it is none. */
export function civilDateInShanghai(isoInstant: string): CivilDate {
  const [, date, hours, minutes, , zone] = INSTANT.exec(isoInstant) ?? [];
  if (date === undefined || zone === undefined) throw new RangeError(`not an instant: ${isoInstant}`);
  const ahead = zone === 'Z' ? 0 : (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
  const minutesInShanghai = Number(hours) * 60 + Number(minutes) - ahead + 8 * 60;
  return addDays(date, Math.floor(minutesInShanghai / 1440));
}

/** Whether offices work on the day: the calendar's word, or else Monday to Friday. */
export function isWorkingDay(date: CivilDate, calendar: ReadonlyMap<CivilDate, DayKind>): boolean {
  const known = calendar.get(date);
  if (known !== undefined) return known === 'working-day';
  const day = weekday(date);
  return day !== 0 && day !== 6;
}

/**
 * The last day of a period (art. 11(4); 民法典 200–203): calendar days, the day itself not counted; a last day on which nobody
 * works rolls to the next working day. Reminders run on `nominal`, "late" is judged after `rolled`.
 */
export function deadline(effectiveOn: CivilDate, days: number, calendar: ReadonlyMap<CivilDate, DayKind>): Deadline {
  const nominal = addDays(effectiveOn, days);
  let rolled = nominal;
  while (!isWorkingDay(rolled, calendar)) rolled = addDays(rolled, 1);
  return { nominal, rolled };
}

/** Whether the day is after the rolled deadline (R11.4): the last day itself is in time. */
export function isLate(on: CivilDate, { rolled }: Deadline): boolean {
  return on > rolled;
}

/** Days after the rolled deadline; 0 when in time. */
export function daysLate(on: CivilDate, { rolled }: Deadline): number {
  return Math.max(0, daysBetween(rolled, on));
}
