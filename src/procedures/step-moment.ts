// The moment of a step: steps follow one another in time as they do in the log, whichever server takes them (R12.2).
import { violation } from '../regulation/violations.ts';
import { Refused } from './errors.ts';

/** By how much the clocks of the servers of one register may differ before nothing is sealed: a minute. */
export const MOST_SKEW_MS = 60_000;

/**
 * The moment of a step after one taken at `last`: now, or that of the last where this server's clock is a little behind.
 * @throws {Refused} `clock-behind-log`: it is further behind, and what it says of deadlines cannot be believed
 */
export function stepMoment(now: Date, last: Date | null): Date {
  if (last === null || last <= now) return now;
  if (last.getTime() - now.getTime() <= MOST_SKEW_MS) return last;
  const details = { found: now.toISOString(), expected: `≥ ${last.toISOString()}` };
  throw new Refused([violation('clock-behind-log', 'clock', details)]);
}
