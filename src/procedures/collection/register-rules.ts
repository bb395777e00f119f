// The rules of collecting that need the register: roster, doubles, certificate numbers, enrolment records. One look-up of each per group of records.
import { enrolmentViolations } from '../../regulation/record/enrolment.ts';
import { shown } from '../../regulation/record/record-fields.ts';
import {
  duplicateFinder,
  namesakeFinder,
  personAlreadyRecorded,
  takenNumber,
} from '../../regulation/record/uniqueness.ts';
import { type RosterRow, rosterNumber, rosterViolations } from '../../regulation/resolution/roster.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { type EnrolmentMatch, findEnrolments } from '../../store/collection/enrolment-records.ts';
import { allDone, type Transaction } from '../../store/database/transaction.ts';
import { type TakenNumber, takenNumbers } from '../../store/records/certificate-numbers.ts';
import { type RecordedPlace, recordedPlaces } from '../../store/records/record-doubles.ts';
import { findOnRoster } from '../../store/resolutions/rosters.ts';
import type { World } from '../call.ts';
import type { Candidate, Collecting } from './collecting.ts';

/** What earlier rows of the same file were. */
export interface SeenRows {
  readonly doubles: ReturnType<typeof duplicateFinder>;
  readonly owners: ReturnType<typeof namesakeFinder>;
}

/** Nothing seen yet. */
export function seenNothing(): SeenRows {
  return { doubles: duplicateFinder(), owners: namesakeFinder() };
}

/** What the register knows of a group of candidates, in their order where it is a list. */
export interface RegisterFinds {
  readonly entries: readonly (RosterRow | null)[];
  readonly taken: ReadonlyMap<string, TakenNumber>;
  readonly recorded: ReadonlyMap<number, readonly RecordedPlace[]>;
  readonly enrolments: readonly EnrolmentMatch[];
}

/**
 * Asks the register about a group of candidates. Whatever fails, nothing of it is still under way afterwards.
 * @param importId the import that they belong to while it writes: its own records are not the register's yet
 */
export async function askRegister(
  tx: Transaction,
  world: World,
  { institution, resolution }: Collecting,
  candidates: readonly Candidate[],
  importId: string | null = null,
): Promise<RegisterFinds> {
  const keys = candidates.map(({ fields }) => ({
    certificateNumber: fields.certificateNumber,
    studentNumber: rosterNumber(fields),
    name: fields.name,
  }));
  const numbers = keys.map((key) => key.certificateNumber);
  const fields = candidates.map((candidate) => candidate.fields);
  const places = async () => {
    const entries = (await findOnRoster(tx, institution, resolution.id, keys)) as (RosterRow | null)[];
    const sequences = entries.flatMap((entry) => (entry ? [entry.sequence] : []));
    return { entries, recorded: await recordedPlaces(tx, institution, resolution.id, sequences, importId) };
  };
  const [{ entries, recorded }, taken, enrolments] = await allDone(
    places(),
    takenNumbers(tx, institution, numbers, importId),
    findEnrolments(tx, institution, fields, world),
  );
  return { entries, taken, recorded, enrolments };
}

/** Adds to each candidate what the register has against it, and its roster entry. */
export function judgeByFinds(seen: SeenRows, candidates: readonly Candidate[], finds: RegisterFinds): void {
  for (const [at, candidate] of candidates.entries()) {
    const { fields, violations } = candidate;
    const entry = finds.entries[at] ?? null;
    candidate.entry = entry;
    // A cell that could not be read is named already; what it does not say is compared with nothing.
    const named = violations.map(({ path }) => path);
    const compared = rosterViolations(fields, entry).filter(({ path, found }) => found !== '' || !named.includes(path));
    violations.push(...compared, ...doubles(seen, candidate));
    const number = finds.taken.get(fields.certificateNumber);
    if (number) violations.push(takenNumber(number.number, number.state === 'deleted' ? 'deleted-record' : 'record'));
    const other = entry && finds.recorded.get(entry.sequence)?.[0];
    if (other) violations.push(personAlreadyRecorded(other.certificateNumber));
    const enrolment = finds.enrolments[at];
    if (enrolment && enrolment !== 'ambiguous') violations.push(...enrolmentViolations(fields, enrolment.fields));
  }
}

/** Both at once: asks the register and adds what it has against each candidate. */
export async function judgeByRegister(
  tx: Transaction,
  world: World,
  collecting: Collecting,
  seen: SeenRows,
  candidates: readonly Candidate[],
): Promise<void> {
  judgeByFinds(seen, candidates, await askRegister(tx, world, collecting, candidates));
}

/** The same certificate number, the same place on the roster, or one identity number of two people in one file. */
function doubles({ doubles: find, owners }: SeenRows, { fields, line, entry }: Candidate): Violation[] {
  const { certificateNumber, identityNumber, name } = fields;
  // Found by name alone, the place may be a namesake's: a stranger's row must not turn the namesake's own row into a double.
  const byNumber = entry?.certificateNumber === certificateNumber || entry?.studentNumber === rosterNumber(fields);
  const person = entry !== null && byNumber ? `#${entry.sequence}` : identityNumber;
  const violations = find({ line, certificateNumber, person });
  const known = owners({ identityNumber, name });
  if (known !== undefined) {
    const details = { found: `${shown('identityNumber', identityNumber)} ${name}`, expected: `≠ ${known}` };
    violations.push(violation('person-doubled', 'identityNumber', details));
  }
  return violations;
}
