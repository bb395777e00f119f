// What article 20 has against records: the declassifications of the people in question, one look-up for many, then the rule for each.
import type { CivilDate } from '../../regulation/deadlines/deadlines.ts';
import { type DeclassificationView, secrecyViolations, type ThesisSide } from '../../regulation/declassification.ts';
import type { RecordFields } from '../../regulation/record/record.ts';
import { rosterNumber } from '../../regulation/resolution/roster.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { OpenRecord } from '../../store/records/records.ts';
import { declassificationsIn, declassificationsOf, toDeclassification } from '../../store/secrecy/declassifications.ts';

type Reads = Pick<Transaction, 'declassification'>;

/** Judges one record by what was recorded for its person. */
export type SecrecyJudge = (record: ThesisSide) => Violation[];

function judgeBy(acts: readonly DeclassificationView[], on: CivilDate): SecrecyJudge {
  const byNumber = new Map<string, DeclassificationView[]>();
  for (const act of acts) {
    const known = byNumber.get(act.number);
    if (known) known.push(act);
    else byNumber.set(act.number, [act]);
  }
  return (record) => secrecyViolations(record, byNumber.get(rosterNumber(record)) ?? [], on);
}

/** For a whole file of one category: everything that was recorded in it is read once. */
export async function secrecyJudge(
  tx: Reads,
  institution: string,
  category: Category,
  on: CivilDate,
): Promise<SecrecyJudge> {
  return judgeBy((await declassificationsIn(tx, institution, category)).map(toDeclassification), on);
}

/** The plain fields of opened records. */
export const fieldsOf = (chunk: readonly OpenRecord[]): RecordFields[] => chunk.map(({ fields }) => fields);

/** Judges records of an institution on a day; one list for each, in their order. */
export async function judgeSecrecy(
  tx: Reads,
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
  return records.map(judgeBy(acts, on));
}
