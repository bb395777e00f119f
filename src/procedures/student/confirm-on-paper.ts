// 本人书面确认 (R11.1): an officer writes down the word of a student who signed on paper, resting on its scan; the officer answers for it.
import { transitionViolations } from '../../regulation/lifecycle.ts';
import { confirmationViolations } from '../../regulation/student-word.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { addConfirmation, disputesOf, standingConfirmation } from '../../store/student/student-words.ts';
import type { Call } from '../call.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { requireMayAct, targetIn } from '../target.ts';
import type { Confirmed, ConfirmInput } from './confirm.ts';
import { findThing, keyOfThing } from './student-thing.ts';

/** Whose record, in the version that was signed, and the scan (uploaded as `student-evidence`). */
export type ConfirmOnPaperInput = ConfirmInput & { readonly institution: string; readonly fileDigest: string };

/**
 * Confirms a record in the student's place (step `confirm`, with the officer and the scan in its statement).
 * @throws {NotFound}, {Stale} it has changed since it was printed. {Refused} without the scan, confirmed already, disputed, or reported. {Forbidden}
 */
export function confirmOnPaper(call: Call, input: ConfirmOnPaperInput): Promise<Performed<Confirmed>> {
  const { world } = call;
  const { institution, kind, id, expectedVersion, fileDigest } = input;
  return perform(call, 'confirm', institution, { kind, id, expectedVersion, fileDigest }, async (tx) => {
    const thing = await findThing(tx, world, institution, { kind, id });
    const target = await targetIn(tx, institution, thing.category);
    requireMayAct(call, 'confirm', target);
    // Only now: another office is not told which version there is.
    const { version, state, subject } = await findThing(tx, world, institution, { kind, id }, expectedVersion);
    const key = keyOfThing(thing);
    const needed = { institution, path: 'fileDigest', digest: fileDigest, kind: 'student-evidence' } as const;
    const missing = await missingFile(tx, call, { ...needed, article: '11(1)' });
    const own = {
      confirmed: (await standingConfirmation(tx, institution, key, version)) !== null,
      disputed: (await disputesOf(tx, institution, key)).some((dispute) => dispute.state === 'open'),
      version,
    };
    return {
      target,
      violations: [
        ...missing,
        ...(state === null ? [] : transitionViolations('confirm', state)),
        ...confirmationViolations(own),
      ],
      subjects: [subject],
      facts: { kind, version, category: thing.category, onPaper: true },
      files: [fileDigest],
      save: async (step) => {
        const word = { institution, id: uuidv7(), version, digest: subject.digest, stepId: step.id, at: step.at };
        await addConfirmation(tx, { ...word, fileDigest, ...key });
        return { version };
      },
    };
  });
}
