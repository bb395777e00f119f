// Revocation resolutions: the decisions of the degree committee that take degrees away (article 16).

import { loadRevocationResolution } from '../../procedures/resolutions/load-revocation-resolution.ts';
import { addAction } from '../action.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { keyIn, keyOf, localId } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { fileUrl } from '../links.ts';
import { loaded } from '../loaded.ts';
import { readOne } from '../reads.ts';
import { visible } from '../scopes.ts';

/** 撤销学位决议. */
export const RevocationResolutionRef = builder.prismaNode('RevocationResolution', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'revocationResolution')] }),
  description: 'The decision of the degree committee to revoke degrees, with its vote and scan.',
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
    scanUrl: t.string({
      select: { institution: true, scanDigest: true },
      resolve: ({ institution, scanDigest }, _args, { world }) =>
        fileUrl(world, { institution, digest: scanDigest, kind: 'revocation-resolution-scan' }),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

const RevocationResolutionConnection = connectionType('RevocationResolution', RevocationResolutionRef);
const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

builder.queryFields((t) => ({
  revocationResolution: t.field({
    type: RevocationResolutionRef,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, args, context, info) => {
      const where = { AND: [visible(context, 'revocationResolution'), { ...keyIn(args.id, 'RevocationResolution') }] };
      return readOne(context, info, 'revocationResolution', 'RevocationResolution', where);
    },
  }),
  revocationResolutions: t.field({
    type: RevocationResolutionConnection,
    description: 'Revocation resolutions, last entered first.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ required: false }),
      number: t.arg.string({ required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { institution, number } = args;
      const chosen = [institution ? { institution } : {}, number ? { number } : {}];
      const where = { AND: [visible(context, 'revocationResolution'), ...chosen] };
      const typeName = 'RevocationResolution';
      return readPage(context, info, 'revocationResolution', { where, order: NEWEST, args, typeName });
    },
  }),
}));

addAction('loadRevocationResolution', {
  description:
    'Loads a resolution to revoke degrees, with its vote and its scan, uploaded before (article 16). By the degree office.',
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    number: t.string(),
    meeting: t.string(),
    decidedOn: t.field({ type: 'Date' }),
    effectiveOn: t.field({ type: 'Date' }),
    members: t.int(),
    present: t.int(),
    yes: t.int(),
    no: t.int(),
    abstain: t.int(),
    headName: t.string(),
    chairName: t.string(),
    scanDigest: t.string({ description: 'SHA-256 of the uploaded scan.' }),
  }),
  run: async (call, input) => ({
    institution: input.institution,
    ...(await loadRevocationResolution(call, input)),
  }),
  success: (t) => ({
    revocationResolution: t.field({
      type: RevocationResolutionRef,
      nullable: true,
      resolve: ({ institution, revocationResolutionId: id }, _args, context, info) =>
        loaded(context, info, 'revocationResolution', 'RevocationResolution', { institution, id }),
    }),
  }),
});
