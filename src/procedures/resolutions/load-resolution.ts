// Loading a conferral resolution with its scan and its roster: everything later is compared with it (R6.1, R9.1).
import { isCivilDate } from '../../regulation/deadlines/deadlines.ts';
import {
  normalizedResolution,
  resolutionViolations,
  takenNumberViolations,
} from '../../regulation/resolution/resolution.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { learnFromLoad } from '../../store/database/fresh-plans.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { findFile } from '../../store/kept-files.ts';
import { insertResolution, resolutionNumbers } from '../../store/resolutions/resolutions.ts';
import { insertRoster, type RosterEntry } from '../../store/resolutions/rosters.ts';
import type { Call } from '../call.ts';
import { uploadedAs } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import { codesOf } from '../structure/own-codes.ts';
import { missingWords } from '../student/roster-words.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { numbersTaken } from './numbers-taken.ts';
import { byLine, MOST_PROBLEMS, type ReadRoster, readRosterFile } from './read-roster.ts';
import { rootOfRoster } from './roster-seal.ts';

/** The decision of the degree committee. Days are `YYYY-MM-DD`; files are named by digest and were uploaded before. */
export type LoadResolutionInput = {
  institution: string;
  /** 文号 of the resolution. */
  number: string;
  meeting: string;
  decidedOn: string;
  effectiveOn: string;
  members: number;
  present: number;
  yes: number;
  no: number;
  abstain: number;
  headName: string;
  chairName: string;
  scanDigest: string;
  rosterDigest: string;
};

/** The resolution and how many people it confers degrees on. */
export type LoadResolutionResult = { resolutionId: string; rosterSize: number };

/**
 * Loads a resolution with its roster (step `load-resolution`, by the degree office).
 * @throws {Refused} the vote does not carry it, the scan is missing, its number is taken, or rows of the roster are wrong or have
 * certificate numbers of records or of other rosters: all problems at once
 */
export function loadResolution(call: Call, input: LoadResolutionInput): Promise<Performed<LoadResolutionResult>> {
  const { institution, rosterDigest, scanDigest, ...given } = input;
  const decision = normalizedResolution(given);
  return perform(call, 'load-resolution', institution, input, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'load-resolution', target);
    const codes = await codesOf(tx, institution);
    const basis = { institution, decidedOn: decision.decidedOn, codes };
    const read = await readRosterFile(tx, call.world.cipher, rosterDigest, basis);
    const violations: Violation[] = [
      ...resolutionViolations(decision, todayOf(call.world)),
      ...(await fileViolations(tx, call, { ...input, number: decision.number })),
      ...read.violations,
      ...(await missingWords(tx, institution, policyDay(decision), read.rows)).map((one) => byLine(one, read.lines)),
    ];
    violations.push(...(await takenOnRoster(tx, { institution, number: decision.number }, read)));
    const resolutionId = uuidv7();
    const roster = read.rows.map((row): RosterEntry => ({ institution, resolutionId, ...row }));
    const rosterRoot = rootOfRoster(roster, call.world.blindIndex);
    const content = { ...decision, scanDigest, rosterDigest, rosterRoot, rosterSize: roster.length };
    const digest = digestOf(content);
    return {
      target,
      violations,
      subjects: [{ kind: 'resolution', id: resolutionId, version: 1, digest }],
      fresh: true,
      facts: { ...decision, rosterRoot, rosterSize: roster.length },
      files: [scanDigest, rosterDigest],
      async save(step) {
        await insertResolution(tx, { institution, id: resolutionId, ...content, createdAt: step.at });
        await insertRoster(tx, roster);
        await learnFromLoad(tx, 'RosterEntry');
        return { resolutionId, rosterSize: roster.length };
      },
    };
  });
}

/** The day whose policy holds; one that is no day is named by the rules of the resolution, and the regulation's own policy stands in. */
function policyDay({ effectiveOn }: { effectiveOn: string }): string {
  return isCivilDate(effectiveOn) ? effectiveOn : '';
}

/** Places whose certificate number is given to somebody already: asked once for the whole roster. */
async function takenOnRoster(
  tx: Transaction,
  { institution, number }: { readonly institution: string; readonly number: string },
  { rows, lines }: ReadRoster,
): Promise<Violation[]> {
  const numbers = rows.map(({ certificateNumber }) => certificateNumber);
  // A resolution that is loaded a second time is told as that, not by everybody on its roster.
  const taken = await numbersTaken(tx, institution, numbers, { again: number });
  const violations = rows.flatMap(({ certificateNumber }, at): Violation[] => {
    const wrong = taken(certificateNumber);
    return wrong ? [byLine({ ...wrong.violation, path: `roster[${at}].certificateNumber` }, lines)] : [];
  });
  return violations.slice(0, MOST_PROBLEMS);
}

async function fileViolations(tx: Transaction, { actor }: Call, input: LoadResolutionInput): Promise<Violation[]> {
  const { institution, number, scanDigest } = input;
  const violations: Violation[] = [];
  if ((await findFile(tx, { institution, digest: scanDigest, kinds: ['resolution-scan'] })) === null) {
    const found = await uploadedAs(tx, actor, institution, scanDigest);
    violations.push(violation('resolution-scan-missing', 'scanDigest', { found, expected: 'resolution-scan' }));
  }
  return [...violations, ...takenNumberViolations(number, await resolutionNumbers(tx, institution))];
}
