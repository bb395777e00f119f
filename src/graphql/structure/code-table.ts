// Code tables as the institution has them: ours with its own editions over them, each entry with its validity (R7.1).
import {
  CODE_TABLES,
  type CodeTableName,
  isCodeTable,
  recoded,
  tableEntries,
} from '../../regulation/standard/codes.ts';
import type { CodeEntry, CodeTable } from '../../regulation/standard/tables/code-entry.ts';
import { keysOf } from '../../regulation/vocabulary.ts';
import { badInput } from '../bad-input.ts';
import { builder } from '../builder.ts';
import { listPage } from '../computed-page.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { keyOf, localId } from '../global-id.ts';
import type { Order, Page } from '../keyset.ts';
import { visible } from '../scopes.ts';
import { ownCodes } from './structure-context.ts';

interface NamedTable extends CodeTable {
  readonly name: CodeTableName;
}

const CodeTableRef = builder.objectRef<NamedTable>('CodeTable').implement({
  description: 'A code table by name.',
  fields: (t) => ({
    name: t.string({ description: 'As `codeEntries` and loads name it.', resolve: (table) => table.name }),
    title: t.string({ resolve: (table, _args, { language }) => table[language] }),
    source: t.exposeString('source', { description: 'Where ours is from.' }),
    complete: t.boolean({
      description:
        'Whether a code outside it is refused: ours is complete, or the institution has loaded its own edition.',
      resolve: async (table, _args, context) =>
        table.complete || (await ownCodes(context))?.tables.has(table.name) === true,
    }),
    loaded: t.boolean({
      description: 'Whether the institution has loaded an edition of its own.',
      resolve: async (table, _args, context) => (await ownCodes(context))?.tables.has(table.name) === true,
    }),
  }),
});
const CodeTableConnection = connectionType('CodeTable', CodeTableRef);

interface NamedEntry extends CodeEntry {
  readonly table: CodeTableName;
  readonly on: string | null;
}

const CodeEntryRef = builder.objectRef<NamedEntry>('CodeEntry').implement({
  description: 'One entry of a code table.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.exposeString('name'),
    otherNames: t.stringList({ description: 'Also accepted.', resolve: (entry) => [...(entry.aliases ?? [])] }),
    validFrom: t.field({
      type: 'Date',
      nullable: true,
      description: 'First day; null: always.',
      resolve: (e) => e.validFrom ?? null,
    }),
    validUntil: t.field({
      type: 'Date',
      nullable: true,
      description: 'Last day.',
      resolve: (entry) => entry.validUntil ?? null,
    }),
    recodedTo: t.string({
      nullable: true,
      description: 'What the code became: by the day that was asked for, or by now.',
      resolve: async (entry, _args, context) =>
        recoded(entry.table, entry.code, entry.on ?? '9999-12-31', await ownCodes(context))?.code ?? null,
    }),
  }),
});
const CodeEntryConnection = connectionType('CodeEntry', CodeEntryRef);

/** One loading of a code table. */
export const CodeTableVersionRef = builder.prismaNode('CodeTableVersion', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'codeTableVersion')] }),
  description: 'One loading of a code table by the institution: from which day, and what it changed.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    codeTable: t.exposeString('codeTable'),
    version: t.exposeInt('version'),
    validFrom: t.expose('validFrom', { type: 'Date' }),
    complete: t.exposeBoolean('complete', { description: 'Codes that the file lacked ended the day before.' }),
    fileDigest: t.exposeString('fileDigest'),
    added: t.exposeInt('added'),
    changed: t.exposeInt('changed'),
    ended: t.exposeInt('ended'),
    unchanged: t.exposeInt('unchanged'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    createdBy: t.relation('createdBy'),
  }),
});
const CodeTableVersionConnection = connectionType('CodeTableVersion', CodeTableVersionRef);
const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

const NO_TABLE = { zh: '没有这个代码表。', en: 'There is no such code table.' };

/** @throws GraphQLError BAD_USER_INPUT */
function tableIn(name: string): CodeTableName {
  if (isCodeTable(name)) return name;
  throw badInput(NO_TABLE, { path: 'table', found: name.slice(0, 60), expected: keysOf(CODE_TABLES).join(' / ') });
}

const holdsOn = (entry: CodeEntry, on: string): boolean =>
  (entry.validFrom ?? on) <= on && on <= (entry.validUntil ?? on);

builder.queryFields((t) => ({
  codeTables: t.field({
    type: CodeTableConnection,
    args: PAGE_ARGS,
    complexity: pageCost,
    resolve: (_root, args) => {
      const tables = keysOf(CODE_TABLES).map((name): NamedTable => ({ ...CODE_TABLES[name], name }));
      return listPage('codeTables', tables, args) as Page<object>;
    },
  }),
  codeEntries: t.field({
    type: CodeEntryConnection,
    description: 'Entries of a table in the order of their codes, with their validity.',
    args: {
      ...PAGE_ARGS,
      table: t.arg.string(),
      on: t.arg({ type: 'Date', required: false, description: 'Only what is valid on this day.' }),
      search: t.arg.string({ required: false, description: 'Part of a code or name.' }),
    },
    complexity: pageCost,
    resolve: async (_root, args, context) => {
      const table = tableIn(args.table);
      const { on = null } = args;
      const wanted = args.search?.trim() ?? '';
      const found = tableEntries(table, await ownCodes(context))
        .filter((entry) => on === null || holdsOn(entry, on))
        .filter(({ code, name, aliases }) => [code, name, ...(aliases ?? [])].some((text) => text.includes(wanted)))
        .map((entry): NamedEntry => ({ ...entry, table, on }))
        .sort((a, b) =>
          a.code < b.code ? -1 : a.code > b.code ? 1 : (a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1,
        );
      return listPage(`codeEntries/${table}`, found, args) as Page<object>;
    },
  }),
  codeTableVersions: t.field({
    type: CodeTableVersionConnection,
    description: 'Loadings of code tables by the institution, newest first.',
    args: { ...PAGE_ARGS, table: t.arg.string({ required: false }) },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const of = args.table ? { codeTable: tableIn(args.table) } : {};
      const where = { AND: [visible(context, 'codeTableVersion'), of] };
      return readPage(context, info, 'codeTableVersion', { where, order: NEWEST, args, typeName: 'CodeTableVersion' });
    },
  }),
}));
