// Reminders of deadlines for the own office (article 11(4)): unread first. Nothing is mailed; a sender beside this server may read them here.
import { markReminderRead } from '../../procedures/deadlines/mark-reminder-read.ts';
import type { DeadlineKind, ReminderPhase } from '../../regulation/deadlines/deadline-board.ts';
import type { StepName } from '../../regulation/steps.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import { addAction } from '../action.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { CategoryEnum, DeadlineKindEnum, ReminderPhaseEnum, StepNameEnum } from '../enums.ts';
import { globalId, keyFrom, keyOf, localId } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { loaded } from '../loaded.ts';
import { visible } from '../scopes.ts';

const ReminderRef = builder.prismaNode('Reminder', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'reminder')] }),
  description: 'A deadline that an office was told of, as it stood on that day. Never personal data.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    office: t.exposeString('officeId'),
    kind: t.field({ type: DeadlineKindEnum, select: { kind: true }, resolve: (row) => row.kind as DeadlineKind }),
    phase: t.field({ type: ReminderPhaseEnum, select: { phase: true }, resolve: (row) => row.phase as ReminderPhase }),
    subject: t.id({
      select: { institution: true, subjectId: true, subjectType: true },
      resolve: ({ institution, subjectId: id, subjectType }) => globalId(subjectType, { institution, id }),
    }),
    category: t.field({
      type: CategoryEnum,
      nullable: true,
      select: { category: true },
      resolve: (row) => row.category as Category | null,
    }),
    nextStep: t.field({
      type: StepNameEnum,
      nullable: true,
      select: { nextStep: true },
      resolve: (row) => row.nextStep as StepName | null,
    }),
    nominal: t.expose('nominal', { type: 'Date' }),
    rolled: t.expose('rolled', { type: 'Date' }),
    daysLeft: t.exposeInt('daysLeft', { description: 'On the day of the reminder.' }),
    open: t.exposeInt('open', { description: 'How many single things were open.' }),
    day: t.expose('day', { type: 'Date', description: 'The day of the reminder.' }),
    read: t.boolean({ select: { state: true }, resolve: ({ state }) => state === 'read' }),
    readAt: t.expose('readAt', { type: 'DateTime', nullable: true }),
  }),
});

const ReminderConnection = connectionType('Reminder', ReminderRef);
// 'unread' comes after 'read' in the alphabet, and a UUIDv7 tells when it was made.
const UNREAD_FIRST: Order = {
  name: 'unread',
  columns: [
    { column: 'state', kind: 'text', down: true },
    { column: 'id', kind: 'text', down: true },
  ],
};

builder.queryField('reminders', (t) =>
  t.field({
    type: ReminderConnection,
    description: 'Reminders for the own office: unread first, then the newest.',
    args: { ...PAGE_ARGS, unreadOnly: t.arg.boolean({ required: false }) },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'reminder', {
        where: { AND: [visible(context, 'reminder'), args.unreadOnly ? { state: 'unread' } : {}] },
        order: UNREAD_FIRST,
        args,
        typeName: 'Reminder',
      }),
  }),
);

addAction('markReminderRead', {
  description: 'Marks a reminder as read for the whole office; the first reader is kept.',
  sealed: false,
  input: (t) => ({ reminder: t.id() }),
  run: async (call, { reminder }) => {
    const { institution, id: reminderId } = keyFrom(reminder, 'Reminder');
    return { institution, stepId: null, ...(await markReminderRead(call, { institution, reminderId })) };
  },
  success: (t) => ({
    reminder: t.field({
      type: ReminderRef,
      nullable: true,
      resolve: ({ institution, reminderId: id }, _args, context, info) =>
        loaded(context, info, 'reminder', 'Reminder', { institution, id }),
    }),
  }),
});
