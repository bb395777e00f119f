// What the degree office does with resolutions and certificate templates.
import { addCertificateTemplate } from '../procedures/add-certificate-template.ts';
import { loadResolution } from '../procedures/load-resolution.ts';
import { reportUpward } from '../procedures/report-upward.ts';
import { addAction } from './action.ts';
import { BatchRef } from './batch.ts';
import { builder } from './builder.ts';
import { CertificateTemplateRef } from './certificate-template.ts';
import { CategoryEnum, LevelEnum } from './enums.ts';
import { keyFrom } from './global-id.ts';
import { loaded } from './loaded.ts';
import { ResolutionRef } from './resolution.ts';

addAction('loadResolution', {
  description: 'Loads a resolution with its scan and roster, uploaded before (article 6). By the degree office.',
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    number: t.string(),
    meeting: t.string(),
    decidedOn: t.field({ type: 'Date' }),
    effectiveOn: t.field({ type: 'Date' }),
    members: t.int(),
    present: t.int(),
    yes: t.int(),
    no: t.int(),
    abstain: t.int(),
    headName: t.string(),
    chairName: t.string(),
    scanDigest: t.string({ description: 'SHA-256 of the uploaded scan.' }),
    rosterDigest: t.string({ description: 'SHA-256 of the uploaded roster.' }),
  }),
  run: async (call, input) => ({
    institution: input.institution,
    ...(await loadResolution(call, input)),
  }),
  success: (t) => ({
    rosterSize: t.exposeInt('rosterSize'),
    resolution: t.field({
      type: ResolutionRef,
      nullable: true,
      resolve: ({ institution, resolutionId: id }, _args, context, info) =>
        loaded(context, info, 'resolution', 'Resolution', { institution, id }),
    }),
  }),
});

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
    layout: t.field({ type: 'JSON', description: 'An object; its meaning is that of the printing office.' }),
  }),
  run: async (call, input) => {
    const { institution, code, name, level, categories, validFrom, validUntil, layout } = input;
    const given = {
      institution,
      code,
      name,
      level,
      categories: [...categories],
      validFrom,
      validUntil: validUntil ?? null,
    };
    return { institution, ...(await addCertificateTemplate(call, { ...given, layout: asObject(layout) })) };
  },
  success: (t) => ({
    version: t.exposeInt('version'),
    certificateTemplate: t.field({
      type: CertificateTemplateRef,
      nullable: true,
      resolve: ({ institution, templateId: id }, _args, context, info) =>
        loaded(context, info, 'certificateTemplate', 'CertificateTemplate', { institution, id }),
    }),
  }),
});

type JsonObject = Parameters<typeof addCertificateTemplate>[1]['layout'];

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

interface ReportedBatch {
  readonly institution: string;
  readonly batchId: string;
  readonly count: number;
}

const ReportedBatchRef = builder.objectRef<ReportedBatch>('ReportedBatch').implement({
  fields: (t) => ({
    count: t.exposeInt('count', { description: 'Records of it that were reported now.' }),
    batch: t.field({
      type: BatchRef,
      nullable: true,
      resolve: ({ institution, batchId: id }, _args, context, info) =>
        loaded(context, info, 'batch', 'Batch', { institution, id }),
    }),
  }),
});

addAction('reportUpward', {
  description:
    'Reports what reached the degree office to the provincial office: all categories of one resolution (article 5).',
  cost: 300,
  input: (t) => ({ resolution: t.id() }),
  run: async (call, input) => {
    const { institution, id } = keyFrom(input.resolution, 'Resolution');
    return { institution, ...(await reportUpward(call, { institution, resolutionId: id })) };
  },
  success: (t) => ({
    reported: t.exposeInt('reported'),
    missing: t.exposeInt('missing', {
      description: 'People of the roster without a record: only a supplementary report can bring them.',
    }),
    batches: t.field({
      type: [ReportedBatchRef],
      resolve: ({ institution, batches }) => batches.map((batch) => ({ ...batch, institution })),
    }),
  }),
});
