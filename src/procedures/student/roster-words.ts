// Art. 11(1): whose word the policy asks for before the meeting, and is not there; asked when a roster is loaded and when a place of it is corrected.
import type { CivilDate } from '../../regulation/deadlines/deadlines.ts';
import type { RosterRow } from '../../regulation/resolution/roster.ts';
import { rosterWordViolations } from '../../regulation/student-word.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { enrolmentWords } from '../../store/student/student-words.ts';
import { policyFor } from '../situation.ts';

/** Missing words of these people by the policy of a day; paths read `roster[<place in the list, from 0>]`. */
export async function missingWords(
  tx: Transaction,
  institution: string,
  on: CivilDate,
  rows: readonly Pick<RosterRow, 'name' | 'category' | 'studentNumber'>[],
): Promise<Violation[]> {
  const policy = await policyFor(tx, institution, on, 'dawn');
  if (policy.confirmation !== 'before-meeting') return [];
  const numbers = rows.map(({ studentNumber }) => studentNumber);
  const words = await enrolmentWords(tx, institution, numbers);
  const people = rows.map(({ name, category, studentNumber }) => ({
    ...{ name, category, enrolment: words.get(studentNumber) ?? null },
  }));
  return rosterWordViolations(policy, people);
}
