// Jobs: long work behind an answer, with its progress.
import { builder } from './builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from './connection.ts';
import { JobKindEnum, JobStateEnum } from './enums.ts';
import { keyIn, keyOf, localId } from './global-id.ts';
import type { Order } from './keyset.ts';
import { readOne } from './reads.ts';
import { visible } from './scopes.ts';

/** Long work, with its progress. */
export const JobRef = builder.prismaNode('Job', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'job')] }),
  description: 'Long work that goes on behind an answer, with its progress.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    kind: t.field({ type: JobKindEnum, select: { kind: true }, resolve: (job) => job.kind as never }),
    state: t.field({ type: JobStateEnum, select: { state: true }, resolve: (job) => job.state as never }),
    total: t.exposeInt('total', { description: 'How many single things are to be done.' }),
    done: t.exposeInt('done'),
    failed: t.exposeInt('failed', { description: 'How many of them could not be done.' }),
    attempts: t.exposeInt('attempts', {
      description: 'How often it was taken up; after five failures it is given up.',
    }),
    runAt: t.expose('runAt', { type: 'DateTime' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
  }),
});

const JobConnection = connectionType('Job', JobRef);
const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

builder.queryFields((t) => ({
  job: t.field({
    type: JobRef,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, args, context, info) =>
      readOne(context, info, 'job', 'Job', { AND: [visible(context, 'job'), { ...keyIn(args.id, 'Job') }] }),
  }),
  jobs: t.field({
    type: JobConnection,
    description: 'Jobs of the own office, or of the institution; newest first.',
    args: { ...PAGE_ARGS, state: t.arg({ type: [JobStateEnum], required: false }) },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'job', {
        where: { AND: [visible(context, 'job'), args.state ? { state: { in: args.state } } : {}] },
        order: NEWEST,
        args,
        typeName: 'Job',
      }),
  }),
}));
