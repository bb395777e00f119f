// The board of deadlines (article 11(4)): everything with a clock that the officer sees, the next to be over first.
import { type BoardItem, clockScope, readBoard } from '../../procedures/deadlines/deadline-board.ts';
import { builder } from '../builder.ts';
import { pageOfList } from '../computed-page.ts';
import { connectionType, PAGE_ARGS, pageCost } from '../connection.ts';
import { actorIn } from '../context.ts';
import { CategoryEnum, ClockStateEnum, DeadlineKindEnum, StepNameEnum } from '../enums.ts';
import { globalId } from '../global-id.ts';
import type { Order, PageArgs } from '../keyset.ts';

const DeadlineRef = builder.objectRef<BoardItem>('Deadline').implement({
  description:
    'Something that runs against a clock. Reminders run on the nominal day; late is what is after the rolled one.',
  fields: (t) => ({
    kind: t.field({ type: DeadlineKindEnum, resolve: (item) => item.kind }),
    institution: t.exposeString('institution'),
    subject: t.id({
      description: 'Global id of the resolution, batch, objection or application.',
      resolve: ({ subjectType, institution, subjectId: id }) => globalId(subjectType, { institution, id }),
    }),
    category: t.field({ type: CategoryEnum, nullable: true, resolve: (item) => item.category }),
    office: t.exposeString('officeId', { description: 'The office in charge, `10447/academic-affairs-office`.' }),
    nextStep: t.field({ type: StepNameEnum, nullable: true, resolve: (item) => item.nextStep }),
    open: t.exposeInt('open', { description: 'How many single things are open: people, records.' }),
    nominal: t.expose('nominal', { type: 'Date', description: 'The nominal last day.' }),
    rolled: t.expose('rolled', {
      type: 'Date',
      description:
        'The last day in time, after holidays and weekends; of a disclosure the first working day on which it can be closed.',
    }),
    daysLeft: t.exposeInt('daysLeft', { description: 'To the rolled day; negative when late.' }),
    daysLate: t.exposeInt('daysLate'),
    state: t.field({ type: ClockStateEnum, resolve: (item) => item.state }),
    since: t.expose('since', { type: 'Date', nullable: true, description: 'Since when it waits, e.g. an objection.' }),
    stoppedOn: t.expose('stoppedOn', {
      type: 'Date',
      nullable: true,
      description: 'The day on which the clock stopped, e.g. when the report was sealed.',
    }),
  }),
});

const DeadlineConnection = connectionType('Deadline', DeadlineRef);
const NEXT: Order = {
  name: 'due',
  columns: [
    { column: 'rolled', kind: 'text' },
    { column: 'key', kind: 'text' },
  ],
};

builder.queryField('deadlines', (t) =>
  t.field({
    type: DeadlineConnection,
    description: 'Everything with a clock, the next to be over first; the provincial office sees what waits for it.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ required: false, description: 'Five-digit code.' }),
      kind: t.arg({ type: [DeadlineKindEnum], required: false }),
      state: t.arg({ type: [ClockStateEnum], required: false }),
      office: t.arg.string({ required: false, description: 'The office in charge.' }),
    },
    complexity: (args: PageArgs) => ({ ...pageCost(args), field: 200 }),
    resolve: async (_root, args, context) => {
      const { institution, kind: kinds, state: states, office: officeId } = args;
      const filter = { institution, kinds, states, officeId };
      const board = await readBoard(context.world, context.world.db.prisma, clockScope(actorIn(context)), filter);
      const keyed = board.map((item) => ({ ...item, key: item.id }));
      return pageOfList(keyed, args, NEXT);
    },
  }),
);
