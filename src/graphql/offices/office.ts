// Offices: of an institution, or provincial.
import { actsOf, todayOf } from '../../procedures/situation.ts';
import { categoriesOwned, policyOn } from '../../regulation/policy-acts.ts';
import type { OfficeKind } from '../../regulation/vocabulary.ts';
import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { CategoryEnum, OfficeKindEnum } from '../enums.ts';
import { type Order, pageOf } from '../keyset.ts';
import { reads } from '../reads.ts';
import { visible } from '../scopes.ts';
import { SEAL_ORDER, SealConnection } from '../seals/seal.ts';
import { OFFICER_ORDER, OfficerConnection } from './officer.ts';

/** What of an act decides which categories an office owns. */
const POLICY_ACT = { id: true, effectiveFrom: true, sealedOn: true, content: true } as const;

/** An office. */
export const OfficeRef = builder.prismaNode('Office', {
  id: { resolve: (office) => office.id },
  findUnique: (id, context) => ({ id, AND: [visible(context, 'office')] }),
  description: 'An office that acts: of an institution, or provincial.',
  select: { id: true },
  nullable: true,
  fields: (t) => ({
    key: t.exposeString('id', { description: 'Its name in the register, `10447/degree-office`.' }),
    kind: t.field({ type: OfficeKindEnum, select: { kind: true }, resolve: (office) => office.kind as never }),
    name: t.exposeString('name'),
    categories: t.field({
      type: [CategoryEnum],
      description: 'The categories that it owns today by the policy of the institution (articles 4, 24).',
      select: {
        kind: true,
        institution: { select: { policies: { select: POLICY_ACT, orderBy: { sequence: 'asc' } } } },
      },
      resolve: ({ kind, institution }, _args, { world }) => {
        if (!institution) return [];
        return categoriesOwned(kind as OfficeKind, policyOn(todayOf(world), actsOf(institution.policies)));
      },
    }),
    openedOn: t.expose('openedOn', {
      type: 'Date',
      nullable: true,
      description: 'Null: since the institution was set up.',
    }),
    closedOn: t.expose('closedOn', { type: 'Date', nullable: true, description: 'The first day without it.' }),
    institution: t.relation('institution', { nullable: true, description: 'Null for a provincial office.' }),
    officers: t.field({
      type: OfficerConnection,
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, context, nested) => ({
        id: true,
        officers: nested(nestedPage(args, OFFICER_ORDER, visible(context, 'officer'))),
      }),
      resolve: (office, args, context) =>
        pageOf(office.officers, args, OFFICER_ORDER, () =>
          reads(context, 'officer').count({ where: { AND: [{ officeId: office.id }, visible(context, 'officer')] } }),
        ),
    }),
    seals: t.field({
      type: SealConnection,
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, _context, nested) => ({ id: true, seals: nested(nestedPage(args, SEAL_ORDER, {})) }),
      resolve: (office, args, context) =>
        pageOf(office.seals, args, SEAL_ORDER, () => reads(context, 'seal').count({ where: { officeId: office.id } })),
    }),
  }),
});

/** A page of offices. */
export const OfficeConnection = connectionType('Office', OfficeRef);
const OFFICE_ORDER: Order = { name: 'id', columns: [{ column: 'id', kind: 'text' }] };

builder.queryFields((t) => ({
  offices: t.field({
    type: OfficeConnection,
    description: 'The offices that the officer deals with.',
    args: { ...PAGE_ARGS, institution: t.arg.string({ required: false }) },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'office', {
        where: { AND: [visible(context, 'office'), args.institution ? { institutionCode: args.institution } : {}] },
        order: OFFICE_ORDER,
        args,
        typeName: 'Office',
        key: ['id'],
      }),
  }),
  officers: t.field({
    type: OfficerConnection,
    description: 'The officers of those offices.',
    args: { ...PAGE_ARGS, office: t.arg.string({ required: false, description: '`10447/degree-office`' }) },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'officer', {
        where: { AND: [visible(context, 'officer'), args.office ? { officeId: args.office } : {}] },
        order: OFFICER_ORDER,
        args,
        typeName: 'Officer',
        key: ['id'],
      }),
  }),
}));
