// Jobs: long work behind an answer, with its progress.
import { builder } from './builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from './connection.ts';
import { JobKindEnum, JobStateEnum } from './enums.ts';
import { keyIn, keyOf, localId } from './global-id.ts';
import { type Order, pageOf } from './keyset.ts';
import { readOne, reads } from './reads.ts';
import { visible } from './scopes.ts';

const PROBLEM_ORDER: Order = { name: 'place', columns: [{ column: 'place', kind: 'text' }] };

const JobProblemRef = builder.prismaObject('JobProblem', {
  description: 'One single thing that a job could not do: where it is, never what it is.',
  select: { institution: true, jobId: true, place: true },
  fields: (t) => ({
    place: t.exposeString('place', { description: 'Table, key of the row and column, with slashes between.' }),
    code: t.exposeString('code', {
      description:
        'Of a re-encryption: `key-missing`, `altered`; `other-key-in-use` where a server with an old key ring goes on sealing.',
    }),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});
const JobProblemConnection = connectionType('JobProblem', JobProblemRef);

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
    problems: t.field({
      type: JobProblemConnection,
      description: 'What could not be done, thing by thing; for work that tells it.',
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, _context, nested) => ({
        institution: true,
        id: true,
        problems: nested(nestedPage(args, PROBLEM_ORDER, {})),
      }),
      resolve: ({ institution, id, problems }, args, context) =>
        pageOf(problems, args, PROBLEM_ORDER, () =>
          reads(context, 'jobProblem').count({ where: { institution, jobId: id } }),
        ),
    }),
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
