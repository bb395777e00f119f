// Internal disclosures (article 11(3)): key fields with masked names, for every officer of the institution; links for students and staff.
import { urlOfLink } from '../../procedures/disclosure/disclosure-link.ts';
import { nameMaskOf } from '../../procedures/disclosure/disclosure-rules.ts';
import { todayOf } from '../../procedures/situation.ts';
import { isDisclosed } from '../../regulation/disclosure.ts';
import { maskName } from '../../regulation/record/name-mask.ts';
import type { DisclosedRow } from '../../store/disclosure/disclosures.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import { CategoryEnum, NameMaskEnum } from '../enums.ts';
import { globalId, keyIn, keyOf, localId } from '../global-id.ts';
import { type Order, pageOf, pageQuery } from '../keyset.ts';
import { reader, reads } from '../reads.ts';
import { BatchRef } from '../records/batch.ts';
import { visible } from '../scopes.ts';

/** A batch as the whole institution sees it while it is disclosed. */
interface Disclosure {
  readonly institution: string;
  readonly id: string;
  readonly category: string;
  readonly resolutionNumber: string;
  readonly from: string;
  readonly until: string;
  readonly days: number;
  readonly nameMask: ReturnType<typeof nameMaskOf>;
  readonly open: boolean;
  readonly count: number;
}

const DisclosedPersonRef = builder.objectRef<DisclosedRow>('DisclosedPerson').implement({
  description: 'A person under disclosure: the key fields, the name masked, and nothing else.',
  fields: (t) => ({
    rosterSequence: t.exposeInt('rosterSequence', { description: 'Place on the roster.' }),
    name: t.exposeString('name', { description: 'Masked by the rule of the opening.' }),
    degreeCategory: t.exposeString('degreeCategory'),
    disciplineCode: t.exposeString('disciplineCode'),
    conferralDate: t.expose('conferralDate', { type: 'Date' }),
    certificateNumber: t.exposeString('certificateNumber'),
    resolutionNumber: t.exposeString('resolutionNumber'),
  }),
});
const DisclosedPersonConnection = connectionType('DisclosedPerson', DisclosedPersonRef);

const BY_PLACE: Order = {
  name: 'place',
  columns: [
    { column: 'rosterSequence', kind: 'number' },
    { column: 'id', kind: 'text' },
  ],
};

const DisclosureRef = builder.objectRef<Disclosure>('Disclosure').implement({
  description: 'A batch that is, or was, shown inside the school (article 11(3)).',
  fields: (t) => ({
    batch: t.id({ description: 'Global id of the batch.', resolve: (row) => globalId('Batch', row) }),
    institution: t.exposeString('institution'),
    category: t.field({ type: CategoryEnum, resolve: ({ category }) => category as never }),
    resolutionNumber: t.exposeString('resolutionNumber'),
    from: t.expose('from', { type: 'Date' }),
    until: t.expose('until', { type: 'Date', description: 'The last day.' }),
    days: t.exposeInt('days', { description: 'By the policy of the day of its opening.' }),
    nameMask: t.field({ type: NameMaskEnum, resolve: ({ nameMask }) => nameMask }),
    open: t.exposeBoolean('open'),
    count: t.exposeInt('count', { description: 'People shown now.' }),
    people: t.field({
      type: DisclosedPersonConnection,
      description: 'In the order of the roster; nobody when it is not open.',
      args: PAGE_ARGS,
      complexity: pageCost,
      resolve: async ({ institution, id, open, nameMask }, args, context) => {
        const where = { institution, batchId: id, state: open ? 'disclosing' : { in: [] as string[] } };
        const page = pageQuery(args, BY_PLACE);
        const rows = await reader(context).degreeRecord.findMany({
          where: { AND: [where, page.where] },
          ...{ orderBy: page.orderBy, take: page.take },
          select: {
            ...{ id: true, rosterSequence: true, name: true, degreeCategory: true, disciplineCode: true },
            ...{ conferralDate: true, certificateNumber: true, resolutionNumber: true },
          },
        });
        const masked = rows.map((row) => ({ ...row, name: maskName(row.name, nameMask) }));
        return pageOf(masked, args, BY_PLACE, () => reads(context, 'degreeRecord').count({ where }));
      },
    }),
  }),
});
const DisclosureConnection = connectionType('Disclosure', DisclosureRef);

