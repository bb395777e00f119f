// The register's clock in trial mode: the machine's clock plus a distance that only grows, so that a whole year fits in an afternoon.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface TrialClock {
  now(): Date;
  /** Moves the clock forward to an instant; an earlier one than now is refused with a RangeError. */
  advanceTo(date: Date): void;
}

/** Opens the clock kept in a file, so that a restart does not turn back time. A missing file means the machine's time. */
export function openTrialClock(file: string): TrialClock {
  let ahead = 0;
  try {
    ahead = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    ahead = 0; // the first start
  }
  return {
    now: () => new Date(Date.now() + ahead),
    advanceTo(date) {
      const distance = date.getTime() - Date.now();
      if (!Number.isFinite(distance) || distance < ahead) throw new RangeError('the trial clock only moves forward');
      ahead = distance;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, String(ahead));
    },
  };
}
