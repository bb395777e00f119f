// Collecting: dry run and import of tables, single records, links with enrolment records (article 11).
import { type AttachPhotosResult, attachPhotos } from '../../procedures/collection/attach-photos.ts';
import { checkImport } from '../../procedures/collection/check-import.ts';
import { collectRecord } from '../../procedures/collection/collect-record.ts';
import { importEnrolmentRecords } from '../../procedures/collection/import-enrolment-records.ts';
import { importRecords } from '../../procedures/collection/import-records.ts';
import { linkEnrolment } from '../../procedures/collection/link-enrolment.ts';
import { addAction, type Done, type SuccessBuilder } from '../action.ts';
import { batchField, resultFields } from '../action-fields.ts';
import { builder } from '../builder.ts';
import { CategoryEnum, ErrorPolicyEnum, TableKindEnum } from '../enums.ts';
import { firstOf, VIOLATION_ARGS, ViolationRef } from '../errors.ts';
import { keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { DegreeRecordRef } from '../records/degree-record.ts';
import { givenFields, RecordFieldsInput } from '../records/record-input.ts';
import { ImportRef, JUDGED } from './import.ts';

interface OfImport extends Done {
  readonly importId: string;
  readonly accepted: number;
  readonly refused: number;
}

function importFields<Shape extends OfImport>(t: SuccessBuilder<Shape>) {
  return {
    accepted: t.int({ description: 'Rows that were taken, or would be.', resolve: (done) => done.accepted }),
    refused: t.int({ resolve: (done) => done.refused }),
    import: t.field({
      type: ImportRef,
      nullable: true,
      description: 'With the problems of every row.',
      resolve: ({ institution, importId: id }, _args, context, info) =>
        loaded(context, info, 'import', 'Import', { institution, id }),
    }),
  };
}

addAction('checkImport', {
  description: 'Dry run of an uploaded table: header first, then every row; nothing is imported.',
  sealed: false,
  cost: 1000,
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    kind: t.field({ type: TableKindEnum }),
    category: t.field({ type: CategoryEnum }),
    resolution: t.id({ required: false, description: 'Needed for records.' }),
    fileDigest: t.string({ description: 'SHA-256 of the uploaded table.' }),
  }),
  run: async (call, { institution, kind, category, resolution, fileDigest }) => {
    const resolutionId = resolution ? keyFrom(resolution, 'Resolution').id : null;
    const checked = await checkImport(call, { institution, kind, category, resolutionId, fileDigest });
    return { institution, stepId: null, ...checked };
  },
  success: (t) => ({
    total: t.exposeInt('total', { description: 'Rows of the file.' }),
    // The kept answer of an earlier version, given again to a retry, does not say it: all rows were judged then.
    judged: t.int({ description: JUDGED, resolve: (done) => done.judged ?? done.total }),
    mapped: t.exposeInt('mapped', { description: 'Rows in which an officer’s mapping gave a code.' }),
    editionVerified: t.exposeBoolean('editionVerified', {
      description: 'False: an unverified edition, put together from what is publicly known.',
    }),
    ...importFields(t),
  }),
});

addAction('importRecords', {
  description: 'Imports a checked table of records: one seal and one leaf for all of them. Every row is judged again.',
  cost: 1000,
  input: (t) => ({
    import: t.id(),
    errorPolicy: t.field({ type: ErrorPolicyEnum, required: false, defaultValue: 'all-or-nothing' }),
  }),
  run: async (call, input) => {
    const { institution, id: importId } = keyFrom(input.import, 'Import');
    const errorPolicy = input.errorPolicy ?? 'all-or-nothing';
    return { institution, ...(await importRecords(call, { institution, importId, errorPolicy })) };
  },
  success: (t) => ({ batch: batchField(t), ...importFields(t) }),
});

addAction('importEnrolmentRecords', {
  description: 'Imports a checked table of enrolment records; a known student number is replaced.',
  cost: 1000,
  input: (t) => ({
    import: t.id(),
    errorPolicy: t.field({ type: ErrorPolicyEnum, required: false, defaultValue: 'all-or-nothing' }),
  }),
  run: async (call, input) => {
    const { institution, id: importId } = keyFrom(input.import, 'Import');
    const errorPolicy = input.errorPolicy ?? 'all-or-nothing';
    return { institution, ...(await importEnrolmentRecords(call, { institution, importId, errorPolicy })) };
  },
  success: (t) => importFields(t),
});

addAction('collectRecord', {
  description: 'Collects one record under a resolution.',
  input: (t) => ({
    resolution: t.id(),
    category: t.field({ type: CategoryEnum }),
    fields: t.field({ type: RecordFieldsInput }),
  }),
  run: async (call, { resolution, category, fields }) => {
    const { institution, id: resolutionId } = keyFrom(resolution, 'Resolution');
    const given = { institution, resolutionId, category, fields: givenFields(fields) };
    return { institution, ...(await collectRecord(call, given)) };
  },
  success: (t) => ({
    batch: batchField(t),
    record: t.field({
      type: DegreeRecordRef,
      nullable: true,
      resolve: ({ institution, recordId: id }, _args, context, info) =>
        loaded(context, info, 'degreeRecord', 'DegreeRecord', { institution, id }),
    }),
  }),
});

const PhotoProblemRef = builder.objectRef<AttachPhotosResult['problems'][number]>('PhotoProblem').implement({
  description: 'A file of the archive that was not taken.',
  fields: (t) => ({
    entry: t.exposeString('entry', { description: 'Its name in the archive.' }),
    violations: t.field({
      type: [ViolationRef],
      complexity: { field: 1, multiplier: 1 },
      resolve: (problem) => [...problem.violations],
    }),
  }),
});

addAction('attachPhotos', {
  description:
    'Attaches the photos of an uploaded archive; files are named by identity, student or certificate number (article 8).',
  cost: 1000,
  input: (t) => ({ batch: t.id(), fileDigest: t.string({ description: 'SHA-256 of the uploaded ZIP.' }) }),
  run: async (call, { batch, fileDigest }) => {
    const { institution, id: batchId } = keyFrom(batch, 'Batch');
    return { institution, batchId, ...(await attachPhotos(call, { institution, batchId, fileDigest })) };
  },
  success: (t) => ({
    batch: batchField(t),
    attached: t.exposeInt('attached', { description: 'Records with a new photo.' }),
    problemCount: t.int({ resolve: (done) => done.problems.length }),
    problems: t.field({
      type: [PhotoProblemRef],
      args: VIOLATION_ARGS,
      resolve: (done, args) => firstOf(done.problems, args),
    }),
  }),
});

addAction('linkEnrolment', {
  description:
    'Links the records of a batch with enrolment records and fills what the table did not carry. Contradictions are listed, nothing is silently fixed (article 9).',
  cost: 300,
  input: (t) => ({ batch: t.id() }),
  run: async (call, input) => {
    const { institution, id: batchId } = keyFrom(input.batch, 'Batch');
    return { institution, batchId, ...(await linkEnrolment(call, { institution, batchId })) };
  },
  success: (t) => ({
    batch: batchField(t),
    linked: t.exposeInt('linked'),
    filled: t.exposeInt('filled', { description: 'Records of which empty fields were filled.' }),
    ...resultFields(t),
  }),
});
