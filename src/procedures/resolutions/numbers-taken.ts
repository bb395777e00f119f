// Whether certificate numbers of a roster are given to somebody already (R9.5): asked in the same way when a roster is loaded and when it is corrected.
import { listedNumber, takenNumber } from '../../regulation/record/uniqueness.ts';
import { isSameResolutionNumber } from '../../regulation/resolution/resolution-number.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { type TakenNumber, takenNumbers } from '../../store/records/certificate-numbers.ts';
import { type ListedNumber, numbersOnRosters } from '../../store/resolutions/roster-reads.ts';

/** A number that is given: what is to be said of it, and by which record it is held, if any. */
export interface Taken {
  readonly violation: Violation;
  readonly owner: TakenNumber | null;
}

/** Which roster does not count: one of this id, or one of this number. */
export interface Except {
  readonly resolutionId?: string;
  readonly again?: string;
}

/**
 * Asks for all numbers at once, in two statements however many they are: records first, this institution's or another's, deleted ones too;
 * then the rosters of the institution, where a number waits for its record.
 * @returns what is wrong with a number, or null
 */
export async function numbersTaken(
  tx: Transaction,
  institution: string,
  numbers: readonly string[],
  { resolutionId, again }: Except,
): Promise<(certificateNumber: string) => Taken | null> {
  const owners = await takenNumbers(tx, institution, numbers);
  const listed = new Map<string, ListedNumber>();
  for (const one of await numbersOnRosters(tx, institution, numbers, resolutionId)) {
    if (again === undefined || !isSameResolutionNumber(one.resolution, again)) listed.set(one.certificateNumber, one);
  }
  return (certificateNumber) => {
    const owner = owners.get(certificateNumber);
    // Whose record it is nobody is told: of another institution the register gives no state.
    const by = owner?.state === 'deleted' ? 'deleted-record' : 'record';
    if (owner) return { violation: takenNumber(certificateNumber, by), owner };
    const on = listed.get(certificateNumber);
    return on ? { violation: listedNumber(certificateNumber, on), owner: null } : null;
  };
}
