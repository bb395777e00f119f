// Side by side: roster, record and enrolment record, field by field, by the rules of the cross-check (article 9, 11(2)).
import { compareRecords, type RecordComparison } from '../../procedures/cross-check/compare-records.ts';
import type { ComparedField } from '../../regulation/cross-check/comparison.ts';
import type { RecordRow } from '../../store/records/records.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import { ComparisonVerdictEnum } from '../enums.ts';
import { ViolationRef } from '../errors.ts';
import { globalId, keyIn } from '../global-id.ts';
import { type Order, pageOf, pageQuery } from '../keyset.ts';
import { reader, reads } from '../reads.ts';
import { DegreeRecordRef } from '../records/degree-record.ts';
import { visible } from '../scopes.ts';

const ComparedFieldRef = builder.objectRef<ComparedField>('ComparedField').implement({
  description: 'A field in the three places. Secret values are masked; they are compared as they are.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'Name of the field, as in violations.' }),
    label: t.string({ resolve: ({ label }, _args, { language }) => label[language] }),
    roster: t.exposeString('roster', { nullable: true, description: 'On the roster, or in the resolution itself.' }),
    record: t.exposeString('record', { nullable: true }),
    enrolment: t.exposeString('enrolment', {
      nullable: true,
      description: 'Null also for an office that may not see enrolment records.',
    }),
    verdict: t.field({ type: ComparisonVerdictEnum, resolve: ({ verdict }) => verdict }),
    violations: t.field({
      type: [ViolationRef],
      complexity: { field: 1, multiplier: 1 },
      description: 'What the cross-check says of the field.',
      resolve: ({ violations }) => [...violations],
    }),
  }),
});

const RecordComparisonRef = builder.objectRef<RecordComparison>('RecordComparison').implement({
  description: 'A record beside its place on the roster and its enrolment record.',
  fields: (t) => ({
    record: t.id({
      description: 'Global id of the record.',
      resolve: ({ institution, recordId }) => globalId('DegreeRecord', { institution, id: recordId }),
    }),
    rosterSequence: t.exposeInt('rosterSequence'),
    differing: t.int({
      description: 'How many fields differ.',
      resolve: ({ fields }) => fields.filter(({ verdict }) => verdict === 'differs').length,
    }),
    fields: t.field({
      type: [ComparedFieldRef],
      complexity: { field: 5, multiplier: 5 },
      resolve: ({ fields }) => [...fields],
    }),
  }),
});
const RecordComparisonConnection = connectionType('RecordComparison', RecordComparisonRef);

/** Enrolment records are nobody's business outside the institution (R21.1). */
function compare(context: GraphqlContext, rows: readonly RecordRow[]): Promise<RecordComparison[]> {
  return compareRecords(context.world.db.prisma, context.world, rows, context.actor?.institution !== null);
}

builder.prismaObjectField(DegreeRecordRef, 'comparison', (t) =>
  t.field({
    type: [ComparedFieldRef],
    description:
      'The record beside its place on the roster and its enrolment record. Of a whole batch: `batchComparison`.',
    complexity: { field: 50, multiplier: 5 },
    select: { institution: true, id: true },
    resolve: async ({ institution, id }, _args, context) => {
      const rows = await reader(context).degreeRecord.findMany({ where: { institution, id } });
      const [compared] = await compare(context, rows);
      return [...(compared?.fields ?? [])];
    },
  }),
);

const IN_ORDER: Order = { name: 'oldest', columns: [{ column: 'id', kind: 'text' }] };

builder.queryField('batchComparison', (t) =>
  t.field({
    type: RecordComparisonConnection,
    description:
      'The records of a batch beside the roster and the enrolment records, field by field (article 9, 11(2)).',
    args: { ...PAGE_ARGS, batch: t.arg.id() },
    complexity: pageCost,
    resolve: async (_root, args, context) => {
      const { institution, id: batchId } = keyIn(args.batch, 'Batch');
      const where = { AND: [visible(context, 'degreeRecord'), { institution, batchId }] };
      const page = pageQuery(args, IN_ORDER);
      const rows = await reader(context).degreeRecord.findMany({
        where: { AND: [where, page.where] },
        orderBy: page.orderBy,
        take: page.take,
      });
      const compared = (await compare(context, rows)).map((each) => ({ ...each, id: each.recordId }));
      return pageOf(compared, args, IN_ORDER, () => reads(context, 'degreeRecord').count({ where }));
    },
  }),
);
