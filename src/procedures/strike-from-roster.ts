// 从学位授予名单中除名 (R9.1): the degree committee corrects its own roster; what was filed for this place was never conferred.
import { type Violation, violation } from '../regulation/violations.ts';
import { canonicalize } from '../sealing/verify/canonical.ts';
import { addStrike, countStrikes, struckPlaces } from '../store/roster-strikes.ts';
import { findRosterEntry } from '../store/rosters.ts';
import { findFile } from '../store/stored-files.ts';
import type { Call } from './call.ts';
import { NotFound } from './errors.ts';
import { type Performed, perform } from './perform.ts';
import { digestOf } from './subjects.ts';
import { requireMayAct, targetIn } from './target.ts';

/** Which place of which roster, why, and by which correcting resolution (uploaded as a PDF of kind `roster-correction`). */
export type StrikeInput = {
  institution: string;
  resolutionId: string;
  sequence: number;
  reason: string;
  documentNumber: string;
  fileDigest: string;
};

/** The place that nobody holds any more. */
export type Struck = { resolutionId: string; sequence: number };

/**
 * Strikes a place from a roster (step `strike-from-roster`, by the degree office). Roster and root stay as they were sealed.
 * @throws {NotFound}, {Refused} struck already, or without reason, number or document. {Forbidden}
 */
export function strikeFromRoster(call: Call, input: StrikeInput): Promise<Performed<Struck>> {
  const { institution, resolutionId, sequence, fileDigest } = input;
  const reason = input.reason.trim();
  const documentNumber = input.documentNumber.trim();
  return perform(call, 'strike-from-roster', institution, { ...input, reason, documentNumber }, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'strike-from-roster', target);
    const entry = await findRosterEntry(tx, institution, resolutionId, sequence);
    if (!entry) throw new NotFound('roster-entry', `${resolutionId}/${sequence}`);
    const struck = (await struckPlaces(tx, institution, [{ resolutionId, sequence }])).size > 0;
    const file = await findFile(tx, institution, fileDigest);
    const violations: Violation[] = [
      ...(struck ? [violation('roster-already-struck', 'sequence', { found: String(sequence) })] : []),
      ...(reason === '' ? [violation('roster-strike-reason-missing', 'reason')] : []),
      ...(documentNumber === '' ? [violation('roster-strike-reason-missing', 'documentNumber')] : []),
      ...(file?.kind === 'roster-correction'
        ? []
        : [violation('file-missing', 'fileDigest', { found: fileDigest, article: '9' })]),
    ];
    // The reason may speak of the person: it enters the log under the installation's key.
    const keyed = call.world.blindIndex(canonicalize({ resolutionId, sequence, reason }), 'strike-reason');
    const digest = digestOf({ resolutionId, sequence, documentNumber, fileDigest, reason: keyed });
    const version = 2 + (await countStrikes(tx, institution, resolutionId));
    return {
      target,
      violations,
      subjects: [{ kind: 'resolution', id: resolutionId, version, digest }],
      facts: { resolutionId, sequence, documentNumber },
      files: [fileDigest],
      save: async ({ at }) => {
        await addStrike(tx, { institution, resolutionId, sequence, reason, documentNumber, fileDigest, at });
        return { resolutionId, sequence };
      },
    };
  });
}
