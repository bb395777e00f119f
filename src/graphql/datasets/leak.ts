// Whose copy of a dataset a leaked table was (article 18): for the degree office and the auditor.
import { type TracedCopy, traceLeak } from '../../procedures/datasets/trace-leak.ts';
import { addAction } from '../action.ts';
import { builder } from '../builder.ts';
import { loaded } from '../loaded.ts';
import { DatasetRef } from './dataset.ts';

const CopyRef = builder.objectRef<TracedCopy & { institution: string }>('TracedCopy').implement({
  description: 'A copy that the table comes from.',
  fields: (t) => ({
    organisationName: t.exposeString('organisationName'),
    recipient: t.exposeInt('recipient', { nullable: true, description: 'Number in the request; null for an officer.' }),
    readerName: t.exposeString('readerName'),
    by: t.exposeString('by', { description: '`row-names`, or `marks`: the values that the copy gives up.' }),
    matching: t.exposeInt('matching', {
      description: 'Rows, or groups of them, that were looked at and speak for it.',
    }),
    certainty: t.exposeFloat('certainty', {
      description: '−log10 of how often, at most, anybody would be named by chance on such evidence.',
    }),
    dataset: t.field({
      type: DatasetRef,
      nullable: true,
      resolve: ({ institution, datasetId: id }, _args, context, info) =>
        loaded(context, info, 'dataset', 'Dataset', { institution, id }),
    }),
  }),
});

addAction('traceLeak', {
  description:
    'Finds whose copy of an analysis dataset a leaked table (CSV, XLSX) was, also after the destruction. Nothing is kept of the file. Nobody is named by chance: without enough evidence the answer is that nobody can be named.',
  sealed: false,
  cost: 3000,
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    file: t.field({ type: 'File' }),
  }),
  run: async (call, { institution, file }) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const traced = await traceLeak(call, { institution, name: file.name, bytes });
    return { institution, stepId: null, simulated: call.simulate ?? false, ...traced };
  },
  success: (t) => ({
    identified: t.boolean({ resolve: ({ copies }) => copies.length > 0 }),
    copies: t.field({
      type: [CopyRef],
      resolve: ({ copies, institution }) => copies.map((each) => ({ ...each, institution })),
    }),
    rows: t.exposeInt('rows', { description: 'Of the table.' }),
    datasets: t.exposeInt('datasets', { description: 'Datasets that were ever made.' }),
    candidates: t.exposeInt('candidates', { description: 'Copies that there ever were.' }),
    best: t.exposeFloat('best', { nullable: true, description: 'The best certainty that was not enough.' }),
    needed: t.exposeFloat('needed', { description: 'The certainty that is enough.' }),
  }),
});
