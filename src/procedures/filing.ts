// 备案 (R10.1): reviewed records are filed; from here on only an approved application changes them (R13.1).
import { waitingOf } from '../regulation/lifecycle.ts';
import { advanceBatch, countByState } from '../store/batches.ts';
import { moveRecords } from '../store/records.ts';
import { judgeRecords, loadBatch } from './batch-work.ts';
import type { Call } from './call.ts';
import { type Performed, perform } from './perform.ts';
import { refusalOf } from './record-results.ts';
import { batchSubject, recordSubject } from './subjects.ts';
import { requireMayAct, targetIn } from './target.ts';

/**
 * Files every reviewed record of a batch; the batch is filed when none of its records waits.
 * @throws {NotFound}, {Refused} nothing has been reviewed. {Forbidden}
 */
export function fileBatch(
  call: Call,
  input: { institution: string; batchId: string },
): Promise<Performed<{ filed: number }>> {
  const { institution, batchId } = input;
  return perform(call, 'filing', institution, { batchId }, async (tx) => {
    const batch = await loadBatch(tx, institution, batchId);
    const target = await targetIn(tx, institution, batch.category);
    requireMayAct(call, 'filing', target);
    const which = { batchId, state: 'reviewed' };
    const { passed } = await judgeRecords(tx, call, institution, which, (chunk) =>
      chunk.map(() => ({ violations: [] })),
    );
    const states = await countByState(tx, institution, batchId);
    const state = waitingOf(states) === passed.length ? 'filed' : batch.state;
    return {
      target,
      violations: refusalOf('all-or-nothing', [], passed.length),
      subjects: [...passed.map(recordSubject), batchSubject(batch, { state })],
      facts: { batchId, category: batch.category, resolution: batch.resolution.number, filed: passed.length },
      save: async ({ at }) => {
        const ids = passed.map((record) => record.id);
        await moveRecords(tx, institution, ids, { state: 'filed', filedAt: at, updatedAt: at });
        await advanceBatch(tx, batch, { state });
        return { filed: passed.length };
      },
    };
  });
}
