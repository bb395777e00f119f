// What happens to a written application after it is drafted: checked, approved, sealed, dispatched, decided, carried out (articles 12–16).
import { approveApplication } from '../../procedures/applications/approve-application.ts';
import { changeRecords } from '../../procedures/applications/change-records.ts';
import { checkApplication } from '../../procedures/applications/check-application.ts';
import { decideApplication } from '../../procedures/applications/decide-application.ts';
import { deleteRecords } from '../../procedures/applications/delete-records.ts';
import { dispatchApplication } from '../../procedures/applications/dispatch-application.ts';
import { recordDegreeReview } from '../../procedures/applications/record-degree-review.ts';
import { revokeDegrees } from '../../procedures/applications/revoke-degrees.ts';
import { sealApplication } from '../../procedures/applications/seal-application.ts';
import { withdrawApplication } from '../../procedures/applications/withdraw-application.ts';
import type { Call } from '../../procedures/call.ts';
import { NotFound } from '../../procedures/errors.ts';
import { institutionScope } from '../../procedures/offices/house-access.ts';
import { addAction, type Done, type InputBuilder, type SuccessBuilder } from '../action.ts';
import { AddresseeEnum, ApplicationStateEnum, ChannelEnum, DecisionEnum, DegreeReviewEnum } from '../enums.ts';
import { keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { BatchRef } from '../records/batch.ts';
import { applicationKeyFrom } from './application-ids.ts';
import { WrittenApplicationRef } from './written-application.ts';

/** A success about an application. */
export interface OfApplication extends Done {
  readonly applicationId: string;
}

/** The application as it is after the action; null where a simulation made none. */
export function applicationField<Shape extends OfApplication>(t: SuccessBuilder<Shape>) {
  return t.field({
    type: WrittenApplicationRef,
    nullable: true,
    resolve: ({ institution, applicationId: id }, _args, context, info) =>
      loaded(context, info, 'writtenApplication', 'WrittenApplication', { institution, id }),
  });
}

const caseInput = (t: InputBuilder) => ({
  application: t.id(),
  expectedVersion: t.int({ required: false, description: 'The version that the officer saw.' }),
});

interface CaseInput {
  readonly application: string;
  readonly expectedVersion?: number | null | undefined;
}

/**
 * The case that an input names. The kind of a case never changes, so it is asked for before the action, in a statement of its own.
 * @throws NotFound for an id of another type, and for one whose case is of another kind: no address answers to it either
 */
async function caseOf({ world, actor }: Call, input: CaseInput) {
  const key = applicationKeyFrom(input.application);
  const { institution, id: applicationId } = key;
  const reach = { AND: [institutionScope(actor), { code: institution }] };
  // Of an institution beyond reach nothing is looked up: the action itself has one answer for all that may be there.
  if (await world.db.prisma.institution.findFirst({ where: reach, select: { code: true } })) {
    const found = await world.db.prisma.writtenApplication.findFirst({ where: { ...key }, select: { id: true } });
    if (!found) throw new NotFound('WrittenApplication', input.application);
  }
  return { institution, applicationId, expectedVersion: input.expectedVersion ?? undefined };
}

/** Takes a step of the case that the input names; what it gives goes with whose case it was. */
async function onCase<Result extends object>(
  call: Call,
  input: CaseInput,
  step: (of: Awaited<ReturnType<typeof caseOf>>) => Promise<Result>,
) {
  const of = await caseOf(call, input);
  return { ...of, ...(await step(of)) };
}

addAction('checkApplication', {
  description: 'Checks the draft; by another officer than its drafter (article 12).',
  input: caseInput,
  run: (call, input) => onCase(call, input, (of) => checkApplication(call, of)),
  success: (t) => ({ application: applicationField(t) }),
});

addAction('approveApplication', {
  description: 'Approves the checked draft; by the head of the office (article 12).',
  input: caseInput,
  run: (call, input) => onCase(call, input, (of) => approveApplication(call, of)),
  success: (t) => ({ application: applicationField(t) }),
});

addAction('withdrawApplication', {
  description: 'Gives a case up before it is sealed, or after the province returned it (article 15).',
  input: caseInput,
  run: (call, input) => onCase(call, input, (of) => withdrawApplication(call, of)),
  success: (t) => ({ application: applicationField(t) }),
});

addAction('sealApplication', {
  description: 'Numbers, prints and seals the approved application; by the degree office (article 12).',
  cost: 1000,
  input: caseInput,
  run: (call, input) => onCase(call, input, (of) => sealApplication(call, of)),
  success: (t) => ({
    application: applicationField(t),
    documentNumber: t.exposeString('documentNumber'),
    verificationCode: t.exposeString('verificationCode'),
    pdfDigest: t.exposeString('pdfDigest', { description: 'SHA-256 of the sealed PDF; of the draft when simulated.' }),
  }),
});

addAction('dispatchApplication', {
  description:
    'Records that the sealed document went to one of its addressees, with the proof of delivery; by the degree office (articles 15, 16).',
  input: (t) => ({
    ...caseInput(t),
    addressee: t.field({ type: AddresseeEnum }),
    channel: t.field({ type: ChannelEnum }),
    dispatchedOn: t.field({ type: 'Date' }),
    receipt: t.string({ required: false, description: 'Number of the receipt; not needed in the system.' }),
    proofDigest: t.string({ required: false, description: 'SHA-256 of the uploaded proof; not needed in the system.' }),
  }),
  run: (call, input) => {
    const { addressee, channel, dispatchedOn, receipt, proofDigest } = input;
    const proof = { receipt: receipt ?? undefined, proofDigest: proofDigest ?? undefined };
    const given = { addressee, channel, dispatchedOn, ...proof };
    return onCase(call, input, (of) => dispatchApplication(call, { ...of, ...given }));
  },
  success: (t) => ({
    application: applicationField(t),
    remaining: t.field({
      type: [AddresseeEnum],
      description: 'Who has not been sent the document yet.',
      resolve: ({ remaining }) => remaining,
    }),
  }),
});

addAction('decideApplication', {
  description:
    'The decision of the provincial office, with its document: consent (for a revocation: confirmation), refusal, or return for more. After consent to a supplementary report the records go on in a batch of their own.',
  input: (t) => ({
    ...caseInput(t),
    decision: t.field({ type: DecisionEnum }),
    decisionNumber: t.string({ description: "Number of the decision's document." }),
    reason: t.string({ required: false, description: 'Needed for a refusal and a return.' }),
    decisionDigest: t.string({ description: "SHA-256 of the decision's document, uploaded before." }),
  }),
  run: (call, input) => {
    const { decision, decisionNumber, reason, decisionDigest } = input;
    const given = { decision, decisionNumber, reason: reason ?? undefined, decisionDigest };
    return onCase(call, input, (of) => decideApplication(call, { ...of, ...given }));
  },
  success: (t) => ({
    application: applicationField(t),
    state: t.field({ type: ApplicationStateEnum, resolve: (done) => done.state }),
    batch: t.field({
      type: BatchRef,
      nullable: true,
      description: 'The batch in which late records go on; null for everything else.',
      resolve: ({ institution, batchId: id }, _args, context, info) =>
        id === null ? null : loaded(context, info, 'batch', 'Batch', { institution, id }),
    }),
  }),
});

addAction('recordDegreeReview', {
  description: 'Records that a person asked for a review of the revocation, or how the review ended (article 16).',
  input: (t) => ({
    ...caseInput(t),
    record: t.id(),
    outcome: t.field({ type: DegreeReviewEnum }),
    on: t.field({ type: 'Date' }),
    fileDigest: t.string({ description: 'SHA-256 of its document, uploaded before.' }),
  }),
  run: (call, input) => {
    const { outcome, on, fileDigest } = input;
    const { id: recordId } = keyFrom(input.record, 'DegreeRecord');
    const given = { recordId, outcome, on, fileDigest };
    return onCase(call, input, (of) => recordDegreeReview(call, { ...of, ...given }));
  },
  success: (t) => ({ application: applicationField(t) }),
});

const EFFECTS = [
  ['changeRecords', changeRecords, 'Carries out a change to which the province consented: new versions (article 15).'],
  ['deleteRecords', deleteRecords, 'Carries out a deletion to which the province consented: tombstones (article 15).'],
  ['revokeDegrees', revokeDegrees, 'Files a revocation that the province confirmed (article 16).'],
] as const;

for (const [name, procedure, description] of EFFECTS) {
  addAction(name, {
    description,
    cost: 1000,
    input: caseInput,
    run: (call, input) => onCase(call, input, (of) => procedure(call, of)),
    success: (t) => ({
      application: applicationField(t),
      records: t.exposeInt('records', { description: 'How many records it concerned.' }),
    }),
  });
}
