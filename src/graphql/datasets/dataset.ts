// Analysis datasets (articles 18, 19): requests, what became of them, who read what. Their rows are in dataset-rows.ts.
import { datasetActions } from '../../procedures/datasets/dataset-actions.ts';
import { todayOf } from '../../procedures/situation.ts';
import { datasetClock } from '../../regulation/datasets/life.ts';
import type { DatasetColumn } from '../../regulation/datasets/print.ts';
import {
  DATASET_DECISIONS,
  DATASET_PURPOSES,
  DATASET_READINGS,
  DATASET_STATES,
  PUBLICATION_STATES,
} from '../../regulation/datasets/words.ts';
import { openContact } from '../../store/datasets/datasets.ts';
import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { actorIn, callIn } from '../context.ts';
import { CategoryEnum, derive } from '../enums.ts';
import { globalId, keyIn, keyOf, localId } from '../global-id.ts';
import { type Order, pageOf } from '../keyset.ts';
import { signedUrl } from '../links.ts';
import { PossibleActionRef } from '../possible-actions.ts';
import { readOne, reads } from '../reads.ts';
import { stepsAbout } from '../records/record-history.ts';
import { visible } from '../scopes.ts';
import { StepConnection } from '../seals/step.ts';

/** Purposes, the commercial ones with them, so that they are refused by their name. */
export const DatasetPurposeEnum = derive('DatasetPurpose', 'What a dataset is asked for.', DATASET_PURPOSES);
/** Where a dataset stands. */
export const DatasetStateEnum = derive('DatasetState', 'Where an analysis dataset stands.', DATASET_STATES);
/** Consent or refusal. */
export const DatasetDecisionEnum = derive('DatasetDecision', 'What the head decides.', DATASET_DECISIONS);
const DatasetReadingEnum = derive('DatasetReading', 'How a dataset is read.', DATASET_READINGS);
const PublicationStateEnum = derive('PublicationState', 'Where a publication of results stands.', PUBLICATION_STATES);
const PhaseEnum = builder.enumType('DatasetPhase', {
  values: { NOT_YET: { value: 'not-yet' }, RUNNING: { value: 'running' }, OVER: { value: 'over' } } as const,
});

const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };
const BY_NUMBER: Order = { name: 'number', columns: [{ column: 'number', kind: 'number' }] };

const ClockRef = builder.objectRef<ReturnType<typeof datasetClock>>('DatasetClock').implement({
  description: 'The term of a dataset today.',
  fields: (t) => ({
    phase: t.field({ type: PhaseEnum, resolve: ({ phase }) => phase }),
    daysLeft: t.exposeInt('daysLeft', { description: 'Today counted; 0 when the term is over.' }),
  }),
});

/** A column of a dataset. */
export const DatasetColumnRef = builder.objectRef<DatasetColumn>('DatasetColumn').implement({
  description: 'A column: how coarse it was made, and whether it is generalised or protected by diversity.',
  fields: (t) => ({
    field: t.exposeString('field'),
    heading: t.exposeString('heading'),
    headingEn: t.exposeString('headingEn'),
    role: t.exposeString('role', { description: '`quasi` or `sensitive`.' }),
    level: t.exposeInt('level', { description: '0: as recorded.' }),
  }),
});

/** The columns that were kept of a dataset. */
export function columnsOf(kept: unknown): DatasetColumn[] {
  return (kept as { columns?: DatasetColumn[] } | null)?.columns ?? [];
}

const RecipientRef = builder.prismaObject('DatasetRecipient', {
  description: 'Who may be given a copy; each copy has a mark of its own.',
  select: { institution: true, id: true },
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'By which accesses are opened and revoked.' }),
    name: t.exposeString('name'),
    dropped: t.boolean({
      description: 'A later request names others.',
      select: { droppedAt: true },
      resolve: ({ droppedAt }) => droppedAt !== null,
    }),
    accessOpen: t.boolean({
      description: 'Whether a token lets in now, as far as the term does.',
      select: { accesses: { where: { revokedAt: null }, select: { id: true }, take: 1 } },
      resolve: ({ accesses }) => accesses.length > 0,
    }),
  }),
});
const RecipientConnection = connectionType('DatasetRecipient', RecipientRef);

