// 销毁临时信息库 (R18.1): rows and key go, the sealed step and its paper stay as the certificate of it. At the end of the term by the server, earlier by an officer.
import { datasetTransitionViolations } from '../../regulation/datasets/life.ts';
import type { DatasetState } from '../../regulation/datasets/words.ts';
import { writtenTextViolations } from '../../regulation/texts/written-texts.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { dropPieces, keptPieces } from '../../store/datasets/dataset-pieces.ts';
import { countReads, endAccesses } from '../../store/datasets/dataset-reads.ts';
import { type Dataset, findDataset, moveDataset } from '../../store/datasets/datasets.ts';
import type { Call, OrderedCall } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type OrderedPlan, type Performed, perform, performOrdered } from '../perform.ts';
import type { JobWork } from '../run-jobs.ts';
import { todayOf } from '../situation.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { askedFacts, datasetSubject } from './dataset-subject.ts';
import { type DestroyedBy, destructionPaper } from './destruction-paper.ts';

/** Which dataset, and why before its time. */
export interface DestroyDatasetInput {
  readonly institution: string;
  readonly datasetId: string;
  readonly reason: string;
}

/** What was destroyed. */
export type DestroyedDataset = { datasetId: string; rows: number };

/**
 * Destroys a dataset before the end of its term (step `destroy-dataset`, by the degree office).
 * @throws {Refused} it is not there, or without a reason. {NotFound} {Forbidden}
 */
export function destroyDataset(call: Call, input: DestroyDatasetInput): Promise<Performed<DestroyedDataset>> {
  const { institution, datasetId } = input;
  const reason = input.reason.trim();
  return perform(call, 'destroy-dataset', institution, { datasetId, reason }, async (tx) => {
    const target = await targetIn(tx, institution);
    // Duty first: who works with no dataset learns nothing of any (R4.2).
    requireMayAct(call, 'destroy-dataset', target);
    const row = await findDataset(tx, institution, datasetId);
    if (!row) throw new NotFound('dataset', datasetId);
    const { officeId, officeName, officerId, name } = call.actor;
    const by = { officeId, officeName, early: { officerId, name, reason } };
    const violations = writtenTextViolations('destructionReason', reason, 'reason', {
      missing: 'dataset-word-missing',
    });
    return { target, ...(await destruction(tx, call, { row, by, violations })) };
  });
}

/** The destruction at the end of the term, by order of the decision: also when the server was down at that moment. */
export const destroyAtEnd: JobWork = async (tx, world, { institution, input }) => {
  const { datasetId, stepId } = input as { datasetId: string; stepId: string };
  const row = await findDataset(tx, institution, datasetId);
  const standing = row && ['approved', 'ready'].includes(row.state) && row.decisionStepId === stepId;
  if (row && standing && todayOf(world) > row.lastDay) {
    const call = { world, order: { institution, stepId } };
    await performOrdered(tx, call, 'destroy-dataset', async ({ officeId, officeName }) =>
      destruction(tx, call, { row, by: { officeId, officeName, early: null }, violations: [] }),
    );
  }
  return { done: 1, failed: 0, position: null };
};

/** What goes, what is said of it, and who answers; everything in the transaction of the step. */
async function destruction(
  tx: Transaction,
  call: Call | OrderedCall,
  { row, by, violations: said }: { row: Dataset; by: DestroyedBy; violations: readonly Violation[] },
): Promise<OrderedPlan<DestroyedDataset>> {
  const { institution, id: datasetId, contentDigest, reportDigest, generatedAt } = row;
  const of = { institution, datasetId };
  const rows = row.rowCount ?? 0;
  const { pieces, boxesDigest } = await keptPieces(tx, of);
  const occasion = by.early === null ? 'end-of-term' : 'before-its-time';
  const gone = { rows, pieces, boxesDigest, contentDigest, reportDigest, key: 'destroyed' };
  const readings = await countReads(tx, institution, datasetId);
  const made = generatedAt?.toISOString() ?? null;
  const facts = { occasion, ...gone, generatedAt: made, readings, ...askedFacts(row) };
  const violations = [...datasetTransitionViolations('destroy-dataset', row.state as DatasetState), ...said];
  // Only what is really destroyed gets a paper.
  const paper = violations.length > 0 ? null : await destructionPaper(tx, call, { row, by, facts });
  return {
    violations,
    subjects: [datasetSubject(datasetId, row.version + 1, 'destroyed', row, gone)],
    facts: { ...facts, ...paper?.facts },
    files: paper ? [paper.pdfDigest] : [],
    async save({ id: stepId, at }) {
      await dropPieces(tx, of);
      await endAccesses(tx, of, { revokedById: by.early?.officerId ?? null, revokedAt: at });
      await moveDataset(tx, row, {
        ...{ state: 'destroyed', destroyedAt: at, destroyedById: by.early?.officerId ?? null },
        ...{ destroyStepId: stepId, destructionReason: by.early?.reason ?? null },
      });
      await paper?.keep(at);
      return { datasetId, rows };
    },
  };
}
