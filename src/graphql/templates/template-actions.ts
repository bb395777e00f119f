// What the degree office does with certificate templates: a new one or its next version, and its end (R11.7).
import { addCertificateTemplate } from '../../procedures/templates/add-certificate-template.ts';
import { endCertificateTemplate } from '../../procedures/templates/end-certificate-template.ts';
import { addAction, type Done, type SuccessBuilder } from '../action.ts';
import { CategoryEnum, LevelEnum } from '../enums.ts';
import { keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { CertificateTemplateRef } from './certificate-template.ts';

interface OfTemplate extends Done {
  readonly templateId: string;
}

function templateField<Shape extends OfTemplate>(t: SuccessBuilder<Shape>) {
  return t.field({
    type: CertificateTemplateRef,
    nullable: true,
    resolve: ({ institution, templateId: id }, _args, context, info) =>
      loaded(context, info, 'certificateTemplate', 'CertificateTemplate', { institution, id }),
  });
}

type JsonObject = NonNullable<Parameters<typeof addCertificateTemplate>[1]['layout']>;

addAction('addCertificateTemplate', {
  description: 'Adds a certificate template; a known code gets its next version (article 11). By the degree office.',
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    code: t.string(),
    name: t.string(),
    level: t.field({ type: LevelEnum }),
    categories: t.field({ type: [CategoryEnum] }),
    validFrom: t.field({ type: 'Date' }),
    validUntil: t.field({ type: 'Date', required: false }),
    layout: t.field({
      type: 'JSON',
      required: false,
      description:
        'How the certificate looks, in the format `vermilion-certificate/1`. The layout of ours for level and categories when left out or empty. Simulate to have it judged.',
    }),
  }),
  run: async (call, input) => {
    const { institution, code, name, level, categories, validFrom, validUntil, layout } = input;
    const given = { institution, code, name, level, categories: [...categories], validFrom };
    const asked = { ...given, validUntil: validUntil ?? null, layout: (layout ?? null) as JsonObject | null };
    return { institution, ...(await addCertificateTemplate(call, asked)) };
  },
  success: (t) => ({
    version: t.exposeInt('version'),
    certificateTemplate: templateField(t),
  }),
});

addAction('endCertificateTemplate', {
  description:
    'Sets the last day of a certificate template (article 11): never before the conferral date of a record that is matched to it. By the degree office.',
  input: (t) => ({
    certificateTemplate: t.id(),
    validUntil: t.field({ type: 'Date', description: 'The last day on which it is in force.' }),
  }),
  run: async (call, { certificateTemplate, validUntil }) => {
    const { institution, id } = keyFrom(certificateTemplate, 'CertificateTemplate');
    return { institution, ...(await endCertificateTemplate(call, { institution, templateId: id, validUntil })) };
  },
  success: (t) => ({ certificateTemplate: templateField(t) }),
});
