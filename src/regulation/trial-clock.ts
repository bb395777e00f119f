// How far the register's clock may be moved in trial mode: forward, and not beyond what calendars, seals and databases can count.
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';

/** The last moment to which the clock may be moved: the end of 2099 in Shanghai. */
export const LATEST_MOMENT = new Date('2099-12-31T15:59:59.999Z');

/** What is wrong with moving the clock to a moment. */
export function trialClockViolations(to: Date, now: Date): Violation[] {
  const bad = (code: 'clock-not-back' | 'clock-too-far', expected: string) => [
    violation(code, 'to', { found: to.toISOString(), expected }),
  ];
  if (to < now) return bad('clock-not-back', `≥ ${now.toISOString()}`);
  return to > LATEST_MOMENT ? bad('clock-too-far', `≤ ${LATEST_MOMENT.toISOString()}`) : [];
}
