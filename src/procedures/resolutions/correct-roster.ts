// 更正学位授予名单 (R9.1): the degree committee corrects its own roster. What stood in a place is struck; a corrected entry takes its place, or nobody.
import { normalizeName } from '../../regulation/record/names.ts';
import { type RosterRow, rosterRowViolations } from '../../regulation/resolution/roster.ts';
import { FIELDS } from '../../regulation/standard/fields.ts';
import { writtenTextViolations } from '../../regulation/texts/written-texts.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { TakenNumber } from '../../store/records/certificate-numbers.ts';
import { findRecordRow } from '../../store/records/record-look-up.ts';
import { findResolution } from '../../store/resolutions/resolutions.ts';
import { readRoster } from '../../store/resolutions/roster-reads.ts';
import { addStrike, countStrikes, readStrikes, struckPlaces } from '../../store/resolutions/roster-strikes.ts';
import { findRosterEntry, insertRoster, lastPlace, type RosterEntry } from '../../store/resolutions/rosters.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { codesOf } from '../structure/own-codes.ts';
import { missingWords } from '../student/roster-words.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { numbersTaken } from './numbers-taken.ts';
import { correctionDigest, rosterLeaf } from './roster-seal.ts';

/** The corrected entry, as a roster says it. */
export type Replacement = Omit<RosterRow, 'sequence'>;

/** Which place of which roster, what stands instead, why, and by which correcting resolution (uploaded as a PDF of kind `roster-correction`). */
export interface CorrectRosterInput {
  readonly institution: string;
  readonly resolutionId: string;
  readonly sequence: number;
  /** Nothing when the degree was never conferred on anybody in this place. */
  readonly replacement?: Replacement | null;
  readonly reason: string;
  readonly documentNumber: string;
  readonly fileDigest: string;
}

/** The struck place, and the new one at the end of the roster. */
export type CorrectedRoster = { resolutionId: string; sequence: number; replacedBy: number | null };

/**
 * Corrects a roster (step `correct-roster`, by the degree office). The roster and its root stay as they were sealed; a filed record
 * that stood in the place is changed or deleted by a written application of its own.
 * @throws {NotFound}, {Refused} struck already, a corrected entry that is wrong or doubled or has a number that is taken, or without reason, number or document. {Forbidden}
 */
export function correctRoster(call: Call, input: CorrectRosterInput): Promise<Performed<CorrectedRoster>> {
  const { institution, resolutionId, sequence, fileDigest } = input;
  const reason = input.reason.trim();
  const documentNumber = input.documentNumber.trim();
  const given = input.replacement;
  const replacement = given ? { ...given, name: normalizeName(given.name).name } : null;
  const request = { resolutionId, sequence, replacement, reason, documentNumber, fileDigest };
  return perform(call, 'correct-roster', institution, request, async (tx) => {
    const { world } = call;
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'correct-roster', target);
    const entry = await findRosterEntry(tx, institution, resolutionId, sequence);
    if (!entry) throw new NotFound('roster-entry', `${resolutionId}/${sequence}`);
    const struck = (await struckPlaces(tx, institution, [{ resolutionId, sequence }])).size > 0;
    const missing = await missingFile(tx, call, {
      ...{ institution, path: 'fileDigest', digest: fileDigest, kind: 'roster-correction', article: '9' },
    });
    const replacedBy = replacement ? (await lastPlace(tx, institution, resolutionId)) + 1 : null;
    const row = replacement && replacedBy !== null ? { ...replacement, sequence: replacedBy } : null;
    const owed = { missing: 'roster-strike-reason-missing' } as const;
    const violations: Violation[] = [
      ...(struck ? [violation('roster-already-struck', 'sequence', { found: String(sequence) })] : []),
      ...writtenTextViolations('reason', reason, 'reason', owed),
      ...writtenTextViolations('documentNumber', documentNumber, 'documentNumber', owed),
      ...missing,
      ...(row ? await replacementViolations(tx, entry, row) : []),
    ];
    const digest = correctionDigest(world, { ...request, replacedBy }, replacement);
    // What a bundle opens to show that this person, and nobody else, stands in the new place.
    const leaf = row ? rosterLeaf({ institution, resolutionId, ...row }, world.blindIndex) : null;
    const replacementLeaf = leaf && Buffer.from(leaf).toString('hex');
    const version = 2 + (await countStrikes(tx, institution, resolutionId));
    return {
      target,
      violations,
      subjects: [{ kind: 'resolution', id: resolutionId, version, digest }],
      facts: { resolutionId, sequence, replacedBy, documentNumber, replacementLeaf },
      files: [fileDigest],
      save: async ({ at }) => {
        if (row) await insertRoster(tx, [{ institution, resolutionId, ...row }]);
        const strike = { institution, resolutionId, sequence, reason, documentNumber, fileDigest, replacedBy };
        await addStrike(tx, { ...strike, at });
        return { resolutionId, sequence, replacedBy };
      },
    };
  });
}

