// Article 11(4), 16 and 民法典 200–203: the counting of days.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  civilDateInShanghai,
  daysBetween,
  daysLate,
  deadline,
  isCivilDate,
  isCivilMonth,
  isLate,
  isWorkingDay,
  weekday,
} from '../../../src/regulation/deadlines/deadlines.ts';
import { DEFAULT_POLICY } from '../../../src/regulation/policy.ts';
import { reportingClock, reportingDeadline, reportingViolations } from '../../../src/regulation/reporting/reporting.ts';
import { CALENDAR, HOLIDAY_YEARS, HOLIDAYS } from '../../../src/regulation/standard/holidays.ts';
import { codes } from '../samples.ts';

const day = fc.integer({ min: -20_000, max: 300_000 }).map((days) => addDays('1970-01-01', days));

describe('Article 11(4): fifteen days', () => {
  const due = deadline('2026-06-22', 15, HOLIDAYS);

  it('does not count the day itself', () => {
    expect(due).toEqual({ nominal: '2026-07-07', rolled: '2026-07-07' });
  });

  it('the fifteenth day is still in time', () => {
    expect(isLate('2026-07-07', due)).toBe(false);
    expect(isLate('2026-07-08', due)).toBe(true);
    expect(daysLate('2026-07-07', due)).toBe(0);
    expect(daysLate('2026-07-10', due)).toBe(3);
  });

  it('rolls a last day that is a weekend, a holiday, or both in a row', () => {
    expect(deadline('2026-06-26', 15, HOLIDAYS)).toEqual({ nominal: '2026-07-11', rolled: '2026-07-13' });
    expect(deadline('2026-09-17', 15, HOLIDAYS)).toEqual({ nominal: '2026-10-02', rolled: '2026-10-08' });
    expect(deadline('2026-01-31', 15, HOLIDAYS)).toEqual({ nominal: '2026-02-15', rolled: '2026-02-24' });
  });

  it('takes a weekend that is worked as a working day', () => {
    expect(deadline('2026-09-25', 15, HOLIDAYS)).toEqual({ nominal: '2026-10-10', rolled: '2026-10-10' });
  });

  it('lets an officer correct the calendar', () => {
    const corrected = new Map(HOLIDAYS).set('2026-07-07', 'holiday' as const);
    expect(deadline('2026-06-22', 15, corrected)).toEqual({ nominal: '2026-07-07', rolled: '2026-07-08' });
  });

  it('never ends on a day without work, nor before the nominal day, nor later than the next day of work', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (start, days) => {
        const { nominal, rolled } = deadline(start, days, HOLIDAYS);
        expect(daysBetween(start, nominal)).toBe(days);
        expect(isWorkingDay(rolled, HOLIDAYS)).toBe(true);
        for (let between = nominal; between < rolled; between = addDays(between, 1)) {
          expect(isWorkingDay(between, HOLIDAYS)).toBe(false);
        }
      }),
    );
  });
});

describe('Article 11(4): the clock', () => {
  const clock = (on: string) => reportingClock('2026-06-22', on, DEFAULT_POLICY, HOLIDAYS);

  it('runs, warns and is late', () => {
    expect(clock('2026-06-23')).toMatchObject({ state: 'running', daysLeft: 14, daysLate: 0 });
    expect(clock('2026-07-04')).toMatchObject({ state: 'warning', daysLeft: 3 });
    expect(clock('2026-07-08')).toMatchObject({ state: 'late', daysLeft: -1, daysLate: 1 });
  });

  it('closes the normal path when late, and opens the supplementary one with consent only', () => {
    const due = reportingDeadline('2026-06-22', DEFAULT_POLICY, HOLIDAYS);
    expect(reportingViolations('2026-07-07', due)).toEqual([]);
    expect(codes(reportingViolations('2026-07-08', due))).toEqual(['reporting-deadline-passed@deadline']);
    expect(reportingViolations('2026-07-08', due, true)).toEqual([]);
    expect(codes(reportingViolations('2026-07-08', due, false))).toEqual(['supplementary-not-consented@application']);
  });
});

describe('civil dates', () => {
  it('agree with the calendar of the language, in both directions', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        const later = new Date(`${date}T00:00:00Z`);
        expect(weekday(date)).toBe(later.getUTCDay());
        later.setUTCDate(later.getUTCDate() + days);
        const expected = later.toISOString().slice(0, 10);
        expect(addDays(date, days)).toBe(expected);
        if (isCivilDate(expected)) expect(daysBetween(date, expected)).toBe(days);
      }),
    );
  });

  it('exist or do not', () => {
    expect(['2024-02-29', '2000-02-29', '2026-12-31'].every(isCivilDate)).toBe(true);
    expect(
      ['2026-02-29', '1900-02-29', '2026-00-01', '2026-13-01', '2026-04-31', '2026-4-01', '20260401', ''].some(
        isCivilDate,
      ),
    ).toBe(false);
    expect(isCivilMonth('2026-12')).toBe(true);
    expect(['2026-13', '2026-1', '202601', '2026-00'].some(isCivilMonth)).toBe(false);
  });

  it('are those of Shanghai, whatever the zone of the instant', () => {
    expect(civilDateInShanghai('2026-06-21T15:59:59.999Z')).toBe('2026-06-21');
    expect(civilDateInShanghai('2026-06-21T16:00:00Z')).toBe('2026-06-22');
    expect(civilDateInShanghai('2026-06-22T00:30:00+08:00')).toBe('2026-06-22');
    expect(civilDateInShanghai('2026-12-31T20:00-05:00')).toBe('2027-01-01');
    expect(() => civilDateInShanghai('2026-06-21')).toThrow(RangeError);
  });

  it('refuse arithmetic with what is no date', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
  });
});

describe('the public calendar', () => {
  it('knows its years, and names no day twice', () => {
    expect([...new Set(CALENDAR.map(({ date }) => Number(date.slice(0, 4))))]).toEqual(HOLIDAY_YEARS);
    expect(HOLIDAYS.size).toBe(CALENDAR.length);
  });

  it('works only on weekends that replace a weekday off, as many as weekdays were moved', () => {
    for (const { date, kind, name } of CALENDAR) {
      const weekend = [0, 6].includes(weekday(date));
      if (kind === 'working-day') expect(weekend, `${date} ${name}`).toBe(true);
    }
  });
});
