// The calendar of an institution in one year, and where each day of it comes from (R11.4).
import { daysOfYear, type ListedDay } from '../../regulation/deadlines/calendar.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { readCalendar } from '../../store/deadlines/calendar.ts';

/** A day with the notice by which it was entered. */
export interface CalendarEntryOfYear extends ListedDay {
  readonly noticeDigest: string | null;
}

/** The days of a year that differ from the week, or that officers entered. */
export async function calendarOfYear(
  db: Pick<Transaction, 'calendarDay'>,
  institution: string,
  provincialOfficeId: string,
  year: number,
): Promise<CalendarEntryOfYear[]> {
  const entered = await readCalendar(db, institution, { from: `${year}-01-01`, until: `${year}-12-31` });
  const notices = new Map(entered.map(({ date, noticeDigest }) => [date, noticeDigest]));
  const listed = entered.map(({ date, kind, name, setByOffice }): ListedDay => {
    return { date, kind, name, source: setByOffice === provincialOfficeId ? 'province' : 'own' };
  });
  return daysOfYear(year, listed).map((day) => ({ ...day, noticeDigest: notices.get(day.date) ?? null }));
}
