// Original-record archives (article 12), who fetched them, and to whom they were handed over.

import { mayFetchArchive } from '../../procedures/archive/archive-access.ts';
import { archiveActions } from '../../procedures/archive/archive-actions.ts';
import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { actorIn, callIn } from '../context.ts';
import { ArchiveMediumEnum, ArchiveScopeEnum, ArchiveStateEnum, CategoryEnum } from '../enums.ts';
import { encodeGlobalId, globalId, keyIn, keyOf, localId } from '../global-id.ts';
import { JobRef } from '../job.ts';
import { type Order, type PageArgs, pageOf } from '../keyset.ts';
import { signedUrl } from '../links.ts';
import { PossibleActionRef } from '../possible-actions.ts';
import { readOne, reads } from '../reads.ts';
import { visible } from '../scopes.ts';
import { StepRef } from '../seals/step.ts';

const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };

/** 原始记录档案 */
export const ArchiveExportRef = builder.prismaNode('ArchiveExport', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'archiveExport')] }),
  description:
    'An original-record archive: everything that made a record, a batch or a year what it is, in one ZIP whose completeness is sealed.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    scope: t.field({ type: ArchiveScopeEnum, select: { scope: true }, resolve: ({ scope }) => scope as never }),
    year: t.exposeInt('year', { nullable: true, description: 'The year of conferral.' }),
    subject: t.id({
      nullable: true,
      description: 'Global id of the record or batch.',
      select: { scope: true, subjectId: true },
      resolve: ({ institution, scope, subjectId }) =>
        subjectId && globalId(scope === 'record' ? 'DegreeRecord' : 'Batch', { institution, id: subjectId }),
    }),
    categories: t.field({
      type: [CategoryEnum],
      select: { categories: true },
      resolve: ({ categories }) => categories as never,
    }),
    title: t.exposeString('title', { description: 'Name of the file, without `.zip`.' }),
    purpose: t.exposeString('purpose'),
    state: t.field({ type: ArchiveStateEnum, select: { state: true }, resolve: ({ state }) => state as never }),
    failure: t.exposeString('failure', {
      nullable: true,
      description:
        'Why it could not be made, e.g. `file-missing` with the digest: what is not complete is not sealed. ' +
        '`not-made`: the server failed again and again; order it anew.',
    }),
    withSecrets: t.exposeBoolean('withSecrets', {
      description: 'With an encrypted part for identity numbers, phones, e-mails and imported tables.',
    }),
    records: t.exposeInt('records'),
    steps: t.exposeInt('steps', { nullable: true }),
    files: t.exposeInt('files', { nullable: true }),
    withheld: t.exposeInt('withheld', {
      nullable: true,
      description: 'Files that are named with the reason why they are not in it.',
    }),
    manifestDigest: t.exposeString('manifestDigest', {
      nullable: true,
      description: 'SHA-256 of its index, which the sealed step names.',
    }),
    fileDigest: t.exposeString('fileDigest', { nullable: true, description: 'SHA-256 of the ZIP.' }),
    size: t.float({
      nullable: true,
      description: 'Bytes of the ZIP.',
      select: { size: true },
      resolve: ({ size }) => (size === null ? null : Number(size)),
    }),
    orderedAt: t.expose('orderedAt', { type: 'DateTime' }),
    orderedBy: t.relation('orderedBy'),
    sealedAt: t.expose('sealedAt', { type: 'DateTime', nullable: true }),
    step: t.field({
      type: StepRef,
      nullable: true,
      description: 'The step that sealed it as complete.',
      select: { stepId: true },
      resolve: async ({ institution, stepId }, _args, context, info) => {
        if (stepId === null) return null;
        const where = { AND: [visible(context, 'step'), { institution, id: stepId }] };
        return (await readOne(context, info, 'step', 'Step', where)) as never;
      },
    }),
    job: t.field({
      type: JobRef,
      nullable: true,
      select: { jobId: true },
      resolve: async ({ institution, jobId }, _args, context, info) => {
        const where = { AND: [visible(context, 'job'), { institution, id: jobId }] };
        return (await readOne(context, info, 'job', 'Job', where)) as never;
      },
    }),
    downloadUrl: t.string({
      nullable: true,
      description: 'For who may export such an archive. The link holds for five minutes; who fetched it is kept.',
      select: { officeId: true, state: true },
      resolve: ({ institution, id, officeId, state }, _args, context) => {
        const actor = actorIn(context);
        if (state !== 'done' || !mayFetchArchive(actor, { institution, officeId })) return null;
        const archive = globalId('ArchiveExport', { institution, id });
        return signedUrl(context.world, `/archives/${archive}/for/${encodeGlobalId('Officer', actor.officerId)}.zip`);
      },
    }),
    actions: t.field({
      type: [PossibleActionRef],
      description: 'What the officer can do with it now.',
      complexity: { field: 50, multiplier: 5 },
      select: { state: true, fileDigest: true },
      resolve: (row, _args, context) => archiveActions(callIn(context), row),
    }),
  }),
});

