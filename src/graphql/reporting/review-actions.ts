// What happens between report and filing besides review itself (article 14): withdrawals, answers to reasons, form checks.

import { NotFound } from '../../procedures/errors.ts';
import { answerReviewReason } from '../../procedures/reporting/answer-review-reason.ts';
import { recordFormCheck } from '../../procedures/reporting/record-form-check.ts';
import { withdrawRecords } from '../../procedures/reporting/withdraw-records.ts';
import { addAction } from '../action.ts';
import { builder } from '../builder.ts';
import { keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { DegreeRecordRef } from '../records/degree-record.ts';
import { ReturnReasonInput } from '../records/record-actions.ts';
import { FormCheckRef } from './form-check.ts';

const WithdrawalInput = builder.inputType('RecordWithdrawalInput', {
  fields: (t) => ({ record: t.id(), reason: t.string() }),
});

addAction('withdrawRecords', {
  description:
    'Takes records back before their review has ended (article 14): the degree office what stands with it or with the province, a category office what it reported and what was returned.',
  input: (t) => ({
    withdrawals: t.field({ type: [WithdrawalInput], description: 'Records of one institution, each with its reason.' }),
  }),
  run: async (call, input) => {
    const keys = input.withdrawals.map((one) => keyFrom(one.record, 'DegreeRecord'));
    const institution = keys[0]?.institution ?? call.actor.institution ?? '';
    const stranger = input.withdrawals.find((_, at) => keys[at]?.institution !== institution);
    if (stranger) throw new NotFound('DegreeRecord', stranger.record);
    const withdrawals = input.withdrawals.map(({ reason }, at) => ({ recordId: keys[at]?.id ?? '', reason }));
    return { institution, ...(await withdrawRecords(call, { institution, withdrawals })) };
  },
  success: (t) => ({
    withdrawn: t.exposeInt('withdrawn'),
    filedBatches: t.int({
      description: 'Batches that were held up by nothing else and are filed by now.',
      resolve: (done) => done.filedBatches.length,
    }),
  }),
});

addAction('answerReviewReason', {
  description:
    'Answers a returned field in words: it is correct as it is, because … (article 14). After the last open reason the record begins its way anew.',
  input: (t) => ({
    record: t.id(),
    expectedVersion: t.int({ description: 'The version that the officer saw.' }),
    field: t.string({ description: 'The returned field.' }),
    answer: t.string({ description: 'Why it is correct.' }),
    evidence: t.string({ required: false, description: 'SHA-256 of an uploaded file of kind EVIDENCE.' }),
  }),
  run: async (call, { record, expectedVersion, field, answer, evidence }) => {
    const { institution, id: recordId } = keyFrom(record, 'DegreeRecord');
    const given = { institution, recordId, expectedVersion, field, answer, evidence: evidence ?? null };
    return { institution, ...(await answerReviewReason(call, given)) };
  },
  success: (t) => ({
    open: t.exposeInt('open', { description: 'Reasons that are still open.' }),
    record: t.field({
      type: DegreeRecordRef,
      nullable: true,
      resolve: ({ institution, recordId: id }, _args, context, info) =>
        loaded(context, info, 'degreeRecord', 'DegreeRecord', { institution, id }),
    }),
  }),
});

const FormCheckResultInput = builder.inputType('FormCheckResultInput', {
  fields: (t) => ({
    certificateNumber: t.string(),
    passed: t.boolean(),
    reasons: t.field({
      type: [ReturnReasonInput],
      defaultValue: [],
      description: 'What is wrong, field by field; nothing when it passed.',
    }),
  }),
});

addAction('recordFormCheck', {
  description:
    'Enters the feedback of the national centre on filed records (article 14). What failed is returned and passes every stage again. By the provincial office.',
  cost: 300,
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    number: t.string({ description: 'Number of the feedback.' }),
    feedbackOn: t.field({ type: 'Date' }),
    fileDigest: t.string({ description: 'SHA-256 of the feedback, uploaded as FORM_CHECK.' }),
    tableDigest: t.string({
      required: false,
      description: 'SHA-256 of a table of its results, uploaded as FORM_CHECK_TABLE, instead of `results`.',
    }),
    results: t.field({ type: [FormCheckResultInput], defaultValue: [] }),
    batch: t.id({
      required: false,
      description: 'The feedback is about this whole batch: its filed records that are not listed have passed.',
    }),
  }),
  run: async (call, input) => {
    const { institution, number, feedbackOn, fileDigest, tableDigest } = input;
    const results = input.results.map(({ certificateNumber, passed, reasons }) => ({
      ...{ certificateNumber, passed },
      reasons: reasons.map(({ field, reason }) => ({ field, reason })),
    }));
    const key = input.batch ? keyFrom(input.batch, 'Batch') : null;
    if (key && key.institution !== institution) throw new NotFound('Batch', input.batch ?? '');
    const files = { fileDigest, tableDigest: tableDigest ?? null };
    const given = { institution, number, feedbackOn, ...files, results, batchId: key?.id ?? null };
    return { institution, ...(await recordFormCheck(call, given)) };
  },
  success: (t) => ({
    passed: t.exposeInt('passed'),
    failed: t.exposeInt('failed'),
    leftOut: t.exposeInt('leftOut', {
      description: 'Of the batch, not listed, and in an open application: nothing is entered for them.',
    }),
    formCheck: t.field({
      type: FormCheckRef,
      nullable: true,
      resolve: ({ institution, formCheckId: id }, _args, context, info) =>
        loaded(context, info, 'formCheck', 'FormCheck', { institution, id }),
    }),
  }),
});
