// Once, for ever: certificate numbers and people that occur twice, in a file or against the register (P2, R9.1).
import { textStore, textTable } from '../texts/text-table.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';

/** What a row is known by: `person` is whatever identifies the person, e.g. the blind index of the identity number; '' is not compared. */
export interface RowKeys {
  readonly line: number;
  readonly certificateNumber: string;
  readonly person: string;
}

/**
 * Finds the number that two different people have while the rows of one file go by; each call gives the name of the first, or
 * undefined when there is nothing against the row. Two degrees of one person are possible.
 */
export function namesakeFinder(): (row: {
  readonly identityNumber: string;
  readonly name: string;
}) => string | undefined {
  const owners = textTable();
  const names = textStore();
  return ({ identityNumber, name }) => {
    if (identityNumber === '') return undefined;
    const place = names.add(name);
    const first = owners.known(identityNumber, place);
    return first === undefined || names.same(first, name) ? undefined : names.at(first);
  };
}

/** Finds what occurs twice while the rows of one file go by; each call gives the violations of that row, naming the line of the first. */
export function duplicateFinder(): (row: RowKeys) => Violation[] {
  const numbers = textTable();
  const people = textTable();
  return ({ line, certificateNumber, person }) => {
    const violations: Violation[] = [];
    const number = certificateNumber === '' ? undefined : numbers.known(certificateNumber, line);
    if (number !== undefined) {
      const details = { found: certificateNumber, expected: `≠ ${number}` };
      violations.push(violation('certificate-number-doubled', 'certificateNumber', details));
    }
    const first = person === '' ? undefined : people.known(person, line);
    if (first !== undefined) violations.push(violation('person-doubled', 'identityNumber', { expected: `≠ ${first}` }));
    return violations;
  };
}

/** A certificate number that the register has: in use, or of a deleted record (never given again). */
export function takenNumber(certificateNumber: string, by: 'record' | 'deleted-record'): Violation {
  const code = by === 'record' ? 'certificate-number-taken' : 'certificate-number-of-deleted';
  return violation(code, 'certificateNumber', { found: certificateNumber });
}

/** A certificate number that waits for its record on the roster of another resolution, which is named with the place there. */
export function listedNumber(
  certificateNumber: string,
  on: { readonly resolution: string; readonly sequence: number },
): Violation {
  const expected = `≠ ${on.resolution} #${on.sequence}`;
  return violation('certificate-number-on-other-roster', 'certificateNumber', { found: certificateNumber, expected });
}

/** A person who already has a record under the same resolution; `found` is what may be shown, e.g. the student number. */
export function personAlreadyRecorded(found: string): Violation {
  return violation('person-already-recorded', 'identityNumber', { found });
}
