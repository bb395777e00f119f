// What the degree office does with resolutions.
import { loadResolution } from '../procedures/load-resolution.ts';
import { reportUpward } from '../procedures/report-upward.ts';
import { addAction } from './action.ts';
import { BatchRef } from './batch.ts';
import { builder } from './builder.ts';
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
