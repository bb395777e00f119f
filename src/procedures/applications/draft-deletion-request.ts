// 拟制删除申请 (R15.1): filed records that are reporting errors, with the cause of each and the evidence.
import type { DeletionCause } from '../../regulation/vocabulary.ts';
import type { Call } from '../call.ts';
import type { Performed } from '../perform.ts';
import { type Drafted, type DraftInput, draftCase } from './draft-case.ts';

/** A deletion request as an officer gives it. */
export interface DeletionRequestInput extends DraftInput {
  /** Civil date on which the error was found. */
  readonly foundOn: string;
  readonly reason: string;
  /** What the inquiry of the office found. */
  readonly finding: string;
  readonly records: readonly {
    readonly recordId: string;
    readonly cause: DeletionCause;
    /** The record that stays, when this one was reported twice. */
    readonly standingRecordId?: string | null | undefined;
  }[];
}

/**
 * Drafts a deletion request, or revises one.
 * @throws {NotFound}, {Stale}, {Refused} above all for a degree that stands. {Forbidden}
 */
export function draftDeletionRequest(call: Call, input: DeletionRequestInput): Promise<Performed<Drafted>> {
  const { foundOn, reason, finding, records } = input;
  return draftCase(call, input, {
    ...{ kind: 'deletion-request', resolutionId: null, revocationResolutionId: null, reason, measures: '' },
    content: { foundOn, finding: finding.trim() },
    listed: { recordIds: records.map(({ recordId }) => recordId) },
    ask: () =>
      records.map(({ cause, standingRecordId = null }) => {
        return { content: { cause, standingRecordId }, after: null, violations: [] };
      }),
  });
}
