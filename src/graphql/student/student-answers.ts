// What officers answer to students.

import { draftRequestedChange } from '../../procedures/applications/draft-requested-change.ts';
import { answerCorrectionRequest } from '../../procedures/student/answer-correction-request.ts';
import { answerDispute } from '../../procedures/student/answer-dispute.ts';
import { confirmOnPaper } from '../../procedures/student/confirm-on-paper.ts';
import { revealWord } from '../../procedures/student/reveal-word.ts';
import { addAction } from '../action.ts';
import { applicationField } from '../applications/application-actions.ts';
import { EvidenceInput } from '../applications/draft-actions.ts';
import { builder } from '../builder.ts';
import { decodeGlobalId, keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { CorrectionRequestRef, StudentDisputeRef } from './student-word.ts';

const DisputeOutcomeEnum = builder.enumType('DisputeOutcome', {
  description: 'How a dispute is answered.',
  values: {
    ACCEPTED: { value: 'accepted', description: '采纳：信息已经更正\naccepted: the record has been corrected' },
    DECLINED: { value: 'declined', description: '不采纳，说明理由\ndeclined, with the reason' },
  } as const,
});

addAction('answerDispute', {
  description:
    'Answers a dispute of a student: accepted once the record is corrected, or declined with a reason (article 11(1)).',
  input: (t) => ({
    dispute: t.id(),
    outcome: t.field({ type: DisputeOutcomeEnum }),
    answer: t.string({
      required: false,
      defaultValue: '',
      description: 'For the student; owed when declined, or when the value became another than proposed.',
    }),
  }),
  run: async (call, { dispute, outcome, answer }) => {
    const { institution, id } = keyFrom(dispute, 'StudentDispute');
    const given = { institution, disputeId: id, accepted: outcome === 'accepted', answer: answer ?? '' };
    return { institution, ...(await answerDispute(call, given)) };
  },
  success: (t) => ({
    dispute: t.field({
      type: StudentDisputeRef,
      nullable: true,
      resolve: ({ institution, disputeId: id }, _args, context, info) =>
        loaded(context, info, 'studentDispute', 'StudentDispute', { institution, id }),
    }),
  }),
});

addAction('revealStudentWord', {
  description:
    'Shows both values of a secret field of a dispute or correction request. Who asked, and why, is sealed (article 21).',
  input: (t) => ({
    word: t.id({ description: 'A dispute or a correction request.' }),
    field: t.string(),
    reason: t.string(),
  }),
  run: async (call, { word, field, reason }) => {
    const { institution, id } = keyFrom(word, 'StudentDispute', 'CorrectionRequest');
    const kind = decodeGlobalId(word).typename === 'StudentDispute' ? 'dispute' : 'correction-request';
    return { institution, ...(await revealWord(call, { institution, kind, id, field, reason })) };
  },
  success: (t) => ({
    found: t.string({ nullable: true, resolve: ({ found }) => found }),
    proposed: t.string({ nullable: true, resolve: ({ proposed }) => proposed }),
  }),
});

addAction('draftRequestedChange', {
  description:
    'Drafts a change request from a correction request: its fields and evidence are taken over, the case is tied to it (article 15).',
  cost: 300,
  input: (t) => ({
    request: t.id(),
    reason: t.string(),
    finding: t.string({ description: 'What the inquiry of the office found.' }),
    contactName: t.string({ required: false }),
    contactPhone: t.string({ required: false }),
    evidence: t.field({
      type: [EvidenceInput],
      required: false,
      description: "The office's own evidence, behind the student's.",
    }),
  }),
  run: async (call, { request, reason, finding, contactName, contactPhone, evidence }) => {
    const { institution, id } = keyFrom(request, 'CorrectionRequest');
    const done = await draftRequestedChange(call, {
      ...{ institution, requestId: id, reason, finding, evidence: [...(evidence ?? [])] },
      ...{ contactName: contactName ?? undefined, contactPhone: contactPhone ?? undefined },
    });
    return { institution, ...done };
  },
  success: (t) => ({ caseNumber: t.exposeString('caseNumber'), application: applicationField(t) }),
});

addAction('confirmOnPaper', {
  description:
    'Writes down that a student confirmed this version on paper; rests on the scan, uploaded as STUDENT_EVIDENCE (article 11(1)).',
  input: (t) => ({
    record: t.id({ description: 'A degree record or an enrolment record.' }),
    expectedVersion: t.int({ description: 'The version that was signed.' }),
    fileDigest: t.string({ description: 'SHA-256 of the scan.' }),
  }),
  run: async (call, { record, expectedVersion, fileDigest }) => {
    const { institution, id } = keyFrom(record, 'DegreeRecord', 'EnrolmentRecord');
    const kind = decodeGlobalId(record).typename === 'DegreeRecord' ? 'record' : 'enrolment-record';
    return { institution, ...(await confirmOnPaper(call, { institution, kind, id, expectedVersion, fileDigest })) };
  },
  success: (t) => ({ version: t.exposeInt('version') }),
});

const OutcomeEnum = builder.enumType('CorrectionRequestOutcome', {
  description: 'How a correction request is answered.',
  values: {
    DECLINED: { value: 'declined', description: '不予更正，说明理由\ndeclined, with the reason' },
    CORRECTED: { value: 'corrected', description: '退回或撤回后已更正\ncorrected after a return or withdrawal' },
    CHANGE_REQUEST: { value: 'change-request', description: '已提出更改申请\nturned into a change request' },
  } as const,
});

addAction('answerCorrectionRequest', {
  description: 'Answers a correction request of a student (article 15).',
  input: (t) => ({
    request: t.id(),
    outcome: t.field({ type: OutcomeEnum }),
    answer: t.string({ required: false, defaultValue: '', description: 'For the student.' }),
  }),
  run: async (call, { request, outcome, answer }) => {
    const { institution, id } = keyFrom(request, 'CorrectionRequest');
    const given = { institution, requestId: id, outcome, answer: answer ?? '' };
    return { institution, ...(await answerCorrectionRequest(call, given)) };
  },
  success: (t) => ({
    request: t.field({
      type: CorrectionRequestRef,
      nullable: true,
      resolve: ({ institution, requestId: id }, _args, context, info) =>
        loaded(context, info, 'correctionRequest', 'CorrectionRequest', { institution, id }),
    }),
  }),
});
