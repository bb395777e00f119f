// A person sees their own secret value in full (个人信息保护法 45): kept among the reveals, without an officer.
import { FIELDS, isFieldName } from '../../regulation/standard/fields.ts';
import { violation } from '../../regulation/violations.ts';
import { inTransaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { keepReveal } from '../../store/secrecy/reveals.ts';
import type { StudentCall } from '../call.ts';
import { Refused } from '../errors.ts';
import { requireStanding } from '../standing.ts';
import { ownThing, type ThingKey } from './student-thing.ts';

const REASON = '本人查阅';

/**
 * The plain value of a secret field of the own record; null when it has none or when simulated.
 * @throws {NotFound} not the own record. {Refused} the field is not a secret one
 */
export async function revealOwnField(
  call: StudentCall,
  input: ThingKey & { readonly field: string },
): Promise<{ value: string | null }> {
  const { world, student } = call;
  const { kind, id, field } = input;
  return inTransaction(world.db, async (tx) => {
    await requireStanding(tx, call);
    const thing = await ownThing(tx, world, student, { kind, id });
    if (!isFieldName(field) || !FIELDS[field].secret) {
      throw new Refused([violation('reveal-not-secret', 'field', { found: field.slice(0, 40) })]);
    }
    if (call.simulate) return { value: null };
    const { institution } = student;
    const reveal = { institution, id: uuidv7(), officerId: null, recordId: id, field, reason: REASON };
    await keepReveal(tx, { ...reveal, kind: 'own', people: 1, stepId: null, at: world.now() });
    return { value: thing.fields[field] ?? null };
  });
}
