// The enrolment records that degree records are tied to, by their ids.
import type { EnrolmentFields } from '../../regulation/record/enrolment.ts';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import type { Transaction } from '../database/transaction.ts';
import { toEnrolment } from './enrolment-records.ts';

/** Enrolment record id → its fields in plain text. */
export async function readEnrolmentById(
  tx: Pick<Transaction, 'enrolmentRecord'>,
  institution: string,
  ids: readonly string[],
  cipher: FieldCipher,
): Promise<Map<string, EnrolmentFields>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.enrolmentRecord.findMany({ where: { institution, id: { in: [...ids] } } });
  return new Map(rows.map((row) => [row.id, toEnrolment(row, cipher).fields]));
}
