// Ends an internal disclosure (R11.3): what nobody objects to is disclosed; what somebody objects to stays until resolved.
import { disclosureViolations } from '../../regulation/disclosure.ts';
import { violation } from '../../regulation/violations.ts';
import { markDisclosed } from '../../store/disclosure/disclosed-records.ts';
import { openObjections } from '../../store/disclosure/objections.ts';
import { waitingObjections } from '../../store/disclosure/received-objections.ts';
import { advanceBatch } from '../../store/records/batches.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import { judgeRecords, loadBatch } from '../records/batch-work.ts';
import { type RecordResult, refusalOf } from '../records/record-results.ts';
import { todayOf } from '../situation.ts';
import { batchSubject, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { disclosureRules } from './disclosure-rules.ts';
import { keyDigest } from './key-fields.ts';

/** How many were disclosed, and which stay because of an open objection. */
export type DisclosureClosed = {
  readonly batchId: string;
  readonly disclosed: number;
  readonly results: readonly RecordResult[];
};

/**
 * Ends the disclosure of every record of a batch that is under disclosure and has no open objection.
 * @throws {NotFound}, {Refused} before the period is over, or when every record has an open objection. {Forbidden}
 */
export function closeDisclosure(
  call: Call,
  input: { institution: string; batchId: string },
): Promise<Performed<DisclosureClosed>> {
  const { institution, batchId } = input;
  return perform(call, 'close-disclosure', institution, { batchId }, async (tx) => {
    const batch = await loadBatch(tx, institution, batchId);
    const target = await targetIn(tx, institution, batch.category);
    requireMayAct(call, 'close-disclosure', target);
    const today = todayOf(call.world);
    const objections = await openObjections(tx, institution, batchId);
    const received = await waitingObjections(tx, institution, batchId);
    const { passed, results } = await judgeRecords(tx, call, institution, { batchId, state: 'disclosing' }, (chunk) =>
      chunk.map(({ row, fields }) => {
        const open = objections.get(row.id);
        const found = open === undefined ? [] : [violation('objection-open', 'objections', { found: String(open) })];
        const waits = received.get(row.id);
        // What came in by the page is heard first: nothing that somebody sent is passed over.
        if (waits) found.push(violation('objection-received', 'objections', { found: String(waits) }));
        return { violations: found, note: keyDigest(fields) };
      }),
    );
    const { days, nameMask } = await disclosureRules(tx, batch, today);
    const { disclosedFrom, disclosedUntil } = batch;
    // Objections hold back their own records only.
    const period = disclosureViolations({ disclosedFrom, disclosedUntil, objections: [] }, today, days);
    const state = batch.state === 'disclosing' ? 'disclosed' : batch.state;
    return {
      target,
      violations: [...period, ...refusalOf('skip-refused', results, passed.length)],
      subjects: [...passed.map(recordSubject), batchSubject(batch, { state })],
      facts: {
        ...{ batchId, category: batch.category, resolution: batch.resolution.number },
        ...{ disclosed: passed.length, objected: results.length, from: disclosedFrom, until: disclosedUntil },
        ...{ days, nameMask },
      },
      save: async ({ at }) => {
        const pairs = passed.map(({ id, note }) => ({ id, keyDigest: note ?? '' }));
        await markDisclosed(tx, institution, pairs, at);
        await advanceBatch(tx, batch, { state });
        return { batchId, disclosed: passed.length, results };
      },
    };
  });
}
