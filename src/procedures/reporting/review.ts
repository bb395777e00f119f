// 审核 (R10.1): the provincial office approves the records of a batch that it did not return.
import { advanceBatch } from '../../store/records/batches.ts';
import { moveRecords } from '../../store/records/records.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import { judgeRecords, loadBatch } from '../records/batch-work.ts';
import { refusalOf } from '../records/record-results.ts';
import { fieldsOf, judgeSecrecy } from '../secrecy/secrecy-rules.ts';
import { todayOf } from '../situation.ts';
import { batchSubject, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/**
 * Approves every record of a batch that is reported upward and was not returned.
 * @throws {NotFound}, {Refused} nothing is under review, or a thesis is classified again: such a record is returned first. {Forbidden}
 */
export function reviewBatch(
  call: Call,
  input: { institution: string; batchId: string },
): Promise<Performed<{ reviewed: number }>> {
  const { institution, batchId } = input;
  return perform(call, 'review', institution, { batchId }, async (tx) => {
    const batch = await loadBatch(tx, institution, batchId);
    const target = await targetIn(tx, institution, batch.category);
    requireMayAct(call, 'review', target);
    const which = { batchId, state: 'reported-upward' };
    const { passed, results } = await judgeRecords(tx, call, institution, which, async (chunk) => {
      const secrecy = await judgeSecrecy(tx, institution, fieldsOf(chunk), todayOf(call.world));
      return secrecy.map((violations) => ({ violations }));
    });
    return {
      target,
      violations: refusalOf('all-or-nothing', results, passed.length),
      subjects: [...passed.map(recordSubject), batchSubject(batch)],
      facts: { batchId, category: batch.category, resolution: batch.resolution.number, reviewed: passed.length },
      save: async ({ at }) => {
        const ids = passed.map((record) => record.id);
        await moveRecords(tx, institution, ids, { state: 'reviewed', updatedAt: at });
        await advanceBatch(tx, batch, {});
        return { reviewed: passed.length };
      },
    };
  });
}
