// Institutions: the universities that confer degrees.
import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { type Order, pageOf } from '../keyset.ts';
import { readOne, reads } from '../reads.ts';
import { visible } from '../scopes.ts';
import { OfficeConnection } from './office.ts';

const OFFICE_ORDER: Order = { name: 'id', columns: [{ column: 'id', kind: 'text' }] };
const INSTITUTION_ORDER: Order = { name: 'code', columns: [{ column: 'code', kind: 'text' }] };

/** 学位授予单位. */
export const InstitutionRef = builder.prismaNode('Institution', {
  id: { resolve: (institution) => institution.code },
  findUnique: (code, context) => ({ code, AND: [visible(context, 'institution')] }),
  description: 'An institution that confers degrees.',
  select: { code: true },
  nullable: true,
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Five digits.' }),
    name: t.exposeString('name'),
    documentPrefix: t.exposeString('documentPrefix', { description: 'What its document numbers begin with.' }),
    headName: t.exposeString('headName'),
    chairName: t.exposeString('chairName'),
    provincialOffice: t.relation('provincialOffice'),
    offices: t.field({
      type: OfficeConnection,
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, context, nested) => ({
        code: true,
        offices: nested(nestedPage(args, OFFICE_ORDER, visible(context, 'office'))),
      }),
      resolve: (institution, args, context) =>
        pageOf(institution.offices, args, OFFICE_ORDER, () =>
          reads(context, 'office').count({
            where: { AND: [{ institutionCode: institution.code }, visible(context, 'office')] },
          }),
        ),
    }),
  }),
});

const InstitutionConnection = connectionType('Institution', InstitutionRef);

builder.queryFields((t) => ({
  institution: t.field({
    type: InstitutionRef,
    nullable: true,
    args: { code: t.arg.string() },
    resolve: (_root, args, context, info) =>
      readOne(context, info, 'institution', 'Institution', {
        AND: [visible(context, 'institution'), { code: args.code }],
      }),
  }),
  institutions: t.field({
    type: InstitutionConnection,
    description: 'The own institution, or those of the province.',
    args: PAGE_ARGS,
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'institution', {
        where: visible(context, 'institution'),
        order: INSTITUTION_ORDER,
        args,
        typeName: 'Institution',
        key: ['code'],
      }),
  }),
}));
