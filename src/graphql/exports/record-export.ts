// Exports: who took which records for what; the file itself is fetched over HTTP by who made it (R7.1, R21.1).
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { actorIn } from '../context.ts';
import { CategoryEnum } from '../enums.ts';
import { globalId, keyOf, localId } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { signedUrl } from '../links.ts';
import { visible } from '../scopes.ts';
import { editionNamed, nameIn } from '../structure/structure-context.ts';

/** 导出 */
export const RecordExportRef = builder.prismaNode('RecordExport', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'recordExport')] }),
  description: 'An export of records or photos: a sealed step, because the file holds identity numbers.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    kind: t.exposeString('kind', { description: '`records` or `photos`.' }),
    edition: t.exposeString('edition', { nullable: true, description: 'Key of the edition.' }),
    editionName: t.string({
      nullable: true,
      description: 'Says of an unverified edition that it is one.',
      select: { edition: true, categories: true },
      resolve: async ({ edition, categories }, _args, context) => {
        const named = await editionNamed(context, edition, categories[0] ?? null);
        return named && nameIn(context, named);
      },
    }),
    editionVerified: t.exposeBoolean('verified'),
    format: t.exposeString('format'),
    encoding: t.exposeString('encoding', { nullable: true }),
    purpose: t.exposeString('purpose'),
    categories: t.field({
      type: [CategoryEnum],
      select: { categories: true },
      resolve: (row) => row.categories as never,
    }),
    fileName: t.exposeString('fileName'),
    fileDigest: t.exposeString('fileDigest', { description: 'SHA-256, also named in the sealed step.' }),
    size: t.exposeInt('size', { description: 'Bytes.' }),
    count: t.exposeInt('count', { description: 'Records.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    createdBy: t.relation('createdBy'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until then the file can be fetched.' }),
    downloadUrl: t.string({
      nullable: true,
      description: 'For who made it, while it is kept. The link holds for five minutes.',
      select: { institution: true, id: true, createdById: true, expiresAt: true, format: true },
      resolve: ({ institution, id, createdById, expiresAt, format }, _args, context) => {
        const { world } = context;
        if (actorIn(context).officerId !== createdById || expiresAt <= world.now()) return null;
        return signedUrl(world, `/exports/${globalId('RecordExport', { institution, id })}.${format}`);
      },
    }),
  }),
});

const RecordExportConnection = connectionType('RecordExport', RecordExportRef);
const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

builder.queryField('recordExports', (t) =>
  t.field({
    type: RecordExportConnection,
    description:
      'Exports, newest first: of the institution for its degree office and auditors, else of the own office.',
    args: PAGE_ARGS,
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const where = visible(context, 'recordExport');
      return readPage(context, info, 'recordExport', { where, order: NEWEST, args, typeName: 'RecordExport' });
    },
  }),
);
