// 本人提出疑义 (R11.1): the student names fields that are wrong; the record goes no further until an officer has answered.

import { transitionViolations } from '../../regulation/lifecycle.ts';
import { openDispute } from '../../regulation/student-word.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { addDispute, disputesOf } from '../../store/student/student-words.ts';
import type { StudentCall } from '../call.ts';
import { type Performed, performAsStudent } from '../perform.ts';
import {
  type SpokenWord,
  sealWord,
  spokenFields,
  takenWord,
  wordDigest,
  wordSubject,
  wordViolations,
} from './student-content.ts';
import { keyOfThing, officeOfThing, ownThing, type ThingKey } from './student-thing.ts';

/** Which of the own records, in the version that was shown, and what is wrong with it. */
export type DisputeInput = ThingKey & SpokenWord & { readonly expectedVersion: number };

/**
 * Disputes fields of the own record (step `dispute`). Values and reasons are sealed in the register and only a keyed digest enters the log.
 * @throws {NotFound} not the own record. {Stale} it has changed since it was shown. {Refused} everything wrong with the dispute at once
 */
export function disputeFields(call: StudentCall, input: DisputeInput): Promise<Performed<{ disputeId: string }>> {
  const { world, student } = call;
  const { kind, id, expectedVersion } = input;
  const word = takenWord(input);
  return performAsStudent(call, 'dispute', { kind, id, expectedVersion, word: wordDigest(world, word) }, async (tx) => {
    const thing = await ownThing(tx, world, student, { kind, id }, expectedVersion);
    const { institution, version, state, category, subject } = thing;
    const key = keyOfThing(thing);
    const open = (await disputesOf(tx, institution, key)).some((dispute) => dispute.state === 'open');
    const fields = spokenFields(word.fields, thing.fields);
    const disputeId = uuidv7();
    const { evidence } = word;
    return {
      office: await officeOfThing(tx, world, thing),
      violations: [
        ...(state === null ? [] : transitionViolations('dispute', state)),
        // One at a time: a second word would speak of values that the answer to the first may change.
        ...(open ? [openDispute()] : []),
        ...(await wordViolations(tx, call, word, thing.fields)),
      ],
      subjects: [subject, wordSubject(world, 'dispute', { id: disputeId, fields, evidence }, null)],
      facts: { kind, id, disputeId, version, category, fields: fields.map(({ field }) => field) },
      files: evidence,
      save: async ({ at }) => {
        const content = sealWord(world, institution, disputeId, fields);
        await addDispute(tx, {
          institution,
          id: disputeId,
          category,
          version,
          content,
          evidence,
          raisedAt: at,
          ...key,
        });
        return { disputeId };
      },
    };
  });
}
