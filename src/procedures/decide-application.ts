// 书面申请批复 (R11.6): the provincial office consents or refuses by its own document; consent opens the way for the late records.
import { applicationTransitionViolations, decisionViolations } from '../regulation/applications.ts';
import { violation } from '../regulation/violations.ts';
import type { ApplicationState } from '../regulation/vocabulary.ts';
import { advanceApplication } from '../store/applications.ts';
import { addBatch, findBatch } from '../store/batches.ts';
import { moveRecords } from '../store/records.ts';
import { findFile } from '../store/stored-files.ts';
import { listed, loadApplication, peopleOf } from './application-work.ts';
import type { Call } from './call.ts';
import { type Performed, perform } from './perform.ts';
import { applicationSubject, recordSubject } from './subjects.ts';
import { supplementaryBatch } from './supplementary-batch.ts';
import { requireMayAct, targetIn } from './target.ts';

export interface DecisionInput {
  readonly institution: string;
  readonly applicationId: string;
  readonly expectedVersion?: number | undefined;
  readonly decision: 'consent' | 'refuse';
  /** Number of the decision's document. */
  readonly decisionNumber: string;
  /** Why; needed for a refusal. */
  readonly reason?: string | undefined;
  /** SHA-256 (hex) of the decision's document, uploaded as a PDF of kind `decision`. */
  readonly decisionDigest: string;
}

export type Decided = {
  readonly applicationId: string;
  readonly state: 'consented' | 'refused';
  /** The supplementary batch in which the records go on; null after a refusal. */
  readonly batchId: string | null;
};

const OUTCOME = { consent: 'consented', refuse: 'refused' } as const;

/**
 * Records the decision of the provincial office. After consent the records go on in a batch of their own, marked as supplementary,
 * from the stage that they have reached; every content rule is asked again at the report.
 * @throws {NotFound}, {Stale}, {Refused} in another state, or without number, document or reason. {Forbidden}
 */
export function decideApplication(call: Call, input: DecisionInput): Promise<Performed<Decided>> {
  const { institution, applicationId, expectedVersion, decision, decisionDigest } = input;
  const decisionNumber = input.decisionNumber.trim();
  const decisionReason = input.reason?.trim() || null;
  const request = {
    ...{ applicationId, expectedVersion: expectedVersion ?? null, decision },
    ...{ decisionNumber, decisionReason, decisionDigest },
  };
  return perform(call, 'decide-application', institution, request, async (tx) => {
    const application = await loadApplication(tx, institution, applicationId, expectedVersion);
    const target = await targetIn(tx, institution, application.category);
    requireMayAct(call, 'decide-application', target);
    const outcome = OUTCOME[decision];
    const people = await peopleOf(tx, call.world, application);
    const file = await findFile(tx, institution, decisionDigest);
    const before = people[0] ? await findBatch(tx, institution, people[0].row.batchId) : null;
    const batch = decision === 'consent' ? supplementaryBatch(application, people, before, call.world.now()) : null;
    const decided = { decision, decisionNumber, decisionReason, decisionFileDigest: decisionDigest };
    const next = { state: outcome, version: application.version + 1 };
    return {
      target,
      violations: [
        ...applicationTransitionViolations('decide-application', application.state as ApplicationState, {
          actor: call.actor,
          draftedBy: { officerId: application.draftedById, officeId: application.draftedBy.officeId },
        }),
        ...decisionViolations({ outcome, number: decisionNumber, reason: decisionReason ?? '' }),
        ...(file?.kind === 'decision' ? [] : [violation('file-missing', 'decisionDigest', { found: decisionDigest })]),
      ],
      subjects: [
        applicationSubject({ ...application, ...decided }, listed(people), next),
        ...people.map(({ row }) => recordSubject(row)),
      ],
      facts: {
        ...{ applicationId, kind: application.kind, documentNumber: application.documentNumber },
        ...{ decision: outcome, decisionNumber, people: people.length, batchId: batch?.id ?? null },
      },
      files: [decisionDigest, ...(application.pdfDigest ? [application.pdfDigest] : [])],
      save: async ({ at }) => {
        await advanceApplication(tx, application, { state: outcome, ...decided, decidedAt: at });
        if (batch) {
          await addBatch(tx, batch);
          const ids = people.map(({ row }) => row.id);
          await moveRecords(tx, institution, ids, { batchId: batch.id, supplementary: true, updatedAt: at });
        }
        return { applicationId, state: outcome, batchId: batch?.id ?? null };
      },
    };
  });
}
