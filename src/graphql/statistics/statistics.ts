// Statistics (article 17): figures of a year before they are published, for those who answer for them; and what is public, for everybody.

import { todayOf } from '../../procedures/situation.ts';
import { publishedStatistics, publishedYears } from '../../procedures/statistics/published-statistics.ts';
import { type Action, statisticsActions } from '../../procedures/statistics/statistics-actions.ts';
import { contentOfPublication, type Figures, previewFigures } from '../../procedures/statistics/statistics-figures.ts';
import { lookIn, tableOf } from '../../regulation/statistics/table.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { actorIn, callIn, type GraphqlContext } from '../context.ts';
import { firstOf, VIOLATION_ARGS, ViolationRef } from '../errors.ts';
import { keyOf, localId } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { PossibleActionRef } from '../possible-actions.ts';
import { reader, readOne } from '../reads.ts';
import { visible } from '../scopes.ts';
import {
  checkTable,
  StatisticsCellRef,
  StatisticsColumnEnum,
  StatisticsDimensionEnum,
  StatisticsTableRef,
  TABLE_ARGS,
} from './statistics-table.ts';

/** Statistics that are public. */
export const StatisticsPublicationRef = builder.prismaNode('StatisticsPublication', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'statisticsPublication')] }),
  description: 'The statistics of one year as they were published, sealed. Public.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    year: t.exposeInt('year', { description: 'Year of conferral.' }),
    version: t.exposeInt('version', { description: 'Counted from 1 for each year.' }),
    asOf: t.expose('asOf', { type: 'Date', description: 'Records filed up to this day are counted.' }),
    threshold: t.exposeInt('threshold', { description: 'The least number of people in a published count.' }),
    total: t.exposeInt('total', { description: 'People in all.' }),
    withheld: t.field({
      type: [StatisticsDimensionEnum],
      description: 'Dimensions of which nothing is published, because there are too few people.',
      select: { content: true },
      resolve: (row) => [...contentOfPublication(row).withheld],
    }),
    digest: t.exposeString('digest', { description: 'SHA-256 of the data file, also named in the sealed step.' }),
    documentNumber: t.exposeString('documentNumber'),
    verificationCode: t.exposeString('verificationCode'),
    pdfDigest: t.exposeString('pdfDigest', { description: 'SHA-256 of the sealed PDF.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime' }),
    table: t.field({
      type: StatisticsTableRef,
      args: TABLE_ARGS,
      complexity: { field: 20, multiplier: 1 },
      select: { content: true },
      resolve: (row, { rows, columns, subtotals }) => {
        checkTable(rows, columns ?? null);
        return tableOf(contentOfPublication(row), rows, columns ?? null, subtotals ?? false);
      },
    }),
    ...Object.fromEntries(
      (['pdf', 'xlsx', 'csv', 'json'] as const).map((format) => [
        `${format}Url`,
        t.string({
          description: 'Public; holds for ever.',
          select: { institution: true, year: true, version: true },
          resolve: ({ institution, year, version }, _args, { world }) =>
            `${world.origin}/institutions/${institution}/statistics/${year}/v${version}.${format}`,
        }),
      ]),
    ),
  }),
});

const PublicationConnection = connectionType('StatisticsPublication', StatisticsPublicationRef);
const NEWEST: Order = {
  name: 'newest',
  columns: [
    { column: 'year', kind: 'number', down: true },
    { column: 'version', kind: 'number', down: true },
  ],
};

interface Preview extends Figures {
  readonly institution: string;
  readonly year: number;
}

