// What the procedures over single records share: loading one, and its refusal when there is none.
import type { Category } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { findRecordRow } from '../../store/records/record-look-up.ts';
import type { RecordRow } from '../../store/records/records.ts';
import { NotFound, Stale } from '../errors.ts';

/** @throws {NotFound} no such record here. {Stale} it has another version than the officer saw */
export async function findRecord(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  recordId: string,
  expectedVersion?: number,
): Promise<RecordRow & { readonly category: Category }> {
  const row = await findRecordRow(tx, institution, recordId);
  if (!row) throw new NotFound('record', recordId);
  if (expectedVersion !== undefined && row.version !== expectedVersion) {
    throw new Stale('record', recordId, row.version, expectedVersion);
  }
  return { ...row, category: row.category as Category };
}
