// Years of conferral as the original-record archive keeps them (article 12): appraisals, which are due, and whether they are complete.
import { yearActions } from '../../procedures/archive/archive-actions.ts';
import { archiveCompleteness, type Completeness } from '../../procedures/archive/archive-completeness.ts';
import { type ArchiveYear, archiveYears } from '../../procedures/archive/archive-years.ts';
import { reachOf } from '../../procedures/read-access.ts';
import { todayOf } from '../../procedures/situation.ts';
import { CATEGORIES, type Category, keysOf } from '../../regulation/vocabulary.ts';
import { badInput } from '../bad-input.ts';
import { builder } from '../builder.ts';
import { pageOfList } from '../computed-page.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { actorIn, callIn } from '../context.ts';
import { RetentionEnum } from '../enums.ts';
import { keyOf, localId } from '../global-id.ts';
import type { Order, PageArgs } from '../keyset.ts';
import { PossibleActionRef } from '../possible-actions.ts';
import { readOne } from '../reads.ts';
import { visible } from '../scopes.ts';

const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

/** 鉴定 */
export const ArchiveAppraisalRef = builder.prismaNode('ArchiveAppraisal', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'archiveAppraisal')] }),
  description:
    'How long the original records of a year are kept. A later one takes its place; a term is never made shorter.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    year: t.exposeInt('year'),
    retention: t.field({
      type: RetentionEnum,
      select: { retention: true },
      resolve: ({ retention }) => retention as never,
    }),
    opinion: t.exposeString('opinion'),
    records: t.exposeInt('records'),
    filedUntil: t.expose('filedUntil', { type: 'Date', description: 'The last day on which one of them was filed.' }),
    keepUntil: t.expose('keepUntil', { type: 'Date', nullable: true, description: 'At least; null for good.' }),
    at: t.expose('at', { type: 'DateTime' }),
    officer: t.relation('officer'),
  }),
});

const ArchiveYearRef = builder.objectRef<ArchiveYear>('ArchiveYear').implement({
  description: 'A year of conferral: its records, and when they are due for appraisal.',
  fields: (t) => ({
    year: t.exposeInt('year'),
    records: t.exposeInt('records'),
    open: t.exposeInt('open', { description: 'Records on their way, neither filed nor ended.' }),
    filedUntil: t.expose('filedUntil', { type: 'Date', nullable: true }),
    dueOn: t.expose('dueOn', { type: 'Date', nullable: true, description: 'By the policy `appraisalYears`.' }),
    due: t.exposeBoolean('due', { description: 'Due by today and not appraised since.' }),
    appraisal: t.field({
      type: ArchiveAppraisalRef,
      nullable: true,
      resolve: async ({ institution, appraisal }, _args, context, info) => {
        if (!appraisal) return null;
        const where = { AND: [visible(context, 'archiveAppraisal'), { institution, id: appraisal.id }] };
        return (await readOne(context, info, 'archiveAppraisal', 'ArchiveAppraisal', where)) as never;
      },
    }),
    actions: t.field({
      type: [PossibleActionRef],
      complexity: { field: 10, multiplier: 5 },
      resolve: (year, _args, context) => yearActions(callIn(context), year),
    }),
  }),
});

const MissingFileRef = builder.objectRef<Completeness['missing'][number]>('MissingFile').implement({
  description: 'A file that is named and not kept.',
  fields: (t) => ({
    digest: t.exposeString('digest', { description: 'SHA-256.' }),
    namedBy: t.exposeString('namedBy', { description: 'The step that names it, or `photo`.' }),
  }),
});

const CompletenessRef = builder.objectRef<Completeness>('ArchiveCompleteness').implement({
  description: 'Whether the original records of a year are complete, as far as the officer sees them.',
  fields: (t) => ({
    year: t.exposeInt('year'),
    complete: t.exposeBoolean('complete'),
    records: t.exposeInt('records'),
    steps: t.exposeInt('steps'),
    files: t.exposeInt('files'),
    recordsWithoutSteps: t.exposeInt('withoutSteps'),
    brokenChains: t.exposeInt('brokenChains', { description: 'Steps that do not follow the one before them.' }),
    gaps: t.field({
      type: ['Int'],
      description: 'Numbers of the log without a step; at most a hundred.',
      resolve: ({ gaps }) => [...gaps],
    }),
    missing: t.field({
      type: [MissingFileRef],
      description: 'Files that are named and not kept; at most a hundred.',
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ missing }) => [...missing],
    }),
    missingRecords: t.stringList({
      description: 'Keys of records that sealed steps are about and that are not there; at most a hundred.',
      resolve: ({ missingRecords }) => [...missingRecords],
    }),
    alteredRosters: t.stringList({
      description: 'Keys of resolutions whose roster is not the one that was sealed.',
      resolve: ({ alteredRosters }) => [...alteredRosters],
    }),
  }),
});

const ArchiveYearConnection = connectionType('ArchiveYear', ArchiveYearRef);
const ArchiveAppraisalConnection = connectionType('ArchiveAppraisal', ArchiveAppraisalRef);
const LAST_YEAR: Order = { name: 'year', columns: [{ column: 'year', kind: 'number', down: true }] };

builder.queryFields((t) => ({
  archiveYears: t.field({
    type: ArchiveYearConnection,
    description: 'Years of conferral with their appraisals, for the degree office and auditors; the last first.',
    args: { ...PAGE_ARGS, due: t.arg.boolean({ required: false, description: 'Only those that are due.' }) },
    complexity: pageCost,
    resolve: async (_root, args, context) => {
      const all = await archiveYears(context.world, actorIn(context));
      const shown = args.due === true ? all.filter(({ due }) => due) : all;
      return pageOfList(shown, args as PageArgs, LAST_YEAR);
    },
  }),
  archiveAppraisals: t.field({
    type: ArchiveAppraisalConnection,
    description: 'Appraisals, the last first.',
    args: { ...PAGE_ARGS, year: t.arg.int({ required: false }) },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'archiveAppraisal', {
        where: {
          AND: [visible(context, 'archiveAppraisal'), typeof args.year === 'number' ? { year: args.year } : {}],
        },
        ...{ order: NEWEST, args, typeName: 'ArchiveAppraisal' },
      }),
  }),
  archiveCompleteness: t.field({
    type: CompletenessRef,
    nullable: true,
    description:
      'Whether the original records of a year of conferral are complete; null for who is not of the institution.',
    complexity: { field: 200, multiplier: 1 },
    args: {
      institution: t.arg.string({ description: 'Five-digit code.' }),
      year: t.arg.int({ required: false, description: 'The year of conferral; this year when not given.' }),
    },
    resolve: (_root, args, context) => {
      const reach = reachOf(actorIn(context));
      if (reach.kind === 'province' || reach.institution !== args.institution) return null;
      const year = args.year ?? Number(todayOf(context.world).slice(0, 4));
      if (year < 1900 || year > 9999) {
        throw badInput(
          { zh: '年度不正确。', en: 'The year is wrong.' },
          { path: 'year', found: String(year), expected: '1900 … 9999' },
        );
      }
      const categories: Category[] =
        reach.kind === 'categories' ? (reach.categories as Category[]) : keysOf(CATEGORIES);
      return archiveCompleteness(context.world, args.institution, year, categories);
    },
  }),
}));
