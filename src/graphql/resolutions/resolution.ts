// Resolutions: the decisions that confer degrees, with their votes (R6.1).

import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { keyIn, keyOf, localId } from '../global-id.ts';
import { type Order, pageOf } from '../keyset.ts';
import { readOne, reads } from '../reads.ts';
import { BATCH_ORDER, BatchConnection } from '../records/batch.ts';
import { visible } from '../scopes.ts';
import { ROSTER_ORDER, RosterEntryConnection } from './roster.ts';

/** 学位授予决议. */
export const ResolutionRef = builder.prismaNode('Resolution', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'resolution')] }),
  description: 'The decision of the degree committee, with its vote, its scan and its roster.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    number: t.exposeString('number'),
    meeting: t.exposeString('meeting'),
    decidedOn: t.expose('decidedOn', { type: 'Date' }),
    effectiveOn: t.expose('effectiveOn', { type: 'Date' }),
    members: t.exposeInt('members'),
    present: t.exposeInt('present'),
    yes: t.exposeInt('yes'),
    no: t.exposeInt('no'),
    abstain: t.exposeInt('abstain'),
    headName: t.exposeString('headName'),
    chairName: t.exposeString('chairName'),
    scanDigest: t.exposeString('scanDigest', { description: 'SHA-256 of the scan.' }),
    rosterDigest: t.exposeString('rosterDigest', { description: 'SHA-256 of the roster file.' }),
    rosterRoot: t.exposeString('rosterRoot'),
    rosterSize: t.exposeInt('rosterSize'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    roster: t.field({
      type: RosterEntryConnection,
      description: 'The people of the categories that the officer may see.',
      args: { ...PAGE_ARGS, name: t.arg.string({ required: false }) },
      complexity: pageCost,
      select: (args, context, nested) => ({
        institution: true,
        id: true,
        roster: nested(
          nestedPage(args, ROSTER_ORDER, {
            AND: [visible(context, 'rosterEntry'), args.name ? { name: args.name } : {}],
          }),
        ),
      }),
      resolve: ({ institution, id, roster }, args, context) =>
        pageOf(roster, args, ROSTER_ORDER, () => {
          const chosen = { institution, resolutionId: id, ...(args.name ? { name: args.name } : {}) };
          return reads(context, 'rosterEntry').count({ where: { AND: [visible(context, 'rosterEntry'), chosen] } });
        }),
    }),
    batches: t.field({
      type: BatchConnection,
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
            where: { AND: [visible(context, 'batch'), { institution, resolutionId: id }] },
          }),
        ),
    }),
  }),
});

const ResolutionConnection = connectionType('Resolution', ResolutionRef);
const RESOLUTION_ORDER: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

builder.queryFields((t) => ({
  resolution: t.field({
    type: ResolutionRef,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, args, context, info) => {
      const where = { AND: [visible(context, 'resolution'), { ...keyIn(args.id, 'Resolution') }] };
      return readOne(context, info, 'resolution', 'Resolution', where);
    },
  }),
  resolutions: t.field({
    type: ResolutionConnection,
    description: 'Resolutions, last entered first.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ required: false }),
      number: t.arg.string({ required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { institution, number } = args;
      const where = {
        AND: [visible(context, 'resolution'), institution ? { institution } : {}, number ? { number } : {}],
      };
      return readPage(context, info, 'resolution', { where, order: RESOLUTION_ORDER, args, typeName: 'Resolution' });
    },
  }),
}));
