// Reports upward, withdrawals and form checks as kept (R5.1, R14.1). Rows are only ever added.
import type { FormCheck, FormCheckResult, RecordWithdrawal, UpwardReport } from '../../generated/prisma/client.ts';
import { insertRows } from '../database/bulk.ts';
import { queryOn } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

export type { FormCheck, FormCheckResult, RecordWithdrawal, UpwardReport };

/** Adds a report upward. */
export async function addUpwardReport(tx: Transaction, report: UpwardReport): Promise<void> {
  await tx.upwardReport.create({ data: report });
}

const WITHDRAWAL_COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'id', type: 'uuid' },
  { name: 'recordId', type: 'uuid' },
  { name: 'stepId', type: 'uuid' },
  { name: 'fromState', type: 'text' },
  { name: 'version', type: 'int' },
  { name: 'reachedProvince', type: 'boolean' },
  { name: 'reason', type: 'text' },
  { name: 'at', type: 'timestamptz' },
] as const;

/** Adds withdrawals of records. */
export async function addWithdrawals(tx: Transaction, withdrawals: readonly RecordWithdrawal[]): Promise<void> {
  const rows = withdrawals.map((one) => WITHDRAWAL_COLUMNS.map(({ name }) => one[name]));
  await insertRows(tx, 'RecordWithdrawal', WITHDRAWAL_COLUMNS, rows);
}

/** Which of these records were ever reported to the provincial office. */
export async function everReportedUpward(
  tx: Transaction,
  institution: string,
  recordIds: readonly string[],
): Promise<Set<string>> {
  const rows = await queryOn<{ id: string }>(
    tx,
    `SELECT k."id"::text FROM unnest($2::text[]::uuid[]) AS k("id") WHERE EXISTS (
      SELECT 1 FROM "StepSubject" s JOIN "Step" t ON t."institution" = s."institution" AND t."id" = s."stepId"
      WHERE s."institution" = $1 AND s."subjectId" = k."id" AND t."name" = 'report-upward')`,
    [institution, [...recordIds]],
  );
  return new Set(rows.map(({ id }) => id));
}

const RESULT_COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'formCheckId', type: 'uuid' },
  { name: 'recordId', type: 'uuid' },
  { name: 'version', type: 'int' },
  { name: 'passed', type: 'boolean' },
  { name: 'at', type: 'timestamptz' },
] as const;

/** Whether a form check of the institution has this number. */
export async function hasFormCheck(
  tx: Pick<Transaction, 'formCheck'>,
  institution: string,
  number: string,
): Promise<boolean> {
  return (await tx.formCheck.findFirst({ where: { institution, number }, select: { id: true } })) !== null;
}

/** Adds a form check with what it says of each record. */
export async function addFormCheck(
  tx: Transaction,
  check: FormCheck,
  results: readonly FormCheckResult[],
): Promise<void> {
  await tx.formCheck.create({ data: check });
  const rows = results.map((one) => RESULT_COLUMNS.map(({ name }) => one[name]));
  await insertRows(tx, 'FormCheckResult', RESULT_COLUMNS, rows);
}

/** How many records of these batches stand in each state, by batch. */
export async function statesOfBatches(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  batchIds: readonly string[],
): Promise<Map<string, Map<string, number>>> {
  const groups = await tx.degreeRecord.groupBy({
    by: ['batchId', 'state'],
    where: { institution, batchId: { in: [...batchIds] } },
    _count: { _all: true },
  });
  const counts = new Map<string, Map<string, number>>(batchIds.map((id) => [id, new Map()]));
  for (const { batchId, state, _count } of groups) counts.get(batchId)?.set(state, _count._all);
  return counts;
}
