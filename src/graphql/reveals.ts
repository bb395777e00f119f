// Who was shown which secret value of which record, and why (article 21, 23): reading secrets is itself traceable.
import { FIELDS, isFieldName } from '../regulation/standard/fields.ts';
import { builder } from './builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from './connection.ts';
import { globalId, keyIn } from './global-id.ts';
import type { Order } from './keyset.ts';
import { visible } from './scopes.ts';
import { officerIn } from './sign-ins.ts';

const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

const RevealRef = builder.prismaObject('Reveal', {
  description: 'A secret value that was shown. The value itself is nowhere here.',
  select: { institution: true, id: true },
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    record: t.id({
      description: 'Global id of the record.',
      select: { institution: true, recordId: true },
      resolve: ({ institution, recordId: id }) => globalId('DegreeRecord', { institution, id }),
    }),
    field: t.exposeString('field'),
    label: t.string({
      select: { field: true },
      resolve: ({ field }) => (isFieldName(field) ? FIELDS[field].zh : field),
    }),
    reason: t.exposeString('reason', { description: 'As the officer gave it.' }),
    officer: t.relation('officer', { nullable: true, description: 'Null: the student was shown what is their own.' }),
  }),
});
const RevealConnection = connectionType('Reveal', RevealRef);

builder.queryField('reveals', (t) =>
  t.field({
    type: RevealConnection,
    description:
      'Secret values that were shown, newest first: of the institution for its auditor and the head of its degree office, of others their own.',
    args: {
      ...PAGE_ARGS,
      record: t.arg.id({ required: false }),
      officer: t.arg.id({ required: false }),
      from: t.arg({ type: 'DateTime', required: false }),
      until: t.arg({ type: 'DateTime', required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { record, officer, from, until } = args;
      const at = { ...(from ? { gte: from } : {}), ...(until ? { lt: until } : {}) };
      const { institution, id: recordId } = keyIn(String(record ?? ''), 'DegreeRecord');
      const chosen = {
        at,
        ...(record ? { institution, recordId } : {}),
        ...(officer ? { officerId: officerIn(String(officer)) } : {}),
      };
      return readPage(context, info, 'reveal', {
        where: { AND: [visible(context, 'reveal'), chosen] },
        order: NEWEST,
        args,
        typeName: 'Reveal',
      });
    },
  }),
);
