// 提出异议 (R11.3): somebody doubts a record during its disclosure; it is blocked until the objection is resolved.
import { objectionViolations } from '../../regulation/disclosure.ts';
import { transitionViolations } from '../../regulation/lifecycle.ts';
import { writtenTextViolations } from '../../regulation/texts/written-texts.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { addObjection } from '../../store/disclosure/objections.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import { findRecord } from '../records/record-work.ts';
import { objectionSubject, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/**
 * Records an objection to a record under disclosure.
 * @throws {NotFound}, {Refused} without a reason, or when the record is not under disclosure. {Forbidden}
 */
export function raiseObjection(
  call: Call,
  input: { institution: string; recordId: string; reason: string; raisedBy: string },
): Promise<Performed<{ objectionId: string }>> {
  const { institution, recordId } = input;
  const reason = input.reason.trim();
  const raisedBy = input.raisedBy.trim();
  return perform(call, 'raise-objection', institution, { recordId, reason, raisedBy }, async (tx) => {
    const row = await findRecord(tx, institution, recordId);
    const target = await targetIn(tx, institution, row.category);
    requireMayAct(call, 'raise-objection', target);
    const id = uuidv7();
    const objection = { id, recordId, reason, raisedBy, outcome: null };
    return {
      target,
      violations: [
        ...transitionViolations('raise-objection', row.state as RecordState),
        ...objectionViolations(reason),
        // Officers may note an objection of somebody who does not say who they are.
        ...writtenTextViolations('objector', raisedBy, 'raisedBy'),
      ],
      subjects: [recordSubject(row), objectionSubject(call.world, objection)],
      // Who objects and why may be personal: the statement holds only that somebody did.
      facts: { recordId, objectionId: id },
      save: async ({ at }) => {
        await addObjection(tx, { institution, id, batchId: row.batchId, recordId, reason, raisedBy, raisedAt: at });
        return { objectionId: id };
      },
    };
  });
}
