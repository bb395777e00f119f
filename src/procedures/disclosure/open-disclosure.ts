// 校内公开 (R11.3): the key fields of cross-checked records are shown inside the school for the period of the policy.
import { disclosurePeriod } from '../../regulation/disclosure.ts';
import { notCrossChecked } from '../../regulation/lifecycle.ts';
import { violation } from '../../regulation/violations.ts';
import { addOpening } from '../../store/disclosure/disclosures.ts';
import { advanceBatch } from '../../store/records/batches.ts';
import { moveRecords } from '../../store/records/records.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import { judgeRecords, loadBatch } from '../records/batch-work.ts';
import { policyFor, todayOf } from '../situation.ts';
import { batchSubject, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { disclosureHolds } from './key-fields.ts';

/** First and last civil day of the period. */
export type DisclosureOpened = { readonly batchId: string; readonly from: string; readonly until: string };

const UNCHANGED = { found: '公开后内容未变', expected: '未公开，或公开后内容有变' };

/**
 * Opens the disclosure of every cross-checked record of a batch whose key fields have not been disclosed as they are now.
 * @throws {NotFound}, {Refused} while records are still being collected, or nothing is to be disclosed. {Forbidden}
 */
export function openDisclosure(
  call: Call,
  input: { institution: string; batchId: string },
): Promise<Performed<DisclosureOpened>> {
  const { institution, batchId } = input;
  return perform(call, 'open-disclosure', institution, { batchId }, async (tx) => {
    const batch = await loadBatch(tx, institution, batchId);
    const target = await targetIn(tx, institution, batch.category);
    requireMayAct(call, 'open-disclosure', target);
    const today = todayOf(call.world);
    const { disclosureDays, nameMask } = await policyFor(tx, institution, today);
    const { from, until } = disclosurePeriod(today, disclosureDays);
    const which = { batchId, state: 'cross-checked' };
    const { passed } = await judgeRecords(tx, call, institution, which, (chunk) =>
      // What was disclosed and has not changed goes on to the report without another period (R14.1).
      chunk.map((record) => ({
        violations: disclosureHolds(record) ? [violation('nothing-to-do', 'state', UNCHANGED)] : [],
      })),
    );
    const early = batch.state === 'collecting';
    const state = batch.state === 'cross-checked' ? 'disclosing' : batch.state;
    return {
      target,
      violations: [
        ...(early ? [notCrossChecked()] : []),
        ...(passed.length === 0 ? [violation('nothing-to-do', 'records', { found: '0', expected: '≥ 1' })] : []),
      ],
      subjects: [...passed.map(recordSubject), batchSubject(batch, { state })],
      facts: {
        batchId,
        category: batch.category,
        resolution: batch.resolution.number,
        records: passed.length,
        from,
        until,
        days: disclosureDays,
        nameMask,
      },
      save: async ({ at }) => {
        const ids = passed.map((record) => record.id);
        await moveRecords(tx, institution, ids, { state: 'disclosing', disclosedKeyDigest: null, updatedAt: at });
        await advanceBatch(tx, batch, { state, disclosedFrom: from, disclosedUntil: until });
        // The rules of this day hold until it ends, whatever the policy says later.
        const rules = { from, until, days: disclosureDays, nameMask, records: ids.length };
        await addOpening(tx, { institution, batchId, ...rules, at });
        return { batchId, from, until };
      },
    };
  });
}
