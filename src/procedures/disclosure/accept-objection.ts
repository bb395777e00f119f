// 受理异议 (R11.3): an objection that came by the page of a disclosure enters the sealed log; from then on it is resolved like any other.

import { transitionViolations } from '../../regulation/lifecycle.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { canonicalize } from '../../sealing/verify/canonical.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { addObjection } from '../../store/disclosure/objections.ts';
import { acceptReceived, findReceived, openObjection } from '../../store/disclosure/received-objections.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { findRecord } from '../records/record-work.ts';
import { dayOf } from '../situation.ts';
import { objectionSubject, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { receiptOf } from './disclosed-page.ts';

/**
 * Accepts a received objection (step `raise-objection`). Name and contact stay in their sealed boxes; the objection names the receipt.
 * @throws {NotFound}, {Refused} accepted before, or the record is past its report. {Forbidden}
 */
export function acceptObjection(
  call: Call,
  input: { institution: string; receivedId: string },
): Promise<Performed<{ objectionId: string; receivedId: string }>> {
  const { institution, receivedId } = input;
  const { world } = call;
  return perform(call, 'raise-objection', institution, { receivedId }, async (tx) => {
    const received = await findReceived(tx, institution, receivedId);
    if (!received) throw new NotFound('received-objection', receivedId);
    const { recordId } = received;
    const row = await findRecord(tx, institution, recordId);
    const target = await targetIn(tx, institution, row.category);
    requireMayAct(call, 'raise-objection', target);
    const texts = openObjection(received, world.cipher);
    const id = uuidv7();
    const objection = { id, recordId, reason: texts.reason, raisedBy: receiptOf(receivedId), outcome: null };
    return {
      target,
      violations: [
        ...(received.acceptedAt === null
          ? []
          : [violation('objection-already-accepted', 'received', { found: dayOf(received.acceptedAt) })]),
        ...stateViolations(row.state as RecordState),
      ],
      subjects: [recordSubject(row), objectionSubject(world, objection)],
      facts: {
        ...{ recordId, objectionId: id, receivedId, receivedAt: received.receivedAt.toISOString() },
        // What exactly was sent, and by whom, under the installation's key.
        received: world.blindIndex(canonicalize({ receivedId, ...texts }), 'received-objection'),
      },
      save: async ({ at }) => {
        const { reason, raisedBy } = objection;
        await addObjection(tx, { institution, id, batchId: row.batchId, recordId, reason, raisedBy, raisedAt: at });
        await acceptReceived(tx, institution, receivedId, { objectionId: id, acceptedAt: at });
        return { objectionId: id, receivedId };
      },
    };
  });
}

/** It came in time, so it is heard wherever the record stands by now, as long as it can still be corrected. */
function stateViolations(state: RecordState): Violation[] {
  return transitionViolations('dispute', state);
}
