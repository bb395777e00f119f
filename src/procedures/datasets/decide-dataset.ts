// 审批临时信息库 (R18.1): the head consents or refuses, never who asked. Consent orders the making, and the destruction at the end of the term.
import {
  consentInTimeViolations,
  datasetTransitionViolations,
  decisionViolations,
  endOfTerm,
  otherDecidesViolations,
} from '../../regulation/datasets/life.ts';
import { measureViolations } from '../../regulation/datasets/request.ts';
import type { DatasetDecision, DatasetState } from '../../regulation/datasets/words.ts';
import { findDataset, moveDataset } from '../../store/datasets/datasets.ts';
import { enqueue } from '../../store/jobs.ts';
import type { Call } from '../call.ts';
import { NotFound, Stale } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { policyFor, todayOf } from '../situation.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { furtherFields } from './dataset-differences.ts';
import { askedFacts, datasetSubject } from './dataset-subject.ts';
import { overlapViolations } from './request-dataset.ts';

/** What is decided on which request, in the version that the head saw. */
export interface DecideDatasetInput {
  readonly institution: string;
  readonly datasetId: string;
  readonly expectedVersion: number;
  readonly decision: DatasetDecision;
  /** Needed for a refusal. */
  readonly reason: string;
}

/** The decision; `jobId` of the making, null for a refusal. */
export type DecidedDataset = { datasetId: string; state: string; jobId: string | null };

/**
 * Decides on a request (step `decide-dataset`, by the head of the degree office). The making and the destruction are jobs that begin with
 * this step as their order: both are there with it or not at all.
 * @throws {Refused} it is decided on, the head asked for it, the policy has become stricter, the term is over. {NotFound} {Stale} {Forbidden}
 */
export function decideDataset(call: Call, input: DecideDatasetInput): Promise<Performed<DecidedDataset>> {
  const { world, actor } = call;
  const { institution, datasetId, expectedVersion, decision } = input;
  const reason = input.reason.trim();
  const request = { datasetId, expectedVersion, decision, reason };
  return perform(call, 'decide-dataset', institution, request, async (tx) => {
    const target = await targetIn(tx, institution);
    // Duty first: who works with no dataset learns nothing of any (R4.2).
    requireMayAct(call, 'decide-dataset', target);
    const row = await findDataset(tx, institution, datasetId);
    if (!row) throw new NotFound('dataset', datasetId);
    const today = todayOf(world);
    const consented = decision === 'consent';
    const waiting = row.state === 'requested';
    if (waiting && row.version !== expectedVersion) throw new Stale('dataset', datasetId, row.version, expectedVersion);
    const state = consented ? 'approved' : 'refused';
    return {
      target,
      violations: [
        ...datasetTransitionViolations('decide-dataset', row.state as DatasetState),
        ...otherDecidesViolations(row.askedByIds, actor),
        ...decisionViolations(decision, reason),
        ...(consented && waiting
          ? [
              ...measureViolations(row, await policyFor(tx, institution, today)),
              ...consentInTimeViolations(row.lastDay, today),
              ...(await overlapViolations(tx, row)),
              ...(await furtherFields(tx, row, today)),
            ]
          : []),
      ],
      subjects: [datasetSubject(datasetId, row.version + 1, state, row)],
      facts: { decision, ...askedFacts(row) },
      files: [row.agreementDigest],
      async save({ id: stepId, at }) {
        const decided = { decidedById: actor.officerId, decidedAt: at, decisionReason: reason, decisionStepId: stepId };
        await moveDataset(tx, row, { state, ...decided });
        if (!consented) return { datasetId, state, jobId: null };
        const job = { institution, officeId: actor.officeId, createdById: actor.officerId, total: 1, createdAt: at };
        const of = { ...job, key: `${datasetId}/${row.version + 1}`, input: { datasetId, stepId } };
        const jobId = await enqueue(tx, { ...of, kind: 'generate-dataset', runAt: at });
        await enqueue(tx, { ...of, kind: 'destroy-dataset', runAt: new Date(endOfTerm(row.lastDay)) });
        return { datasetId, state, jobId };
      },
    };
  });
}
