// What happens to a batch as a whole, from cross-check to filing.

import { crossCheckRecords } from '../../procedures/cross-check/cross-check.ts';
import { closeDisclosure } from '../../procedures/disclosure/close-disclosure.ts';
import { openDisclosure } from '../../procedures/disclosure/open-disclosure.ts';
import { fileBatch } from '../../procedures/reporting/filing.ts';
import { reportBatch } from '../../procedures/reporting/report.ts';
import { reviewBatch } from '../../procedures/reporting/review.ts';
import { addAction } from '../action.ts';
import { batchField, resultFields } from '../action-fields.ts';
import { builder } from '../builder.ts';
import { ErrorPolicyEnum } from '../enums.ts';
import { firstOf, VIOLATION_ARGS } from '../errors.ts';
import { keyFrom } from '../global-id.ts';

/** The ids of records of one batch. @throws NotFound for an id of another institution or type */
function recordIds(ids: readonly string[] | null | undefined, institution: string): string[] | undefined {
  return ids?.map((id) => {
    const key = keyFrom(id, 'DegreeRecord');
    return key.institution === institution ? key.id : keyFrom('', 'DegreeRecord').id;
  });
}

addAction('crossCheckRecords', {
  description:
    'Cross-checks records against roster, enrolment record, standard and template (article 11). Never by who collected them.',
  cost: 300,
  input: (t) => ({
    batch: t.id(),
    records: t.idList({ required: false, description: 'All that are collected when nothing is said.' }),
    errorPolicy: t.field({ type: ErrorPolicyEnum, required: false, defaultValue: 'all-or-nothing' }),
  }),
  run: async (call, input) => {
    const { institution, id: batchId } = keyFrom(input.batch, 'Batch');
    const errorPolicy = input.errorPolicy ?? 'all-or-nothing';
    const given = { institution, batchId, recordIds: recordIds(input.records, institution), errorPolicy };
    return { institution, batchId, ...(await crossCheckRecords(call, given)) };
  },
  success: (t) => ({ batch: batchField(t), checked: t.exposeInt('checked'), ...resultFields(t) }),
});

addAction('openDisclosure', {
  description: 'Shows the key fields of the cross-checked records inside the school for the set period (article 11).',
  input: (t) => ({ batch: t.id() }),
  run: async (call, input) => {
    const { institution, id } = keyFrom(input.batch, 'Batch');
    return { institution, ...(await openDisclosure(call, { institution, batchId: id })) };
  },
  success: (t) => ({
    batch: batchField(t),
    from: t.expose('from', { type: 'Date' }),
    until: t.expose('until', { type: 'Date' }),
  }),
});

addAction('closeDisclosure', {
  description: 'Ends the disclosure after its period; records with an open objection stay (article 11).',
  input: (t) => ({ batch: t.id() }),
  run: async (call, input) => {
    const { institution, id } = keyFrom(input.batch, 'Batch');
    return { institution, ...(await closeDisclosure(call, { institution, batchId: id })) };
  },
  success: (t) => ({ batch: batchField(t), disclosed: t.exposeInt('disclosed'), ...resultFields(t) }),
});

const MissingPersonRef = builder
  .objectRef<{ readonly sequence: number; readonly name: string }>('MissingPerson')
  .implement({
    description: 'A person of the roster who has no record.',
    fields: (t) => ({ sequence: t.exposeInt('sequence'), name: t.exposeString('name') }),
  });

addAction('reportBatch', {
  description:
    'Reports the disclosed records to the degree office, within 15 days of the resolution taking effect (article 11).',
  cost: 300,
  input: (t) => ({
    batch: t.id(),
    expectedVersion: t.int({ required: false, description: 'The version that the officer saw.' }),
    errorPolicy: t.field({ type: ErrorPolicyEnum, required: false, defaultValue: 'all-or-nothing' }),
  }),
  run: async (call, input) => {
    const { institution, id: batchId } = keyFrom(input.batch, 'Batch');
    const expectedVersion = input.expectedVersion ?? undefined;
    const given = { institution, batchId, expectedVersion, errorPolicy: input.errorPolicy ?? 'all-or-nothing' };
    return { institution, batchId, ...(await reportBatch(call, given)) };
  },
  success: (t) => ({
    batch: batchField(t),
    reported: t.exposeInt('reported'),
    missingCount: t.int({ resolve: (done) => done.missing.length }),
    missing: t.field({
      type: [MissingPersonRef],
      args: VIOLATION_ARGS,
      resolve: (done, args) => firstOf(done.missing, args),
    }),
    ...resultFields(t),
  }),
});

addAction('reviewBatch', {
  description: 'Approves what was reported upward and not returned (article 10). By the provincial office.',
  input: (t) => ({ batch: t.id() }),
  run: async (call, input) => {
    const { institution, id: batchId } = keyFrom(input.batch, 'Batch');
    return { institution, batchId, ...(await reviewBatch(call, { institution, batchId })) };
  },
  success: (t) => ({ batch: batchField(t), reviewed: t.exposeInt('reviewed') }),
});

addAction('fileBatch', {
  description: 'Puts the reviewed records on file (备案, article 10). By the provincial office.',
  input: (t) => ({ batch: t.id() }),
  run: async (call, input) => {
    const { institution, id: batchId } = keyFrom(input.batch, 'Batch');
    return { institution, batchId, ...(await fileBatch(call, { institution, batchId })) };
  },
  success: (t) => ({ batch: batchField(t), filed: t.exposeInt('filed'), ...resultFields(t) }),
});
