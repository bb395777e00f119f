// Reveals: who looked at which secret value in full, when and why (article 21); sheets and exports that show those of many among them.
import { isFieldName } from '../../regulation/standard/fields.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { RevealKindEnum } from '../enums.ts';
import { decodeGlobalId, keyIn, keyOf, localId, uuidOf } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { readOne } from '../reads.ts';
import { DegreeRecordRef } from '../records/degree-record.ts';
import { visible } from '../scopes.ts';

/** 敏感信息查看 */
export const RevealRef = builder.prismaNode('Reveal', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'reveal')] }),
  description: 'That somebody saw secret values in full. The values themselves are not here.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    kind: t.field({ type: RevealKindEnum, select: { kind: true }, resolve: ({ kind }) => kind as never }),
    at: t.expose('at', { type: 'DateTime' }),
    officer: t.relation('officer', { nullable: true, description: 'Null when a student looked at the own record.' }),
    fields: t.stringList({
      description: 'Names of the fields; `student-links` for the sheet of links.',
      select: { field: true },
      resolve: ({ field }) => field.split(','),
    }),
    people: t.exposeInt('people', { description: "How many people's values were shown: one, or those of a sheet." }),
    reason: t.exposeString('reason', { description: 'As it was given; the purpose of an export.' }),
    record: t.field({
      type: DegreeRecordRef,
      nullable: true,
      description: 'Whose value it was; null for a sheet, an export, an enrolment record, or one that is not seen.',
      complexity: { field: 2, multiplier: 1 },
      select: { institution: true, recordId: true, kind: true },
      resolve: ({ institution, recordId: id, kind }, _args, context, info) => {
        if (kind === 'links' || kind === 'export') return null;
        const where = { AND: [visible(context, 'degreeRecord'), { institution, id }] };
        return readOne(context, info, 'degreeRecord', 'DegreeRecord', where) as never;
      },
    }),
    step: t.relation('step', { nullable: true, description: 'The sealed step; null when a student looked.' }),
  }),
});

/** The local part of an officer's id; one that nobody has when it is none. */
function localIdIn(id: string): string {
  const decoded = decodeGlobalId(id);
  return decoded.typename === 'Officer' ? decoded.id : '';
}

const RevealConnection = connectionType('Reveal', RevealRef);
const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

builder.queryField('reveals', (t) =>
  t.field({
    type: RevealConnection,
    description:
      'Looks at secret values, newest first (article 21): all of the institution for its degree office and auditors, those of the province and of students among them; for everybody else their own.',
    args: {
      ...PAGE_ARGS,
      kind: t.arg({ type: [RevealKindEnum], required: false }),
      record: t.arg.id({ required: false }),
      officer: t.arg.id({ required: false }),
      field: t.arg.string({ required: false, description: 'Name of a field.' }),
      since: t.arg({ type: 'DateTime', required: false }),
      until: t.arg({ type: 'DateTime', required: false, description: 'This instant is not among it.' }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { kind, record, officer, field, since, until } = args;
      const of = record ? keyIn(record, 'DegreeRecord') : null;
      const chosen = [
        kind ? { kind: { in: [...kind] } } : {},
        of ? { institution: of.institution, recordId: of.id } : {},
        officer ? { officerId: uuidOf(localIdIn(officer)) } : {},
        field ? { field: isFieldName(field) ? { contains: field } : field } : {},
        since ? { at: { gte: since } } : {},
        until ? { at: { lt: until } } : {},
      ];
      const where = { AND: [visible(context, 'reveal'), ...chosen] };
      return readPage(context, info, 'reveal', { where, order: NEWEST, args, typeName: 'Reveal' });
    },
  }),
);
