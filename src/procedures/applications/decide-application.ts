// 书面申请批复 (R11.6, R15.1, R16.2): the provincial office consents (for a revocation: confirms), refuses or returns for more, by its own document.
import { peopleViolations } from '../../regulation/applications/application-case.ts';
import { DECISIONS, type Decision, decisionViolations } from '../../regulation/applications/applications.ts';
import { APPLICATION_KINDS } from '../../regulation/vocabulary.ts';
import { addDecision, decisionsOf } from '../../store/applications/application-papers.ts';
import { advanceApplication } from '../../store/applications/applications.ts';
import { addBatch, findBatch } from '../../store/records/batches.ts';
import { moveRecords } from '../../store/records/records.ts';
import type { Call } from '../call.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { caseSubject, listedRecord, loadCase, stepViolations } from './application-case.ts';
import type { CaseInput } from './pass-on-application.ts';
import { supplementaryBatch } from './supplementary-batch.ts';

export interface DecisionInput extends CaseInput {
  readonly decision: Decision;
  /** Number of the decision's document. */
  readonly decisionNumber: string;
  /** Why; needed for a refusal and a return. */
  readonly reason?: string | undefined;
  /** SHA-256 (hex) of the decision's document, uploaded as a PDF of kind `decision`. */
  readonly decisionDigest: string;
}

export type Decided = {
  readonly applicationId: string;
  readonly state: (typeof DECISIONS)[Decision];
  /** The supplementary batch in which late records go on after consent; null for everything else. */
  readonly batchId: string | null;
};

/**
 * Records the decision of the provincial office. After consent to a supplementary report its records go on in a batch of their own,
 * marked as supplementary, from the stage that they have reached; a change, deletion or revocation is carried out by a step of its own.
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
    const { world, actor } = call;
    const application = await loadCase(tx, world, institution, applicationId, expectedVersion);
    const target = await targetIn(tx, institution, application.category);
    requireMayAct(call, 'decide-application', target);
    const state = DECISIONS[decision];
    const { kind, people } = application;
    const { article } = APPLICATION_KINDS[kind];
    const stage = stepViolations(call, 'decide-application', application);
    const needed = { institution, path: 'decisionDigest', digest: decisionDigest, kind: 'decision', article } as const;
    const missing = await missingFile(tx, call, needed);
    const before = people[0] ? await findBatch(tx, institution, people[0].row.batchId) : null;
    const opens = decision === 'consent' && kind === 'supplementary-report';
    const batch = opens ? supplementaryBatch(application, before, world.now()) : null;
    const decided = { decision, decisionNumber, decisionReason, decisionFileDigest: decisionDigest };
    const sequence = (await decisionsOf(tx, institution, applicationId)).length + 1;
    return {
      target,
      article,
      violations: [
        ...stage,
        ...decisionViolations({ kind, outcome: state, number: decisionNumber, reason: decisionReason ?? '' }),
        ...missing,
        // Consent to what can no longer be carried out would help nobody; everything else is judged again when it is.
        ...(decision === 'consent' && stage.length === 0
          ? peopleViolations(kind, application.category, people.map(listedRecord))
          : []),
      ],
      subjects: [
        caseSubject(world, { ...application, ...decided }, { state, version: application.version + 1 }),
        ...people.map(({ row }) => recordSubject(row)),
      ],
      facts: {
        ...{ applicationId, kind, caseNumber: application.caseNumber, documentNumber: application.documentNumber },
        ...{ decision: state, decisionNumber, people: people.length, batchId: batch?.id ?? null },
      },
      files: [decisionDigest, ...(application.pdfDigest ? [application.pdfDigest] : [])],
      save: async ({ at }) => {
        await advanceApplication(tx, application, { state, ...decided, decidedAt: at });
        const kept = { decision, number: decisionNumber, reason: decisionReason, fileDigest: decisionDigest };
        await addDecision(tx, { institution, applicationId, sequence, ...kept, decidedById: actor.officerId, at });
        if (batch) {
          await addBatch(tx, batch);
          const ids = people.map(({ row }) => row.id);
          await moveRecords(tx, institution, ids, { batchId: batch.id, supplementary: true, updatedAt: at });
        }
        return { applicationId, state, batchId: batch?.id ?? null };
      },
    };
  });
}
