// 审核退回 (R14.1): the provincial office gives records back with a reason for each field that is wrong.
import { returnViolations } from '../../regulation/cross-check/cross-check.ts';
import { transitionViolations } from '../../regulation/lifecycle.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { findRecordRows } from '../../store/records/record-look-up.ts';
import { moveRecords } from '../../store/records/records.ts';
import { addReviewReasons } from '../../store/reporting/review-reasons.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/** What is wrong with one record, field by field. */
export type RecordReturn = {
  readonly recordId: string;
  readonly reasons: readonly { readonly field: string; readonly reason: string }[];
};

/**
 * Returns records to their category office.
 * @throws {NotFound}, {Refused} a record is not under review, or a reason is missing. {Forbidden}
 */
export function returnRecords(
  call: Call,
  input: { institution: string; returns: readonly RecordReturn[] },
): Promise<Performed<{ returned: number }>> {
  const { institution } = input;
  const returns = input.returns.map(({ recordId, reasons }) => ({
    recordId,
    reasons: reasons.map(({ field, reason }) => ({ field, reason: reason.trim() })),
  }));
  return perform(call, 'return-records', institution, { returns }, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'return-records', target);
    const ids = [...new Set(returns.map((one) => one.recordId))];
    const rows = new Map((await findRecordRows(tx, institution, ids)).map((row) => [row.id, row]));
    const unknown = ids.find((id) => !rows.has(id));
    if (unknown !== undefined) throw new NotFound('record', unknown);
    const violations: Violation[] = [];
    for (const row of rows.values()) {
      for (const broken of transitionViolations('return-records', row.state as RecordState)) {
        violations.push({ ...broken, path: `records[${row.id}].${broken.path}` });
      }
    }
    for (const { recordId, reasons } of returns) {
      for (const broken of returnViolations(reasons)) {
        violations.push({ ...broken, path: `records[${recordId}].${broken.path}` });
      }
    }
    if (ids.length === 0) violations.push(violation('nothing-to-do', 'records', { found: '0', expected: '≥ 1' }));
    const fields = [...new Set(returns.flatMap(({ reasons }) => reasons.map(({ field }) => field)))].sort();
    return {
      target,
      violations,
      subjects: [...rows.values()].map(recordSubject),
      facts: { returned: ids.length, fields },
      save: async ({ id: stepId, at }) => {
        await moveRecords(tx, institution, ids, { state: 'returned', updatedAt: at });
        const reasons = returns.flatMap((one) =>
          one.reasons.map((reason) => ({
            ...reason,
            recordId: one.recordId,
            returnedVersion: rows.get(one.recordId)?.version ?? 0,
          })),
        );
        await addReviewReasons(tx, institution, stepId, reasons);
        return { returned: ids.length };
      },
    };
  });
}
