// Trial mode: a clock that survives whatever stands in its file, and is never moved to where nothing works any more.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LATEST_MOMENT, trialClockViolations } from '../../src/regulation/trial-clock.ts';
import { openTrialClock } from '../../src/trial/clock.ts';

let directory: string;
let file: string;
beforeEach(() => {
  // The machine's time stands still: two readings of it would else lie a millisecond apart now and then.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-23T00:00:00Z') });
  directory = mkdtempSync(join(tmpdir(), 'trial-clock-'));
  file = join(directory, 'data', 'trial-clock');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true });
});

const open = (content?: string) => {
  const said: string[] = [];
  if (content !== undefined) writeFileSync(join(directory, 'kept'), content);
  const clock = openTrialClock(content === undefined ? file : join(directory, 'kept'), (line) => said.push(line));
  return { clock, said, days: (clock.now().getTime() - Date.now()) / 86_400_000 };
};

describe('the clock of the trial', () => {
  it('is moved forward, and a restart keeps it', () => {
    const { clock, said } = open();
    clock.advanceTo(new Date('2098-01-01T00:00:00Z'));
    expect(open().clock.now().toISOString()).toMatch(/^2098-01-01T/);
    expect(() => clock.advanceTo(new Date('2097-01-01T00:00:00Z'))).toThrow(RangeError);
    expect(said).toEqual([]);
  });

  it('is not moved beyond the bound, and nothing is written then', () => {
    const { clock } = open();
    clock.advanceTo(LATEST_MOMENT);
    const kept = readFileSync(file, 'utf8');
    for (const to of ['2100-01-01T00:00:00Z', '9999-11-20T00:00:00Z', 'never']) {
      expect(() => clock.advanceTo(new Date(to)), to).toThrow(RangeError);
    }
    expect(readFileSync(file, 'utf8')).toBe(kept);
    // At the bound it goes on, and is no surprise at the next start.
    expect(open().said).toEqual([]);
  });

  it('that cannot be kept has not moved, and what was kept before stays', () => {
    const { clock } = open();
    clock.advanceTo(new Date('2026-07-01T00:00:00Z'));
    const kept = readFileSync(file, 'utf8');
    mkdirSync(`${file}.new`); // where the next one would be written first
    expect(() => clock.advanceTo(new Date('2026-08-01T00:00:00Z'))).toThrow();
    expect(clock.now().toISOString()).toMatch(/^2026-07-01T/);
    expect(readFileSync(file, 'utf8')).toBe(kept);
  });

  it.each(['251640000000000', '1e300', 'Infinity', 'NaN', 'tomorrow', '-86400000'])(
    '%s in its file is ignored',
    (kept) => {
      const { days, said } = open(kept);
      expect(days).toBe(0);
      expect(said).toHaveLength(2);
      expect(said[1]).toContain(kept);
    },
  );

  it.each(['', '0', '86400000'])('“%s” in its file is taken', (kept) => {
    expect(open(kept)).toMatchObject({ days: Number(kept) / 86_400_000, said: [] });
  });
});

describe('moving the clock', () => {
  const now = new Date('2026-06-23T00:00:00Z');
  const codesOf = (to: string, sealsEnd: Date | null) =>
    trialClockViolations(new Date(to), now, sealsEnd).map(({ code }) => code);
  it.each([
    ['2026-06-22T23:59:59Z', ['clock-not-back']],
    ['2026-06-23T00:00:00Z', []],
    ['2099-12-31T15:59:59Z', []],
    ['2099-12-31T16:00:00Z', ['clock-too-far']],
    ['9999-11-20T00:00:00Z', ['clock-too-far']],
  ])('to %s: %j', (to, codes) => {
    expect(codesOf(to, null)).toEqual(codes);
  });

  it.each([
    ['2036-06-15T23:59:59Z', []],
    ['2036-06-16T00:00:00Z', []],
    ['2036-06-16T00:00:01Z', ['clock-beyond-seals']],
    ['2099-12-31T15:59:59Z', ['clock-beyond-seals']],
    ['2026-06-22T00:00:00Z', ['clock-not-back']],
  ])('to %s with seals that end on 23 June 2036: %j', (to, codes) => {
    expect(codesOf(to, new Date('2036-06-23T00:00:00Z'))).toEqual(codes);
  });

  it('says until when', () => {
    const [refused] = trialClockViolations(new Date('2040-01-01T00:00:00Z'), now, new Date('2036-06-23T00:00:00Z'));
    expect(refused).toMatchObject({ found: '2040-01-01T00:00:00.000Z', expected: '≤ 2036-06-16T00:00:00.000Z' });
  });
});
