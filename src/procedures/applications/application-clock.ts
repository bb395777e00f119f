// The clock of a written application: until when it is in time, and whether it still runs (R11.4, R16.1).
import { daysBetween } from '../../regulation/deadlines/deadlines.ts';
import type { World } from '../call.ts';
import { todayOf } from '../situation.ts';

/** How much time is left; null for what has no deadline. It stands still on the day on which the document was sealed first. */
export interface ApplicationClock {
  readonly dueOn: string;
  readonly daysLeft: number;
  readonly late: boolean;
  readonly stopped: boolean;
}

/** The clock of a case on today's day. */
export function applicationClock(
  world: Pick<World, 'now'>,
  { dueOn, documentDate }: { readonly dueOn: string | null; readonly documentDate: string | null },
): ApplicationClock | null {
  if (dueOn === null) return null;
  const daysLeft = daysBetween(documentDate ?? todayOf(world), dueOn);
  return { dueOn, daysLeft, late: daysLeft < 0, stopped: documentDate !== null };
}
