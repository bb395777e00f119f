// The calendar of an institution (article 11(4)): by which days deadlines roll, where each comes from, and entering them.
import { type CalendarEntryOfYear, calendarOfYear } from '../../procedures/deadlines/calendar-year.ts';
import { type PlainMove, setCalendarDays } from '../../procedures/deadlines/set-calendar.ts';
import { todayOf } from '../../procedures/situation.ts';
import type { CalendarKind } from '../../regulation/deadlines/calendar.ts';
import type { DeadlineKind } from '../../regulation/deadlines/deadline-board.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import { addAction } from '../action.ts';
import { badInput } from '../bad-input.ts';
import { builder } from '../builder.ts';
import { pageOfList } from '../computed-page.ts';
import { connectionType, PAGE_ARGS, pageCost } from '../connection.ts';
import { actorIn } from '../context.ts';
import { CalendarKindEnum, CategoryEnum, DeadlineKindEnum } from '../enums.ts';
import { firstOf, VIOLATION_ARGS } from '../errors.ts';
import { globalId } from '../global-id.ts';
import { LARGEST_PAGE, type Order } from '../keyset.ts';
import { reader } from '../reads.ts';
import { visible } from '../scopes.ts';

const CalendarSourceEnum = builder.enumType('CalendarSource', {
  description: 'Who says so of a day.',
  values: {
    BUILT_IN: { value: 'built-in', description: '国务院办公厅安排\nthe arrangement of the State Council' },
    OWN: { value: 'own', description: '本单位\nthe institution' },
    PROVINCE: { value: 'province', description: '省学位委员会办公室\nthe provincial office' },
  } as const,
});

const CalendarDayRef = builder.objectRef<CalendarEntryOfYear>('CalendarDay').implement({
  description: 'A day on which the calendar differs from the week, or that somebody entered.',
  fields: (t) => ({
    date: t.expose('date', { type: 'Date' }),
    kind: t.field({ type: CalendarKindEnum, resolve: (day) => day.kind as CalendarKind }),
    name: t.exposeString('name'),
    source: t.field({ type: CalendarSourceEnum, resolve: (day) => day.source }),
    noticeDigest: t.exposeString('noticeDigest', { nullable: true, description: 'SHA-256 of the notice, if any.' }),
  }),
});

const CalendarDayConnection = connectionType('CalendarDay', CalendarDayRef);
const BY_DATE: Order = { name: 'date', columns: [{ column: 'date', kind: 'text' }] };
const NO_YEAR = { zh: '年份应为 1900 至 2999。', en: 'A year is 1900 to 2999.' };

builder.queryField('calendar', (t) =>
  t.field({
    type: CalendarDayConnection,
    description:
      'The days of a year that differ from the week, or that somebody entered; none of an institution that the officer may not see.',
    args: {
      ...PAGE_ARGS,
      year: t.arg.int({ required: false, description: 'This year by the clock of the register when nothing is said.' }),
      institution: t.arg.string({ required: false, description: 'The own institution when nothing is said.' }),
    },
    complexity: pageCost,
    resolve: async (_root, args, context) => {
      const year = args.year ?? Number(todayOf(context.world).slice(0, 4));
      if (year < 1900 || year > 2999) throw badInput(NO_YEAR, { path: 'year', found: year, expected: '1900 … 2999' });
      const code = args.institution ?? actorIn(context).institution ?? '';
      const found = await reader(context).institution.findFirst({
        where: { AND: [visible(context, 'institution'), { code }] },
        select: { provincialOfficeId: true },
      });
      const db = context.world.db.prisma;
      const days = found ? await calendarOfYear(db, code, found.provincialOfficeId, year) : [];
      // A year of holidays is one page unless another size is asked for.
      const first = args.first ?? (typeof args.last === 'number' ? null : LARGEST_PAGE);
      return pageOfList(days, { ...args, first }, BY_DATE);
    },
  }),
);

const MovedDeadlineRef = builder.objectRef<PlainMove>('MovedDeadline').implement({
  description: 'An open deadline that other days move.',
  fields: (t) => ({
    kind: t.field({ type: DeadlineKindEnum, resolve: (moved) => moved.kind as DeadlineKind }),
    subject: t.id({
      resolve: ({ subjectType, institution, subjectId: id }) => globalId(subjectType, { institution, id }),
    }),
    category: t.field({ type: CategoryEnum, nullable: true, resolve: (moved) => moved.category as Category | null }),
    office: t.exposeString('officeId'),
    nominal: t.expose('nominal', { type: 'Date' }),
    rolledBefore: t.expose('rolledBefore', { type: 'Date' }),
    rolledAfter: t.expose('rolledAfter', { type: 'Date' }),
  }),
});

const CalendarDayInput = builder.inputType('CalendarDayInput', {
  fields: (t) => ({
    date: t.field({ type: 'Date' }),
    kind: t.field({ type: CalendarKindEnum }),
    name: t.string({ description: 'Of the holiday it belongs to.' }),
  }),
});

addAction('setCalendarDays', {
  description:
    'Enters days of the calendar of one institution, and shows which open deadlines they move (article 11(4)). By its degree office or by the provincial office.',
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    days: t.field({ type: [CalendarDayInput], defaultValue: [] }),
    tableDigest: t.string({
      required: false,
      description: 'SHA-256 of a table of days, uploaded as CALENDAR_TABLE, instead of `days`.',
    }),
    noticeDigest: t.string({
      required: false,
      description:
        'SHA-256 of the notice, uploaded as CALENDAR_NOTICE; needed for a year that the State Council has arranged.',
    }),
  }),
  run: async (call, { institution, days, tableDigest, noticeDigest }) => {
    const given = days.map(({ date, kind, name }) => ({ date, kind, name }));
    const files = { tableDigest: tableDigest ?? null, noticeDigest: noticeDigest ?? null };
    return { institution, ...(await setCalendarDays(call, { institution, days: given, ...files })) };
  },
  success: (t) => ({
    days: t.exposeInt('days', { description: 'How many days were entered.' }),
    movedCount: t.int({ resolve: (done) => done.moved.length }),
    moved: t.field({
      type: [MovedDeadlineRef],
      args: VIOLATION_ARGS,
      resolve: (done, args) => firstOf(done.moved, args),
    }),
  }),
});
