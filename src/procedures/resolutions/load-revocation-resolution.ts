// 录入撤销学位决议 (R16.1): the degree committee's decision to revoke, with its vote (学位法 art. 10) and scan. Whom it concerns, the report says.
import {
  normalizedResolution,
  resolutionViolations,
  takenNumberViolations,
} from '../../regulation/resolution/resolution.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { resolutionNumbers } from '../../store/resolutions/resolutions.ts';
import { insertRevocationResolution, revocationNumbers } from '../../store/resolutions/revocation-resolutions.ts';
import type { Call } from '../call.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import type { LoadResolutionInput } from './load-resolution.ts';

/** The decision, as for a conferral resolution but without a roster; the scan was uploaded as `revocation-resolution-scan`. */
export type LoadRevocationResolutionInput = Omit<LoadResolutionInput, 'rosterDigest'>;

/**
 * Loads a revocation resolution (step `load-revocation-resolution`, by the degree office).
 * @throws {Refused} the vote does not carry it, the scan is missing, the number is taken: all problems at once. {Forbidden}
 */
export function loadRevocationResolution(
  call: Call,
  input: LoadRevocationResolutionInput,
): Promise<Performed<{ revocationResolutionId: string }>> {
  const { institution, scanDigest, ...given } = input;
  const decision = normalizedResolution(given);
  return perform(call, 'load-revocation-resolution', institution, input, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'load-revocation-resolution', target);
    const id = uuidv7();
    const content = { ...decision, scanDigest };
    return {
      target,
      violations: [
        ...resolutionViolations(decision, todayOf(call.world)),
        ...(await paperViolations(tx, call, institution, decision.number, scanDigest)),
      ],
      subjects: [{ kind: 'revocation-resolution', id, version: 1, digest: digestOf(content) }],
      fresh: true,
      facts: { ...decision },
      files: [scanDigest],
      save: async ({ at }) => {
        await insertRevocationResolution(tx, { institution, id, ...content, createdAt: at });
        return { revocationResolutionId: id };
      },
    };
  });
}

async function paperViolations(
  tx: Transaction,
  call: Call,
  institution: string,
  number: string,
  digest: string,
): Promise<Violation[]> {
  const needed = {
    institution,
    path: 'scanDigest',
    digest,
    kind: 'revocation-resolution-scan',
    article: '16',
  } as const;
  const loaded = [...(await revocationNumbers(tx, institution)), ...(await resolutionNumbers(tx, institution))];
  return [...(await missingFile(tx, call, needed)), ...takenNumberViolations(number, loaded, '16')];
}
