// Once, for ever: certificate numbers and people that occur twice, in a file or against the register (P2, R9.1).
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';

/** What a row is known by: `person` is whatever identifies the person, e.g. the blind index of the identity number; '' is not compared. */
export interface RowKeys {
  readonly line: number;
  readonly certificateNumber: string;
  readonly person: string;
}

/** Finds what occurs twice while the rows of one file go by; each call gives the violations of that row, naming the line of the first. */
export function duplicateFinder(): (row: RowKeys) => Violation[] {
  const numbers = new Map<string, number>();
  const people = new Map<string, number>();
  const repeated = (known: Map<string, number>, value: string, line: number): number | undefined => {
    if (value === '') return undefined;
    const first = known.get(value);
    if (first === undefined) known.set(value, line);
    return first;
  };
  return ({ line, certificateNumber, person }) => {
    const violations: Violation[] = [];
    const number = repeated(numbers, certificateNumber, line);
    if (number !== undefined) {
      const details = { found: certificateNumber, expected: `≠ ${number}` };
      violations.push(violation('certificate-number-doubled', 'certificateNumber', details));
    }
    const first = repeated(people, person, line);
    if (first !== undefined) violations.push(violation('person-doubled', 'identityNumber', { expected: `≠ ${first}` }));
    return violations;
  };
}

/** A certificate number that the register has: in use, or of a deleted record (never given again). */
export function takenNumber(certificateNumber: string, by: 'record' | 'deleted-record'): Violation {
  const code = by === 'record' ? 'certificate-number-taken' : 'certificate-number-of-deleted';
  return violation(code, 'certificateNumber', { found: certificateNumber });
}

/** A person who already has a record under the same resolution; `found` is what may be shown, e.g. the student number. */
export function personAlreadyRecorded(found: string): Violation {
  return violation('person-already-recorded', 'identityNumber', { found });
}
