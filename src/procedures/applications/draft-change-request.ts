// 拟制更改申请 (R15.1): fields of filed records that were wrong, what they shall be, and the evidence for each.
import type { Call } from '../call.ts';
import type { Performed } from '../perform.ts';
import { askChange, type GivenChange } from './change-case.ts';
import { type Drafted, type DraftInput, draftCase } from './draft-case.ts';

/** A change request as an officer gives it. */
export interface ChangeRequestInput extends DraftInput {
  readonly reason: string;
  /** What the inquiry of the office found. */
  readonly finding: string;
  /** The people, in the order in which the document lists them, each with the fields that change. */
  readonly records: readonly { readonly recordId: string; readonly changes: readonly GivenChange[] }[];
}

/**
 * Drafts a change request, or revises one.
 * @throws {NotFound}, {Stale}, {Refused} everything that keeps it from being sent. {Forbidden}
 */
export function draftChangeRequest(call: Call, input: ChangeRequestInput): Promise<Performed<Drafted>> {
  const { reason, finding, records } = input;
  return draftCase(call, input, {
    ...{ kind: 'change-request', resolutionId: null, revocationResolutionId: null, reason, measures: '' },
    content: { finding: finding.trim() },
    listed: { recordIds: records.map(({ recordId }) => recordId) },
    ask: (_tx, open, applicationId) =>
      open.map((record, at) =>
        askChange(call.world, record, records[at]?.changes ?? [], applicationId, `records[${at}]`),
      ),
  });
}
