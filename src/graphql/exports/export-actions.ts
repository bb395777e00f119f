// Exporting records in an edition of the national structure, and their photos (articles 7 and 8).
import { exportPhotos } from '../../procedures/exports/export-photos.ts';
import { exportRecords } from '../../procedures/exports/export-records.ts';
import { EXPORT_FORMATS } from '../../regulation/exports.ts';
import { addAction, type Done, type SuccessBuilder } from '../action.ts';
import { builder } from '../builder.ts';
import { CategoryEnum, PhotoNamingEnum, PhotoStandardEnum, RecordStateEnum } from '../enums.ts';
import { keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { RecordExportRef } from './record-export.ts';

/** The forms of an exported file. */
export const ExportFormatEnum = builder.enumType('ExportFormat', {
  description: 'The form of an exported file.',
  values: {
    XLSX: { value: 'xlsx', description: `${EXPORT_FORMATS.xlsx.zh}\n${EXPORT_FORMATS.xlsx.en}` },
    CSV: { value: 'csv', description: `${EXPORT_FORMATS.csv.zh}\n${EXPORT_FORMATS.csv.en}` },
    DBF: { value: 'dbf', description: `${EXPORT_FORMATS.dbf.zh}\n${EXPORT_FORMATS.dbf.en}` },
  } as const,
});

/** The encodings of text. */
export const ExportEncodingEnum = builder.enumType('ExportEncoding', {
  values: { UTF_8: { value: 'utf-8' }, GB18030: { value: 'gb18030' } } as const,
});

/** Which records an export takes. */
export const ExportSelectionInput = builder.inputType('ExportSelectionInput', {
  description: 'A batch, or a resolution, or days of conferral: one of the three.',
  fields: (t) => ({
    batch: t.id({ required: false }),
    resolution: t.id({ required: false }),
    conferredFrom: t.field({ type: 'Date', required: false }),
    conferredUntil: t.field({ type: 'Date', required: false }),
    categories: t.field({
      type: [CategoryEnum],
      required: false,
      description: 'Needed for a resolution and for days; a batch has its own.',
    }),
    states: t.field({
      type: [RecordStateEnum],
      required: false,
      description: 'Every state in which the degree stands, when not given.',
    }),
  }),
});

/** The selection as the procedures take it. @throws NotFound an id of another type */
export function selectionOf(given: typeof ExportSelectionInput.$inferInput) {
  return {
    batchId: given.batch ? keyFrom(String(given.batch), 'Batch').id : null,
    resolutionId: given.resolution ? keyFrom(String(given.resolution), 'Resolution').id : null,
    conferredFrom: given.conferredFrom ?? null,
    conferredUntil: given.conferredUntil ?? null,
    categories: [...(given.categories ?? [])],
    states: given.states ? [...given.states] : null,
  };
}

interface OfExport extends Done {
  readonly exportId: string;
  readonly count: number;
  readonly fileName: string;
  readonly fileDigest: string;
  readonly size: number;
}

/** What every export answers. */
export function exportFields<Shape extends OfExport>(t: SuccessBuilder<Shape>) {
  return {
    count: t.int({ description: 'Records.', resolve: (done) => done.count }),
    fileName: t.string({ resolve: (done) => done.fileName }),
    fileDigest: t.string({
      description: 'SHA-256, also named in the sealed step.',
      resolve: (done) => done.fileDigest,
    }),
    size: t.int({ description: 'Bytes.', resolve: (done) => done.size }),
    export: t.field({
      type: RecordExportRef,
      nullable: true,
      description: 'With `downloadUrl`; null when simulated.',
      resolve: ({ institution, exportId: id }, _args, context, info) =>
        loaded(context, info, 'recordExport', 'RecordExport', { institution, id }),
    }),
  };
}

addAction('exportRecords', {
  description:
    'Exports records in an edition of the national structure: sealed and logged like a reveal, because the file holds identity numbers. What the edition cannot hold is refused, row by row; nothing is cut.',
  cost: 1000,
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    edition: t.string({ description: 'Key of an edition; an id without version is the one that holds today.' }),
    format: t.field({ type: ExportFormatEnum }),
    encoding: t.field({
      type: ExportEncodingEnum,
      required: false,
      description: 'Of CSV: UTF-8 with byte order mark when not given. DBF is GB 18030.',
    }),
    purpose: t.string({ description: 'What the file is for; kept with the export.' }),
    selection: t.field({ type: ExportSelectionInput }),
  }),
  run: async (call, { institution, edition, format, encoding, purpose, selection }) => {
    const given = { institution, edition, format, encoding: encoding ?? null, purpose };
    return { institution, ...(await exportRecords(call, { ...given, selection: selectionOf(selection) })) };
  },
  success: (t) => ({
    editionVerified: t.exposeBoolean('editionVerified', {
      description: 'False: an unverified edition; its name and the name of the file say so.',
    }),
    edition: t.exposeString('edition', { description: 'Key of the edition.' }),
    ...exportFields(t),
  }),
});

addAction('exportPhotos', {
  description:
    'Exports the photos of records as a ZIP archive, each named by the chosen number (article 8): sealed like an export of records.',
  cost: 1000,
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    purpose: t.string({ description: 'What the file is for; kept with the export.' }),
    naming: t.field({ type: PhotoNamingEnum, required: false, description: 'As the policy says when not given.' }),
    standard: t.field({ type: PhotoStandardEnum, required: false, description: 'As the policy says when not given.' }),
    selection: t.field({ type: ExportSelectionInput }),
  }),
  run: async (call, { institution, purpose, naming, standard, selection }) => {
    const given = { institution, purpose, naming: naming ?? null, standard: standard ?? null };
    return { institution, ...(await exportPhotos(call, { ...given, selection: selectionOf(selection) })) };
  },
  success: (t) => ({
    naming: t.field({ type: PhotoNamingEnum, resolve: (done) => done.naming }),
    standard: t.field({ type: PhotoStandardEnum, resolve: (done) => done.standard }),
    ...exportFields(t),
  }),
});
