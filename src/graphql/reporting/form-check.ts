// Form checks of the national centre (article 14) as they were entered.
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { CategoryEnum } from '../enums.ts';
import { keyIn, keyOf, localId } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { readOne } from '../reads.ts';
import { visible } from '../scopes.ts';

/** 形式核查反馈. */
export const FormCheckRef = builder.prismaNode('FormCheck', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'formCheck')] }),
  description: 'A feedback of the national centre on filed records.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    number: t.exposeString('number'),
    feedbackOn: t.expose('feedbackOn', { type: 'Date' }),
    fileDigest: t.exposeString('fileDigest', { description: 'SHA-256 of the feedback.' }),
    categories: t.field({
      type: [CategoryEnum],
      select: { categories: true },
      resolve: ({ categories }) => categories as never,
    }),
    passed: t.exposeInt('passed'),
    failed: t.exposeInt('failed'),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});

const FormCheckConnection = connectionType('FormCheck', FormCheckRef);
const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

builder.queryFields((t) => ({
  formCheck: t.field({
    type: FormCheckRef,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, args, context, info) => {
      const where = { AND: [visible(context, 'formCheck'), { ...keyIn(args.id, 'FormCheck') }] };
      return readOne(context, info, 'formCheck', 'FormCheck', where);
    },
  }),
  formChecks: t.field({
    type: FormCheckConnection,
    description: 'Form checks of the national centre, newest first.',
    args: { ...PAGE_ARGS, institution: t.arg.string({ required: false }) },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'formCheck', {
        where: { AND: [visible(context, 'formCheck'), args.institution ? { institution: args.institution } : {}] },
        order: NEWEST,
        args,
        typeName: 'FormCheck',
      }),
  }),
}));
