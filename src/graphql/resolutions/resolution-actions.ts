// What the degree office does with resolutions.

import { reportUpward } from '../../procedures/reporting/report-upward.ts';
import { loadResolution } from '../../procedures/resolutions/load-resolution.ts';
import { addAction } from '../action.ts';
import { builder } from '../builder.ts';
import { firstOf, VIOLATION_ARGS } from '../errors.ts';
import { keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { BatchRef } from '../records/batch.ts';
import { CategoryGatheringRef } from '../reporting/gathering.ts';
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
  input: (t) => ({
    resolution: t.id(),
    partial: t.boolean({
      required: false,
      description:
        'False: refused unless nobody is missing. True: said to be partial, with its reason. Nothing: as it is; the statement says which it was.',
    }),
    reason: t.string({ required: false, description: 'Why it is partial.' }),
  }),
  run: async (call, input) => {
    const { institution, id: resolutionId } = keyFrom(input.resolution, 'Resolution');
    const { partial, reason } = input;
    const given = { institution, resolutionId, partial: partial ?? undefined, reason: reason ?? undefined };
    return { institution, ...(await reportUpward(call, given)) };
  },
  success: (t) => ({
    reported: t.exposeInt('reported'),
    missing: t.exposeInt('missing', {
      description: 'People of the roster without a record: only a supplementary report can bring them.',
    }),
    whole: t.exposeBoolean('whole', {
      description: 'Nobody is missing, and nothing waits but supplementary reports.',
    }),
    categories: t.field({
      type: [CategoryGatheringRef],
      args: VIOLATION_ARGS,
      description: 'The roster beside the records, as it was found.',
      resolve: ({ categories }, args) => firstOf(categories, args),
    }),
    batches: t.field({
      type: [ReportedBatchRef],
      resolve: ({ institution, batches }) => batches.map((batch) => ({ ...batch, institution })),
    }),
  }),
});
