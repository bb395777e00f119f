// The public calendar as kept: the days on which it differs from the week.
import type { Transaction } from './transaction.ts';

/** Civil day → what it is, for the days that officers have entered. */
export async function readCalendar(
  tx: Pick<Transaction, 'calendarDay'>,
): Promise<Map<string, 'holiday' | 'working-day'>> {
  const days = await tx.calendarDay.findMany({ orderBy: { date: 'asc' } });
  return new Map(days.map(({ date, kind }) => [date, kind === 'holiday' ? 'holiday' : 'working-day']));
}
