// Finding single records.

import type { Transaction } from '../database/transaction.ts';
import type { RecordRow } from './records.ts';

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

const NUMBERS_AT_ONCE = 1000;

/** The records with these certificate numbers as they are kept, in the order of their ids within each thousand. */
export async function findRecordsByNumber(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  numbers: readonly string[],
): Promise<RecordRow[]> {
  const found: RecordRow[] = [];
  for (let start = 0; start < numbers.length; start += NUMBERS_AT_ONCE) {
    const chunk = numbers.slice(start, start + NUMBERS_AT_ONCE);
    const where = { institution, certificateNumber: { in: chunk } };
    found.push(...(await tx.degreeRecord.findMany({ where, orderBy: { id: 'asc' } })));
  }
  return found;
}
