// What a correction makes of a record, and the faults it would bring in. Old faults may remain, so that they can be mended one by one.
import type { CivilDate } from '../../regulation/deadlines/deadlines.ts';
import { enrolmentViolations, needsEnrolment } from '../../regulation/record/enrolment.ts';
import { type RecordFields, recordViolations } from '../../regulation/record/record.ts';
import { shown } from '../../regulation/record/record-fields.ts';
import { personAlreadyRecorded, takenNumber } from '../../regulation/record/uniqueness.ts';
import { isSameResolutionNumber } from '../../regulation/resolution/resolution-number.ts';
import {
  type RosterRow,
  resolutionMatchViolations,
  rosterNumber,
  rosterViolations,
} from '../../regulation/resolution/roster.ts';
import type { GivenRow } from '../../regulation/standard/editions.ts';
import { FIELD_NAMES, FIELDS, type FieldName } from '../../regulation/standard/fields.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { type EnrolmentMatch, findEnrolments } from '../../store/collection/enrolment-records.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { takenNumbers } from '../../store/records/certificate-numbers.ts';
import { recordedPlaces } from '../../store/records/record-doubles.ts';
import type { OpenRecord } from '../../store/records/records.ts';
import { findResolution } from '../../store/resolutions/resolutions.ts';
import { findOnRoster } from '../../store/resolutions/rosters.ts';
import type { World } from '../call.ts';
import { NotFound } from '../errors.ts';
import { judgeSecrecy } from '../secrecy/secrecy-rules.ts';
import { codesOf } from '../structure/own-codes.ts';

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
  { fields, emptied }: GivenRow & { readonly emptied: readonly FieldName[] },
): Change {
  const old = before.fields;
  const empty = Object.fromEntries(emptied.map((name) => [name, before.row[name] === null ? null : emptyOf(name)]));
  // A number that is only typed otherwise is no change.
  const typed = fields.resolutionNumber;
  const number =
    typed !== undefined && isSameResolutionNumber(typed, old.resolutionNumber)
      ? { resolutionNumber: old.resolutionNumber }
      : {};
  const raw = fields.name === undefined ? {} : { nameRaw: fields.nameRaw ?? null };
  const after: RecordFields = { ...old, ...fields, ...number, ...raw, ...empty };
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
export async function judgeChange(tx: Transaction, world: World, change: Change, on: CivilDate): Promise<JudgedChange> {
  const [judged] = await judgeChanges(tx, world, [change], on);
  if (!judged) throw new Error('a change was not judged');
  return judged;
}

/** The same for many records, in their order, with one look-up of each kind per resolution. */
export async function judgeChanges(
  tx: Transaction,
  world: World,
  changes: readonly Change[],
  on: CivilDate,
): Promise<JudgedChange[]> {
  const judged = new Map<Change, JudgedChange>();
  for (const group of byResolution(changes)) {
    for (const [at, one] of (await judgeGroup(tx, world, group, on)).entries()) {
      const change = group[at];
      if (change) judged.set(change, one);
    }
  }
  const all = changes.flatMap((change) => judged.get(change) ?? []);
  return all.map((one, at) => withoutRivals(one, changes, at));
}

function byResolution(changes: readonly Change[]): Change[][] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.before.row.institution}/${change.before.row.resolutionId}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
}

/** Two records of one request that want the same new certificate number: neither is told by the register. */
function withoutRivals(one: JudgedChange, changes: readonly Change[], at: number): JudgedChange {
  if (one.newNumber === null) return one;
  const rival = changes
    .slice(0, at)
    .some(({ after, names }) => names.includes('certificateNumber') && after.certificateNumber === one.newNumber);
  return rival ? { ...one, violations: [...one.violations, takenNumber(one.newNumber, 'record')] } : one;
}

