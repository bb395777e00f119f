// 备案 (R10.1): reviewed records are filed; from here on only an approved application changes them (R13.1).
import { waitingOf } from '../../regulation/lifecycle.ts';
import { advanceBatch, countByState } from '../../store/records/batches.ts';
import { moveRecords } from '../../store/records/records.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import { judgeRecords, loadBatch } from '../records/batch-work.ts';
import { type RecordResult, refusalOf } from '../records/record-results.ts';
import { fieldsOf, judgeSecrecy } from '../secrecy/secrecy-rules.ts';
import { todayOf } from '../situation.ts';
import { batchSubject, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/** How many were filed, and which were not because their thesis is classified again (R20.1). */
export type Filed = { readonly filed: number; readonly results: readonly RecordResult[] };

/**
 * Files every reviewed record of a batch; the batch is filed when none of its records waits. Whose declassification
 * was withdrawn since the review stays reviewed until another is recorded: nobody else waits for that.
 * @throws {NotFound}, {Refused} nothing has been reviewed, or nothing that may be filed. {Forbidden}
 */
export function fileBatch(call: Call, input: { institution: string; batchId: string }): Promise<Performed<Filed>> {
  const { institution, batchId } = input;
  return perform(call, 'filing', institution, { batchId }, async (tx) => {
    const batch = await loadBatch(tx, institution, batchId);
    const target = await targetIn(tx, institution, batch.category);
    requireMayAct(call, 'filing', target);
    const which = { batchId, state: 'reviewed' };
    const { passed, results } = await judgeRecords(tx, call, institution, which, async (chunk) => {
      const secrecy = await judgeSecrecy(tx, institution, fieldsOf(chunk), todayOf(call.world));
      return secrecy.map((violations) => ({ violations }));
    });
    const states = await countByState(tx, institution, batchId);
    const state = waitingOf(states) === passed.length ? 'filed' : batch.state;
    return {
      target,
      violations: refusalOf('skip-refused', results, passed.length),
      subjects: [...passed.map(recordSubject), batchSubject(batch, { state })],
      facts: {
        batchId,
        category: batch.category,
        resolution: batch.resolution.number,
        filed: passed.length,
        refused: results.length,
      },
      save: async ({ at }) => {
        const ids = passed.map((record) => record.id);
        await moveRecords(tx, institution, ids, { state: 'filed', filedAt: at, updatedAt: at });
        await advanceBatch(tx, batch, { state });
        return { filed: passed.length, results };
      },
    };
  });
}