const ArchiveDownloadRef = builder.prismaObject('ArchiveDownload', {
  description: 'That an officer fetched the file of an archive.',
  select: { institution: true, id: true },
  fields: (t) => ({ at: t.expose('at', { type: 'DateTime' }), officer: t.relation('officer') }),
});

/** 移交 */
export const ArchiveTransferRef = builder.prismaNode('ArchiveTransfer', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'archiveTransfer')] }),
  description: 'An archive handed over to a named archive. Nothing is deleted by it.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    recipient: t.exposeString('recipient'),
    medium: t.field({ type: ArchiveMediumEnum, select: { medium: true }, resolve: ({ medium }) => medium as never }),
    receiptNumber: t.exposeString('receiptNumber'),
    receiptDigest: t.exposeString('receiptDigest', { description: 'SHA-256 of the scan of the receipt.' }),
    fileDigest: t.exposeString('fileDigest', { description: 'SHA-256 of the ZIP that was handed over.' }),
    transferredOn: t.expose('transferredOn', { type: 'Date' }),
    at: t.expose('at', { type: 'DateTime' }),
    officer: t.relation('officer'),
    archive: t.relation('archive'),
  }),
});

const ArchiveExportConnection = connectionType('ArchiveExport', ArchiveExportRef);
const ArchiveDownloadConnection = connectionType('ArchiveDownload', ArchiveDownloadRef);
const ArchiveTransferConnection = connectionType('ArchiveTransfer', ArchiveTransferRef);

builder.prismaObjectField(ArchiveExportRef, 'downloads', (t) =>
  t.field({
    type: ArchiveDownloadConnection,
    description: 'Who fetched the file, the last first.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: (args: PageArgs, _context, nested) => ({ downloads: nested(nestedPage(args, NEWEST, {})) }),
    resolve: (archive, args, context) =>
      pageOf(archive.downloads, args, NEWEST, () => {
        const where = { institution: archive.institution, archiveId: archive.id };
        return reads(context, 'archiveDownload').count({ where });
      }),
  }),
);

builder.prismaObjectField(ArchiveExportRef, 'transfers', (t) =>
  t.field({
    type: ArchiveTransferConnection,
    description: 'To whom it was handed over, the last first.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: (args: PageArgs, context, nested) => ({
      transfers: nested(nestedPage(args, NEWEST, visible(context, 'archiveTransfer'))),
    }),
    resolve: (archive, args, context) =>
      pageOf(archive.transfers, args, NEWEST, () => {
        const where = { institution: archive.institution, archiveId: archive.id };
        return reads(context, 'archiveTransfer').count({ where });
      }),
  }),
);

builder.queryFields((t) => ({
  archiveExport: t.field({
    type: ArchiveExportRef,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, args, context, info) => {
      const where = { AND: [visible(context, 'archiveExport'), { ...keyIn(args.id, 'ArchiveExport') }] };
      return readOne(context, info, 'archiveExport', 'ArchiveExport', where);
    },
  }),
  archiveExports: t.field({
    type: ArchiveExportConnection,
    description:
      'Archives, newest first: of the institution for its degree office and auditors, else of the own office.',
    args: { ...PAGE_ARGS, state: t.arg({ type: [ArchiveStateEnum], required: false }) },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'archiveExport', {
        where: { AND: [visible(context, 'archiveExport'), args.state ? { state: { in: args.state } } : {}] },
        ...{ order: NEWEST, args, typeName: 'ArchiveExport' },
      }),
  }),
  archiveTransfers: t.field({
    type: ArchiveTransferConnection,
    description: 'Archives that were handed over, the last first.',
    args: PAGE_ARGS,
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'archiveTransfer', {
        where: visible(context, 'archiveTransfer'),
        ...{ order: NEWEST, args, typeName: 'ArchiveTransfer' },
      }),
  }),
}));
