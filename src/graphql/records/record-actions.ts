// What happens to single records: corrections, objections, returns, reveals.

import { raiseObjection } from '../../procedures/disclosure/raise-objection.ts';
import { resolveObjection } from '../../procedures/disclosure/resolve-objection.ts';
import { NotFound } from '../../procedures/errors.ts';
import { correctRecord } from '../../procedures/records/correct.ts';
import { returnRecords } from '../../procedures/reporting/return-records.ts';
import { revealField } from '../../procedures/secrecy/reveal.ts';
import { addAction } from '../action.ts';
import { builder } from '../builder.ts';
import { keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { DegreeRecordRef } from './degree-record.ts';
import { ObjectionRef } from './record-history.ts';
import { givenFields, RecordFieldsInput } from './record-input.ts';

addAction('correctRecord', {
  description:
    'Corrects a collected or returned record: a new version, to be cross-checked again by another officer (article 14).',
  input: (t) => ({
    record: t.id(),
    expectedVersion: t.int({ description: 'The version that the officer saw.' }),
    changes: t.field({ type: RecordFieldsInput, description: 'Only what changes; null empties a field.' }),
  }),
  run: async (call, { record, expectedVersion, changes }) => {
    const { institution, id: recordId } = keyFrom(record, 'DegreeRecord');
    const given = { institution, recordId, expectedVersion, changes: givenFields(changes) };
    return { institution, ...(await correctRecord(call, given)) };
  },
  success: (t) => ({
    version: t.exposeInt('version'),
    record: t.field({
      type: DegreeRecordRef,
      nullable: true,
      resolve: ({ institution, recordId: id }, _args, context, info) =>
        loaded(context, info, 'degreeRecord', 'DegreeRecord', { institution, id }),
    }),
  }),
});

addAction('raiseObjection', {
  description: 'Records an objection during disclosure; it blocks the record until it is resolved (article 11).',
  input: (t) => ({ record: t.id(), reason: t.string(), raisedBy: t.string({ description: 'Who objects.' }) }),
  run: async (call, { record, reason, raisedBy }) => {
    const { institution, id } = keyFrom(record, 'DegreeRecord');
    return { institution, ...(await raiseObjection(call, { institution, recordId: id, reason, raisedBy })) };
  },
  success: (t) => ({
    objection: t.field({
      type: ObjectionRef,
      nullable: true,
      resolve: ({ institution, objectionId: id }, _args, context, info) =>
        loaded(context, info, 'objection', 'Objection', { institution, id }),
    }),
  }),
});

addAction('resolveObjection', {
  description: 'Writes how an objection ended, so that its record can go on (article 11).',
  input: (t) => ({ objection: t.id(), outcome: t.string() }),
  run: async (call, { objection, outcome }) => {
    const { institution, id } = keyFrom(objection, 'Objection');
    return { institution, ...(await resolveObjection(call, { institution, objectionId: id, outcome })) };
  },
  success: (t) => ({
    objection: t.field({
      type: ObjectionRef,
      nullable: true,
      resolve: ({ institution, objectionId: id }, _args, context, info) =>
        loaded(context, info, 'objection', 'Objection', { institution, id }),
    }),
    record: t.field({
      type: DegreeRecordRef,
      nullable: true,
      resolve: ({ institution, recordId: id }, _args, context, info) =>
        loaded(context, info, 'degreeRecord', 'DegreeRecord', { institution, id }),
    }),
  }),
});

/** A field that is wrong, and why. */
export const ReturnReasonInput = builder.inputType('ReturnReasonInput', {
  fields: (t) => ({ field: t.string({ description: 'Name of the field, as in violations.' }), reason: t.string() }),
});
const RecordReturnInput = builder.inputType('RecordReturnInput', {
  fields: (t) => ({ record: t.id(), reasons: t.field({ type: [ReturnReasonInput] }) }),
});

addAction('returnRecords', {
  description: 'Returns records with a reason per field (article 14). By the provincial office.',
  input: (t) => ({ returns: t.field({ type: [RecordReturnInput], description: 'Records of one institution.' }) }),
  run: async (call, input) => {
    const keys = input.returns.map((one) => keyFrom(one.record, 'DegreeRecord'));
    const institution = keys[0]?.institution ?? '';
    const stranger = input.returns.find((_, at) => keys[at]?.institution !== institution);
    if (stranger) throw new NotFound('DegreeRecord', stranger.record);
    const returns = input.returns.map((one, at) => ({ recordId: keys[at]?.id ?? '', reasons: [...one.reasons] }));
    return { institution, ...(await returnRecords(call, { institution, returns })) };
  },
  success: (t) => ({ returned: t.exposeInt('returned') }),
});

addAction('revealField', {
  description: 'Gives the whole value of a secret field. Who asked, and why, is sealed and kept (article 21).',
  input: (t) => ({
    record: t.id(),
    field: t.string({ description: '`identityNumber`, `phone` or `email`.' }),
    reason: t.string(),
  }),
  run: async (call, { record, field, reason }) => {
    const { institution, id } = keyFrom(record, 'DegreeRecord');
    return { institution, ...(await revealField(call, { institution, recordId: id, field, reason })) };
  },
  success: (t) => ({ value: t.string({ nullable: true, resolve: (done) => done.value }) }),
});
