// Why reviews returned records, field by field (R14.1).
import type { ReviewReason } from '../../generated/prisma/client.ts';
import { insertRows } from '../database/bulk.ts';
import type { Transaction } from '../database/transaction.ts';
import { uuidv7 } from '../database/uuid.ts';

export type { ReviewReason };

/** One reason of a return. */
export interface NewReviewReason {
  readonly recordId: string;
  readonly field: string;
  readonly reason: string;
  readonly returnedVersion: number;
}

/** Who gave the reasons of one step. */
export type ReasonsFrom = 'review' | 'form-check';

const COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'id', type: 'uuid' },
  { name: 'recordId', type: 'uuid' },
  { name: 'stepId', type: 'uuid' },
  { name: 'source', type: 'text' },
  { name: 'field', type: 'text' },
  { name: 'reason', type: 'text' },
  { name: 'returnedVersion', type: 'int' },
] as const;

/** Adds the reasons that one step gave. */
export async function addReviewReasons(
  tx: Transaction,
  institution: string,
  stepId: string,
  reasons: readonly NewReviewReason[],
  source: ReasonsFrom = 'review',
): Promise<void> {
  const rows = reasons.map(({ recordId, field, reason, returnedVersion }) => [
    institution,
    uuidv7(),
    recordId,
    stepId,
    source,
    field,
    reason,
    returnedVersion,
  ]);
  await insertRows(tx, 'ReviewReason', COLUMNS, rows);
}

/** Marks the open reasons of these fields as answered by a version of the record. */
export async function resolveReasons(
  tx: Transaction,
  institution: string,
  recordId: string,
  fields: readonly string[],
  resolvedVersion: number,
): Promise<void> {
  const where = { institution, recordId, field: { in: [...fields] }, resolvedVersion: null };
  await tx.reviewReason.updateMany({ where, data: { resolvedVersion } });
}

/** The reasons of a record that nobody has corrected or answered yet, oldest first. */
export function openReasons(
  tx: Pick<Transaction, 'reviewReason'>,
  institution: string,
  recordId: string,
): Promise<ReviewReason[]> {
  return tx.reviewReason.findMany({ where: { institution, recordId, resolvedVersion: null }, orderBy: { id: 'asc' } });
}

/** Marks the open reasons of a field as answered in words. */
export async function answerReasons(
  tx: Transaction,
  institution: string,
  recordId: string,
  field: string,
  said: { version: number; answer: string; answerEvidence: string | null; at: Date },
): Promise<void> {
  const { version: resolvedVersion, answer, answerEvidence, at: answeredAt } = said;
  const where = { institution, recordId, field, resolvedVersion: null };
  await tx.reviewReason.updateMany({ where, data: { resolvedVersion, answer, answerEvidence, answeredAt } });
}
