// 拟制撤销报告 (R16.1): degrees that the degree committee revoked, the ground, and the procedure towards each person.
import type { RevocationProcedure } from '../../regulation/applications/revocation-report.ts';
import type { RevocationGround } from '../../regulation/vocabulary.ts';
import { degreeReviews } from '../../store/applications/degree-reviews.ts';
import type { Call } from '../call.ts';
import type { Performed } from '../perform.ts';
import { type Drafted, type DraftInput, draftCase } from './draft-case.ts';

/** A revocation report as an officer gives it. */
export interface RevocationReportInput extends DraftInput {
  readonly revocationResolutionId: string;
  readonly ground: RevocationGround;
  /** What was found out. */
  readonly facts: string;
  /** By what it is proved. */
  readonly proofs: string;
  /** Why it comes after the ten days; needed only then. */
  readonly lateReason?: string | undefined;
  readonly records: readonly ({ readonly recordId: string } & RevocationProcedure)[];
}

/**
 * Drafts a revocation report, or revises one.
 * @throws {NotFound}, {Stale}, {Refused} above all without a hearing. {Forbidden}
 */
export function draftRevocationReport(call: Call, input: RevocationReportInput): Promise<Performed<Drafted>> {
  const { revocationResolutionId, ground, facts, proofs, lateReason, records } = input;
  return draftCase(call, input, {
    ...{ kind: 'revocation-report', resolutionId: null, revocationResolutionId },
    ...{ reason: facts, measures: lateReason ?? '', content: { ground, proofs: proofs.trim() } },
    listed: { recordIds: records.map(({ recordId }) => recordId) },
    // A review is the person's right and stands in the log: no revision and no new case of the same decision forgets it.
    ask: async (tx) => {
      const ids = records.map(({ recordId }) => recordId);
      const reviews = await degreeReviews(tx, input.institution, revocationResolutionId, ids);
      return records.map(({ recordId, noticeOn, hearingOn, hearingWaived = false, deliveredOn, ...words }) => ({
        content: {
          ...{ noticeOn, hearingOn, hearingWaived, deliveredOn },
          hearingResult: words.hearingResult.trim(),
          certificateHandling: words.certificateHandling.trim(),
          review: reviews.get(recordId) ?? null,
        },
        ...{ after: null, violations: [] },
      }));
    },
  });
}
