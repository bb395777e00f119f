// What a correction makes of a record, and the faults it would bring in. Old faults may remain, so that they can be mended one by one.
import type { CivilDate } from '../regulation/deadlines.ts';
import { enrolmentViolations, needsEnrolment } from '../regulation/enrolment.ts';
import { type RecordFields, recordViolations } from '../regulation/record.ts';
import { type RosterRow, resolutionMatchViolations, rosterNumber, rosterViolations } from '../regulation/roster.ts';
import { indexCodes } from '../regulation/standard/codes.ts';
import type { ParsedRow } from '../regulation/standard/editions.ts';
import { FIELD_NAMES, FIELDS, type FieldName } from '../regulation/standard/fields.ts';
import { personAlreadyRecorded, takenNumber } from '../regulation/uniqueness.ts';
import type { Violation } from '../regulation/violations.ts';
import { takenNumbers } from '../store/certificate-numbers.ts';
import { readCodeEntries } from '../store/code-entries.ts';
import { type EnrolmentMatch, findEnrolments } from '../store/enrolment-records.ts';
import { recordedSequences } from '../store/record-doubles.ts';
import type { OpenRecord } from '../store/records.ts';
import type { Resolution } from '../store/resolutions.ts';
import { findOnRoster } from '../store/rosters.ts';
import type { Transaction } from '../store/transaction.ts';
import type { World } from './call.ts';

/** The record before and after. */
export interface Change {
  readonly before: OpenRecord;
  readonly after: RecordFields;
  /** Fields that differ. */
  readonly names: readonly FieldName[];
}

/** The record with the given fields changed; what is emptied becomes '' where the register keeps no null. */
export function changeOf(
  before: OpenRecord,
  { fields, emptied }: ParsedRow & { readonly emptied: readonly FieldName[] },
): Change {
  const old = before.fields;
  const empty = Object.fromEntries(emptied.map((name) => [name, before.row[name] === null ? null : emptyOf(name)]));
  const raw = fields.name === undefined ? {} : { nameRaw: fields.nameRaw ?? null };
  const after: RecordFields = { ...old, ...fields, ...raw, ...empty };
  return { before, after, names: FIELD_NAMES.filter((name) => (after[name] ?? '') !== (old[name] ?? '')) };
}

/** Optional columns hold null, those that every record has hold ''. */
function emptyOf(name: FieldName): string | null {
  return Object.values(FIELDS[name].need).every((need) => need === 'mandatory') && name !== 'photoDigest' ? '' : null;
}

/** Where the changed record belongs now, and what the change would bring in that was not wrong before. */
export interface JudgedChange {
  readonly violations: readonly Violation[];
  readonly rosterSequence: number;
  readonly enrolmentRecordId: string | null;
  /** The new certificate number, when this record has to take it. */
  readonly newNumber: string | null;
}

/** Judges a change by every rule that a new record meets: itself, roster, resolution, enrolment record, certificate number. */
export async function judgeChange(
  tx: Transaction,
  world: World,
  resolution: Resolution,
  change: Change,
  on: CivilDate,
): Promise<JudgedChange> {
  const { before, after, names } = change;
  const { institution, id } = before.row;
  const pair = [before.fields, after] as const;
  const keys = pair.map((fields) => ({ ...fields, studentNumber: rosterNumber(fields) }));
  const entries = await findOnRoster(tx, institution, resolution.id, keys);
  const matches = await findEnrolments(tx, institution, pair, world);
  const codes = indexCodes(await readCodeEntries(tx, institution));
  const pending = new Set(
    FIELD_NAMES.filter((name) => !before.fields[name] && !after[name] && FIELDS[name].suppliedBy),
  );
  const judged = pair.map((fields, at) => [
    ...recordViolations(fields, { institution: { code: institution }, on, codes, pending }),
    ...resolutionMatchViolations(fields, resolution),
    ...rosterViolations(fields, (entries[at] ?? null) as RosterRow | null),
    ...enrolmentFaults(fields, matches[at] ?? null),
  ]);
  const old = new Set(judged[0]?.map(({ code, path }) => `${code} ${path}`));
  const touched = new Set<string>(names);
  const violations = (judged[1] ?? []).filter(({ code, path }) => touched.has(path) || !old.has(`${code} ${path}`));
  const number = names.includes('certificateNumber') ? after.certificateNumber : null;
  const taken = number === null ? undefined : (await takenNumbers(tx, institution, [number])).get(number);
  if (taken && taken.recordId !== id) {
    violations.push(takenNumber(taken.number, taken.state === 'deleted' ? 'deleted-record' : 'record'));
  }
  const rosterSequence = entries[1]?.sequence ?? before.row.rosterSequence;
  const other = (await recordedSequences(tx, institution, resolution.id, [rosterSequence], id)).get(rosterSequence);
  if (other) violations.push(personAlreadyRecorded(other.certificateNumber));
  const match = matches[1] ?? null;
  return {
    violations,
    rosterSequence,
    enrolmentRecordId: match !== null && match !== 'ambiguous' ? match.id : null,
    newNumber: taken ? null : number,
  };
}

/** A missing enrolment record is the business of linking, not of a correction. */
function enrolmentFaults(fields: RecordFields, match: EnrolmentMatch): Violation[] {
  if (match === null || match === 'ambiguous' || !needsEnrolment(fields.category)) return [];
  return enrolmentViolations(fields, match.fields);
}
