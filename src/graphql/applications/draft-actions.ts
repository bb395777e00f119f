// Drafting and revising the four written applications (articles 11, 15, 16).
import { draftChangeRequest } from '../../procedures/applications/draft-change-request.ts';
import { draftDeletionRequest } from '../../procedures/applications/draft-deletion-request.ts';
import { draftRevocationReport } from '../../procedures/applications/draft-revocation-report.ts';
import { draftSupplementaryReport } from '../../procedures/applications/draft-supplementary-report.ts';
import { NotFound } from '../../procedures/errors.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import { addAction, type InputBuilder, type SuccessBuilder } from '../action.ts';
import { badInput } from '../bad-input.ts';
import { builder } from '../builder.ts';
import { CategoryEnum, DeletionCauseEnum, RevocationGroundEnum } from '../enums.ts';
import { keyFrom } from '../global-id.ts';
import { applicationField, type OfApplication } from './application-actions.ts';
import { applicationKeyFrom } from './application-ids.ts';

/** An uploaded file and the title under which it is attached. */
export const EvidenceInput = builder.inputType('EvidenceInput', {
  fields: (t) => ({ title: t.string(), fileDigest: t.string({ description: 'SHA-256 of the uploaded file.' }) }),
});

/** What every draft gives. */
const common = (t: InputBuilder) => ({
  category: t.field({ type: CategoryEnum }),
  contactName: t.string({ required: false }),
  contactPhone: t.string({ required: false }),
  evidence: t.field({ type: [EvidenceInput], description: 'In the order of the attachments; numbered from 1.' }),
  revises: t.id({
    required: false,
    description: 'The draft or returned case that this replaces; a new case without it.',
  }),
  expectedVersion: t.int({ required: false, description: 'The version of the revised case that the officer saw.' }),
});

interface Common {
  readonly category: Category;
  readonly contactName?: string | null | undefined;
  readonly contactPhone?: string | null | undefined;
  readonly evidence: readonly { readonly title: string; readonly fileDigest: string }[];
  readonly revises?: string | null | undefined;
  readonly expectedVersion?: number | null | undefined;
}

/** The common part for an institution. @throws NotFound when the revised case is another institution's */
function commonOf(input: Common, institution: string) {
  const { category, contactName, contactPhone, evidence, revises, expectedVersion } = input;
  const key = revises ? applicationKeyFrom(revises) : null;
  if (key && key.institution !== institution) throw new NotFound('WrittenApplication', revises ?? '');
  const contact = { contactName: contactName ?? undefined, contactPhone: contactPhone ?? undefined };
  return {
    ...{ institution, category, ...contact, evidence: [...evidence] },
    revises: key ? { applicationId: key.id, expectedVersion: expectedVersion ?? undefined } : undefined,
  };
}

/** The keys of records of one institution. @throws NotFound for an id that is none, or of another institution */
function recordKeys(ids: readonly string[], institution?: string): { institution: string; recordIds: string[] } {
  const keys = ids.map((id) => keyFrom(id, 'DegreeRecord'));
  const own = institution ?? keys[0]?.institution ?? '';
  const foreign = keys.findIndex((key) => key.institution !== own);
  if (foreign >= 0) throw new NotFound('DegreeRecord', ids[foreign] ?? '');
  return { institution: own, recordIds: keys.map(({ id }) => id) };
}

const EITHER = { zh: '请给出人员或批次，二者取其一。', en: 'Give either records or a batch.' };

/** Who is listed: single records or a whole batch. @throws GraphQLError BAD_USER_INPUT for both or neither */
function listedBy(
  {
    records,
    batch,
  }: { readonly records?: readonly string[] | null | undefined; readonly batch?: string | null | undefined },
  institution: string,
) {
  if (records && batch) throw badInput(EITHER, { expected: 'records / batch' });
  if (!batch) return { recordIds: recordKeys(records ?? [], institution).recordIds };
  const key = keyFrom(batch, 'Batch');
  if (key.institution !== institution) throw new NotFound('Batch', batch);
  return { batchId: key.id };
}

interface DraftedCase extends OfApplication {
  readonly caseNumber: string;
}

const success = <Shape extends DraftedCase>(t: SuccessBuilder<Shape>) => ({
  application: applicationField(t),
  caseNumber: t.string({ resolve: ({ caseNumber }) => caseNumber }),
});

addAction('draftSupplementaryReport', {
  description: 'Drafts the application to report late, with the people, the reason and the evidence (article 11).',
  input: (t) => ({
    ...common(t),
    resolution: t.id(),
    records: t.idList({ required: false, description: 'The people, in the order of the document.' }),
    batch: t.id({
      required: false,
      description: 'Instead of records: everybody of a batch who still waits to be reported.',
    }),
    reason: t.string(),
    measures: t.string({ description: 'What is done so that it does not happen again.' }),
  }),
  run: async (call, input) => {
    const { institution, id: resolutionId } = keyFrom(input.resolution, 'Resolution');
    const { reason, measures } = input;
    const listed = listedBy(input, institution);
    const given = { ...commonOf(input, institution), resolutionId, ...listed, reason, measures };
    return { institution, ...(await draftSupplementaryReport(call, given)) };
  },
  success,
});

