// Enrolment records: what the student system knows of a person (R9.2).
import { maskIdentityNumber } from '../../regulation/record/identity.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { CategoryEnum } from '../enums.ts';
import { keyOf, localId } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { requireLookUp } from '../look-up.ts';
import { identityLookUps, isGiven } from '../records/record-order.ts';
import { visible } from '../scopes.ts';

/** 学籍学历信息. */
export const EnrolmentRecordRef = builder.prismaNode('EnrolmentRecord', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'enrolmentRecord')] }),
  description: 'What the student system knows of a person.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    studentNumber: t.exposeString('studentNumber'),
    name: t.exposeString('name'),
    sex: t.exposeString('sex'),
    birthDate: t.expose('birthDate', { type: 'Date' }),
    country: t.exposeString('country'),
    ethnicity: t.exposeString('ethnicity', { nullable: true }),
    politicalStatus: t.exposeString('politicalStatus', { nullable: true }),
    identityType: t.exposeString('identityType'),
    identityNumberMasked: t.string({
      select: { institution: true, id: true, identityNumber: true },
      resolve: ({ institution, id, identityNumber }, _args, context) =>
        maskIdentityNumber(context.world.cipher.open(identityNumber, `${institution}/${id}/identityNumber`)),
    }),
    category: t.field({ type: CategoryEnum, select: { category: true }, resolve: (row) => row.category as never }),
    disciplineCode: t.exposeString('disciplineCode'),
    disciplineName: t.exposeString('disciplineName'),
    trainingUnitCode: t.exposeString('trainingUnitCode', { nullable: true }),
    trainingUnitName: t.exposeString('trainingUnitName', { nullable: true }),
    examineeNumber: t.exposeString('examineeNumber', { nullable: true }),
    admissionMonth: t.expose('admissionMonth', { type: 'YearMonth' }),
    lengthOfStudy: t.exposeString('lengthOfStudy', { nullable: true }),
    studyForm: t.exposeString('studyForm', { nullable: true }),
    studyMode: t.exposeString('studyMode', { nullable: true }),
    graduationDate: t.expose('graduationDate', { type: 'Date', nullable: true }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
});

const EnrolmentRecordConnection = connectionType('EnrolmentRecord', EnrolmentRecordRef);
const ORDER: Order = { name: 'studentNumber', columns: [{ column: 'studentNumber', kind: 'text' }] };

builder.queryField('enrolmentRecords', (t) =>
  t.field({
    type: EnrolmentRecordConnection,
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ description: 'Five-digit code.' }),
      category: t.arg({ type: [CategoryEnum], required: false }),
      studentNumber: t.arg.string({ required: false }),
      name: t.arg.string({ required: false }),
      identityNumber: t.arg.string({
        required: false,
        description: 'The whole number, looked up by its keyed index; only by POST.',
      }),
    },
    complexity: pageCost,
    resolve: async (_root, args, context, info) => {
      await requireLookUp(context, 'enrolmentRecord', args.identityNumber);
      const { institution, category, studentNumber, name, identityNumber } = args;
      const filter = [
        category ? { category: { in: category } } : {},
        studentNumber ? { studentNumber } : {},
        name ? { name } : {},
        isGiven(identityNumber, 'identityNumber')
          ? { identityNumberIndex: { in: identityLookUps(identityNumber, context.world.blindIndex) } }
          : {},
      ];
      return readPage(context, info, 'enrolmentRecord', {
        where: { AND: [visible(context, 'enrolmentRecord'), { institution }, ...filter] },
        order: ORDER,
        args,
        typeName: 'EnrolmentRecord',
      });
    },
  }),
);
