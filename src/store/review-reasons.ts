// Why reviews returned records, field by field (R14.1).
import { insertRows } from './bulk.ts';
import type { Transaction } from './transaction.ts';
import { uuidv7 } from './uuid.ts';

/** One reason of a return. */
export interface NewReviewReason {
  readonly recordId: string;
  readonly field: string;
  readonly reason: string;
  readonly returnedVersion: number;
}

const COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'id', type: 'uuid' },
  { name: 'recordId', type: 'uuid' },
  { name: 'stepId', type: 'uuid' },
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
): Promise<void> {
  const rows = reasons.map(({ recordId, field, reason, returnedVersion }) => [
    institution,
    uuidv7(),
    recordId,
    stepId,
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
