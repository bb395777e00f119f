// 处理本人疑义 (R11.1): an officer accepts it, having corrected the record, or declines it with a reason; the student is told either way.

import { transitionViolations } from '../../regulation/lifecycle.ts';
import { answerViolations, DISPUTE_STATES } from '../../regulation/student-word.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { isKeyOf } from '../../regulation/vocabulary.ts';
import { endDispute, findDispute } from '../../store/student/student-words.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { dayOf } from '../situation.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { openWord, wordSubject } from './student-content.ts';
import { findThing, thingKeyOf } from './student-thing.ts';

/** The answer: accepted (the record is corrected by then) or declined; words for the student. */
export type AnswerDisputeInput = {
  readonly institution: string;
  readonly disputeId: string;
  readonly accepted: boolean;
  readonly answer: string;
};

/** The answered dispute and the version of the record at that time. */
export type AnsweredDispute = { readonly disputeId: string; readonly version: number };

/** That it was answered: how, and on which day. */
function answered({ state, answeredAt }: { readonly state: string; readonly answeredAt: Date | null }): Violation {
  const how = isKeyOf(DISPUTE_STATES, state) ? DISPUTE_STATES[state].zh : state;
  const found = answeredAt ? `${how} ${dayOf(answeredAt)}` : how;
  return violation('dispute-already-answered', 'dispute', { found, expected: DISPUTE_STATES.open.zh });
}

/**
 * Answers a dispute (step `answer-dispute`).
 * @throws {NotFound}, {Refused} answered before, accepted but not corrected, or without the words that are owed. {Forbidden}
 */
export function answerDispute(call: Call, input: AnswerDisputeInput): Promise<Performed<AnsweredDispute>> {
  const { world, actor } = call;
  const { institution, disputeId, accepted } = input;
  const answer = input.answer.trim();
  return perform(call, 'answer-dispute', institution, { disputeId, accepted, answer }, async (tx) => {
    const dispute = await findDispute(tx, institution, disputeId);
    if (!dispute) throw new NotFound('dispute', disputeId);
    const target = await targetIn(tx, institution, dispute.category);
    requireMayAct(call, 'answer-dispute', target);
    const thing = await findThing(tx, world, institution, thingKeyOf(dispute));
    const { version, state: stage } = thing;
    const fields = openWord(world, dispute);
    const now = fields.map((one) => ({ ...one, now: thing.fields[one.field] ?? null }));
    const state = accepted ? 'accepted' : 'declined';
    const { evidence } = dispute;
    return {
      target,
      violations: [
        ...(dispute.state === 'open' ? [] : [answered(dispute)]),
        ...(stage === null ? [] : transitionViolations('answer-dispute', stage)),
        ...answerViolations(accepted, answer, now),
      ],
      subjects: [
        thing.subject,
        wordSubject(world, 'dispute', { id: disputeId, fields, evidence }, { state, words: answer }),
      ],
      // What is said to the student may be personal: the statement holds only how it was answered.
      facts: { kind: thing.kind, id: thing.id, disputeId, outcome: state, version },
      save: async ({ at }) => {
        const end = { state, answer, answeredById: actor.officerId, answeredAt: at, answeredVersion: version };
        await endDispute(tx, institution, disputeId, end);
        return { disputeId, version };
      },
    };
  });
}
