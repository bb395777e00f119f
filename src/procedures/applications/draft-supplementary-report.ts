// 拟制补报申请 (R11.6): what came too late is put before the provincial office with reason, measures and evidence.
import type { Call } from '../call.ts';
import type { Performed } from '../perform.ts';
import { type Drafted, type DraftInput, draftCase } from './draft-case.ts';

/** A supplementary report as an officer gives it. */
export interface SupplementaryReportInput extends DraftInput {
  readonly resolutionId: string;
  /** The people, in the order in which the document lists them. */
  readonly recordIds?: readonly string[];
  /** Instead of them: everybody of a batch who still waits to be reported. */
  readonly batchId?: string;
  readonly reason: string;
  readonly measures: string;
}

/**
 * Drafts a supplementary report, or revises one.
 * @throws {NotFound}, {Stale}, {Refused} everything that keeps it from being sent. {Forbidden}
 */
export function draftSupplementaryReport(call: Call, input: SupplementaryReportInput): Promise<Performed<Drafted>> {
  const { resolutionId, recordIds = [], batchId, reason, measures } = input;
  const listed = batchId === undefined ? { recordIds } : { batchId };
  const kind = 'supplementary-report';
  return draftCase(call, input, {
    ...{ kind, resolutionId, revocationResolutionId: null, reason, measures, content: {}, listed },
  });
}
