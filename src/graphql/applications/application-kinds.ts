// The four kinds of written applications, each with what only it says, and the lists of them.
import type { Prisma } from '../../generated/prisma/client.ts';
import { revocationSaid } from '../../procedures/applications/revocation-case.ts';
import type { JsonObject } from '../../procedures/statement.ts';
import { APPLICATIONS, isClosed } from '../../regulation/applications/applications.ts';
import { APPLICATION_KINDS, APPLICATION_STATES, type ApplicationKind, keysOf } from '../../regulation/vocabulary.ts';
import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { ApplicationKindEnum, ApplicationStateEnum, CategoryEnum, RevocationGroundEnum } from '../enums.ts';
import { keyOf, localId } from '../global-id.ts';
import { type Order, pageOf } from '../keyset.ts';
import { readOne, reads } from '../reads.ts';
import { BATCH_ORDER, BatchConnection } from '../records/batch.ts';
import { visible } from '../scopes.ts';
import { APPLICATION_TYPES, applicationKeyIn } from './application-ids.ts';
import { WrittenApplicationRef } from './written-application.ts';

const CONTENT = { content: true } as const;
const text = (content: unknown, name: string): string => String((content as JsonObject)[name] ?? '');

/** What every kind is as a node. */
const node = (kind: ApplicationKind) => ({
  variant: APPLICATION_TYPES[kind],
  interfaces: [WrittenApplicationRef],
  select: { institution: true, id: true, kind: true } as const,
  nullable: true as const,
});

/** 补报. */
export const SupplementaryReportRef = builder.prismaNode('WrittenApplication', {
  ...node('supplementary-report'),
  id: { resolve: localId },
  findUnique: (id, context) => ({
    institution_id: keyOf(id),
    AND: [visible(context, 'writtenApplication'), { kind: 'supplementary-report' }],
  }),
  description: 'The application to report late (article 11).',
  fields: (t) => ({
    reason: t.exposeString('reason'),
    measures: t.exposeString('measures'),
    resolution: t.relation('resolution', { nullable: true }),
    batches: t.field({
      type: BatchConnection,
      description: 'The batch that consent made.',
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, context, nested) => ({
        institution: true,
        id: true,
        batches: nested(nestedPage(args, BATCH_ORDER, visible(context, 'batch'))),
      }),
      resolve: ({ institution, id, batches }, args, context) =>
        pageOf(batches, args, BATCH_ORDER, () =>
          reads(context, 'batch').count({
            where: { AND: [visible(context, 'batch'), { institution, applicationId: id }] },
          }),
        ),
    }),
  }),
});

/** 更改申请. */
export const ChangeRequestRef = builder.prismaNode('WrittenApplication', {
  ...node('change-request'),
  id: { resolve: localId },
  findUnique: (id, context) => ({
    institution_id: keyOf(id),
    AND: [visible(context, 'writtenApplication'), { kind: 'change-request' }],
  }),
  description: 'The application to change filed records (article 15). What changes stands with each listed record.',
  fields: (t) => ({
    reason: t.exposeString('reason'),
    finding: t.string({ select: CONTENT, resolve: ({ content }) => text(content, 'finding') }),
  }),
});

/** 删除申请. */
export const DeletionRequestRef = builder.prismaNode('WrittenApplication', {
  ...node('deletion-request'),
  id: { resolve: localId },
  findUnique: (id, context) => ({
    institution_id: keyOf(id),
    AND: [visible(context, 'writtenApplication'), { kind: 'deletion-request' }],
  }),
  description: 'The application to delete records that are reporting errors (article 15).',
  fields: (t) => ({
    reason: t.exposeString('reason'),
    foundOn: t.field({ type: 'Date', select: CONTENT, resolve: ({ content }) => text(content, 'foundOn') }),
    finding: t.string({ select: CONTENT, resolve: ({ content }) => text(content, 'finding') }),
  }),
});

/** 撤销报告. */
export const RevocationReportRef = builder.prismaNode('WrittenApplication', {
  ...node('revocation-report'),
  id: { resolve: localId },
  findUnique: (id, context) => ({
    institution_id: keyOf(id),
    AND: [visible(context, 'writtenApplication'), { kind: 'revocation-report' }],
  }),
  description: 'The report that degrees were revoked (article 16).',
  fields: (t) => ({
    facts: t.exposeString('reason'),
    lateReason: t.exposeString('measures', { description: 'Why it comes after the ten days; empty in time.' }),
    ground: t.field({
      type: RevocationGroundEnum,
      select: CONTENT,
      resolve: ({ content }) => revocationSaid({ content: content as JsonObject }).ground,
    }),
    proofs: t.string({ select: CONTENT, resolve: ({ content }) => text(content, 'proofs') }),
    revocationResolution: t.relation('revocationResolution', { nullable: true }),
  }),
});

