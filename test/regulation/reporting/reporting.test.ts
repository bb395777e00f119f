// Articles 5, 11(4), 14: the pure rules of gathering, withdrawal, form check, calendar and clocks.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CALENDAR_KINDS,
  type CalendarBasis,
  calendarViolations,
  calendarWith,
  daysOfYear,
  LONGEST_REST,
} from '../../../src/regulation/deadlines/calendar.ts';
import { type Clock, dueOf, movedDeadlines, phaseOn } from '../../../src/regulation/deadlines/deadline-board.ts';
import { addDays, daysBetween, isWorkingDay } from '../../../src/regulation/deadlines/deadlines.ts';
import {
  type GatheredRecord,
  gather,
  isWhole,
  wholenessViolations,
} from '../../../src/regulation/reporting/gathering.ts';
import { clockOn } from '../../../src/regulation/reporting/reporting.ts';
import { withdrawalViolations, withdrawnFrom } from '../../../src/regulation/reporting/withdrawal.ts';
import type { RosterRow } from '../../../src/regulation/resolution/roster.ts';
import { fieldOfWord } from '../../../src/regulation/standard/form-check-template.ts';
import { HOLIDAYS } from '../../../src/regulation/standard/holidays.ts';
import { keysOf, OFFICE_KINDS, RECORD_STATES, type RecordState } from '../../../src/regulation/vocabulary.ts';

const entry = (sequence: number): RosterRow => ({
  ...{ sequence, name: `甲${sequence}`, studentNumber: `S${sequence}`, category: 'regular-bachelor' },
  ...{
    degreeCategory: '404',
    disciplineCode: '040107',
    conferralDate: '2026-06-20',
    certificateNumber: `C${sequence}`,
  },
});
const recordAt = (sequence: number, state: RecordState, id = `r${sequence}`): GatheredRecord => ({
  ...entry(sequence),
  ...{ id, state, rosterSequence: sequence, supplementary: false, applicationNumber: null },
});
const states = fc.constantFrom(...keysOf(RECORD_STATES).filter((state) => state !== 'deleted'));
const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2024-01-01', days));

describe('Article 5: gathering', () => {
  it('every place is recorded, withdrawn or missing, whatever the records are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 15 }), states)),
        (size, held) => {
          const roster = Array.from({ length: size }, (_, at) => entry(at + 1));
          const records = held.map(([sequence, state], at) => recordAt(sequence, state, `r${at}`));
          const { categories, missing, disagreements } = gather(roster, records);
          for (const one of categories) {
            expect(one.recorded + one.withdrawn + one.missing).toBe(one.rosterSize);
            expect(one.reported + one.reportedUpward + one.returned).toBeLessThanOrEqual(one.recorded);
            if (one.complete) expect([one.missing, one.disagreements, one.returned]).toEqual([0, 0, 0]);
          }
          const places = new Set(records.map(({ rosterSequence }) => rosterSequence));
          expect(missing.map(({ sequence }) => sequence)).toEqual(
            roster.map(({ sequence }) => sequence).filter((sequence) => !places.has(sequence)),
          );
          // Every standing record beyond one for each place of the roster disagrees.
          const standing = records.filter(({ state }) => state !== 'withdrawn');
          const agreeing = standing.filter(({ id }) => !disagreements.some(({ recordId }) => recordId === id));
          expect(new Set(agreeing.map(({ rosterSequence }) => rosterSequence)).size).toBe(agreeing.length);
          for (const { rosterSequence } of agreeing) expect(rosterSequence).toBeLessThanOrEqual(size);
        },
      ),
    );
  });

  it('the record that is furthest on its way speaks for its place', () => {
    const { categories, disagreements } = gather(
      [entry(1)],
      [recordAt(1, 'withdrawn', 'a'), recordAt(1, 'filed', 'b')],
    );
    expect(categories).toMatchObject([{ recorded: 1, reportedUpward: 1, withdrawn: 0, complete: true }]);
    expect(disagreements).toEqual([]);
  });

  it('said to be whole, said to be partial, or nothing said', () => {
    const whole = gather([entry(1)], [recordAt(1, 'reported')]);
    const lacking = gather([entry(1), entry(2)], [recordAt(1, 'reported')]);
    const codes = (...args: Parameters<typeof wholenessViolations>) =>
      wholenessViolations(...args).map(({ code }) => code);
    expect([isWhole(whole.categories), isWhole(lacking.categories)]).toEqual([true, false]);
    expect(codes(whole, false, '')).toEqual([]);
    expect(codes(whole, undefined, '')).toEqual([]);
    expect(codes(whole, true, '其余待毕业审核后补报')).toEqual(['partial-report-is-whole']);
    expect(codes(lacking, false, '')).toEqual(['report-incomplete']);
    expect(codes(lacking, undefined, '')).toEqual([]);
    expect(codes(lacking, true, ' ')).toEqual(['partial-report-reason-missing']);
    expect(codes(lacking, true, '其余待毕业审核后补报')).toEqual([]);
  });
});