const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

/** Disclosures with what each shows today. */
async function readDisclosures(
  context: GraphqlContext,
  query: { where: object; orderBy?: object[]; take: number },
): Promise<Disclosure[]> {
  const rows = await reader(context).batch.findMany({
    ...{ where: query.where, take: query.take },
    ...(query.orderBy ? { orderBy: query.orderBy } : {}),
    select: {
      ...{ institution: true, id: true, category: true },
      resolution: { select: { number: true } },
      openings: { orderBy: { number: 'desc' }, take: 1 },
      _count: { select: { records: { where: { state: 'disclosing' } } } },
    },
  });
  const today = todayOf(context.world);
  return rows.flatMap(({ institution, id, category, resolution, openings: [opening], _count }) => {
    if (!opening) return [];
    const { from, until, days } = opening;
    const open = isDisclosed({ from, until, disclosing: _count.records }, today);
    const shown = { open, count: open ? _count.records : 0, nameMask: nameMaskOf(opening.nameMask) };
    return [{ institution, id, category, resolutionNumber: resolution.number, from, until, days, ...shown }];
  });
}

builder.queryFields((t) => ({
  disclosure: t.field({
    type: DisclosureRef,
    nullable: true,
    description: 'The internal disclosure of a batch, for every officer of the institution.',
    args: { batch: t.arg.id() },
    resolve: async (_root, args, context) => {
      const where = { AND: [visible(context, 'disclosure'), { ...keyIn(args.batch, 'Batch') }] };
      const [found] = await readDisclosures(context, { where, take: 1 });
      return found ?? null;
    },
  }),
  disclosures: t.field({
    type: DisclosureConnection,
    description: 'Internal disclosures of the institution, newest batch first.',
    args: { ...PAGE_ARGS, category: t.arg({ type: [CategoryEnum], required: false }) },
    complexity: pageCost,
    resolve: async (_root, args, context) => {
      const chosen = args.category ? { category: { in: args.category } } : {};
      const where = { AND: [visible(context, 'disclosure'), chosen] };
      const page = pageQuery(args, NEWEST);
      const { orderBy, take } = page;
      const rows = await readDisclosures(context, { where: { AND: [where, page.where] }, orderBy, take });
      return pageOf(rows, args, NEWEST, () => reads(context, 'batch').count({ where }));
    },
  }),
}));

/** The address under which students and staff see a disclosure. */
export const DisclosureLinkRef = builder.prismaNode('DisclosureLink', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [{ batch: visible(context, 'batch') }] }),
  description: 'The unguessable address under which students and staff see a disclosure while it is open.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    url: t.string({
      nullable: true,
      description: 'Null when it was revoked.',
      select: { institution: true, id: true, revokedAt: true },
      resolve: (link, _args, { world }) => (link.revokedAt === null ? urlOfLink(world, link) : null),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    createdBy: t.relation('createdBy'),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
  }),
});
const DisclosureLinkConnection = connectionType('DisclosureLink', DisclosureLinkRef);

builder.prismaObjectField(BatchRef, 'disclosureLinks', (t) =>
  t.field({
    type: DisclosureLinkConnection,
    description: 'The links to its disclosure, newest first; for the offices that see the batch, not for the province.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: { institution: true, id: true },
    resolve: ({ institution, id }, args, context, info) => {
      const where = { institution, batchId: id, batch: visible(context, 'disclosure') };
      return readPage(context, info, 'disclosureLink', { where, order: NEWEST, args, typeName: 'DisclosureLink' });
    },
  }),
);
