// 维护节假日安排 (R11.4): an officer enters days of the calendar of one institution, and sees which open deadlines they move.
import { calendarViolations, calendarWith, type GivenDay } from '../../regulation/deadlines/calendar.ts';
import { type MovedDeadline, movedDeadlines } from '../../regulation/deadlines/deadline-board.ts';
import { readCalendarHeader, readCalendarRow } from '../../regulation/standard/calendar-template.ts';
import { violation } from '../../regulation/violations.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { readCalendar, setDays } from '../../store/deadlines/calendar.ts';
import type { Call } from '../call.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import { readSideTable } from '../structure/side-table.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { clocksOfInstitution, readClocks } from './open-clocks.ts';

/** Days one by one, or as an uploaded table (kind `calendar-table`); the notice (kind `calendar-notice`) where there is one. */
export interface SetCalendarInput {
  readonly institution: string;
  readonly days: readonly GivenDay[];
  readonly tableDigest?: string | null | undefined;
  readonly noticeDigest?: string | null | undefined;
}

/** A deadline that moves, as plain JSON. */
export type PlainMove = {
  readonly kind: string;
  readonly institution: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly category: string | null;
  readonly officeId: string;
  readonly nominal: string;
  readonly rolledBefore: string;
  readonly rolledAfter: string;
};

export type SetCalendar = { readonly days: number; readonly moved: readonly PlainMove[] };

/**
 * Enters days (step `set-calendar`, by the degree office for its institution or by the provincial office for one of its own). What was
 * sealed with a deadline keeps it: papers and statements hold the day that they stated.
 * @throws {Refused} a day that is over, that the province set, of an arranged year without its notice, or too much rest. {NotFound}, {Forbidden}
 */
export function setCalendarDays(call: Call, input: SetCalendarInput): Promise<Performed<SetCalendar>> {
  const { institution } = input;
  const tableDigest = input.tableDigest ?? null;
  const noticeDigest = input.noticeDigest ?? null;
  const given = input.days.map(({ date, kind, name }) => ({ date, kind, name: name.trim() }));
  return perform(call, 'set-calendar', institution, { days: given, tableDigest, noticeDigest }, async (tx) => {
    const { world, actor } = call;
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'set-calendar', target);
    const reader = { kind: 'calendar-table', header: readCalendarHeader, row: readCalendarRow } as const;
    const table =
      tableDigest === null
        ? { rows: [], violations: [] }
        : await readSideTable(tx, world, institution, tableDigest, reader);
    const days = [...given, ...table.rows];
    const known = await readCalendar(tx, institution);
    const { provincialOfficeId } = target;
    const ofProvince =
      actor.officeId === provincialOfficeId ? [] : known.filter((day) => day.setByOffice === provincialOfficeId);
    const missing = await missingFile(tx, call, {
      ...{ institution, path: 'noticeDigest', digest: noticeDigest, kind: 'calendar-notice', article: '11(4)' },
    });
    const violations = [
      ...(tableDigest !== null && given.length > 0
        ? [
            violation('calendar-both', 'days', {
              found: `${given.length} + tableDigest`,
              expected: 'days / tableDigest',
            }),
          ]
        : []),
      ...table.violations,
      ...calendarViolations(days, {
        today: todayOf(world),
        notice: noticeDigest !== null,
        ofProvince: new Set(ofProvince.map(({ date }) => date)),
        known,
      }),
      ...missing,
    ];
    const clocks = await readClocks(tx, clocksOfInstitution(institution), todayOf(call.world));
    const moved = movedDeadlines(clocks, calendarWith(known), calendarWith([...known, ...days])).map(plain);
    const facts = { days: days.map(({ date, kind, name }) => ({ date, kind, name })), moved: moved.length };
    return {
      target,
      violations,
      subjects: [{ kind: 'calendar', id: uuidv7(), version: 1, digest: digestOf({ institution, days: facts.days }) }],
      fresh: true,
      facts,
      files: [noticeDigest, tableDigest].filter((digest) => digest !== null),
      save: async ({ at }) => {
        const setByOffice = actor.officeId;
        await setDays(
          tx,
          days.map((day) => ({ ...day, institution, setByOffice, noticeDigest, setAt: at })),
        );
        return { days: days.length, moved };
      },
    };
  });
}

function plain({ clock, before, after }: MovedDeadline): PlainMove {
  const { kind, institution, subjectType, subjectId, category, officeId } = clock;
  return {
    ...{ kind, institution, subjectType, subjectId, category, officeId, nominal: after.nominal },
    ...{ rolledBefore: before.rolled, rolledAfter: after.rolled },
  };
}
