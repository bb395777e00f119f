// Showing an officer the secret values of one disputed field, as it was and as the student wants it: a sealed step like any reveal (R21.1).
import { revealReasonViolations } from '../../regulation/reveal.ts';
import { FIELDS, isFieldName } from '../../regulation/standard/fields.ts';
import { violation } from '../../regulation/violations.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { keepReveal } from '../../store/secrecy/reveals.ts';
import { findCorrectionRequest } from '../../store/student/correction-requests.ts';
import { findDispute } from '../../store/student/student-words.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { oneMoreLook } from '../secrecy/reveal-limit.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { openWord } from './student-content.ts';
import { findThing, thingKeyOf } from './student-thing.ts';

/** Which word, which of its fields, and why. */
export type RevealWordInput = {
  readonly institution: string;
  readonly kind: 'dispute' | 'correction-request';
  readonly id: string;
  readonly field: string;
  readonly reason: string;
};

/** Both values; null when simulated or where there is none. They are kept nowhere. */
export type RevealedWord = { readonly found: string | null; readonly proposed: string | null };

/**
 * Reveals a secret field of a dispute or correction request (step `reveal`).
 * @throws {NotFound}, {Refused} not a secret field of this word, without a reason, or one look too many within an hour. {Forbidden}
 */
export async function revealWord(call: Call, input: RevealWordInput): Promise<Performed<RevealedWord>> {
  const { world, actor } = call;
  const { institution, kind, id, field } = input;
  const reason = input.reason.trim();
  const once: Call = { ...call, idempotencyKey: undefined };
  let values: RevealedWord = { found: null, proposed: null };
  const performed = await perform(once, 'reveal', institution, { kind, id, field, reason }, async (tx) => {
    const word =
      kind === 'dispute'
        ? await findDispute(tx, institution, id)
        : await findCorrectionRequest(tx, institution, id).then((row) => row && { ...row, enrolmentRecordId: null });
    if (!word) throw new NotFound(kind, id);
    const target = await targetIn(tx, institution, word.category);
    requireMayAct(call, 'reveal', target);
    // Words of students are the institution's own business: the province sees the application that comes of them.
    requireMayAct(call, 'answer-dispute', target);
    const said = openWord(world, word).find((one) => one.field === field);
    const secret = said !== undefined && isFieldName(field) && FIELDS[field].secret;
    if (secret) values = { found: said.found, proposed: said.proposed };
    const thing = await findThing(tx, world, institution, thingKeyOf(word));
    const revealId = uuidv7();
    return {
      target,
      violations: [
        ...(secret ? [] : [violation('reveal-not-secret', 'field', { found: field.slice(0, 40) })]),
        ...(secret && !values.found && !values.proposed
          ? [violation('reveal-nothing-there', 'field', { found: field })]
          : []),
        ...revealReasonViolations(reason),
        ...(await oneMoreLook(tx, call, institution)),
      ],
      subjects: [thing.subject],
      facts: { kind, id, field, revealId },
      save: async ({ id: stepId, at }) => {
        const of = { institution, id: revealId, officerId: actor.officerId, recordId: thing.id, field, reason, at };
        await keepReveal(tx, { ...of, kind, people: 1, stepId });
        return {};
      },
    };
  });
  return { ...performed, ...(call.simulate ? { found: null, proposed: null } : values) };
}
