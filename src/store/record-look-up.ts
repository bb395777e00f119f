// Finding single records.
import type { RecordRow } from './records.ts';
import type { Transaction } from './transaction.ts';

/** The record with this id as it is kept, or null. */
export function findRecordRow(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  id: string,
): Promise<RecordRow | null> {
  return tx.degreeRecord.findUnique({ where: { institution_id: { institution, id } } });
}

/** The records with these ids as they are kept, in the order of their ids. */
export function findRecordRows(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  ids: readonly string[],
): Promise<RecordRow[]> {
  return tx.degreeRecord.findMany({ where: { institution, id: { in: [...ids] } }, orderBy: { id: 'asc' } });
}
