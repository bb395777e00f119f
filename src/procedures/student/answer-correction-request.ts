// 答复更正请求 (R15.1): declined with a reason, corrected where a record came back, or turned into a written change request.

import {
  answerViolations,
  CORRECTION_REQUEST_STATES,
  type CorrectionRequestState,
} from '../../regulation/student-word.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { isKeyOf } from '../../regulation/vocabulary.ts';
import { advanceCorrectionRequest, findCorrectionRequest } from '../../store/student/correction-requests.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { dayOf } from '../situation.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { openWord, wordSubject } from './student-content.ts';
import { findThing } from './student-thing.ts';

/** How the request ends, and words for the student. */
export type AnswerCorrectionRequestInput = {
  readonly institution: string;
  readonly requestId: string;
  readonly outcome: Exclude<CorrectionRequestState, 'open'>;
  readonly answer: string;
};

/** The answered request; the change request that it became, if it became one. */
export type AnsweredCorrectionRequest = {
  readonly requestId: string;
  readonly caseNumber: string;
  readonly applicationId: string | null;
};

/**
 * Answers a correction request (step `answer-correction-request`).
 * @throws {NotFound}, {Refused} answered before, without the words that are owed, not corrected, or no change request drafted. {Forbidden}
 */
export function answerCorrectionRequest(
  call: Call,
  input: AnswerCorrectionRequestInput,
): Promise<Performed<AnsweredCorrectionRequest>> {
  const { world, actor } = call;
  const { institution, requestId, outcome } = input;
  const answer = input.answer.trim();
  return perform(call, 'answer-correction-request', institution, { requestId, outcome, answer }, async (tx) => {
    const request = await findCorrectionRequest(tx, institution, requestId);
    if (!request) throw new NotFound('correction-request', requestId);
    const target = await targetIn(tx, institution, request.category);
    requireMayAct(call, 'answer-correction-request', target);
    const thing = await findThing(tx, world, institution, { kind: 'record', id: request.recordId });
    const fields = openWord(world, request);
    const { evidence, caseNumber, applicationId } = request;
    const violations: Violation[] = [];
    if (request.state !== 'open') {
      const state = isKeyOf(CORRECTION_REQUEST_STATES, request.state)
        ? CORRECTION_REQUEST_STATES[request.state].zh
        : '';
      const found = request.answeredAt ? `${state} ${dayOf(request.answeredAt)}` : state;
      const details = { found, expected: CORRECTION_REQUEST_STATES.open.zh };
      violations.push(violation('correction-request-answered', 'request', details));
    }
    if (outcome === 'change-request') {
      if (applicationId === null) {
        const found = CORRECTION_REQUEST_STATES[outcome].zh;
        violations.push(violation('correction-request-not-drafted', 'outcome', { found }));
      }
    } else {
      // What was drafted goes its own way: another answer would contradict it.
      if (applicationId !== null) {
        const expected = CORRECTION_REQUEST_STATES['change-request'].zh;
        const found = CORRECTION_REQUEST_STATES[outcome].zh;
        violations.push(violation('correction-request-drafted', 'outcome', { found, expected }));
      }
      const now = fields.map((one) => ({ ...one, now: thing.fields[one.field] ?? null }));
      violations.push(...answerViolations(outcome === 'corrected', answer, now));
    }
    const words = { state: outcome, words: answer };
    return {
      target,
      violations,
      subjects: [thing.subject, wordSubject(world, 'correction-request', { id: requestId, fields, evidence }, words)],
      facts: { recordId: thing.id, requestId, caseNumber, outcome, version: thing.version, applicationId },
      save: async ({ at }) => {
        const end = { state: outcome, answer, answeredById: actor.officerId, answeredAt: at };
        await advanceCorrectionRequest(tx, institution, requestId, end);
        return { requestId, caseNumber, applicationId };
      },
    };
  });
}
