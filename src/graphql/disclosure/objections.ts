// Objections to records under disclosure (article 11(3)): those in the sealed log, and those that came from outside and wait for an officer.
import { receiptOf } from '../../procedures/disclosure/disclosed-page.ts';
import { mayAct } from '../../regulation/duties.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import { openObjection } from '../../store/disclosure/received-objections.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { actorIn, type GraphqlContext } from '../context.ts';
import { ObjectionStateEnum } from '../enums.ts';
import { keyIn, keyOf, localId } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { ObjectionConnection, ObjectionRef } from '../records/record-history.ts';
import { visible } from '../scopes.ts';

const DAY_MS = 24 * 60 * 60_000;
const OLDEST: Order = { name: 'oldest', columns: [{ column: 'id', kind: 'text' }] };

/** Whole days between two instants. */
function daysSince(from: Date, until: Date): number {
  return Math.max(0, Math.floor((until.getTime() - from.getTime()) / DAY_MS));
}

builder.prismaObjectFields(ObjectionRef, (t) => ({
  state: t.field({
    type: ObjectionStateEnum,
    select: { resolvedAt: true },
    resolve: ({ resolvedAt }) => (resolvedAt === null ? 'open' : 'resolved'),
  }),
  ageDays: t.int({
    description: 'Whole days since it was raised, until it was resolved.',
    select: { raisedAt: true, resolvedAt: true },
    resolve: ({ raisedAt, resolvedAt }, _args, { world }) => daysSince(raisedAt, resolvedAt ?? world.now()),
  }),
}));

/** Texts from outside are for those who may act on them; auditors and other offices learn only that something came. */
const TEXTS = {
  ...{ institution: true, id: true, reason: true, name: true, contact: true },
  record: { select: { category: true, of: { select: { provincialOfficeId: true } } } },
} as const;

interface WithTexts {
  readonly institution: string;
  readonly id: string;
  readonly reason: string;
  readonly name: string;
  readonly contact: string;
  readonly record: { readonly category: string; readonly of: { readonly provincialOfficeId: string } };
}

function textsOf(row: WithTexts, context: GraphqlContext): ReturnType<typeof openObjection> | null {
  const { institution, record } = row;
  const target = { institution, category: record.category as Category, ...record.of };
  const may = mayAct(actorIn(context), 'raise-objection', target).length === 0;
  return may ? openObjection(row, context.world.cipher) : null;
}

/** An objection that came by the page of a disclosure. */
export const ReceivedObjectionRef = builder.prismaNode('ReceivedObjection', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [{ record: visible(context, 'degreeRecord') }] }),
  description:
    'An objection that came by the page of a disclosure; it blocks its record until it is accepted and resolved.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    receipt: t.string({
      description: 'The number that the sender was told.',
      select: { id: true },
      resolve: ({ id }) => receiptOf(id),
    }),
    reason: t.string({
      nullable: true,
      description: 'For those who may accept it.',
      select: TEXTS,
      resolve: (row, _args, context) => textsOf(row, context)?.reason ?? null,
    }),
    name: t.string({
      nullable: true,
      description: 'Who objects; for those who may accept it.',
      select: TEXTS,
      resolve: (row, _args, context) => textsOf(row, context)?.name ?? null,
    }),
    contact: t.string({
      nullable: true,
      description: 'How to reach them; for those who may accept it.',
      select: TEXTS,
      resolve: (row, _args, context) => textsOf(row, context)?.contact ?? null,
    }),
    receivedAt: t.expose('receivedAt', { type: 'DateTime' }),
    acceptedAt: t.expose('acceptedAt', { type: 'DateTime', nullable: true }),
    ageDays: t.int({
      description: 'Whole days since it came, until it was accepted.',
      select: { receivedAt: true, acceptedAt: true },
      resolve: ({ receivedAt, acceptedAt }, _args, { world }) => daysSince(receivedAt, acceptedAt ?? world.now()),
    }),
    record: t.relation('record'),
    objection: t.relation('objection', { nullable: true, description: 'As which it was accepted.' }),
  }),
});
const ReceivedObjectionConnection = connectionType('ReceivedObjection', ReceivedObjectionRef);

builder.queryFields((t) => ({
  objections: t.field({
    type: ObjectionConnection,
    description: 'Objections to the records that the officer may see, oldest first.',
    args: {
      ...PAGE_ARGS,
      batch: t.arg.id({ required: false }),
      state: t.arg({ type: ObjectionStateEnum, required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { batch, state } = args;
      const inBatch = batch ? batchOf(batch) : {};
      const inState = state ? { resolvedAt: state === 'open' ? null : { not: null } } : {};
      const where = { AND: [{ record: visible(context, 'degreeRecord') }, inBatch, inState] };
      return readPage(context, info, 'objection', { where, order: OLDEST, args, typeName: 'Objection' });
    },
  }),
  receivedObjections: t.field({
    type: ReceivedObjectionConnection,
    description: 'Objections that came by the pages of disclosures, oldest first.',
    args: {
      ...PAGE_ARGS,
      batch: t.arg.id({ required: false }),
      accepted: t.arg.boolean({ required: false, description: 'Only those that were, or were not, accepted.' }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { batch, accepted } = args;
      const inBatch = batch ? batchOf(batch) : {};
      const chosen = typeof accepted === 'boolean' ? { acceptedAt: accepted ? { not: null } : null } : {};
      const where = { AND: [{ record: visible(context, 'degreeRecord') }, inBatch, chosen] };
      return readPage(context, info, 'receivedObjection', {
        where,
        order: OLDEST,
        args,
        typeName: 'ReceivedObjection',
      });
    },
  }),
}));

function batchOf(id: string): object {
  const { institution, id: batchId } = keyIn(id, 'Batch');
  return { institution, batchId };
}