const FieldChangeInput = builder.inputType('FieldChangeInput', {
  description: 'One field of a filed record and what it shall be.',
  fields: (t) => ({
    field: t.string({ description: 'Name of the field as in the answers: name, birthDate, certificateNumber …' }),
    after: t.string({ required: false, description: 'The new value; null empties an optional field.' }),
    evidence: t.intList({ description: 'Numbers of the evidence it rests on, from 1.' }),
  }),
});

const ChangedRecordInput = builder.inputType('ChangedRecordInput', {
  fields: (t) => ({ record: t.id(), changes: t.field({ type: [FieldChangeInput] }) }),
});

addAction('draftChangeRequest', {
  description:
    'Drafts the application to change filed records, field by field with the evidence for each (article 15).',
  input: (t) => ({
    ...common(t),
    institution: t.string({ description: 'Five-digit code.' }),
    reason: t.string(),
    finding: t.string({ description: 'What the inquiry of the office found.' }),
    records: t.field({ type: [ChangedRecordInput], description: 'The people, in the order of the document.' }),
  }),
  run: async (call, input) => {
    const { reason, finding } = input;
    const { institution, recordIds } = recordKeys(
      input.records.map(({ record }) => record),
      input.institution,
    );
    const records = input.records.map(({ changes }, at) => ({
      recordId: recordIds[at] ?? '',
      changes: changes.map(({ field, after, evidence }) => ({ field, after: after ?? null, evidence: [...evidence] })),
    }));
    const given = { ...commonOf(input, institution), reason, finding, records };
    return { institution, ...(await draftChangeRequest(call, given)) };
  },
  success,
});

const DeletedRecordInput = builder.inputType('DeletedRecordInput', {
  fields: (t) => ({
    record: t.id(),
    cause: t.field({ type: DeletionCauseEnum }),
    standingRecord: t.id({ required: false, description: 'The record that stays, when this one was reported twice.' }),
  }),
});

addAction('draftDeletionRequest', {
  description:
    'Drafts the application to delete records that are reporting errors; a degree that stands is refused (article 15).',
  input: (t) => ({
    ...common(t),
    institution: t.string({ description: 'Five-digit code.' }),
    foundOn: t.field({ type: 'Date', description: 'When the error was found.' }),
    reason: t.string(),
    finding: t.string({ description: 'What the inquiry of the office found.' }),
    records: t.field({ type: [DeletedRecordInput], description: 'The people, in the order of the document.' }),
  }),
  run: async (call, input) => {
    const { foundOn, reason, finding } = input;
    const { institution, recordIds } = recordKeys(
      input.records.map(({ record }) => record),
      input.institution,
    );
    const records = input.records.map(({ cause, standingRecord }, at) => ({
      ...{ recordId: recordIds[at] ?? '', cause },
      standingRecordId: standingRecord ? (recordKeys([standingRecord], institution).recordIds[0] ?? null) : null,
    }));
    const given = { ...commonOf(input, institution), foundOn, reason, finding, records };
    return { institution, ...(await draftDeletionRequest(call, given)) };
  },
  success,
});

const RevokedRecordInput = builder.inputType('RevokedRecordInput', {
  description: 'A person whose degree was revoked, and what was done towards them before and after the decision.',
  fields: (t) => ({
    record: t.id(),
    noticeOn: t.field({ type: 'Date' }),
    hearingOn: t.field({ type: 'Date', required: false, description: 'Nothing when the person waived it.' }),
    hearingWaived: t.boolean({
      required: false,
      defaultValue: false,
      description: 'The person waived being heard; without a hearing this must be said.',
    }),
    hearingResult: t.string({ description: 'What the hearing came to, or how the person waived it.' }),
    deliveredOn: t.field({ type: 'Date', description: 'The decision was served.' }),
    certificateHandling: t.string({ description: 'What became of the certificate.' }),
  }),
});

addAction('draftRevocationReport', {
  description:
    'Drafts the report that degrees were revoked: ground, facts and the procedure towards each person (article 16).',
  input: (t) => ({
    ...common(t),
    revocationResolution: t.id(),
    ground: t.field({ type: RevocationGroundEnum }),
    facts: t.string(),
    proofs: t.string(),
    lateReason: t.string({ required: false, description: 'Why it comes after the ten days; needed only then.' }),
    records: t.field({ type: [RevokedRecordInput] }),
  }),
  run: async (call, input) => {
    const { institution, id: revocationResolutionId } = keyFrom(input.revocationResolution, 'RevocationResolution');
    const { recordIds } = recordKeys(
      input.records.map(({ record }) => record),
      institution,
    );
    const records = input.records.map(({ record: _, hearingOn, hearingWaived, ...procedure }, at) => ({
      ...{ recordId: recordIds[at] ?? '', ...procedure },
      ...{ hearingOn: hearingOn ?? null, hearingWaived: hearingWaived ?? false },
    }));
    const { ground, facts, proofs, lateReason } = input;
    const said = { revocationResolutionId, ground, facts, proofs, lateReason: lateReason ?? undefined, records };
    return { institution, ...(await draftRevocationReport(call, { ...commonOf(input, institution), ...said })) };
  },
  success,
});