async function judgeGroup(
  tx: Transaction,
  world: World,
  group: readonly Change[],
  on: CivilDate,
): Promise<JudgedChange[]> {
  const { institution, resolutionId } = group[0]?.before.row ?? { institution: '', resolutionId: '' };
  const resolution = await findResolution(tx, institution, resolutionId);
  if (!resolution) throw new NotFound('resolution', resolutionId);
  const pairs = group.flatMap(({ before, after }) => [before.fields, after]);
  const keys = pairs.map((fields) => ({ ...fields, studentNumber: rosterNumber(fields) }));
  const entries = await findOnRoster(tx, institution, resolution.id, keys);
  const matches = await findEnrolments(tx, institution, pairs, world);
  const codes = await codesOf(tx, institution);
  const secrecy = await judgeSecrecy(tx, institution, pairs, on);
  const numbers = group.flatMap(({ names, after }) =>
    names.includes('certificateNumber') ? [after.certificateNumber] : [],
  );
  const taken = numbers.length === 0 ? new Map() : await takenNumbers(tx, institution, numbers);
  const places = group.map(({ before }, at) => entries[2 * at + 1]?.sequence ?? before.row.rosterSequence);
  const recorded = await recordedPlaces(tx, institution, resolution.id, places);
  return group.map((change, at) => {
    const { before, after, names } = change;
    const pending = new Set(
      FIELD_NAMES.filter((name) => !before.fields[name] && !after[name] && FIELDS[name].suppliedBy),
    );
    const faults = ([before.fields, after] as const).map((fields, side) => [
      ...recordViolations(fields, { institution: { code: institution }, on, codes, pending }),
      ...resolutionMatchViolations(fields, resolution),
      ...rosterViolations(fields, (entries[2 * at + side] ?? null) as RosterRow | null),
      ...enrolmentFaults(fields, matches[2 * at + side] ?? null),
      ...(secrecy[2 * at + side] ?? []),
      ...(side === 1 ? lostEnrolment(change, matches[2 * at + 1] ?? null) : []),
    ]);
    const old = new Set(faults[0]?.map(({ code, path }) => `${code} ${path}`));
    const touched = new Set<string>(names);
    const violations = (faults[1] ?? []).filter(({ code, path }) => touched.has(path) || !old.has(`${code} ${path}`));
    const number = names.includes('certificateNumber') ? after.certificateNumber : null;
    const owner = number === null ? undefined : taken.get(number);
    if (owner && owner.recordId !== before.row.id) {
      violations.push(takenNumber(owner.number, owner.state === 'deleted' ? 'deleted-record' : 'record'));
    }
    const place = places[at] ?? before.row.rosterSequence;
    const other = recorded.get(place)?.find(({ recordId }) => recordId !== before.row.id);
    if (other) violations.push(personAlreadyRecorded(other.certificateNumber));
    const match = matches[2 * at + 1] ?? null;
    return {
      violations,
      rosterSequence: place,
      enrolmentRecordId: match !== null && match !== 'ambiguous' ? match.id : null,
      newNumber: owner ? null : number,
    };
  });
}

/**
 * A filed record is not linked again after its change, so that it must not lose its enrolment record by new numbers (R9.2):
 * nobody would compare them any more.
 */
function lostEnrolment({ before: { row }, after, names }: Change, now: EnrolmentMatch): Violation[] {
  const numbers = names.includes('studentNumber') || names.includes('identityNumber');
  if (row.state !== 'filed' || row.enrolmentRecordId === null || !numbers) return [];
  if (now !== null && now !== 'ambiguous') return [];
  const code = now === null ? 'enrolment-record-missing' : 'enrolment-record-ambiguous';
  const path = names.includes('studentNumber') ? 'studentNumber' : 'identityNumber';
  return [violation(code, path, { found: shown(path, after[path] ?? ''), expected: row.studentNumber ?? undefined })];
}

/** A missing enrolment record is the business of linking, not of a correction. */
function enrolmentFaults(fields: RecordFields, match: EnrolmentMatch): Violation[] {
  if (match === null || match === 'ambiguous' || !needsEnrolment(fields.category)) return [];
  return enrolmentViolations(fields, match.fields);
}