const PreviewRef = builder.objectRef<Preview>('Statistics').implement({
  description:
    'The statistics of a year as they could be published today: protected like what is public, so that nothing else is ever copied from them.',
  fields: (t) => ({
    institution: t.exposeString('institution'),
    year: t.exposeInt('year'),
    asOf: t.expose('asOf', { type: 'Date' }),
    threshold: t.int({ nullable: true, resolve: ({ content }) => content?.threshold ?? null }),
    total: t.field({
      type: StatisticsCellRef,
      resolve: ({ content }) => ({ count: content && lookIn(content)() }),
    }),
    withheld: t.field({
      type: [StatisticsDimensionEnum],
      description: 'Dimensions of which nothing can be published, because there are too few people.',
      resolve: ({ content }) => [...(content?.withheld ?? [])],
    }),
    digest: t.exposeString('digest', {
      nullable: true,
      description: 'Give it to `publishStatistics`, so that nothing else is published than was looked at.',
    }),
    versions: t.int({ description: 'How many versions are public.', resolve: ({ earlier }) => earlier.length }),
    violations: t.field({
      type: [ViolationRef],
      description: 'What stands in the way of publishing.',
      args: VIOLATION_ARGS,
      complexity: { field: 1, multiplier: 5 },
      resolve: ({ violations }, args) => firstOf(violations, args),
    }),
    table: t.field({
      type: StatisticsTableRef,
      nullable: true,
      description: 'Null where nothing may be seen of the year.',
      args: TABLE_ARGS,
      complexity: { field: 20, multiplier: 1 },
      resolve: ({ content }, { rows, columns, subtotals }) => {
        checkTable(rows, columns ?? null);
        return content && tableOf(content, rows, columns ?? null, subtotals ?? false);
      },
    }),
    actions: t.field({
      type: [PossibleActionRef],
      description: 'What the officer can do with it now.',
      complexity: { field: 50, multiplier: 5 },
      resolve: (preview, _args, context): Promise<Action[]> => statisticsActions(callIn(context), preview),
    }),
  }),
});

builder.queryFields((t) => ({
  statistics: t.field({
    type: PreviewRef,
    nullable: true,
    description:
      'The figures of a year before they are published, for the degree office, an auditor and the provincial office; null for everybody else.',
    complexity: { field: 5_000, multiplier: 1 },
    args: {
      institution: t.arg.string({ required: false, description: 'The own institution when nothing is said.' }),
      year: t.arg.int({ required: false, description: 'This year by the clock of the register when nothing is said.' }),
    },
    resolve: async (_root, args, context): Promise<Preview | null> => {
      const institution = args.institution ?? actorIn(context).institution ?? '';
      const year = args.year ?? Number(todayOf(context.world).slice(0, 4));
      if (!(await mayLook(context, institution))) return null;
      return { institution, year, ...(await previewFigures(context.world, institution, year)) };
    },
  }),
  publishedStatistics: t.field({
    type: PublicationConnection,
    skipTypeScopes: true,
    description: 'What an institution has published, the newest year and version first. Public.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ description: 'Five-digit code.' }),
      year: t.arg.int({ required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'statisticsPublication', {
        where: { institution: args.institution, ...(typeof args.year === 'number' ? { year: args.year } : {}) },
        order: NEWEST,
        args,
        typeName: 'StatisticsPublication',
      }),
  }),
  statisticsPublication: t.field({
    type: StatisticsPublicationRef,
    nullable: true,
    skipTypeScopes: true,
    description: 'The published statistics of a year: the last version when none is named. Public.',
    args: {
      institution: t.arg.string({ description: 'Five-digit code.' }),
      year: t.arg.int({ required: false, description: 'The last published year when nothing is said.' }),
      version: t.arg.int({ required: false }),
    },
    resolve: async (_root, { institution, year, version }, context, info) => {
      const of = { institution, year: year ?? undefined, version: version ?? undefined };
      const found = await publishedStatistics(context.world, of);
      const key = found && { institution, id: found.id };
      return key && readOne(context, info, 'statisticsPublication', 'StatisticsPublication', key);
    },
  }),
  publishedStatisticsByYear: t.field({
    type: StatisticsTableRef,
    skipTypeScopes: true,
    description: 'Published years one under the other, each from its last version. Public.',
    complexity: { field: 500, multiplier: 1 },
    args: {
      institution: t.arg.string({ description: 'Five-digit code.' }),
      columns: t.arg({ type: StatisticsColumnEnum, required: false }),
      from: t.arg.int({ required: false, defaultValue: 0 }),
      to: t.arg.int({ required: false, defaultValue: 9999 }),
    },
    resolve: (_root, { institution, columns, from, to }, context) =>
      publishedYears(context.world, institution, columns ?? null, { from: from ?? 0, to: to ?? 9999 }),
  }),
}));

async function mayLook(context: GraphqlContext, code: string): Promise<boolean> {
  const where = { AND: [visible(context, 'statistics'), { code }] };
  return (await reader(context).institution.findFirst({ where, select: { code: true } })) !== null;
}
