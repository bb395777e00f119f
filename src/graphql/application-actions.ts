// What happens to a supplementary report: drafted, checked, approved, sealed, decided (article 11, 12).
import { approveApplication } from '../procedures/approve-application.ts';
import { checkApplication } from '../procedures/check-application.ts';
import { decideApplication } from '../procedures/decide-application.ts';
import { draftSupplementaryReport } from '../procedures/draft-supplementary-report.ts';
import { NotFound } from '../procedures/errors.ts';
import { sealApplication } from '../procedures/seal-application.ts';
import { addAction, type Done, type InputBuilder, type SuccessBuilder } from './action.ts';
import { BatchRef } from './batch.ts';
import { builder } from './builder.ts';
import { ApplicationStateEnum, CategoryEnum, DecisionEnum } from './enums.ts';
import { keyFrom } from './global-id.ts';
import { loaded } from './loaded.ts';
import { SupplementaryReportRef } from './written-application.ts';

interface OfApplication extends Done {
  readonly applicationId: string;
}

function applicationField<Shape extends OfApplication>(t: SuccessBuilder<Shape>) {
  return t.field({
    type: SupplementaryReportRef,
    nullable: true,
    resolve: ({ institution, applicationId: id }, _args, context, info) =>
      loaded(context, info, 'writtenApplication', 'SupplementaryReport', { institution, id }),
  });
}

const EvidenceInput = builder.inputType('EvidenceInput', {
  fields: (t) => ({ title: t.string(), fileDigest: t.string({ description: 'SHA-256 of the uploaded file.' }) }),
});

addAction('draftSupplementaryReport', {
  description: 'Drafts the application to report late, with the people, the reason and the evidence (article 11).',
  input: (t) => ({
    resolution: t.id(),
    category: t.field({ type: CategoryEnum }),
    records: t.idList({ description: 'The people, in the order of the document.' }),
    reason: t.string(),
    measures: t.string({ description: 'What is done so that it does not happen again.' }),
    contactName: t.string({ required: false }),
    contactPhone: t.string({ required: false }),
    evidence: t.field({ type: [EvidenceInput] }),
  }),
  run: async (call, input) => {
    const { category, reason, measures, contactName, contactPhone, evidence } = input;
    const { institution, id: resolutionId } = keyFrom(input.resolution, 'Resolution');
    const recordIds = input.records.map((id) => {
      const key = keyFrom(id, 'DegreeRecord');
      if (key.institution !== institution) throw new NotFound('DegreeRecord', id);
      return key.id;
    });
    const contact = { contactName: contactName ?? undefined, contactPhone: contactPhone ?? undefined };
    const said = { category, reason, measures, ...contact, evidence: [...evidence] };
    return {
      institution,
      ...(await draftSupplementaryReport(call, { institution, resolutionId, recordIds, ...said })),
    };
  },
  success: (t) => ({ application: applicationField(t) }),
});

const caseInput = (t: InputBuilder) => ({
  application: t.id(),
  expectedVersion: t.int({ required: false, description: 'The version that the officer saw.' }),
});

/** The case that an input names. @throws NotFound for an id of another type */
function caseOf(input: { application: string; expectedVersion?: number | null | undefined }) {
  const { institution, id: applicationId } = keyFrom(input.application, 'SupplementaryReport');
  return { institution, applicationId, expectedVersion: input.expectedVersion ?? undefined };
}

addAction('checkApplication', {
  description: 'Checks the draft; by another officer than its drafter (article 12).',
  input: caseInput,
  run: async (call, input) => ({ ...caseOf(input), ...(await checkApplication(call, caseOf(input))) }),
  success: (t) => ({ application: applicationField(t) }),
});

addAction('approveApplication', {
  description: 'Approves the checked draft; by the head of the office (article 12).',
  input: caseInput,
  run: async (call, input) => ({ ...caseOf(input), ...(await approveApplication(call, caseOf(input))) }),
  success: (t) => ({ application: applicationField(t) }),
});

addAction('sealApplication', {
  description: 'Numbers, prints and seals the approved application; by the degree office (article 12).',
  cost: 1000,
  input: caseInput,
  run: async (call, input) => ({ ...caseOf(input), ...(await sealApplication(call, caseOf(input))) }),
  success: (t) => ({
    application: applicationField(t),
    documentNumber: t.exposeString('documentNumber'),
    verificationCode: t.exposeString('verificationCode'),
    pdfDigest: t.exposeString('pdfDigest', { description: 'SHA-256 of the sealed PDF; of the draft when simulated.' }),
  }),
});

addAction('decideApplication', {
  description:
    'The decision of the provincial office, with its document. After consent the records go on in a batch of their own.',
  input: (t) => ({
    ...caseInput(t),
    decision: t.field({ type: DecisionEnum }),
    decisionNumber: t.string({ description: "Number of the decision's document." }),
    reason: t.string({ required: false, description: 'Needed for a refusal.' }),
    decisionDigest: t.string({ description: "SHA-256 of the decision's document, uploaded before." }),
  }),
  run: async (call, input) => {
    const { decision, decisionNumber, reason, decisionDigest } = input;
    const given = { ...caseOf(input), decision, decisionNumber, reason: reason ?? undefined, decisionDigest };
    return { ...caseOf(input), ...(await decideApplication(call, given)) };
  },
  success: (t) => ({
    application: applicationField(t),
    state: t.field({ type: ApplicationStateEnum, resolve: (done) => done.state }),
    batch: t.field({
      type: BatchRef,
      nullable: true,
      description: 'The batch in which the records go on; null after a refusal.',
      resolve: ({ institution, batchId: id }, _args, context, info) =>
        id === null ? null : loaded(context, info, 'batch', 'Batch', { institution, id }),
    }),
  }),
});
