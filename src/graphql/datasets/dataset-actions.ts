// What the degree office does with analysis datasets (articles 18, 19), one action for each procedure.
import { decideDataset } from '../../procedures/datasets/decide-dataset.ts';
import { decidePublication, requestPublication } from '../../procedures/datasets/decide-publication.ts';
import { destroyDataset } from '../../procedures/datasets/destroy-dataset.ts';
import {
  openDatasetAccess,
  revokeDatasetAccess,
  tokenOfAccess,
} from '../../procedures/datasets/open-dataset-access.ts';
import { requestDataset } from '../../procedures/datasets/request-dataset.ts';
import { NotFound } from '../../procedures/errors.ts';
import { addAction, type Done, type SuccessBuilder } from '../action.ts';
import { CategoryEnum, LevelEnum } from '../enums.ts';
import { keyFrom } from '../global-id.ts';
import { JobRef } from '../job.ts';
import { loaded } from '../loaded.ts';
import { DatasetDecisionEnum, DatasetPurposeEnum, DatasetRef, PublicationRef } from './dataset.ts';

/** The dataset as it is after the action. */
function datasetField<Shape extends Done & { readonly datasetId: string }>(t: SuccessBuilder<Shape>) {
  return t.field({
    type: DatasetRef,
    nullable: true,
    description: 'Null when a simulation left nothing behind.',
    resolve: ({ institution, datasetId: id }, _args, context, info) =>
      loaded(context, info, 'dataset', 'Dataset', { institution, id }),
  });
}

function publicationField<Shape extends Done & { readonly publicationId: string }>(t: SuccessBuilder<Shape>) {
  return t.field({
    type: PublicationRef,
    nullable: true,
    resolve: ({ institution, publicationId: id }, _args, context, info) =>
      loaded(context, info, 'datasetPublication', 'DatasetPublication', { institution, id }),
  });
}

const BY_DEGREE_OFFICE = 'By the degree office.';

addAction('requestDataset', {
  description: `Asks for an analysis dataset (article 18): for whom, what for, which fields of whom, how anonymous, how long. Commercial purposes are refused (article 19). ${BY_DEGREE_OFFICE}`,
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    organisationName: t.string(),
    organisationCode: t.string({ description: '统一社会信用代码 (GB 32100), checked.' }),
    contactName: t.string(),
    contactWay: t.string({ description: 'Telephone or e-mail; encrypted at rest.' }),
    purpose: t.field({ type: DatasetPurposeEnum }),
    description: t.string({ description: 'What exactly for, and who uses it.' }),
    fields: t.stringList({
      description: 'Names of fields as in the record; direct identifiers are refused one by one.',
    }),
    yearFrom: t.int({ description: 'First year of conferral.' }),
    yearUntil: t.int(),
    categories: t.field({ type: [CategoryEnum] }),
    levels: t.field({ type: [LevelEnum], required: false, description: 'Only categories of these levels.' }),
    k: t.int({ description: 'Not below the policy.' }),
    l: t.int({ description: 'Not below the policy.' }),
    t: t.float({ required: false }),
    firstDay: t.field({ type: 'Date' }),
    lastDay: t.field({ type: 'Date' }),
    agreementDigest: t.string({ description: 'SHA-256 of the agreement, uploaded as DATASET_AGREEMENT.' }),
    recipients: t.stringList({ description: 'Who gets a copy: people or sections of the organisation.' }),
    dataset: t.id({ required: false, description: 'A request that is changed by this one.' }),
    expectedVersion: t.int({ required: false, description: 'With `dataset`: the version that was seen.' }),
  }),
  run: async (call, { dataset, expectedVersion, levels, t, ...input }) => {
    const key = dataset ? keyFrom(dataset, 'Dataset') : null;
    if (key && key.institution !== input.institution) throw new NotFound('Dataset', dataset ?? '');
    const changed = key ? { revises: { datasetId: key.id, expectedVersion: expectedVersion ?? 0 } } : {};
    const done = await requestDataset(call, { ...input, levels: [...(levels ?? [])], t: t ?? null, ...changed });
    return { ...done, institution: input.institution };
  },
  success: (t) => ({ dataset: datasetField(t) }),
});