const WrittenApplicationConnection = connectionType('WrittenApplication', WrittenApplicationRef);

const ORDERS = {
  NEWEST: { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] },
  DUE: {
    name: 'due',
    columns: [
      { column: 'dueOn', kind: 'text' },
      { column: 'id', kind: 'text' },
    ],
  },
} as const satisfies Record<string, Order>;

const ApplicationOrderEnum = builder.enumType('ApplicationOrder', {
  values: {
    NEWEST: { value: 'NEWEST', description: 'Last drafted first.' },
    DUE: { value: 'DUE', description: 'Only what has a deadline, the nearest first.' },
  } as const,
});

const FILTER = builder.args((t) => ({
  institution: t.string({ required: false }),
  category: t.field({ type: [CategoryEnum], required: false }),
  state: t.field({ type: [ApplicationStateEnum], required: false }),
  open: t.boolean({ required: false, description: 'Only what is not over yet, or only what is.' }),
  caseNumber: t.string({ required: false }),
  orderBy: t.field({ type: ApplicationOrderEnum, required: false, defaultValue: 'NEWEST' }),
}));

interface Filter {
  readonly institution?: string | null | undefined;
  readonly category?: readonly string[] | null | undefined;
  readonly state?: readonly string[] | null | undefined;
  readonly open?: boolean | null | undefined;
  readonly caseNumber?: string | null | undefined;
  readonly orderBy?: keyof typeof ORDERS | null | undefined;
}

/** The condition of a list of applications. */
function chosen(filter: Filter, kinds: readonly ApplicationKind[] | null): Prisma.WrittenApplicationWhereInput {
  const { institution, category, state, open, caseNumber, orderBy } = filter;
  const over = (Object.keys(APPLICATIONS) as ApplicationKind[]).map((kind) => ({
    kind,
    state: { in: keysOf(APPLICATION_STATES).filter((each) => isClosed(kind, each)) },
  }));
  return {
    AND: [
      institution ? { institution } : {},
      category ? { category: { in: [...category] } } : {},
      state ? { state: { in: [...state] } } : {},
      open === true ? { NOT: { OR: over } } : {},
      open === false ? { OR: over } : {},
      caseNumber ? { caseNumber } : {},
      kinds ? { kind: { in: [...kinds] } } : {},
      orderBy === 'DUE' ? { dueOn: { not: null } } : {},
    ],
  };
}

builder.queryFields((t) => ({
  writtenApplication: t.field({
    type: WrittenApplicationRef,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, args, context, info) => {
      const where = { AND: [visible(context, 'writtenApplication'), { ...applicationKeyIn(args.id) }] };
      return readOne(context, info, 'writtenApplication', 'WrittenApplication', where);
    },
  }),
  writtenApplications: t.field({
    type: WrittenApplicationConnection,
    description: 'Written applications of all kinds: the list of cases with their clocks and next actions.',
    args: { ...PAGE_ARGS, ...FILTER, kind: t.arg({ type: [ApplicationKindEnum], required: false }) },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const where = { AND: [visible(context, 'writtenApplication'), chosen(args, args.kind ?? null)] };
      const order = ORDERS[args.orderBy ?? 'NEWEST'];
      return readPage(context, info, 'writtenApplication', { where, order, args, typeName: 'WrittenApplication' });
    },
  }),
}));

const KIND_LISTS = [
  ['supplementaryReports', 'supplementary-report', SupplementaryReportRef],
  ['changeRequests', 'change-request', ChangeRequestRef],
  ['deletionRequests', 'deletion-request', DeletionRequestRef],
  ['revocationReports', 'revocation-report', RevocationReportRef],
] as const;

for (const [name, kind, ref] of KIND_LISTS) {
  const typeName = APPLICATION_TYPES[kind];
  const connection = connectionType(typeName, ref);
  builder.queryField(name, (t) =>
    t.field({
      type: connection,
      description: `${APPLICATION_KINDS[kind].zh}\n${APPLICATION_KINDS[kind].en} (article ${APPLICATION_KINDS[kind].article})`,
      args: { ...PAGE_ARGS, ...FILTER },
      complexity: pageCost,
      resolve: (_root, args, context, info) => {
        const where = { AND: [visible(context, 'writtenApplication'), chosen(args, [kind])] };
        const order = ORDERS[args.orderBy ?? 'NEWEST'];
        return readPage(context, info, 'writtenApplication', { where, order, args, typeName });
      },
    }),
  );
}