const ReadRef = builder.prismaObject('DatasetRead', {
  description: 'One reading of a dataset; kept after its destruction.',
  select: { institution: true, id: true },
  fields: (t) => ({
    what: t.field({ type: DatasetReadingEnum, select: { what: true }, resolve: ({ what }) => what as never }),
    at: t.expose('at', { type: 'DateTime' }),
    firstRow: t.exposeInt('firstRow', { description: 'Place of the first row, from 0.' }),
    rows: t.exposeInt('rows'),
    recipient: t.relation('recipient', { nullable: true }),
    officer: t.relation('officer', { nullable: true, description: 'Who read it inside.' }),
  }),
});
const ReadConnection = connectionType('DatasetRead', ReadRef);

/** What is to be published. */
export const PublicationRef = builder.prismaNode('DatasetPublication', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'datasetPublication')] }),
  description:
    'Results that the organisation wishes to publish: only with the consent of the institution (article 18).',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    state: t.field({ type: PublicationStateEnum, select: { state: true }, resolve: ({ state }) => state as never }),
    title: t.exposeString('title'),
    place: t.exposeString('place', { description: 'Where it is to appear.' }),
    documentDigest: t.exposeString('documentDigest', { description: 'SHA-256 of the whole text.' }),
    requestedBy: t.relation('requestedBy'),
    requestedAt: t.expose('requestedAt', { type: 'DateTime' }),
    decidedBy: t.relation('decidedBy', { nullable: true }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true }),
    decisionReason: t.exposeString('decisionReason', { nullable: true }),
    dataset: t.relation('dataset'),
  }),
});
const PublicationConnection = connectionType('DatasetPublication', PublicationRef);