describe('Article 14: withdrawal', () => {
  it('each office withdraws what it may, and nobody what has been reviewed', () => {
    for (const office of keysOf(OFFICE_KINDS)) {
      for (const state of keysOf(RECORD_STATES)) {
        expect(withdrawalViolations(office, state).length === 0, `${office} ${state}`).toBe(
          withdrawnFrom(office).includes(state),
        );
      }
      expect(withdrawalViolations(office, 'reviewed').map(({ code }) => code)).toEqual(['stage-skipped']);
    }
    expect(withdrawnFrom('provincial-office')).toEqual([]);
  });
});

describe('Article 14: the words of a form check', () => {
  it.each([
    ['姓名', 'name'],
    ['XM', 'name'],
    ['thesisTitle', 'thesisTitle'],
    ['论文题目', 'thesisTitle'],
    ['无此字段', '无此字段'],
  ])('%s is %s', (word, field) => {
    expect(fieldOfWord(word)).toBe(field);
  });
});

const clock: Clock = {
  ...{
    kind: 'report',
    institution: '10447',
    subjectType: 'Resolution',
    subjectId: 's',
    category: null,
    officeId: 'o',
  },
  ...{ nextStep: null, open: 1, from: '2026-06-22', days: 15, stated: null, stoppedOn: null, since: null },
};

