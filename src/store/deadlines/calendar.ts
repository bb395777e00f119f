// The calendar of an institution as kept: the days on which it differs from the built-in arrangement.
import type { CalendarDay } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { CalendarDay };

/** The days that officers have entered for an institution, in their order; of a span of days (both ends included) when given. */
export function readCalendar(
  tx: Pick<Transaction, 'calendarDay'>,
  institution: string,
  span?: { readonly from: string; readonly until: string },
): Promise<CalendarDay[]> {
  const date = span ? { date: { gte: span.from, lte: span.until } } : {};
  return tx.calendarDay.findMany({ where: { institution, ...date }, orderBy: { date: 'asc' } });
}

/** Enters days; a day that is there is replaced. */
export async function setDays(tx: Transaction, days: readonly CalendarDay[]): Promise<void> {
  for (const day of days) {
    const { institution, date, ...set } = day;
    const where = { institution_date: { institution, date } };
    await tx.calendarDay.upsert({ where, create: day, update: set });
  }
}