/** An analysis dataset. */
export const DatasetRef = builder.prismaNode('Dataset', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'dataset')] }),
  description:
    'An analysis dataset (临时信息库): who asked for what, and what became of it. It is remembered after its destruction.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    state: t.field({ type: DatasetStateEnum, select: { state: true }, resolve: ({ state }) => state as never }),
    version: t.exposeInt('version'),
    organisationName: t.exposeString('organisationName'),
    organisationCode: t.exposeString('organisationCode', { description: '统一社会信用代码 (GB 32100).' }),
    contactName: t.exposeString('contactName'),
    contactWay: t.string({
      description: 'How to reach the contact; encrypted at rest.',
      select: { institution: true, id: true, contactWay: true },
      resolve: (row, _args, { world }) => openContact(row, world.cipher),
    }),
    purpose: t.field({ type: DatasetPurposeEnum, select: { purpose: true }, resolve: (row) => row.purpose as never }),
    description: t.exposeString('description'),
    fields: t.exposeStringList('fields', { description: 'Names of fields, as in the record.' }),
    yearFrom: t.exposeInt('yearFrom', { description: 'First year of conferral.' }),
    yearUntil: t.exposeInt('yearUntil'),
    categories: t.field({
      type: [CategoryEnum],
      select: { categories: true },
      resolve: (row) => row.categories as never,
    }),
    k: t.exposeInt('k', { description: 'Least number of people who look alike.' }),
    l: t.exposeInt('l', { description: 'Least number of different sensitive values among them.' }),
    t: t.exposeFloat('t', { nullable: true }),
    firstDay: t.expose('firstDay', { type: 'Date' }),
    lastDay: t.expose('lastDay', { type: 'Date', description: 'At its end the dataset is destroyed.' }),
    clock: t.field({
      type: ClockRef,
      select: { firstDay: true, lastDay: true },
      resolve: (row, _args, { world }) => datasetClock(row, todayOf(world)),
    }),
    agreementDigest: t.exposeString('agreementDigest', { description: 'SHA-256 of the agreement.' }),
    requestedBy: t.relation('requestedBy'),
    requestedAt: t.expose('requestedAt', { type: 'DateTime' }),
    decidedBy: t.relation('decidedBy', { nullable: true }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true }),
    decisionReason: t.exposeString('decisionReason', { nullable: true }),
    problem: t.expose('problem', {
      type: 'JSON',
      nullable: true,
      description: 'Why it cannot be made, and what would help.',
    }),
    rowCount: t.exposeInt('rowCount', { nullable: true }),
    columns: t.field({
      type: [DatasetColumnRef],
      select: { columns: true },
      resolve: ({ columns }) => columnsOf(columns),
    }),
    marks: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'How copies are marked: what a twentieth of the rows (`evidence`) and all of them (`whole`) tell, −log10 of how often a stranger’s mark fits, and the largest `share` of the rows in which a copy gives up one field. Null: values could name nobody, so none are given up, and copies are told by the names of their rows alone.',
      select: { columns: true },
      resolve: ({ columns }) => (columns as { marks?: object } | null)?.marks ?? null,
    }),
    report: t.expose('report', { type: 'JSON', nullable: true, description: 'k, l, t, risk and loss as measured.' }),
    reportDigest: t.exposeString('reportDigest', { nullable: true, description: 'SHA-256, named in the sealed step.' }),
    generatedAt: t.expose('generatedAt', { type: 'DateTime', nullable: true }),
    destroyedAt: t.expose('destroyedAt', { type: 'DateTime', nullable: true }),
    destroyedBy: t.relation('destroyedBy', {
      nullable: true,
      description: 'Null at the end of the term: then the decision ordered it.',
    }),
    destructionReason: t.exposeString('destructionReason', { nullable: true }),
    bundleUrl: t.string({
      description:
        'Every sealed step about it; of a destroyed one the certificate of destruction. Holds for five minutes.',
      select: { institution: true, id: true },
      resolve: (row, _args, { world }) => signedUrl(world, `/bundles/datasets/${globalId('Dataset', row)}.json`),
    }),
    certificateUrl: t.string({
      nullable: true,
      description:
        'The certificate of destruction as a sealed PDF; null before the destruction. The link holds for five minutes.',
      select: { institution: true, id: true, destroyStepId: true },
      resolve: (row, _args, { world }) =>
        row.destroyStepId && signedUrl(world, `/documents/datasets/${globalId('Dataset', row)}.pdf`),
    }),
    actions: t.field({
      type: [PossibleActionRef],
      description: 'What the officer can do with it now.',
      complexity: { field: 50, multiplier: 5 },
      select: { institution: true, state: true, askedByIds: true, lastDay: true },
      resolve: (row, _args, context) => datasetActions(callIn(context), row),
    }),
    recipients: t.field({
      type: RecipientConnection,
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, _context, nested) => ({
        institution: true,
        id: true,
        recipients: nested(nestedPage(args, BY_NUMBER, {})),
      }),
      resolve: (row, args, context) =>
        pageOf(row.recipients, args, BY_NUMBER, () =>
          reads(context, 'datasetRecipient').count({ where: { institution: row.institution, datasetId: row.id } }),
        ),
    }),
    reads: t.field({
      type: ReadConnection,
      description: 'Who read what and when, newest first.',
      args: PAGE_ARGS,
      complexity: pageCost,
      select: { institution: true, id: true },
      resolve: ({ institution, id: datasetId }, args, context, info) =>
        readPage(context, info, 'datasetRead', {
          where: { institution, datasetId },
          order: NEWEST,
          args,
          typeName: 'DatasetRead',
        }),
    }),
    publications: t.field({
      type: PublicationConnection,
      args: PAGE_ARGS,
      complexity: pageCost,
      select: { institution: true, id: true },
      resolve: ({ institution, id: datasetId }, args, context, info) =>
        readPage(context, info, 'datasetPublication', {
          where: { institution, datasetId },
          order: NEWEST,
          args,
          typeName: 'DatasetPublication',
        }),
    }),
    steps: t.field({
      type: StepConnection,
      description: 'The sealed steps about it, oldest first.',
      args: PAGE_ARGS,
      complexity: pageCost,
      select: { institution: true, id: true },
      resolve: (row, args, context, info) => readPage(context, info, 'step', stepsAbout(row, args)),
    }),
  }),
});
const DatasetConnection = connectionType('Dataset', DatasetRef);

builder.queryFields((t) => ({
  dataset: t.field({
    type: DatasetRef,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, args, context, info) =>
      readOne(context, info, 'dataset', 'Dataset', { AND: [visible(context, 'dataset'), keyIn(args.id, 'Dataset')] }),
  }),
  datasets: t.field({
    type: DatasetConnection,
    description: 'Analysis datasets of the institution, newest first: for its degree office and auditors.',
    args: { ...PAGE_ARGS, state: t.arg({ type: [DatasetStateEnum], required: false }) },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      actorIn(context);
      const where = { AND: [visible(context, 'dataset'), args.state ? { state: { in: args.state } } : {}] };
      return readPage(context, info, 'dataset', { where, order: NEWEST, args, typeName: 'Dataset' });
    },
  }),
}));
