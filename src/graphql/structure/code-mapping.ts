// The officers' mappings of texts to codes, what an import could not match, and which mappings its dry run applied (R7.1).
import { type CodeTableName, lookUp, nearest, type Proposal } from '../../regulation/standard/codes.ts';
import { builder } from '../builder.ts';
import { ImportRef } from '../collection/import.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { firstOf, VIOLATION_ARGS } from '../errors.ts';
import { keyOf, localId } from '../global-id.ts';
import { type Order, pageOf } from '../keyset.ts';
import { reads } from '../reads.ts';
import { visible } from '../scopes.ts';
import { ownCodes } from './structure-context.ts';

const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };
const IN_FILE: Order = { name: 'sequence', columns: [{ column: 'sequence', kind: 'number' }] };
const BY_MAPPING: Order = { name: 'mapping', columns: [{ column: 'mappingId', kind: 'text' }] };

/** A remembered mapping. */
export const CodeMappingRef = builder.prismaNode('CodeMapping', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'codeMapping')] }),
  description: 'A text that stands for a code by an officer’s decision.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    codeTable: t.exposeString('codeTable'),
    value: t.exposeString('value', {
      description: 'As people write it; full-width letters narrowed, letters in capitals.',
    }),
    code: t.exposeString('code'),
    name: t.string({
      nullable: true,
      description: 'Newest name of the code.',
      select: { codeTable: true, code: true },
      resolve: async ({ codeTable, code }, _args, context) =>
        lookUp(codeTable as CodeTableName, code, '9999-12-31', await ownCodes(context))?.name ?? null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    createdBy: t.relation('createdBy'),
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was withdrawn or replaced; null while it holds.',
      select: { end: { select: { endedAt: true } } },
      resolve: ({ end }) => end?.endedAt ?? null,
    }),
  }),
});
const CodeMappingConnection = connectionType('CodeMapping', CodeMappingRef);

builder.queryField('codeMappings', (t) =>
  t.field({
    type: CodeMappingConnection,
    description: 'Mappings of the institution, newest first; those that ended too when asked for.',
    args: {
      ...PAGE_ARGS,
      table: t.arg.string({ required: false }),
      search: t.arg.string({ required: false, description: 'Part of the text.' }),
      ended: t.arg.boolean({ required: false, defaultValue: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const where = {
        AND: [
          visible(context, 'codeMapping'),
          args.table ? { codeTable: args.table } : {},
          args.search ? { value: { contains: args.search } } : {},
          args.ended ? {} : { end: { is: null } },
        ],
      };
      return readPage(context, info, 'codeMapping', { where, order: NEWEST, args, typeName: 'CodeMapping' });
    },
  }),
);

const CodeProposalRef = builder.objectRef<Proposal>('CodeProposal').implement({
  description: 'A code that a text may have meant.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.exposeString('name'),
    likeness: t.exposeFloat('likeness', { description: '1: the same or what it was recoded to; ½: hardly alike.' }),
  }),
});

const UnmatchedValueRef = builder.prismaObject('UnmatchedValue', {
  description: 'A text of the file that no code table has on its day.',
  select: { institution: true, importId: true, sequence: true },
  fields: (t) => ({
    table: t.exposeString('codeTable'),
    value: t.exposeString('value'),
    on: t.expose('on', { type: 'Date', description: 'The day at which it was judged first.' }),
    count: t.exposeInt('count', { description: 'Rows that have it.' }),
    proposals: t.field({
      type: [CodeProposalRef],
      description: 'The nearest entries, best first: for a person to choose from.',
      args: VIOLATION_ARGS,
      select: { codeTable: true, value: true, on: true },
      resolve: async ({ codeTable, value, on }, args, context) =>
        firstOf(nearest(codeTable as CodeTableName, value, on, await ownCodes(context)), args),
    }),
  }),
});
const UnmatchedValueConnection = connectionType('UnmatchedValue', UnmatchedValueRef);

const AppliedMappingRef = builder.prismaObject('ImportMapping', {
  name: 'AppliedMapping',
  description: 'A mapping that the dry run applied.',
  select: { institution: true, importId: true, mappingId: true },
  fields: (t) => ({
    rows: t.exposeInt('rows', { description: 'Rows in which it gave the code.' }),
    mapping: t.relation('mapping'),
  }),
});
const AppliedMappingConnection = connectionType('AppliedMapping', AppliedMappingRef);

builder.prismaObjectFields(ImportRef, (t) => ({
  unmatchedValues: t.field({
    type: UnmatchedValueConnection,
    description:
      'Texts that no code table has, those of most rows first; each is listed once. `mapCodes` remembers what they stand for.',
    args: { ...PAGE_ARGS, table: t.arg.string({ required: false }) },
    complexity: pageCost,
    select: (args, _context, nested) => ({
      institution: true,
      id: true,
      unmatched: nested(nestedPage(args, IN_FILE, args.table ? { codeTable: args.table } : {})),
    }),
    resolve: ({ institution, id, unmatched }, args, context) =>
      pageOf(unmatched, args, IN_FILE, () => {
        const of = args.table ? { codeTable: args.table } : {};
        return reads(context, 'unmatchedValue').count({ where: { institution, importId: id, ...of } });
      }),
  }),
  appliedMappings: t.field({
    type: AppliedMappingConnection,
    description: 'The mappings that the dry run applied, each with its rows.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: (args, _context, nested) => ({
      institution: true,
      id: true,
      mappings: nested(nestedPage(args, BY_MAPPING, {})),
    }),
    resolve: ({ institution, id, mappings }, args, context) =>
      pageOf(mappings, args, BY_MAPPING, () =>
        reads(context, 'importMapping').count({ where: { institution, importId: id } }),
      ),
  }),
}));
