// 本人确认 (R11.1): the student says that exactly this version is right; sealed for the category office, without an officer.
import { transitionViolations } from '../../regulation/lifecycle.ts';
import { confirmationViolations } from '../../regulation/student-word.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { addConfirmation, disputesOf, standingConfirmation } from '../../store/student/student-words.ts';
import type { StudentCall } from '../call.ts';
import { type Performed, performAsStudent } from '../perform.ts';
import { keyOfThing, officeOfThing, ownThing, type ThingKey } from './student-thing.ts';

/** Which of the own records, in the version that was shown. */
export type ConfirmInput = ThingKey & { readonly expectedVersion: number };

/** The version that is confirmed now. */
export type Confirmed = { readonly version: number };

/**
 * Confirms the own record (step `confirm`). A later version is not confirmed by it, and a later dispute takes it back.
 * @throws {NotFound} not the own record. {Stale} it has changed since it was shown. {Refused} confirmed already, disputed, or reported
 */
export function confirmRecord(call: StudentCall, input: ConfirmInput): Promise<Performed<Confirmed>> {
  const { world, student } = call;
  const { kind, id, expectedVersion } = input;
  return performAsStudent(call, 'confirm', { kind, id, expectedVersion }, async (tx) => {
    const thing = await ownThing(tx, world, student, { kind, id }, expectedVersion);
    const { institution, version, state, subject } = thing;
    const key = keyOfThing(thing);
    const disputes = await disputesOf(tx, institution, key);
    const own = {
      confirmed: (await standingConfirmation(tx, institution, key, version)) !== null,
      disputed: disputes.some((dispute) => dispute.state === 'open'),
      version,
    };
    return {
      office: await officeOfThing(tx, world, thing),
      violations: [...(state === null ? [] : transitionViolations('confirm', state)), ...confirmationViolations(own)],
      subjects: [subject],
      facts: { kind, version, category: thing.category },
      save: async (step) => {
        const word = { institution, id: uuidv7(), version, digest: subject.digest, stepId: step.id, at: step.at };
        await addConfirmation(tx, { ...word, fileDigest: null, ...key });
        return { version };
      },
    };
  });
}
