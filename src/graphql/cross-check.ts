// The cross-check in person (article 11(2)): where it stands, who was drawn, the sheet for a blind second entry.

import { type BatchStanding, type DrawStanding, standingOf, wrongOf } from '../procedures/sample-standing.ts';
import { rosterNumber } from '../regulation/roster.ts';
import { percentText } from '../regulation/sample.ts';
import { BatchRef } from './batch.ts';
import { builder } from './builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from './connection.ts';
import { globalId, keyIn } from './global-id.ts';
import { type Order, pageOf, pageQuery } from './keyset.ts';
import { reader, reads } from './reads.ts';
import { visible } from './scopes.ts';

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
    wrong: t.exposeInt('wrong'),
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

const SampledRecordRef = builder.prismaObject('DrawnRecord', {
  name: 'SampledRecord',
  description: 'A record that was drawn to be examined in person.',
  select: { institution: true, batchId: true, draw: true, recordId: true },
  fields: (t) => ({
    draw: t.exposeInt('draw', { description: 'Number of the draw.' }),
    version: t.exposeInt('version', { description: 'The version that was drawn from.' }),
    record: t.relation('record'),
    examinations: t.field({
      type: ExaminationConnection,
      description: 'What was found, oldest first; the last word on a version counts.',
      args: PAGE_ARGS,
      complexity: pageCost,
      select: { institution: true, recordId: true },
      resolve: ({ institution, recordId }, args, context, info) =>
        readPage(context, info, 'examination', {
          ...{ where: { institution, recordId }, order: BY_ID, args, typeName: 'Examination' },
        }),
    }),
  }),
});
const SampledRecordConnection = connectionType('SampledRecord', SampledRecordRef);

/** As drawn: by draw, then by record. */
const DRAWN: Order = {
  name: 'drawn',
  columns: [
    { column: 'draw', kind: 'number' },
    { column: 'recordId', kind: 'text' },
  ],
};

builder.prismaObjectFields(BatchRef, (t) => ({
  crossCheck: t.field({
    type: BatchCrossCheckRef,
    description: 'Where its cross-check in person stands.',
    complexity: { field: 50, multiplier: 1 },
    select: { institution: true, id: true },
    resolve: ({ institution, id }, _args, context) => standingOf(context.world.db.prisma, institution, id),
  }),
  sampledRecords: t.field({
    type: SampledRecordConnection,
    description: 'The records that were drawn to be examined in person.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: { institution: true, id: true },
    resolve: ({ institution, id }, args, context, info) =>
      readPage(context, info, 'drawnRecord', {
        where: { institution, batchId: id, sampled: true, record: visible(context, 'degreeRecord') },
        order: DRAWN,
        args,
        typeName: 'SampledRecord',
        key: ['institution', 'batchId', 'draw', 'recordId'],
      }),
  }),
}));

interface SheetRow {
  readonly draw: number;
  readonly recordId: string;
  readonly institution: string;
  readonly sequence: number;
  readonly studentNumber: string;
  readonly entered: boolean;
}

const SecondEntryRowRef = builder.objectRef<SheetRow>('SecondEntryRow').implement({
  description: 'One paper to be entered a second time: how to find it, and none of its values.',
  fields: (t) => ({
    record: t.id({
      resolve: ({ institution, recordId }) => globalId('DegreeRecord', { institution, id: recordId }),
    }),
    sequence: t.exposeInt('sequence', { description: 'Place on the roster.' }),
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
      const record = { AND: [visible(context, 'degreeRecord'), { state: 'collected' }] };
      const where = { institution, batchId, sampled: true, record };
      const page = pageQuery(args, DRAWN);
      const rows = await reader(context).drawnRecord.findMany({
        where: { AND: [where, page.where] },
        orderBy: page.orderBy,
        take: page.take,
        select: {
          ...{ institution: true, draw: true, recordId: true },
          record: {
            select: {
              ...{ version: true, rosterSequence: true, category: true, studentNumber: true, applicationNumber: true },
              examinations: { select: { version: true, entered: true } },
            },
          },
        },
      });
      const sheet = rows.map(
        ({ record: kept, ...row }): SheetRow => ({
          ...row,
          sequence: kept.rosterSequence,
          studentNumber: rosterNumber(kept as Parameters<typeof rosterNumber>[0]),
          entered: kept.examinations.some(({ version, entered }) => version === kept.version && entered !== null),
        }),
      );
      return pageOf(sheet, args, DRAWN, () => reads(context, 'drawnRecord').count({ where }));
    },
  }),
);
