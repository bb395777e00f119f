// What a student does with the own record: confirm, dispute, ask for a correction, hand in evidence, look at an own secret.

import { NotFound } from '../../procedures/errors.ts';
import { confirmRecord } from '../../procedures/student/confirm.ts';
import { disputeFields } from '../../procedures/student/dispute.ts';
import { requestCorrection } from '../../procedures/student/request-correction.ts';
import { revealOwnField } from '../../procedures/student/reveal-own.ts';
import type { ThingKey } from '../../procedures/student/student-thing.ts';
import { storeStudentFile } from '../../procedures/student/student-upload.ts';
import type { InputBuilder } from '../action.ts';
import { builder } from '../builder.ts';
import { decodeGlobalId, globalId, keyFrom } from '../global-id.ts';
import { addStudentAction } from './student-action.ts';

const SpokenFieldInput = builder.inputType('SpokenFieldInput', {
  fields: (t) => ({
    field: t.string({ description: 'Name of the field, as `myRecords` shows it.' }),
    proposed: t.string({
      required: false,
      description: 'What it should be, in the same form as its value; null: it is wrong, without another value.',
    }),
    reason: t.string(),
  }),
});

const which = (t: InputBuilder) => ({
  record: t.id({ description: 'Id of an own record, as `myRecords` shows it.' }),
  expectedVersion: t.int({ description: 'The version that was shown.' }),
});
const word = (t: InputBuilder) => ({
  ...which(t),
  fields: t.field({ type: [SpokenFieldInput] }),
  evidence: t.stringList({
    required: false,
    defaultValue: [],
    description: 'SHA-256 of files uploaded by `uploadStudentFile`.',
  }),
});

/** The key of an own record. @throws NotFound for what is none, or of another institution */
function keyOf(id: string, institution: string): ThingKey {
  const key = keyFrom(id, 'DegreeRecord', 'EnrolmentRecord');
  if (key.institution !== institution) throw new NotFound('record', id);
  return { kind: decodeGlobalId(id).typename === 'DegreeRecord' ? 'record' : 'enrolment-record', id: key.id };
}

interface Word {
  readonly fields: readonly {
    readonly field: string;
    readonly proposed?: string | null | undefined;
    readonly reason: string;
  }[];
  readonly evidence?: readonly string[] | null | undefined;
}

function wordOf({ fields, evidence }: Word) {
  return {
    fields: fields.map(({ field, proposed, reason }) => ({ field, proposed: proposed ?? null, reason })),
    evidence: [...(evidence ?? [])],
  };
}

addStudentAction('confirmRecord', {
  description: 'Says that exactly this version of the own record is right (article 11(1)).',
  sealed: true,
  input: which,
  run: (call, { record, expectedVersion }) =>
    confirmRecord(call, { ...keyOf(record, call.student.institution), expectedVersion }),
  success: (t) => ({ version: t.exposeInt('version') }),
});

addStudentAction('disputeFields', {
  description:
    'Says which fields of the own record are wrong; it is neither cross-checked nor reported until an officer answers (article 11(1)).',
  sealed: true,
  input: word,
  run: async (call, { record, expectedVersion, ...said }) => {
    const { institution } = call.student;
    const key = keyOf(record, institution);
    return { institution, ...(await disputeFields(call, { ...key, expectedVersion, ...wordOf(said) })) };
  },
  success: (t) => ({
    dispute: t.id({
      nullable: true,
      resolve: ({ institution, disputeId: id, simulated }) =>
        simulated ? null : globalId('StudentDispute', { institution, id }),
    }),
  }),
});

addStudentAction('requestCorrection', {
  description: 'Asks for a correction of the own record that was reported or filed; gives a case number (article 15).',
  sealed: true,
  input: word,
  run: (call, { record, expectedVersion, ...said }) =>
    requestCorrection(call, { ...keyOf(record, call.student.institution), expectedVersion, ...wordOf(said) }),
  success: (t) => ({ caseNumber: t.exposeString('caseNumber') }),
});

addStudentAction('uploadStudentFile', {
  description: 'Keeps a file as evidence of the student: PDF, JPEG or PNG up to 5 MiB, judged by its content.',
  sealed: false,
  input: (t) => ({ file: t.field({ type: 'File' }) }),
  run: async (call, { file }) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const stored = await storeStudentFile(call, { name: file.name, bytes });
    return { ...stored, stepId: null, simulated: call.simulate === true };
  },
  success: (t) => ({
    digest: t.exposeString('digest', { description: 'SHA-256, hex.' }),
    mediaType: t.exposeString('mediaType'),
    size: t.exposeInt('size', { description: 'Bytes.' }),
  }),
});

addStudentAction('revealOwnField', {
  description: 'Shows the student an own secret value in full; that it was shown is kept (article 21).',
  sealed: false,
  input: (t) => ({
    record: t.id(),
    field: t.string({ description: '`identityNumber`, `phone` or `email`.' }),
  }),
  run: async (call, { record, field }) => {
    const key = keyOf(record, call.student.institution);
    return { ...(await revealOwnField(call, { ...key, field })), stepId: null, simulated: call.simulate === true };
  },
  success: (t) => ({ value: t.string({ nullable: true, resolve: ({ value }) => value }) }),
});
