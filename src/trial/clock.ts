// The register's clock in trial mode: the machine's clock plus a distance that only grows, so that a whole year fits in an afternoon.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LATEST_MOMENT } from '../regulation/trial-clock.ts';

export interface TrialClock {
  now(): Date;
  /** Moves the clock forward to an instant; an earlier one than now, or one beyond the bound, is refused with a RangeError. Throws what the system says when it cannot be kept; the clock has not moved then. */
  advanceTo(date: Date): void;
}

/** A clock at the bound goes on from there; a hundred years behind it is none that was ever moved there. */
const ABSURD = LATEST_MOMENT.getTime() + 100 * 365 * 86_400_000;

/**
 * Opens the clock kept in a file, so that a restart does not turn back time. A missing file means the machine's time; so does one
 * with a distance that no clock can have, of which a sentence is said: the register starts, whatever stands there.
 *
 * @param say where the sentence goes, on standard error unless told
 */
export function openTrialClock(
  file: string,
  say: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): TrialClock {
  let ahead = readAhead(file, say);
  return {
    now: () => new Date(Date.now() + ahead),
    advanceTo(date) {
      const distance = date.getTime() - Date.now();
      if (!Number.isFinite(distance) || distance < ahead) throw new RangeError('the trial clock only moves forward');
      if (date > LATEST_MOMENT) throw new RangeError('the trial clock moves to the end of 2099 at most');
      mkdirSync(dirname(file), { recursive: true });
      // Whole or not at all: on a full disk the file would be emptied, and the next start would turn back time.
      const draft = `${file}.new`;
      writeFileSync(draft, String(distance));
      renameSync(draft, file);
      ahead = distance;
    },
  };
}

function readAhead(file: string, say: (line: string) => void): number {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return 0; // the first start
  }
  const ahead = Number(text);
  if (ahead >= 0 && Date.now() + ahead < ABSURD) return ahead;
  const found = text.slice(0, 30).replace(/[^\x20-\x7e]/g, '?');
  say(`${file}：内容“${found}”不是可用的试用时钟，已忽略，改用本机时间。`);
  say(`${file}: “${found}” is no clock that a trial can have; it is ignored, and the time of this machine is used.`);
  return 0;
}
