// Exporting, appraising and handing over the original-record archive (article 12).
import { appraiseArchive } from '../../procedures/archive/appraise-archive.ts';
import { exportArchive } from '../../procedures/archive/export-archive.ts';
import { transferArchive } from '../../procedures/archive/transfer-archive.ts';
import { addAction } from '../action.ts';
import { ArchiveMediumEnum, CategoryEnum, RetentionEnum } from '../enums.ts';
import { keyFrom } from '../global-id.ts';
import { JobRef } from '../job.ts';
import { loaded } from '../loaded.ts';
import { ArchiveExportRef, ArchiveTransferRef } from './archive.ts';
import { ArchiveAppraisalRef } from './archive-year.ts';

addAction('exportArchive', {
  description:
    'Orders the original-record archive of a record, a batch or a year of conferral: a job makes one ZIP and seals it as complete. `npm run verify` and the verifier in the ZIP check it without this server.',
  cost: 1000,
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    record: t.id({ required: false }),
    batch: t.id({ required: false }),
    year: t.int({ required: false, description: 'Year of conferral. Exactly one of record, batch and year.' }),
    categories: t.field({
      type: [CategoryEnum],
      required: false,
      description: 'Of a year; all that the office may export when not given. An empty list is refused.',
    }),
    purpose: t.string({ description: 'What it is for; kept with the archive.' }),
    passphrase: t.string({
      required: false,
      description:
        'With it identity numbers, phones, e-mails and imported tables are put in, encrypted under it; without it only the commitments to them. At least 16 characters; it is kept nowhere, so keep it well.',
    }),
  }),
  run: async (call, { institution, record, batch, year, categories, purpose, passphrase }) => {
    const input = {
      ...{ institution, year: year ?? null, categories: categories ?? null, purpose, passphrase: passphrase ?? null },
      recordId: record ? idIn(String(record), 'DegreeRecord', institution) : null,
      batchId: batch ? idIn(String(batch), 'Batch', institution) : null,
    };
    return { institution, ...(await exportArchive(call, input)) };
  },
  success: (t) => ({
    records: t.exposeInt('records', { description: 'How many records it will hold.' }),
    title: t.exposeString('title', { description: 'Name of the file, without `.zip`.' }),
    archive: t.field({
      type: ArchiveExportRef,
      nullable: true,
      description: 'Null when simulated.',
      resolve: ({ institution, archiveId: id }, _args, context, info) =>
        loaded(context, info, 'archiveExport', 'ArchiveExport', { institution, id }),
    }),
    job: t.field({
      type: JobRef,
      nullable: true,
      resolve: ({ institution, jobId: id }, _args, context, info) =>
        loaded(context, info, 'job', 'Job', { institution, id }),
    }),
  }),
});

/** The id in a global id of a thing of this institution. @throws NotFound */
function idIn(global: string, type: string, institution: string): string {
  const key = keyFrom(global, type);
  // Of another institution: an id that nothing here has.
  return key.institution === institution ? key.id : '00000000-0000-0000-0000-000000000000';
}

addAction('appraiseArchive', {
  description:
    'Appraises the original records of a year of conferral: for good, for thirty or for ten years after the last filing. By the head of the degree office; nothing is ever deleted, and a term is never made shorter.',
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    year: t.int(),
    retention: t.field({ type: RetentionEnum }),
    opinion: t.string(),
  }),
  run: async (call, input) => ({ institution: input.institution, ...(await appraiseArchive(call, input)) }),
  success: (t) => ({
    keepUntil: t.field({
      type: 'Date',
      nullable: true,
      description: 'At least; null for good.',
      resolve: ({ keepUntil }) => keepUntil,
    }),
    appraisal: t.field({
      type: ArchiveAppraisalRef,
      nullable: true,
      resolve: ({ institution, appraisalId: id }, _args, context, info) =>
        loaded(context, info, 'archiveAppraisal', 'ArchiveAppraisal', { institution, id }),
    }),
  }),
});

addAction('transferArchive', {
  description:
    'Records that a sealed archive was handed over to a named archive, with the receipt. The original records stay here.',
  input: (t) => ({
    archive: t.id(),
    recipient: t.string({ description: 'The archive that received it.' }),
    medium: t.field({ type: ArchiveMediumEnum }),
    receiptNumber: t.string(),
    receiptDigest: t.string({ description: 'SHA-256 of an uploaded file of kind TRANSFER_RECEIPT.' }),
    fileDigest: t.string({ description: 'SHA-256 of the ZIP as it was handed over.' }),
    transferredOn: t.field({ type: 'Date' }),
  }),
  run: async (call, { archive, ...given }) => {
    const { institution, id: archiveId } = keyFrom(archive, 'ArchiveExport');
    return { institution, ...(await transferArchive(call, { ...given, institution, archiveId })) };
  },
  success: (t) => ({
    transfer: t.field({
      type: ArchiveTransferRef,
      nullable: true,
      resolve: ({ institution, transferId: id }, _args, context, info) =>
        loaded(context, info, 'archiveTransfer', 'ArchiveTransfer', { institution, id }),
    }),
  }),
});
