// The numbers by which the people of a batch are found, nothing else of them.
import type { Transaction } from '../database/transaction.ts';

/** Numbers of one record; the identity number only as blind index. */
export interface RecordNumbers {
  readonly id: string;
  readonly certificateNumber: string;
  readonly studentNumber: string | null;
  readonly identityNumberIndex: string;
}

/** The numbers of all records of a batch. */
export function readRecordNumbers(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  batchId: string,
): Promise<RecordNumbers[]> {
  return tx.degreeRecord.findMany({
    where: { institution, batchId },
    select: { id: true, certificateNumber: true, studentNumber: true, identityNumberIndex: true },
    orderBy: { id: 'asc' },
  });
}
