// What happened to offices and officers, step by step (R22.1).
import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost } from '../connection.ts';
import { DutyEnum } from '../enums.ts';
import { type Order, pageOf } from '../keyset.ts';
import { readOne, reads } from '../reads.ts';
import { visible } from '../scopes.ts';
import { StepRef } from '../seals/step.ts';
import { OfficeRef } from './office.ts';
import { OfficerRef } from './officer.ts';

const STEP = { institution: true, stepId: true } as const;

const OfficeChangeRef = builder.prismaObject('OfficeChange', {
  description: 'An office opened, renamed or closed.',
  select: { institution: true, id: true },
  fields: (t) => ({
    act: t.exposeString('act', { description: '`opened`, `renamed` or `closed`' }),
    name: t.exposeString('name', { description: 'Its name from then on.' }),
    on: t.expose('on', { type: 'Date' }),
    at: t.expose('at', { type: 'DateTime' }),
    step: t.field({
      type: StepRef,
      nullable: true,
      description: 'The sealed step, for who may see it.',
      select: STEP,
      resolve: async ({ institution, stepId: id }, _args, context, info) =>
        (await readOne(context, info, 'step', 'Step', {
          AND: [visible(context, 'step'), { institution, id }],
        })) as never,
    }),
  }),
});
const OfficeChangeConnection = connectionType('OfficeChange', OfficeChangeRef);

const OfficerChangeRef = builder.prismaObject('OfficerChange', {
  description: 'An officer added, charged with duties, given a new first password or retired.',
  select: { institution: true, officerId: true, version: true },
  fields: (t) => ({
    act: t.exposeString('act', { description: '`added`, `charged`, `password-reset` or `retired`' }),
    version: t.exposeInt('version'),
    office: t.exposeString('officeId', { description: 'Their office from then on.' }),
    duties: t.field({ type: [DutyEnum], select: { duties: true }, resolve: (change) => change.duties as never }),
    at: t.expose('at', { type: 'DateTime' }),
    step: t.field({
      type: StepRef,
      nullable: true,
      description: 'The sealed step, for who may see it.',
      select: STEP,
      resolve: async ({ institution, stepId: id }, _args, context, info) =>
        (await readOne(context, info, 'step', 'Step', {
          AND: [visible(context, 'step'), { institution, id }],
        })) as never,
    }),
  }),
});
const OfficerChangeConnection = connectionType('OfficerChange', OfficerChangeRef);

const BY_ID: Order = { name: 'id', columns: [{ column: 'id', kind: 'text' }] };
const BY_VERSION: Order = { name: 'version', columns: [{ column: 'version', kind: 'number' }] };

builder.prismaObjectField(OfficeRef, 'changes', (t) =>
  t.field({
    type: OfficeChangeConnection,
    description: 'Opened, renamed, closed: oldest first, for who may see the office.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: (args, context, nested) => ({
      id: true,
      changes: nested(nestedPage(args, BY_ID, { office: visible(context, 'office') })),
    }),
    resolve: (office, args, context) =>
      pageOf(office.changes, args, BY_ID, () => {
        const where = { officeId: office.id, office: visible(context, 'office') };
        return reads(context, 'officeChange').count({ where });
      }),
  }),
);

builder.prismaObjectField(OfficerRef, 'changes', (t) =>
  t.field({
    type: OfficerChangeConnection,
    description: 'Added, charged, retired: oldest first, for who may see the officer.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: (args, context, nested) => ({
      id: true,
      changes: nested(nestedPage(args, BY_VERSION, { officer: visible(context, 'officer') })),
    }),
    resolve: (officer, args, context) =>
      pageOf(officer.changes, args, BY_VERSION, () => {
        const where = { officerId: officer.id, officer: visible(context, 'officer') };
        return reads(context, 'officerChange').count({ where });
      }),
  }),
);
