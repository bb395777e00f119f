// Declassifications of theses (article 20): who approved, by which document, since when. What a thesis says is nowhere among it.
import { declassify, withdrawDeclassification } from '../../procedures/secrecy/declassify.ts';
import { todayOf } from '../../procedures/situation.ts';
import { declassificationState } from '../../regulation/declassification.ts';
import { addAction } from '../action.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import {
  CategoryEnum,
  DeclassificationFormEnum,
  DeclassificationStateEnum,
  ReclassificationGroundEnum,
} from '../enums.ts';
import { keyFrom, keyOf, localId } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { fileUrl } from '../links.ts';
import { loaded } from '../loaded.ts';
import { readOne } from '../reads.ts';
import { DegreeRecordRef } from '../records/degree-record.ts';
import { visible } from '../scopes.ts';

const WithdrawalRef = builder.prismaObject('DeclassificationWithdrawal', {
  description: 'That a declassification does not hold any more.',
  select: { institution: true, declassificationId: true },
  fields: (t) => ({
    ground: t.field({
      type: ReclassificationGroundEnum,
      select: { ground: true },
      resolve: ({ ground }) => ground as never,
    }),
    documentNumber: t.exposeString('documentNumber'),
    on: t.expose('on', { type: 'Date', description: 'Since this day it does not hold.' }),
    scanUrl: t.string({
      nullable: true,
      description: 'Holds for five minutes.',
      select: { institution: true, scanDigest: true },
      resolve: ({ institution, scanDigest }, _args, { world }) =>
        scanDigest && fileUrl(world, { institution, digest: scanDigest, kind: 'declassification' }),
    }),
    withdrawnBy: t.relation('withdrawnBy'),
    at: t.expose('at', { type: 'DateTime' }),
    step: t.relation('step'),
  }),
});

/** 论文解密（脱密） */
export const DeclassificationRef = builder.prismaNode('Declassification', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'declassification')] }),
  description:
    'A recorded declassification: without one that holds, no record of a classified thesis enters or goes on (article 20).',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    category: t.field({
      type: CategoryEnum,
      select: { category: true },
      resolve: ({ category }) => category as never,
    }),
    number: t.exposeString('number', { description: 'Student or application number.' }),
    form: t.field({ type: DeclassificationFormEnum, select: { form: true }, resolve: ({ form }) => form as never }),
    authority: t.exposeString('authority', { description: 'Who approved it.' }),
    responsiblePerson: t.exposeString('responsiblePerson'),
    documentNumber: t.exposeString('documentNumber'),
    decidedOn: t.expose('decidedOn', { type: 'Date' }),
    holdsFrom: t.expose('holdsFrom', { type: 'Date' }),
    state: t.field({
      type: DeclassificationStateEnum,
      description: 'On the day of the register.',
      select: { holdsFrom: true, withdrawal: { select: { on: true } } },
      resolve: (row, _args, { world }) => declassificationState(row, todayOf(world)),
    }),
    scanDigest: t.exposeString('scanDigest', { description: 'SHA-256 of the approval, kept sealed.' }),
    scanUrl: t.string({
      description: 'Holds for five minutes.',
      select: { institution: true, scanDigest: true },
      resolve: ({ institution, scanDigest }, _args, { world }) =>
        fileUrl(world, { institution, digest: scanDigest, kind: 'declassification' }),
    }),
    recordedBy: t.relation('recordedBy'),
    at: t.expose('at', { type: 'DateTime' }),
    step: t.relation('step'),
    withdrawal: t.relation('withdrawal', { type: WithdrawalRef, nullable: true }),
  }),
});

const DeclassificationConnection = connectionType('Declassification', DeclassificationRef);
const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

builder.queryField('declassifications', (t) =>
  t.field({
    type: DeclassificationConnection,
    description:
      'Declassifications, last recorded first: of the own categories; of the institution for its degree office and auditors; never for the province.',
    args: {
      ...PAGE_ARGS,
      category: t.arg({ type: CategoryEnum, required: false }),
      number: t.arg.string({ required: false, description: 'Student or application number.' }),
      standing: t.arg.boolean({ required: false, description: 'True: not withdrawn. False: withdrawn.' }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { category, number, standing } = args;
      const chosen = [
        category ? { category } : {},
        number ? { number } : {},
        standing === true ? { withdrawal: { is: null } } : standing === false ? { withdrawal: { isNot: null } } : {},
      ];
      const where = { AND: [visible(context, 'declassification'), ...chosen] };
      return readPage(context, info, 'declassification', { where, order: NEWEST, args, typeName: 'Declassification' });
    },
  }),
);

builder.prismaObjectField(DegreeRecordRef, 'declassification', (t) =>
  t.field({
    type: DeclassificationRef,
    nullable: true,
    description:
      'The last declassification recorded for this person in this category (article 20). Null also for the province.',
    complexity: { field: 5, multiplier: 1 },
    select: { institution: true, category: true, studentNumber: true, applicationNumber: true },
    resolve: async ({ institution, category, studentNumber, applicationNumber }, _args, context, info) => {
      const number = category === 'equivalent-education-master' ? applicationNumber : studentNumber;
      if (!number) return null;
      const own = { AND: [visible(context, 'declassification'), { institution, category, number }] };
      const last = await context.world.db.prisma.declassification.findFirst({
        where: own,
        orderBy: { id: 'desc' },
        select: { id: true },
      });
      const key = last && { AND: [own, { id: last.id }] };
      return key && (readOne(context, info, 'declassification', 'Declassification', key) as never);
    },
  }),
);

const SCAN = 'SHA-256 of the approval, uploaded before as DECLASSIFICATION: a PDF of four pages at most.';

addAction('declassify', {
  description:
    'Records that a thesis, or the information about it, was declassified (article 20): before its record may enter. By the office of the category; never with anything that the thesis says.',
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    category: t.field({ type: CategoryEnum }),
    number: t.string({ description: 'Student number, or application number of an equivalent-education master.' }),
    form: t.field({ type: DeclassificationFormEnum }),
    authority: t.string({ description: 'Who approved it.' }),
    responsiblePerson: t.string(),
    documentNumber: t.string(),
    decidedOn: t.field({ type: 'Date' }),
    holdsFrom: t.field({ type: 'Date', required: false, description: 'The day of the approval when not said.' }),
    scanDigest: t.string({ description: SCAN }),
  }),
  run: async (call, input) => ({ institution: input.institution, ...(await declassify(call, input)) }),
  success: (t) => ({
    declassification: t.field({
      type: DeclassificationRef,
      nullable: true,
      resolve: ({ institution, declassificationId: id }, _args, context, info) =>
        loaded(context, info, 'declassification', 'Declassification', { institution, id }),
    }),
  }),
});

addAction('withdrawDeclassification', {
  description:
    'Withdraws a declassification since a day (article 20): records of this person neither enter nor go on until another is recorded.',
  input: (t) => ({
    declassification: t.id(),
    ground: t.field({ type: ReclassificationGroundEnum }),
    documentNumber: t.string(),
    on: t.field({ type: 'Date' }),
    scanDigest: t.string({ required: false, description: SCAN }),
  }),
  run: async (call, { declassification, ...given }) => {
    const { institution, id: declassificationId } = keyFrom(declassification, 'Declassification');
    return { institution, ...(await withdrawDeclassification(call, { institution, declassificationId, ...given })) };
  },
  success: (t) => ({
    declassification: t.field({
      type: DeclassificationRef,
      nullable: true,
      resolve: ({ institution, declassificationId: id }, _args, context, info) =>
        loaded(context, info, 'declassification', 'Declassification', { institution, id }),
    }),
  }),
});
