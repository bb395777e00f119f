// Drawing the sample of a batch, examining records in person, and the blind second entry (article 11(2)).
import { drawSample } from '../../procedures/cross-check/draw-sample.ts';
import { enterSecond } from '../../procedures/cross-check/enter-second.ts';
import { examineRecord } from '../../procedures/cross-check/examine-record.ts';
import { addAction } from '../action.ts';
import { batchField, resultFields } from '../action-fields.ts';
import { builder } from '../builder.ts';
import { keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { DegreeRecordRef } from '../records/degree-record.ts';

addAction('drawSample', {
  description:
    'Draws which records of a batch are examined in person; nobody can choose or foresee them. After too many errors everybody is drawn.',
  sealed: false,
  input: (t) => ({ batch: t.id() }),
  run: async (call, input) => {
    const { institution, id: batchId } = keyFrom(input.batch, 'Batch');
    return { institution, stepId: null, ...(await drawSample(call, { institution, batchId })) };
  },
  success: (t) => ({
    batch: batchField(t),
    number: t.exposeInt('number', { description: 'Number of the draw.' }),
    whole: t.exposeBoolean('whole'),
    population: t.exposeInt('population', { description: 'How many were drawn from.' }),
    sampled: t.exposeInt('sampled'),
    seedDigest: t.exposeString('seedDigest', { nullable: true, description: 'Null when simulated.' }),
  }),
});

const WrongFieldInput = builder.inputType('WrongFieldInput', {
  fields: (t) => ({
    field: t.string({ description: 'Name of the field, as in violations.' }),
    words: t.string({ description: 'What is wrong with it.' }),
  }),
});

addAction('examineRecord', {
  description:
    'Says that a sampled record agrees with its papers, or which fields are wrong. Never by who collected it. The sealed cross-check commits to it.',
  sealed: false,
  input: (t) => ({
    record: t.id(),
    expectedVersion: t.int({ description: 'The version that the checker saw.' }),
    agrees: t.boolean(),
    wrong: t.field({ type: [WrongFieldInput], required: false }),
    note: t.string({
      required: false,
      description: 'Why the finding of another checker on the same version is overruled.',
    }),
  }),
  run: async (call, { record, expectedVersion, agrees, wrong, note }) => {
    const { institution, id: recordId } = keyFrom(record, 'DegreeRecord');
    const given = {
      institution,
      recordId,
      expectedVersion,
      agrees,
      wrong: (wrong ?? []).map((one) => ({ ...one })),
      note,
    };
    return { institution, stepId: null, ...(await examineRecord(call, given)) };
  },
  success: (t) => ({
    agrees: t.exposeBoolean('agrees'),
    batch: batchField(t),
    record: t.field({
      type: DegreeRecordRef,
      nullable: true,
      resolve: ({ institution, recordId: id }, _args, context, info) =>
        loaded(context, info, 'degreeRecord', 'DegreeRecord', { institution, id }),
    }),
  }),
});

const SecondEntryInput = builder.inputType('SecondEntryInput', {
  description: 'The key fields of one paper as the checker reads them; written as in an import.',
  fields: (t) => ({
    sequence: t.int({ description: 'Place on the roster.' }),
    studentNumber: t.string({ required: false, description: 'Must be that of the place when given.' }),
    name: t.string(),
    degreeCategory: t.string(),
    disciplineCode: t.string(),
    conferralDate: t.string(),
    certificateNumber: t.string(),
    resolutionNumber: t.string(),
  }),
});

addAction('enterSecond', {
  description:
    'Enters the key fields of sampled records a second time, blind, once each, by hand or as an uploaded table. Where they differ is told once they are kept; a simulation compares nothing.',
  sealed: false,
  cost: 300,
  input: (t) => ({
    batch: t.id(),
    entries: t.field({ type: [SecondEntryInput], required: false }),
    fileDigest: t.string({ required: false, description: 'SHA-256 of an uploaded table of kind SECOND_ENTRY.' }),
  }),
  run: async (call, { batch, entries, fileDigest }) => {
    const { institution, id: batchId } = keyFrom(batch, 'Batch');
    const given = { institution, batchId, entries: entries ?? [], fileDigest: fileDigest ?? undefined };
    return { institution, stepId: null, ...(await enterSecond(call, given)) };
  },
  success: (t) => ({
    batch: batchField(t),
    entered: t.exposeInt('entered'),
    ...resultFields(t),
  }),
});
