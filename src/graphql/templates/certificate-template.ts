// Certificate templates: versions of the certificate with the time in which they are in force (R11.7).
import { todayOf } from '../../procedures/situation.ts';
import { layoutOf } from '../../regulation/templates/certificate-defaults.ts';
import { templateState } from '../../regulation/templates/templates.ts';
import { readTemplateTimes } from '../../store/templates/certificate-templates.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { CategoryEnum, LevelEnum, TemplateStateEnum } from '../enums.ts';
import { keyOf, localId } from '../global-id.ts';
import type { Order } from '../keyset.ts';
import { reader } from '../reads.ts';
import { visible } from '../scopes.ts';

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
    layout: t.field({
      type: 'JSON',
      description: 'As it is kept; an empty one is from before layouts had rules.',
      select: { layout: true },
      resolve: (template) => template.layout,
    }),
    effectiveLayout: t.field({
      type: 'JSON',
      description: 'What its certificates are printed with: its own layout, or ours for its level and categories.',
      select: { layout: true, level: true, categories: true },
      resolve: (template) => layoutOf(template as Parameters<typeof layoutOf>[0]) as object,
    }),
    state: t.field({
      type: TemplateStateEnum,
      description: 'Where it stands on a day, today when none is said.',
      args: { on: t.arg({ type: 'Date', required: false }) },
      complexity: { field: 10, multiplier: 1 },
      select: { institution: true, code: true, version: true, validFrom: true, validUntil: true },
      resolve: async (template, { on }, context) => {
        const versions = await readTemplateTimes(reader(context), template.institution, template.code);
        const own = versions.find(({ version }) => version === template.version);
        if (!own) throw new Error('a template is none of the versions of its code');
        return templateState(own, versions, on ?? todayOf(context.world));
      },
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

/** A page of templates. */
export const CertificateTemplateConnection = connectionType('CertificateTemplate', CertificateTemplateRef);
const ORDER: Order = { name: 'id', columns: [{ column: 'id', kind: 'text', down: true }] };

builder.queryField('certificateTemplates', (t) =>
  t.field({
    type: CertificateTemplateConnection,
    description: 'The templates of the institution, newest first.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ required: false }),
      code: t.arg.string({ required: false, description: 'The versions of one template.' }),
      level: t.arg({ type: LevelEnum, required: false }),
      category: t.arg({ type: CategoryEnum, required: false, description: 'Those that serve this category.' }),
      inForceOn: t.arg({ type: 'Date', required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { institution, code, level, category, inForceOn } = args;
      const inForce = { validFrom: { lte: inForceOn }, OR: [{ validUntil: null }, { validUntil: { gte: inForceOn } }] };
      const filter = [
        institution ? { institution } : {},
        code ? { code } : {},
        level ? { level } : {},
        category ? { categories: { has: category } } : {},
        inForceOn ? inForce : {},
      ];
      return readPage(context, info, 'certificateTemplate', {
        where: { AND: [visible(context, 'certificateTemplate'), ...filter] },
        order: ORDER,
        args,
        typeName: 'CertificateTemplate',
      });
    },
  }),
);