/** What is wrong with the corrected entry: by itself, because another place says the same, or because its number is taken. */
async function replacementViolations(tx: Transaction, struck: RosterEntry, row: RosterRow): Promise<Violation[]> {
  const { institution, resolutionId, sequence } = struck;
  const resolution = await findResolution(tx, institution, resolutionId);
  if (!resolution) throw new NotFound('resolution', resolutionId);
  const codes = await codesOf(tx, institution);
  const violations = rosterRowViolations(row, 'replacement', { institution, decidedOn: resolution.decidedOn, codes });
  // A place that is corrected is one that nobody confirmed in this form.
  for (const wrong of await missingWords(tx, institution, resolution.effectiveOn, [row])) {
    violations.push({ ...wrong, path: wrong.path.replace('roster[0]', 'replacement') });
  }
  const others = (await readRoster(tx, institution, resolutionId)).filter((entry) => entry.sequence !== sequence);
  for (const name of ['certificateNumber', 'studentNumber'] as const) {
    const other = others.find((entry) => row[name] !== '' && entry[name] === row[name]);
    if (!other) continue;
    const details = { label: FIELDS[name], found: row[name], expected: `≠ roster[${other.sequence}]` };
    violations.push(violation('roster-row-doubled', `replacement.${name}`, details));
  }
  // The record of another place of this roster is no second fault.
  const doubled = others.some((entry) => entry.certificateNumber === row.certificateNumber);
  return doubled ? violations : [...violations, ...(await numberViolations(tx, struck, row))];
}

/**
 * What is wrong with the certificate number of the corrected entry: given to somebody already. Striking an entry frees no number that a
 * record holds; only the record of this very place keeps its own, as long as the entry still means the same person.
 */
async function numberViolations(tx: Transaction, struck: RosterEntry, row: RosterRow): Promise<Violation[]> {
  const { institution, resolutionId } = struck;
  const { certificateNumber } = row;
  const taken = (await numbersTaken(tx, institution, [certificateNumber], { resolutionId }))(certificateNumber);
  if (!taken) return [];
  const samePerson =
    row.name === struck.name || (row.studentNumber !== '' && row.studentNumber === struck.studentNumber);
  if (samePerson && taken.owner && (await isOfPlace(tx, struck, taken.owner))) return [];
  return [{ ...taken.violation, path: 'replacement.certificateNumber' }];
}

/** Whether a number is held by the record of this place, which may not have followed earlier corrections of it yet. */
async function isOfPlace(tx: Transaction, place: RosterEntry, { recordId, state }: TakenNumber): Promise<boolean> {
  const { institution, resolutionId, sequence } = place;
  if (state === null || state === 'deleted') return false;
  const record = await findRecordRow(tx, institution, recordId);
  if (record?.resolutionId !== resolutionId || record.certificateNumber !== place.certificateNumber) return false;
  const strikes = await readStrikes(tx, institution, resolutionId);
  const next = new Map(strikes.map((strike) => [strike.sequence, strike.replacedBy]));
  let at: number | null = record.rosterSequence;
  // A place is replaced by a later one, so that this ends.
  while (at !== null && at !== sequence) at = next.get(at) ?? null;
  return at === sequence;
}
