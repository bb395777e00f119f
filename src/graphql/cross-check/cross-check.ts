// The cross-check in person (article 11(2)): where it stands, who was drawn, the sheet for a blind second entry.

import {
  type BatchStanding,
  type DrawStanding,
  standingOf,
  wrongOf,
} from '../../procedures/cross-check/sample-standing.ts';
import { percentText } from '../../regulation/cross-check/sample.ts';
import { rosterNumber } from '../../regulation/resolution/roster.ts';
import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import { globalId, keyIn } from '../global-id.ts';
import { type Order, pageOf, pageQuery } from '../keyset.ts';
import { reader, reads } from '../reads.ts';
import { BatchRef } from '../records/batch.ts';
import { DegreeRecordConnection, DegreeRecordRef } from '../records/degree-record.ts';
import { visible } from '../scopes.ts';

const SampleDrawRef = builder.objectRef<DrawStanding>('SampleDraw').implement({
  description: 'One draw of records to be examined in person.',
  fields: (t) => ({
    number: t.int({ resolve: ({ draw }) => draw.number }),
    whole: t.boolean({ description: 'Everybody, after too many errors.', resolve: ({ draw }) => draw.whole }),
    percent: t.int({ resolve: ({ draw }) => draw.percent }),
    population: t.int({ description: 'How many were drawn from.', resolve: ({ draw }) => draw.population }),
    sampled: t.int({ resolve: ({ draw }) => draw.sampled }),
    examined: t.exposeInt('examined'),
    wrong: t.exposeInt('wrong'),
    errorRate: t.string({ resolve: ({ wrong, sampled }) => percentText(wrong, sampled) }),
    errorLimit: t.int({ description: 'Percent that may be wrong.', resolve: ({ limit }) => limit }),
    seedDigest: t.string({
      description: 'SHA-256 of the seed of the draw, hex.',
      resolve: ({ draw }) => draw.seedDigest,
    }),
    at: t.field({ type: 'DateTime', resolve: ({ draw }) => draw.at }),
  }),
});

const BatchCrossCheckRef = builder.objectRef<BatchStanding>('BatchCrossCheck').implement({
  description: 'Where the cross-check of a batch in person stands (article 11(2)).',
  fields: (t) => ({
    waiting: t.int({
      description: 'Records that wait for their cross-check.',
      resolve: ({ waiting }) => waiting.length,
    }),
    undrawn: t.exposeInt('undrawn', { description: 'Of those: not drawn from yet.' }),
    outstanding: t.exposeInt('outstanding', { description: 'Sampled records that wait for the checker.' }),
    sampled: t.exposeInt('sampled'),
    examined: t.exposeInt('examined'),
    wrong: t.exposeInt('wrong', {
      description: 'Sampled records that were found wrong, also when that was corrected or overruled afterwards.',
    }),
    overruled: t.exposeInt('overruled', { description: 'Of those: another checker overruled the finding.' }),
    errorRate: t.string({ resolve: ({ wrong, sampled }) => percentText(wrong, sampled) }),
    exceeded: t.boolean({
      description: 'More is wrong than tolerated: draw again, and everybody is drawn.',
      resolve: ({ exceeded }) => exceeded !== null,
    }),
    secondEntry: t.exposeBoolean('secondEntry', { description: 'The key fields are entered a second time, blind.' }),
    draws: t.field({
      type: [SampleDrawRef],
      args: { first: t.arg.int({ required: false, defaultValue: 20 }) },
      resolve: ({ draws }, { first }) => draws.slice(0, Math.max(0, first ?? 20)),
    }),
  }),
});

const WrongFieldRef = builder.objectRef<{ readonly field: string; readonly words: string }>('WrongField').implement({
  description: 'A field that a checker found wrong; without words after a second entry.',
  fields: (t) => ({ field: t.exposeString('field'), words: t.exposeString('words') }),
});

const ExaminationRef = builder.prismaObject('Examination', {
  description: 'What a checker found of one version of a record.',
  select: { institution: true, id: true },
  fields: (t) => ({
    version: t.exposeInt('version'),
    agrees: t.exposeBoolean('agrees'),
    wrong: t.field({
      type: [WrongFieldRef],
      select: { wrong: true },
      resolve: (row) => [...wrongOf(row)],
    }),
    note: t.exposeString('note', { nullable: true, description: 'Why an earlier finding was overruled.' }),
    secondEntry: t.boolean({ select: { entered: true }, resolve: ({ entered }) => entered !== null }),
    examinedBy: t.relation('examinedBy'),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});
const ExaminationConnection = connectionType('Examination', ExaminationRef);
const BY_ID: Order = { name: 'id', columns: [{ column: 'id', kind: 'text' }] };
/** As on the roster. */
const BY_PLACE: Order = {
  name: 'place',
  columns: [
    { column: 'rosterSequence', kind: 'number' },
    { column: 'id', kind: 'text' },
  ],
};

builder.prismaObjectField(DegreeRecordRef, 'examinations', (t) =>
  t.field({
    type: ExaminationConnection,
    description: 'What checkers found of it in person, oldest first; the last word on a version counts.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: (args, _context, nested) => ({
      institution: true,
      id: true,
      examinations: nested(nestedPage(args, BY_ID, {})),
    }),
    resolve: ({ institution, id, examinations }, args, context) =>
      pageOf(examinations, args, BY_ID, () =>
        reads(context, 'examination').count({ where: { institution, recordId: id } }),
      ),
  }),
);