addAction('decideDataset', {
  description:
    'Consents to a dataset or refuses it (article 18): by the head of the degree office, never by who asked. Consent orders its making and its destruction at the end of the term.',
  input: (t) => ({
    dataset: t.id(),
    expectedVersion: t.int(),
    decision: t.field({ type: DatasetDecisionEnum }),
    reason: t.string({ required: false, description: 'Needed for a refusal.' }),
  }),
  run: async (call, { dataset, reason, ...rest }) => {
    const { institution, id: datasetId } = keyFrom(dataset, 'Dataset');
    return { institution, ...(await decideDataset(call, { institution, datasetId, reason: reason ?? '', ...rest })) };
  },
  success: (t) => ({
    dataset: datasetField(t),
    job: t.field({
      type: JobRef,
      nullable: true,
      description: 'The making.',
      resolve: ({ institution, jobId: id }, _args, context, info) =>
        id === null ? null : loaded(context, info, 'job', 'Job', { institution, id }),
    }),
  }),
});

addAction('openDatasetAccess', {
  description: `Opens the way in for one recipient, from the first to the last day of the term (article 18). The token is in this answer only. ${BY_DEGREE_OFFICE}`,
  input: (t) => ({ dataset: t.id(), recipient: t.int({ description: 'Number of the recipient.' }) }),
  run: async (call, { dataset, recipient }) => {
    const { institution, id: datasetId } = keyFrom(dataset, 'Dataset');
    const done = await openDatasetAccess(call, { institution, datasetId, recipient });
    const token = done.simulated ? null : tokenOfAccess(call.world, { institution, id: done.accessId });
    return { institution, ...done, token };
  },
  success: (t) => ({
    dataset: datasetField(t),
    token: t.exposeString('token', {
      nullable: true,
      description:
        'To be sent as `Authorization: Bearer …`, for `/datasets/{id}.csv`, `.xlsx`, `datasetRows` and `datasetReport`; null when simulated.',
    }),
  }),
});

addAction('revokeDatasetAccess', {
  description: `Takes the way in of a recipient back: the token opens nothing any more. ${BY_DEGREE_OFFICE}`,
  sealed: false,
  input: (t) => ({ dataset: t.id(), recipient: t.int() }),
  run: async (call, { dataset, recipient }) => {
    const { institution, id: datasetId } = keyFrom(dataset, 'Dataset');
    return { institution, stepId: null, ...(await revokeDatasetAccess(call, { institution, datasetId, recipient })) };
  },
  success: (t) => ({ dataset: datasetField(t) }),
});

addAction('destroyDataset', {
  description: `Destroys a dataset before the end of its term (article 18): rows and key go, the sealed step is the certificate of it. ${BY_DEGREE_OFFICE}`,
  input: (t) => ({ dataset: t.id(), reason: t.string() }),
  run: async (call, { dataset, reason }) => {
    const { institution, id: datasetId } = keyFrom(dataset, 'Dataset');
    return { institution, ...(await destroyDataset(call, { institution, datasetId, reason })) };
  },
  success: (t) => ({ dataset: datasetField(t), rows: t.exposeInt('rows', { description: 'Rows that are gone.' }) }),
});

addAction('requestPublication', {
  description: `Puts results that the organisation wishes to publish before the head (article 18). ${BY_DEGREE_OFFICE}`,
  sealed: false,
  input: (t) => ({
    dataset: t.id(),
    title: t.string(),
    place: t.string({ description: 'Where it is to appear.' }),
    documentDigest: t.string({ description: 'SHA-256 of the whole text, uploaded as DATASET_PUBLICATION.' }),
  }),
  run: async (call, { dataset, ...rest }) => {
    const { institution, id: datasetId } = keyFrom(dataset, 'Dataset');
    return { institution, stepId: null, ...(await requestPublication(call, { institution, datasetId, ...rest })) };
  },
  success: (t) => ({ publication: publicationField(t) }),
});

addAction('decidePublication', {
  description:
    'Consents to a publication of results or refuses it (article 18): by the head of the degree office, never by who asked.',
  input: (t) => ({
    publication: t.id(),
    decision: t.field({ type: DatasetDecisionEnum }),
    reason: t.string({ required: false, description: 'Needed for a refusal.' }),
  }),
  run: async (call, { publication, reason, decision }) => {
    const { institution, id: publicationId } = keyFrom(publication, 'DatasetPublication');
    const given = { institution, publicationId, decision, reason: reason ?? '' };
    return { institution, ...(await decidePublication(call, given)) };
  },
  success: (t) => ({ publication: publicationField(t) }),
});
