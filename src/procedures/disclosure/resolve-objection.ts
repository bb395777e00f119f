// 处理异议 (R11.3): how an objection ended, so that its record can go on.
import { outcomeViolations } from '../../regulation/disclosure.ts';
import { violation } from '../../regulation/violations.ts';
import { endObjection, findObjection } from '../../store/disclosure/objections.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { findRecord } from '../records/record-work.ts';
import { dayOf } from '../situation.ts';
import { objectionSubject, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/**
 * Writes the outcome of an objection, in words.
 * @throws {NotFound}, {Refused} without an outcome, or when it was resolved before. {Forbidden}
 */
export function resolveObjection(
  call: Call,
  input: { institution: string; objectionId: string; outcome: string },
): Promise<Performed<{ objectionId: string; recordId: string }>> {
  const { institution, objectionId } = input;
  const outcome = input.outcome.trim();
  return perform(call, 'resolve-objection', institution, { objectionId, outcome }, async (tx) => {
    const objection = await findObjection(tx, institution, objectionId);
    if (!objection) throw new NotFound('objection', objectionId);
    const row = await findRecord(tx, institution, objection.recordId);
    const target = await targetIn(tx, institution, row.category);
    requireMayAct(call, 'resolve-objection', target);
    return {
      target,
      violations: [
        ...(objection.resolvedAt === null
          ? []
          : [violation('objection-already-resolved', 'objection', { found: dayOf(objection.resolvedAt) })]),
        ...outcomeViolations(outcome),
      ],
      subjects: [recordSubject(row), objectionSubject(call.world, { ...objection, outcome })],
      facts: { recordId: row.id, objectionId },
      save: async ({ at }) => {
        await endObjection(tx, institution, objectionId, { outcome, resolvedAt: at });
        return { objectionId, recordId: row.id };
      },
    };
  });
}
