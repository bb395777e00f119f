// The public calendar as the State Council announced it, year by year; an officer can add years and correct days (calendar days of the store).
import type { CivilDate, DayKind } from '../deadlines/deadlines.ts';

/** The years the built-in calendar knows. A year outside has weekends only until an officer enters its days (2027 is announced in late 2026). */
export const HOLIDAY_YEARS: readonly number[] = [2024, 2025, 2026];

/** A day of the calendar with the holiday it belongs to. */
export interface CalendarEntry {
  readonly date: CivilDate;
  readonly kind: DayKind;
  readonly name: string;
}

/** Year, name, days off as `MM-DD/MM-DD` within one month or across two, and the weekend days worked for them. */
type Arrangement = readonly [year: number, name: string, off: readonly string[], worked: readonly string[]];

const range = (month: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `${month}-${String(from + at).padStart(2, '0')}`);

/** 国务院办公厅关于 2024、2025、2026 年部分节假日安排的通知. */
const ARRANGEMENTS: readonly Arrangement[] = [
  [2024, '元旦', ['01-01'], []],
  [2024, '春节', range('02', 10, 17), ['02-04', '02-18']],
  [2024, '清明节', range('04', 4, 6), ['04-07']],
  [2024, '劳动节', range('05', 1, 5), ['04-28', '05-11']],
  [2024, '端午节', ['06-10'], []],
  [2024, '中秋节', range('09', 15, 17), ['09-14']],
  [2024, '国庆节', range('10', 1, 7), ['09-29', '10-12']],
  [2025, '元旦', ['01-01'], []],
  [2025, '春节', [...range('01', 28, 31), ...range('02', 1, 4)], ['01-26', '02-08']],
  [2025, '清明节', range('04', 4, 6), []],
  [2025, '劳动节', range('05', 1, 5), ['04-27']],
  [2025, '端午节', ['05-31', '06-01', '06-02'], []],
  [2025, '国庆节、中秋节', range('10', 1, 8), ['09-28', '10-11']],
  [2026, '元旦', range('01', 1, 3), ['01-04']],
  [2026, '春节', range('02', 15, 23), ['02-14', '02-28']],
  [2026, '清明节', range('04', 4, 6), []],
  [2026, '劳动节', range('05', 1, 5), ['05-09']],
  [2026, '端午节', range('06', 19, 21), []],
  [2026, '中秋节', range('09', 25, 27), []],
  [2026, '国庆节', range('10', 1, 7), ['09-20', '10-10']],
];

/** The built-in calendar with names, in the order of the year. */
export const CALENDAR: readonly CalendarEntry[] = ARRANGEMENTS.flatMap(([year, name, off, worked]) => [
  ...off.map((day): CalendarEntry => ({ date: `${year}-${day}`, kind: 'holiday', name })),
  ...worked.map((day): CalendarEntry => ({ date: `${year}-${day}`, kind: 'working-day', name })),
]).sort((a, b) => (a.date < b.date ? -1 : 1));

/** The built-in calendar as {@link deadline} takes it. */
export const HOLIDAYS: ReadonlyMap<CivilDate, DayKind> = new Map(CALENDAR.map(({ date, kind }) => [date, kind]));
