// 汇总 (article 5): what the degree office has of a resolution, category by category, and who is missing or disagrees.
import { gatherResolution, visibleGathering } from '../../procedures/reporting/gathering.ts';
import type { CategoryGathering, Disagreement } from '../../regulation/reporting/gathering.ts';
import type { RosterRow } from '../../regulation/resolution/roster.ts';
import { builder } from '../builder.ts';
import { pageOfList } from '../computed-page.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost } from '../connection.ts';
import { actorIn, type GraphqlContext } from '../context.ts';
import { CategoryEnum } from '../enums.ts';
import { firstOf, VIOLATION_ARGS, ViolationRef } from '../errors.ts';
import { type Order, type PageArgs, pageOf } from '../keyset.ts';
import { readOne, reads } from '../reads.ts';
import { DegreeRecordRef } from '../records/degree-record.ts';
import { ResolutionRef } from '../resolutions/resolution.ts';
import { visible } from '../scopes.ts';

/** One category of a gathering. */
export const CategoryGatheringRef = builder.objectRef<CategoryGathering>('CategoryGathering').implement({
  description: 'The roster of one category beside its records. Each place is counted once.',
  fields: (t) => ({
    category: t.field({ type: CategoryEnum, resolve: (one) => one.category }),
    rosterSize: t.exposeInt('rosterSize', { description: 'Places that were not struck.' }),
    recorded: t.exposeInt('recorded', { description: 'Places with a record that was neither deleted nor withdrawn.' }),
    reported: t.exposeInt('reported', { description: 'Standing with the degree office.' }),
    reportedUpward: t.exposeInt('reportedUpward', {
      description: 'With the provincial office, or through its review.',
    }),
    returned: t.exposeInt('returned', { description: 'Given back and not corrected yet.' }),
    supplementary: t.exposeInt('supplementary', { description: 'Waiting for a supplementary report.' }),
    withdrawn: t.exposeInt('withdrawn'),
    missing: t.exposeInt('missing', { description: 'Places without a record.' }),
    disagreements: t.exposeInt('disagreements', {
      description: 'Records that are not on the roster, stand in a place twice, or say something else.',
    }),
    complete: t.exposeBoolean('complete'),
  }),
});

const MissingRef = builder.objectRef<RosterRow>('RosterPlace').implement({
  description: 'A place of the roster without a record.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence'),
    name: t.exposeString('name'),
    category: t.field({ type: CategoryEnum, resolve: (place) => place.category }),
    studentNumber: t.exposeString('studentNumber'),
    certificateNumber: t.exposeString('certificateNumber'),
  }),
});
const MissingConnection = connectionType('RosterPlace', MissingRef);

interface ShownDisagreement extends Disagreement {
  readonly institution: string;
}

const DisagreementRef = builder.objectRef<ShownDisagreement>('RosterDisagreement').implement({
  description: 'A record that disagrees with the roster, and how.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence'),
    category: t.field({ type: CategoryEnum, resolve: (one) => one.category }),
    record: t.field({
      type: DegreeRecordRef,
      nullable: true,
      resolve: async ({ institution, recordId: id }, _args, context, info) => {
        const where = { AND: [visible(context, 'degreeRecord'), { institution, id }] };
        return (await readOne(context, info, 'degreeRecord', 'DegreeRecord', where)) as never;
      },
    }),
    violations: t.field({
      type: [ViolationRef],
      args: VIOLATION_ARGS,
      resolve: (one, args) => firstOf(one.violations, args),
    }),
  }),
});
const DisagreementConnection = connectionType('RosterDisagreement', DisagreementRef);

const UpwardReportRef = builder.prismaObject('UpwardReport', {
  description: 'A report upward: whether it was whole, and why not.',
  select: { institution: true, id: true },
  fields: (t) => ({
    whole: t.exposeBoolean('whole'),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it is partial.' }),
    reported: t.exposeInt('reported'),
    missing: t.exposeInt('missing'),
    at: t.expose('at', { type: 'DateTime' }),
    step: t.relation('step'),
  }),
});
const UpwardReportConnection = connectionType('UpwardReport', UpwardReportRef);

const BY_PLACE: Order = { name: 'sequence', columns: [{ column: 'sequence', kind: 'number' }] };
const BY_PLACE_AND_RECORD: Order = {
  name: 'disagreement',
  columns: [
    { column: 'sequence', kind: 'number' },
    { column: 'recordId', kind: 'text' },
  ],
};
const BY_ID: Order = { name: 'id', columns: [{ column: 'id', kind: 'text' }] };
const KEY = { institution: true, id: true } as const;

/** A whole roster is read to answer: dearer than a page. */
const comparisonCost = (args: PageArgs) => ({ ...pageCost(args), field: 200 });

async function gatheringOf(context: GraphqlContext, { institution, id }: { institution: string; id: string }) {
  const all = await gatherResolution(context.world.db.prisma, institution, id);
  return visibleGathering(actorIn(context), all);
}

builder.prismaObjectFields(ResolutionRef, (t) => ({
  gathering: t.field({
    type: [CategoryGatheringRef],
    description:
      'The roster beside the records, for each category on it (article 5). Nothing for the provincial office.',
    args: { first: t.arg.int({ required: false, defaultValue: 6, description: 'There are six categories.' }) },
    complexity: { field: 200, multiplier: 6 },
    select: KEY,
    resolve: async (row, args, context) => firstOf((await gatheringOf(context, row)).categories, args),
  }),
  missingPeople: t.field({
    type: MissingConnection,
    description: 'People of the roster who have no record.',
    args: { ...PAGE_ARGS, category: t.arg({ type: CategoryEnum, required: false }) },
    complexity: comparisonCost,
    select: KEY,
    resolve: async (row, args, context) => {
      const { missing } = await gatheringOf(context, row);
      const { category } = args;
      return pageOfList(category ? missing.filter((one) => one.category === category) : missing, args, BY_PLACE);
    },
  }),
  disagreements: t.field({
    type: DisagreementConnection,
    description: 'Records that disagree with the roster.',
    args: { ...PAGE_ARGS, category: t.arg({ type: CategoryEnum, required: false }) },
    complexity: comparisonCost,
    select: KEY,
    resolve: async (row, args, context) => {
      const { disagreements } = await gatheringOf(context, row);
      const { category } = args;
      const shown = disagreements
        .filter((one) => !category || one.category === category)
        .map((one): ShownDisagreement => ({ ...one, institution: row.institution }));
      return pageOfList(shown, args, BY_PLACE_AND_RECORD);
    },
  }),
  upwardReports: t.field({
    type: UpwardReportConnection,
    description: 'The reports upward of this resolution, oldest first.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: (args, _context, nested) => ({ ...KEY, upwardReports: nested(nestedPage(args, BY_ID, {})) }),
    resolve: ({ institution, id, upwardReports }, args, context) =>
      pageOf(upwardReports, args, BY_ID, () =>
        reads(context, 'upwardReport').count({ where: { institution, resolutionId: id } }),
      ),
  }),
}));
