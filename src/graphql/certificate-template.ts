// Certificate templates: versions of the certificate with the time in which they are in force (R11.7).
import { builder } from './builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from './connection.ts';
import { CategoryEnum, LevelEnum } from './enums.ts';
import { keyOf, localId } from './global-id.ts';
import type { Order } from './keyset.ts';
import { visible } from './scopes.ts';

/** 学位证书样式. */
export const CertificateTemplateRef = builder.prismaNode('CertificateTemplate', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'certificateTemplate')] }),
  description: 'A version of the certificate template of a level and its categories.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    code: t.exposeString('code'),
    version: t.exposeInt('version'),
    name: t.exposeString('name'),
    level: t.field({ type: LevelEnum, select: { level: true }, resolve: (template) => template.level as never }),
    categories: t.field({
      type: [CategoryEnum],
      select: { categories: true },
      resolve: (template) => template.categories as never,
    }),
    validFrom: t.expose('validFrom', { type: 'Date' }),
    validUntil: t.expose('validUntil', { type: 'Date', nullable: true }),
    layout: t.field({ type: 'JSON', select: { layout: true }, resolve: (template) => template.layout }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

const CertificateTemplateConnection = connectionType('CertificateTemplate', CertificateTemplateRef);
const ORDER: Order = { name: 'id', columns: [{ column: 'id', kind: 'text', down: true }] };

builder.queryField('certificateTemplates', (t) =>
  t.field({
    type: CertificateTemplateConnection,
    description: 'The templates of the institution, newest first.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ required: false }),
      level: t.arg({ type: LevelEnum, required: false }),
      inForceOn: t.arg({ type: 'Date', required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { institution, level, inForceOn } = args;
      const inForce = { validFrom: { lte: inForceOn }, OR: [{ validUntil: null }, { validUntil: { gte: inForceOn } }] };
      const filter = [institution ? { institution } : {}, level ? { level } : {}, inForceOn ? inForce : {}];
      return readPage(context, info, 'certificateTemplate', {
        where: { AND: [visible(context, 'certificateTemplate'), ...filter] },
        order: ORDER,
        args,
        typeName: 'CertificateTemplate',
      });
    },
  }),
);
