// What a procedure over many records answers per record, and when what is wrong with some refuses all.
import type { Violation } from '../../regulation/violations.ts';
import { violation } from '../../regulation/violations.ts';

/** `all-or-nothing`: one refused record refuses all. `skip-refused`: the others go on, the refused ones are listed. */
export type ErrorPolicy = 'all-or-nothing' | 'skip-refused';

/** A violation as plain JSON. */
export type PlainViolation = { [Key in keyof Violation]: Violation[Key] };

/** Why one record was refused. */
export type RecordResult = { readonly recordId: string; readonly violations: readonly PlainViolation[] };

/** The violations of single records as those of the whole: the record goes before the path. */
export function ofRecords(results: readonly RecordResult[]): Violation[] {
  return results.flatMap(({ recordId, violations }) =>
    violations.map((broken) => ({ ...broken, path: `records[${recordId}].${broken.path}` })),
  );
}

/** What refuses the whole: under `all-or-nothing` anything, under `skip-refused` only that nothing is left. */
export function refusalOf(policy: ErrorPolicy, results: readonly RecordResult[], passed: number): Violation[] {
  if (policy === 'all-or-nothing' || passed === 0) {
    const broken = ofRecords(results);
    if (broken.length > 0) return broken;
  }
  return passed === 0 ? [violation('nothing-to-do', 'records', { found: '0', expected: '≥ 1' })] : [];
}
