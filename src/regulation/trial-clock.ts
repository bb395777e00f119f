// How far the register's clock may be moved in trial mode: forward, and not beyond what seals, calendars and databases can count.
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';

/** The last moment to which any clock may be moved: the end of 2099 in Shanghai. */
export const LATEST_MOMENT = new Date('2099-12-31T15:59:59.999Z');

/** The clock goes on by itself where it was moved to: so long before the seals end there is still time to see what there is to see. */
const LAST_DAYS_MS = 7 * 86_400_000;

/** What is wrong with moving the clock to a moment. @param sealsEnd when the first of the seals in use ends; null where there is none */
export function trialClockViolations(to: Date, now: Date, sealsEnd: Date | null): Violation[] {
  const bad = (code: 'clock-not-back' | 'clock-too-far' | 'clock-beyond-seals', expected: string) => [
    violation(code, 'to', { found: to.toISOString(), expected }),
  ];
  if (to < now) return bad('clock-not-back', `≥ ${now.toISOString()}`);
  if (to > LATEST_MOMENT) return bad('clock-too-far', `≤ ${LATEST_MOMENT.toISOString()}`);
  const last = sealsEnd && new Date(sealsEnd.getTime() - LAST_DAYS_MS);
  return last && to > last ? bad('clock-beyond-seals', `≤ ${last.toISOString()}`) : [];
}
