// What the procedures over a batch share: loading it, and judging its records chunk by chunk in flat memory.
import type { Violation } from '../../regulation/violations.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { type BatchWithResolution, findBatch } from '../../store/records/batches.ts';
import { eachRecord, type OpenRecord, type RecordRow, type RecordWhere } from '../../store/records/records.ts';
import type { Call } from '../call.ts';
import { NotFound, Stale } from '../errors.ts';
import type { RecordResult } from './record-results.ts';

/** What is remembered of a record while a procedure goes through thousands. */
export type Judged = Pick<RecordRow, 'id' | 'version' | 'digest' | 'firstReportedAt'> & {
  /** What the judge found out, e.g. which template fits. */
  readonly note?: string | undefined;
};

/** The verdict on one record. */
export interface Verdict {
  readonly violations: readonly Violation[];
  readonly note?: string | undefined;
}

/** A batch with its resolution; the category is a word of the vocabulary because only procedures write it. */
export type OpenBatch = BatchWithResolution & { readonly category: Category };

/** @throws {NotFound} no such batch here. {Stale} it has another version than the officer saw */
export async function loadBatch(
  tx: Transaction,
  institution: string,
  batchId: string,
  expectedVersion?: number,
): Promise<OpenBatch> {
  const batch = await findBatch(tx, institution, batchId);
  if (!batch) throw new NotFound('batch', batchId);
  if (expectedVersion !== undefined && batch.version !== expectedVersion) {
    throw new Stale('batch', batchId, batch.version, expectedVersion);
  }
  return { ...batch, category: batch.category as Category };
}

/**
 * Judges the records that fulfil a condition, a thousand at a time.
 * @returns those without a violation, and for each of the others why.
 */
export async function judgeRecords(
  tx: Transaction,
  call: Call,
  institution: string,
  where: RecordWhere,
  judge: (chunk: readonly OpenRecord[]) => Promise<Verdict[]> | Verdict[],
): Promise<{ passed: Judged[]; results: RecordResult[] }> {
  const passed: Judged[] = [];
  const results: RecordResult[] = [];
  for await (const chunk of eachRecord(tx, institution, where, call.world.cipher)) {
    const verdicts = await judge(chunk);
    chunk.forEach(({ row: { id, version, digest, firstReportedAt } }, at) => {
      const verdict = verdicts[at] ?? { violations: [] };
      if (verdict.violations.length === 0) passed.push({ id, version, digest, firstReportedAt, note: verdict.note });
      else results.push({ recordId: id, violations: verdict.violations });
    });
  }
  return { passed, results };
}

/** @throws {NotFound} one of the asked records was not met */
export function requireAll(
  asked: readonly string[] | undefined,
  met: readonly { id: string }[],
  results: readonly RecordResult[],
): void {
  if (!asked) return;
  const known = new Set([...met.map((record) => record.id), ...results.map((result) => result.recordId)]);
  const missing = asked.find((id) => !known.has(id));
  if (missing !== undefined) throw new NotFound('record', missing);
}
