// Imports: a table that was checked row by row, and what became of it.
import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { CategoryEnum, ImportKindEnum } from '../enums.ts';
import { globalId, keyIn, keyOf, localId } from '../global-id.ts';
import { type Order, pageOf } from '../keyset.ts';
import { readOne, reads } from '../reads.ts';
import { visible } from '../scopes.ts';
import { editionNamed, nameIn } from '../structure/structure-context.ts';

const PROBLEM_ORDER: Order = { name: 'sequence', columns: [{ column: 'sequence', kind: 'number' }] };
const IMPORT_ORDER: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

const ImportProblemRef = builder.prismaObject('ImportProblem', {
  description: 'One broken rule in one row. Secret values are masked.',
  select: { institution: true, importId: true, sequence: true },
  fields: (t) => ({
    line: t.exposeInt('line', { description: 'Line of the file; the header is line 1.' }),
    column: t.exposeString('column', { description: 'Field of the column, such as `identityNumber`.' }),
    code: t.exposeString('code'),
    article: t.exposeString('article'),
    message: t.exposeString('message'),
    messageEn: t.exposeString('messageEn'),
    found: t.exposeString('found', { nullable: true }),
    expected: t.exposeString('expected', { nullable: true }),
  }),
});
const ImportProblemConnection = connectionType('ImportProblem', ImportProblemRef);

/** What `judged` is, here and in the answer of the dry run. */
export const JUDGED =
  'Rows that were judged. Fewer than `total`: the file has too many problems and cannot be imported. 已审核的行数；少于总行数即问题过多，整份文件不能导入。';

/** One uploaded table: checked, imported or refused. */
export const ImportRef = builder.prismaNode('Import', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'import')] }),
  description: 'One uploaded table: checked (dry run), imported, or refused.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    kind: t.field({ type: ImportKindEnum, select: { kind: true }, resolve: (row) => row.kind as never }),
    state: t.exposeString('state'),
    fileName: t.exposeString('fileName'),
    fileDigest: t.exposeString('fileDigest'),
    format: t.exposeString('format'),
    encoding: t.exposeString('encoding', { nullable: true, description: 'As detected.' }),
    edition: t.exposeString('edition', {
      nullable: true,
      description: 'Edition of the national structure, or our template.',
    }),
    editionName: t.string({
      nullable: true,
      description: 'Its name; says of an unverified edition that it is one.',
      select: { edition: true, category: true },
      resolve: async ({ edition, category }, _args, context) => {
        const named = await editionNamed(context, edition, category);
        return named && nameIn(context, named);
      },
    }),
    editionVerified: t.boolean({
      nullable: true,
      description: 'False: the edition was put together from what is publicly known.',
      select: { edition: true, category: true },
      resolve: async ({ edition, category }, _args, context) =>
        (await editionNamed(context, edition, category))?.verified ?? null,
    }),
    category: t.field({
      type: CategoryEnum,
      nullable: true,
      select: { category: true },
      resolve: (row) => row.category as never,
    }),
    resolution: t.id({
      nullable: true,
      select: { institution: true, resolutionId: true },
      resolve: ({ institution, resolutionId }) =>
        resolutionId && globalId('Resolution', { institution, id: resolutionId }),
    }),
    total: t.exposeInt('total', { description: 'Rows of the file.' }),
    judged: t.exposeInt('judged', { description: JUDGED }),
    accepted: t.exposeInt('accepted', { description: 'Of the judged rows.' }),
    refused: t.exposeInt('refused', { description: 'Of the judged rows.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    createdBy: t.relation('createdBy'),
    problems: t.field({
      type: ImportProblemConnection,
      description:
        'Every broken rule of every judged row, in the order of the file; the last says so when judging ended early.',
      args: { ...PAGE_ARGS, code: t.arg.stringList({ required: false }) },
      complexity: pageCost,
      select: (args, _context, nested) => ({
        institution: true,
        id: true,
        problems: nested(nestedPage(args, PROBLEM_ORDER, args.code ? { code: { in: args.code } } : {})),
      }),
      resolve: ({ institution, id, problems }, args, context) =>
        pageOf(problems, args, PROBLEM_ORDER, () => {
          const where = { institution, importId: id, ...(args.code ? { code: { in: args.code } } : {}) };
          return reads(context, 'importProblem').count({ where });
        }),
    }),
  }),
});

const ImportConnection = connectionType('Import', ImportRef);

builder.queryFields((t) => ({
  import: t.field({
    type: ImportRef,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, args, context, info) => {
      const where = { AND: [visible(context, 'import'), { ...keyIn(args.id, 'Import') }] };
      return readOne(context, info, 'import', 'Import', where);
    },
  }),
  imports: t.field({
    type: ImportConnection,
    description: 'Imports, newest first.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ required: false }),
      kind: t.arg({ type: ImportKindEnum, required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { institution, kind } = args;
      const where = { AND: [visible(context, 'import'), institution ? { institution } : {}, kind ? { kind } : {}] };
      return readPage(context, info, 'import', { where, order: IMPORT_ORDER, args, typeName: 'Import' });
    },
  }),
}));
