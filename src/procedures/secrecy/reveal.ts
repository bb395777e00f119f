// Showing one secret value of one record to an officer: a sealed step with its reason kept (R21.1).
import { mayRead } from '../../regulation/duties.ts';
import { revealReasonViolations } from '../../regulation/reveal.ts';
import { FIELDS, isFieldName } from '../../regulation/standard/fields.ts';
import { violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { toFields } from '../../store/records/records.ts';
import { keepReveal } from '../../store/secrecy/reveals.ts';
import type { Call } from '../call.ts';
import { Forbidden } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { findRecord } from '../records/record-work.ts';
import { recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { oneMoreLook } from './reveal-limit.ts';

/**
 * Reveals the plain value of a secret field.
 * @returns the value, null when the step is only simulated; the value is kept nowhere.
 * @throws {NotFound}, {Refused} the field is not a secret one, or is empty, or the reason says nothing, or too many were shown within an hour. {Forbidden}
 */
export async function revealField(
  call: Call,
  input: { institution: string; recordId: string; field: string; reason: string },
): Promise<Performed<{ revealId: string; value: string | null }>> {
  const { institution, recordId, field } = input;
  const reason = input.reason.trim();
  // Every showing is a step of its own, a repeated one too: the key of a retry must not give the value without a trace.
  const once: Call = { ...call, idempotencyKey: undefined };
  let value: string | null = null;
  const performed = await perform(once, 'reveal', institution, { recordId, field, reason }, async (tx) => {
    const row = await findRecord(tx, institution, recordId);
    const target = await targetIn(tx, institution, row.category);
    requireMayAct(call, 'reveal', target);
    const unread = mayRead(call.actor, { ...target, category: row.category, state: row.state as RecordState });
    if (unread.length > 0) throw new Forbidden(unread);
    const secret = isFieldName(field) && FIELDS[field].secret;
    // Opened before anything is sealed: a step must not say that a value was shown which nobody could read.
    if (secret) value = toFields(row, call.world.cipher)[field] ?? null;
    const revealId = uuidv7();
    return {
      target,
      violations: [
        ...(secret ? [] : [violation('reveal-not-secret', 'field', { found: field.slice(0, 40) })]),
        // The record shows that the field is empty to who may read it: no look, and none is counted.
        ...(secret && !value ? [violation('reveal-nothing-there', 'field', { found: field })] : []),
        ...revealReasonViolations(reason),
        ...(await oneMoreLook(tx, call, institution)),
      ],
      subjects: [recordSubject(row)],
      // The reason may speak of people and stays in the register.
      facts: { recordId, field, revealId },
      save: async ({ id: stepId, at }) => {
        const of = { institution, id: revealId, officerId: call.actor.officerId, recordId, field, reason, at };
        await keepReveal(tx, { ...of, kind: 'record', people: 1, stepId });
        return { revealId };
      },
    };
  });
  return { ...performed, value: call.simulate ? null : value };
}