const SampledEnum = builder.enumType('Sampled', {
  description: 'Which of the sampled records.',
  values: {
    ALL: { value: 'all', description: 'Everybody who was drawn.' },
    OUTSTANDING: { value: 'outstanding', description: 'Those who wait for the checker.' },
    WRONG: { value: 'wrong', description: 'Those found wrong, to be corrected.' },
  } as const,
});

/** The condition for sampled records of a batch. */
async function sampledWhere(
  context: GraphqlContext,
  { institution, id }: { institution: string; id: string },
  which: 'all' | 'outstanding' | 'wrong',
): Promise<object> {
  const drawn = { institution, batchId: id, drawn: { some: { batchId: id, sampled: true } } };
  if (which === 'all') return drawn;
  const { outstandingIds, wrongIds } = await standingOf(context.world.db.prisma, institution, id);
  return { ...drawn, id: { in: [...(which === 'wrong' ? wrongIds : outstandingIds)] } };
}

builder.prismaObjectFields(BatchRef, (t) => ({
  crossCheck: t.field({
    type: BatchCrossCheckRef,
    description: 'Where its cross-check in person stands.',
    complexity: { field: 50, multiplier: 1 },
    select: { institution: true, id: true },
    resolve: ({ institution, id }, _args, context) => standingOf(context.world.db.prisma, institution, id),
  }),
  sampledRecords: t.field({
    type: DegreeRecordConnection,
    description: 'The records that were drawn to be examined in person, each once.',
    args: { ...PAGE_ARGS, which: t.arg({ type: SampledEnum, required: false, defaultValue: 'all' }) },
    complexity: pageCost,
    select: { institution: true, id: true },
    resolve: async (batch, args, context, info) => {
      const chosen = await sampledWhere(context, batch, args.which ?? 'all');
      const where = { AND: [visible(context, 'degreeRecord'), chosen] };
      return readPage(context, info, 'degreeRecord', { where, order: BY_PLACE, args, typeName: 'DegreeRecord' });
    },
  }),
}));

interface SheetRow {
  readonly id: string;
  readonly institution: string;
  readonly rosterSequence: number;
  readonly studentNumber: string;
  readonly entered: boolean;
}

const SecondEntryRowRef = builder.objectRef<SheetRow>('SecondEntryRow').implement({
  description: 'One paper to be entered a second time: how to find it, and none of its values.',
  fields: (t) => ({
    record: t.id({ resolve: (row) => globalId('DegreeRecord', row) }),
    sequence: t.int({ description: 'Place on the roster.', resolve: ({ rosterSequence }) => rosterSequence }),
    studentNumber: t.exposeString('studentNumber', {
      description: 'The application number of an equivalent-education master.',
    }),
    entered: t.exposeBoolean('entered', { description: 'The present version has been entered.' }),
  }),
});
const SecondEntrySheetConnection = connectionType('SecondEntryRow', SecondEntryRowRef);

builder.queryField('secondEntrySheet', (t) =>
  t.field({
    type: SecondEntrySheetConnection,
    description: 'The sheet of work of a blind second entry: places and numbers, none of the values (article 11(2)).',
    args: { ...PAGE_ARGS, batch: t.arg.id() },
    complexity: pageCost,
    resolve: async (_root, args, context) => {
      const { institution, id: batchId } = keyIn(args.batch, 'Batch');
      const waits = { institution, batchId, state: 'collected', drawn: { some: { batchId, sampled: true } } };
      const where = { AND: [visible(context, 'degreeRecord'), waits] };
      const page = pageQuery(args, BY_PLACE);
      const rows = await reader(context).degreeRecord.findMany({
        where: { AND: [where, page.where] },
        orderBy: page.orderBy,
        take: page.take,
        select: {
          ...{ institution: true, id: true, version: true, rosterSequence: true, category: true },
          ...{ studentNumber: true, applicationNumber: true },
          examinations: { where: { batchId }, select: { version: true, entered: true } },
        },
      });
      const sheet = rows.map(
        ({ institution: code, id, version, rosterSequence, examinations, ...row }): SheetRow => ({
          ...{ institution: code, id, rosterSequence },
          studentNumber: rosterNumber(row as Parameters<typeof rosterNumber>[0]),
          entered: examinations.some((each) => each.version === version && each.entered !== null),
        }),
      );
      return pageOf(sheet, args, BY_PLACE, () => reads(context, 'degreeRecord').count({ where }));
    },
  }),
);