describe('Article 11(4): the calendar', () => {
  const basis: CalendarBasis = { today: '2026-06-23', notice: true, ofProvince: new Set(), known: [] };

  it('an entered day says what the day is, whatever the arrangement says', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...keysOf(CALENDAR_KINDS)), (date, kind) => {
        const calendar = calendarWith([{ date, kind }]);
        const works = isWorkingDay(date, calendar);
        if (kind === 'as-the-week') expect(works).toBe(isWorkingDay(date, new Map()));
        else expect(works).toBe(kind === 'working-day');
        const other = addDays(date, 1);
        expect(isWorkingDay(other, calendar)).toBe(isWorkingDay(other, HOLIDAYS));
      }),
    );
  });

  it('no day before today passes, and every day after it does with its notice', () => {
    fc.assert(
      fc.property(day, (date) => {
        const codes = calendarViolations([{ date, kind: 'holiday', name: '节' }], basis).map(({ code }) => code);
        expect(codes).toEqual(date < basis.today ? ['calendar-day-past'] : []);
      }),
    );
  });

  it('rest has an end, whoever entered which part of it', () => {
    const holidays = (from: string, count: number) =>
      Array.from({ length: count }, (_, at) => ({ date: addDays(from, at), kind: 'holiday', name: '节' }));
    const found = (days: ReturnType<typeof holidays>, known: ReturnType<typeof holidays> = []) =>
      calendarViolations(days, { ...basis, known }).map(({ code, found, expected }) => [code, found, expected]);
    // Monday 6 July: with the weekends around it twelve days are Saturday 4 to Wednesday 15.
    expect(found(holidays('2026-07-06', 10))).toEqual([]);
    const loose = ['calendar-too-loose', '2026-07-04 … 2026-07-16: 13', '≤ 12'];
    expect(found(holidays('2026-07-06', 11))).toEqual([loose]);
    expect(found(holidays('2026-07-16', 1), holidays('2026-07-06', 10))).toEqual([loose]);
    expect(found([...holidays('2026-07-14', 3), ...holidays('2026-07-06', 8)])).toEqual([loose]);
    const worked = { date: '2026-07-11', kind: 'working-day', name: '补班' };
    expect(found([...holidays('2026-07-06', 5), worked, ...holidays('2026-07-13', 4)])).toEqual([]);
    // A day of work taken back joins what it parted.
    const back = { ...worked, kind: 'as-the-week' };
    expect(found([back], [...holidays('2026-07-06', 5), worked, ...holidays('2026-07-13', 4)])).toEqual([loose]);
    expect(found(holidays('2999-12-31', 1))).toEqual([]);
  });

  it('a deadline is never moved by more than the longest rest, whatever days are let through', () => {
    const some = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 40 });
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 40 }), (offsets, days) => {
        const given = [...new Set(offsets)].map((at) => ({
          date: addDays('2026-06-24', at),
          kind: 'holiday',
          name: '节',
        }));
        fc.pre(given.length > 0 && calendarViolations(given, basis).length === 0);
        const { nominal, rolled } = dueOf({ ...clock, from: '2026-06-22', days }, calendarWith(given));
        expect(daysBetween(nominal, rolled)).toBeLessThanOrEqual(LONGEST_REST);
      }),
    );
  });

  it('the holidays of a year are counted with those entered before, not with those of the arrangement', () => {
    const mondays = Array.from({ length: 41 }, (_, at) => ({
      ...{ date: addDays('2027-01-04', 7 * at), kind: 'holiday', name: '节' },
    }));
    const found = (days: typeof mondays, known: typeof mondays = []) =>
      calendarViolations(days, { ...basis, known }).map(({ code, found }) => [code, found]);
    expect(found(mondays.slice(1))).toEqual([]);
    expect(found(mondays)).toEqual([['calendar-too-many-holidays', '2027: 41']]);
    expect(found(mondays.slice(40), mondays.slice(0, 40))).toEqual([['calendar-too-many-holidays', '2027: 41']]);
    expect(found([{ date: '2027-12-31', kind: 'working-day', name: '班' }], mondays)).toEqual([]);
    expect(found([{ date: '2026-10-01', kind: 'holiday', name: '国庆节' }], mondays)).toEqual([]);
  });

  it('a year lists built-in and entered days once each, in order', () => {
    const own = { date: '2026-10-01', kind: 'as-the-week', name: '照常', source: 'own' } as const;
    const days = daysOfYear(2026, [own, { ...own, date: '2027-01-01' }]);
    expect(days.map(({ date }) => date)).toEqual([...new Set(days.map(({ date }) => date))].sort());
    expect(days.filter(({ date }) => date === '2026-10-01')).toEqual([own]);
    expect(daysOfYear(2030, [])).toEqual([]);
  });
});

describe('Article 11(4): clocks', () => {
  it('warning, due and late follow one another, and late is what is after the rolled day', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 15 }), fc.integer({ min: 0, max: 15 }), (from, days, warning) => {
        const due = dueOf({ ...clock, from, days }, HOLIDAYS);
        expect(due.rolled >= due.nominal).toBe(true);
        const phases = Array.from({ length: 60 }, (_, at) => phaseOn(due, addDays(from, at), warning));
        const rank = (phase: (typeof phases)[number]) => [null, 'warning', 'due', 'late'].indexOf(phase);
        expect(phases.map(rank)).toEqual(phases.map(rank).sort((one, other) => one - other));
        expect(phaseOn(due, due.nominal, warning)).toBe('due');
        expect(phaseOn(due, due.rolled, warning)).toBe('due');
        expect(phaseOn(due, addDays(due.rolled, 1), warning)).toBe('late');
        expect(clockOn(due, addDays(due.rolled, 1), warning)).toMatchObject({
          state: 'late',
          daysLeft: -1,
          daysLate: 1,
        });
      }),
    );
  });

  it('a disclosure is closed on the first working day after its last day', () => {
    const due = dueOf({ ...clock, kind: 'disclosure', from: '2026-06-26', days: 0 }, HOLIDAYS);
    expect(due).toEqual({ nominal: '2026-06-26', rolled: '2026-06-29' });
  });

  it('what a sealed paper has stated does not move; what is open does', () => {
    const after = calendarWith([{ date: '2026-07-07', kind: 'holiday' }]);
    const stated = { ...clock, stated: '2026-07-07', subjectId: 't' };
    const moved = movedDeadlines([clock, stated], HOLIDAYS, after);
    expect(
      moved.map(({ clock: { subjectId }, before, after: then }) => [subjectId, before.rolled, then.rolled]),
    ).toEqual([['s', '2026-07-07', '2026-07-08']]);
  });
});
