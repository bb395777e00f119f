// 答复退回意见 (R14.1): a returned field that is correct as it is, said in words and, where there is any, shown by evidence.
import { transitionViolations } from '../../regulation/lifecycle.ts';
import { answerViolations } from '../../regulation/reporting/review-reasons.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { canonicalize } from '../../sealing/verify/canonical.ts';
import { recollect } from '../../store/records/records.ts';
import { answerReasons, openReasons } from '../../store/reporting/review-reasons.ts';
import type { Call } from '../call.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { findRecord } from '../records/record-work.ts';
import { digestOf, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/** Which field of which returned record, and why it is correct. */
export interface AnswerReviewReasonInput {
  readonly institution: string;
  readonly recordId: string;
  /** The version that the officer saw. */
  readonly expectedVersion: number;
  readonly field: string;
  readonly answer: string;
  /** SHA-256 of an uploaded file of kind `evidence`. */
  readonly evidence?: string | null | undefined;
}

/** How many reasons are still open. With none left the record begins its way anew. */
export type AnsweredReviewReason = { readonly recordId: string; readonly open: number };

/**
 * Answers the reason of one returned field in words (step `answer-review-reason`). When it was the last open one, the record goes to be
 * cross-checked again by another officer, as a corrected one does; no field of it has changed.
 * @throws {Refused} it was not returned, nothing is open for the field, or the words are too few. {Stale}, {NotFound}, {Forbidden}
 */
export function answerReviewReason(
  call: Call,
  input: AnswerReviewReasonInput,
): Promise<Performed<AnsweredReviewReason>> {
  const { institution, recordId, expectedVersion, field } = input;
  const answer = input.answer.trim();
  const evidence = input.evidence ?? null;
  const request = { recordId, expectedVersion, field, answer, evidence };
  return perform(call, 'answer-review-reason', institution, request, async (tx) => {
    const row = await findRecord(tx, institution, recordId, expectedVersion);
    const target = await targetIn(tx, institution, row.category);
    requireMayAct(call, 'answer-review-reason', target);
    const open = await openReasons(tx, institution, recordId);
    const violations: Violation[] = [
      ...transitionViolations('answer-review-reason', row.state as RecordState),
      ...answerViolations(field, answer, open),
    ];
    const needed = { institution, path: 'evidence', digest: evidence, kind: 'evidence', article: '14' } as const;
    violations.push(...(await missingFile(tx, call, needed)));
    const left = open.filter((reason) => reason.field !== field).length;
    const keyed = call.world.blindIndex(canonicalize({ recordId, field, answer }), 'review-answer');
    return {
      target,
      violations,
      subjects: [recordSubject(row)],
      facts: { category: row.category, field, open: left, answer: digestOf({ keyed }) },
      files: evidence === null ? [] : [evidence],
      save: async ({ at }) => {
        const said = { version: row.version, answer, answerEvidence: evidence, at };
        await answerReasons(tx, institution, recordId, field, said);
        if (left === 0) await recollect(tx, institution, recordId, call.actor.officerId, at);
        return { recordId, open: left };
      },
    };
  });
}
