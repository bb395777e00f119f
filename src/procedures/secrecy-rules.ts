// What article 20 has against records: the declassifications of the people in question, one look-up for many, then the rule for each.
import type { CivilDate } from '../regulation/deadlines.ts';
import { type DeclassificationView, secrecyViolations, type ThesisSide } from '../regulation/declassification.ts';
import type { RecordFields } from '../regulation/record.ts';
import { rosterNumber } from '../regulation/roster.ts';
import type { Violation } from '../regulation/violations.ts';
import { declassificationsOf, toDeclassification } from '../store/declassifications.ts';
import type { OpenRecord } from '../store/records.ts';
import type { Transaction } from '../store/transaction.ts';

/** The plain fields of opened records. */
export const fieldsOf = (chunk: readonly OpenRecord[]): RecordFields[] => chunk.map(({ fields }) => fields);

/** Judges records of an institution on a day; one list for each, in their order. */
export async function judgeSecrecy(
  tx: Pick<Transaction, 'declassification'>,
  institution: string,
  records: readonly ThesisSide[],
  on: CivilDate,
): Promise<Violation[][]> {
  const numbers = new Map<string, string[]>();
  for (const record of records) {
    const known = numbers.get(record.category);
    if (known) known.push(rosterNumber(record));
    else numbers.set(record.category, [rosterNumber(record)]);
  }
  const acts: DeclassificationView[] = [];
  for (const [category, of] of numbers) {
    acts.push(...(await declassificationsOf(tx, institution, category, of)).map(toDeclassification));
  }
  return records.map((record) => secrecyViolations(record, acts, on));
}
