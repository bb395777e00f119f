// Batches: the records of one resolution and category on their common way (R5.1).
import { ownerOf } from '../../procedures/offices/ownership.ts';
import { todayOf } from '../../procedures/situation.ts';
import { ENDED } from '../../regulation/lifecycle.ts';
import type { BatchFilter } from '../../store/filters.ts';
import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { BatchStateEnum, CategoryEnum } from '../enums.ts';
import { globalId, keyIn, keyOf, localId } from '../global-id.ts';
import { type Order, pageOf } from '../keyset.ts';
import { requireLookUp } from '../look-up.ts';
import { readOne, reads } from '../reads.ts';
import { visible } from '../scopes.ts';
import { StepConnection } from '../seals/step.ts';
import { DegreeRecordConnection } from './degree-record.ts';
import { stepsAbout } from './record-history.ts';
import { RECORD_ORDERS, RecordFilterInput, RecordOrderEnum, recordWhere } from './record-order.ts';

/** What decides which office owns a category. */
const OWNERSHIP = {
  policies: { select: { id: true, effectiveFrom: true, sealedOn: true, content: true }, orderBy: { sequence: 'asc' } },
  offices: { select: { id: true, kind: true, openedOn: true, closedOn: true } },
} as const;

/** The records of one resolution and category. */
export const BatchRef = builder.prismaNode('Batch', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'batch')] }),
  description: 'The records of one resolution and category on their common way.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    category: t.field({ type: CategoryEnum, select: { category: true }, resolve: (batch) => batch.category as never }),
    office: t.string({
      description:
        'The office that owns the category today, `10447/academic-affairs-office`; the one that opened the batch when there is none.',
      select: { category: true, officeId: true, of: { select: OWNERSHIP } },
      resolve: ({ category, officeId, of }, _args, { world }) => ownerOf(of, category, todayOf(world)) ?? officeId,
    }),
    state: t.field({ type: BatchStateEnum, select: { state: true }, resolve: (batch) => batch.state as never }),
    version: t.exposeInt('version'),
    disclosedFrom: t.expose('disclosedFrom', { type: 'Date', nullable: true }),
    disclosedUntil: t.expose('disclosedUntil', { type: 'Date', nullable: true }),
    reportedAt: t.expose('reportedAt', { type: 'DateTime', nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    waiting: t.int({
      description: 'Records that wait for their filing; what was withdrawn or has ended holds nothing up.',
      complexity: 10,
      select: { institution: true, id: true },
      resolve: ({ institution, id }, _args, context) =>
        reads(context, 'degreeRecord').count({ where: { institution, batchId: id, state: { notIn: [...ENDED] } } }),
    }),
    resolution: t.relation('resolution'),
    application: t.id({
      nullable: true,
      description: 'The supplementary report whose consent made this batch.',
      select: { institution: true, applicationId: true },
      resolve: ({ institution, applicationId }) =>
        applicationId && globalId('SupplementaryReport', { institution, id: applicationId }),
    }),
    records: t.field({
      type: DegreeRecordConnection,
      args: {
        ...PAGE_ARGS,
        filter: t.arg({ type: RecordFilterInput, required: false }),
        orderBy: t.arg({ type: RecordOrderEnum, required: false, defaultValue: 'OLDEST' }),
      },
      complexity: pageCost,
      select: (args, context, nested) => {
        const where = { AND: [visible(context, 'degreeRecord'), recordWhere(args.filter, context.world.blindIndex)] };
        const page = nestedPage(args, RECORD_ORDERS[args.orderBy ?? 'OLDEST'], where);
        return { institution: true, id: true, records: nested(page) };
      },
      resolve: async ({ institution, id, records }, args, context) => {
        await requireLookUp(context, 'degreeRecord', args.filter?.identityNumber);
        return pageOf(records, args, RECORD_ORDERS[args.orderBy ?? 'OLDEST'], () => {
          const chosen = recordWhere(args.filter, context.world.blindIndex);
          const where = { AND: [visible(context, 'degreeRecord'), { institution, batchId: id }, chosen] };
          return reads(context, 'degreeRecord').count({ where });
        });
      },
    }),
    steps: t.field({
      type: StepConnection,
      description: 'The sealed steps about this batch, oldest first.',
      args: PAGE_ARGS,
      complexity: pageCost,
      select: { institution: true, id: true },
      resolve: (batch, args, context, info) => readPage(context, info, 'step', stepsAbout(batch, args)),
    }),
  }),
});

/** A page of batches. */
export const BatchConnection = connectionType('Batch', BatchRef);

/** Newest first. */
export const BATCH_ORDER: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

builder.queryFields((t) => ({
  batch: t.field({
    type: BatchRef,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, args, context, info) => {
      const where = { AND: [visible(context, 'batch'), { ...keyIn(args.id, 'Batch') }] };
      return readOne(context, info, 'batch', 'Batch', where);
    },
  }),
  batches: t.field({
    type: BatchConnection,
    description: 'Batches, newest first.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ required: false }),
      state: t.arg({ type: [BatchStateEnum], required: false }),
      category: t.arg({ type: [CategoryEnum], required: false }),
      resolution: t.arg.id({ required: false }),
      supplementary: t.arg.boolean({ required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { institution, state, category, resolution, supplementary } = args;
      const chosen: BatchFilter[] = [];
      if (institution) chosen.push({ institution });
      if (state) chosen.push({ state: { in: state } });
      if (category) chosen.push({ category: { in: category } });
      if (resolution) {
        const key = keyIn(resolution, 'Resolution');
        chosen.push({ institution: key.institution, resolutionId: key.id });
      }
      if (typeof supplementary === 'boolean') chosen.push({ applicationId: supplementary ? { not: null } : null });
      const where = { AND: [visible(context, 'batch'), ...chosen] };
      return readPage(context, info, 'batch', { where, order: BATCH_ORDER, args, typeName: 'Batch' });
    },
  }),
}));
