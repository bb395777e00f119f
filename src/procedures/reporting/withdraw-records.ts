// 撤回 (R14.1): reported records are taken back before their review has ended, each with its reason, to be corrected and reported again, or for good.
import { waitingOf } from '../../regulation/lifecycle.ts';
import { withdrawalReasonViolations, withdrawalViolations } from '../../regulation/reporting/withdrawal.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { canonicalize } from '../../sealing/verify/canonical.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { advanceBatch, findBatches } from '../../store/records/batches.ts';
import { findRecordRows } from '../../store/records/record-look-up.ts';
import { moveRecords, type RecordRow } from '../../store/records/records.ts';
import { addWithdrawals, everReportedUpward, statesOfBatches } from '../../store/reporting/reports.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { batchSubject, digestOf, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/** Records of one institution, each with why it is taken back. */
export interface WithdrawRecordsInput {
  readonly institution: string;
  readonly withdrawals: readonly { readonly recordId: string; readonly reason: string }[];
}

export type WithdrawnRecords = {
  readonly withdrawn: number;
  /** Batches that were held up by nothing else and are filed by now. */
  readonly filedBatches: readonly string[];
};

/**
 * Withdraws records (step `withdraw-records`): the degree office what stands with it or with the province, a category office what it
 * reported and nobody handed on, and what came back to it. The certificate number stays taken, the place on the roster stays held.
 * @throws {NotFound}, {Refused} reviewed already, another office's to withdraw, or without a reason. {Forbidden}
 */
export function withdrawRecords(call: Call, input: WithdrawRecordsInput): Promise<Performed<WithdrawnRecords>> {
  const { institution } = input;
  const withdrawals = input.withdrawals.map(({ recordId, reason }) => ({ recordId, reason: reason.trim() }));
  return perform(call, 'withdraw-records', institution, { withdrawals }, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'withdraw-records', target);
    const ids = [...new Set(withdrawals.map((one) => one.recordId))];
    const rows = new Map((await findRecordRows(tx, institution, ids)).map((row) => [row.id, row]));
    const unknown = ids.find((id) => !rows.has(id));
    if (unknown !== undefined) throw new NotFound('record', unknown);
    for (const { category } of rows.values()) {
      requireMayAct(call, 'withdraw-records', await targetIn(tx, institution, category));
    }
    const violations = [
      ...(ids.length === 0 ? [violation('nothing-to-do', 'records', { found: '0', expected: '≥ 1' })] : []),
      ...doubled(withdrawals.map(({ recordId }) => recordId)),
      ...withdrawals.flatMap(({ recordId, reason }) =>
        [
          ...withdrawalViolations(call.actor.officeKind, rows.get(recordId)?.state as RecordState),
          ...withdrawalReasonViolations(reason),
        ].map((broken) => ({ ...broken, path: `records[${recordId}].${broken.path}` })),
      ),
    ];
    const reached = await everReportedUpward(tx, institution, ids);
    const filed = await batchesThatEnd(tx, institution, [...rows.values()]);
    const keyed = call.world.blindIndex(canonicalize(withdrawals), 'withdrawal');
    const states: Record<string, number> = {};
    for (const { state } of rows.values()) states[state] = (states[state] ?? 0) + 1;
    return {
      target,
      violations,
      subjects: [...[...rows.values()].map(recordSubject), ...filed.map((batch) => batchSubject(batch, END))],
      facts: { withdrawn: ids.length, from: states, reasons: digestOf({ keyed }) },
      save: async ({ id: stepId, at }) => {
        await moveRecords(tx, institution, ids, { state: 'withdrawn', updatedAt: at });
        const kept = withdrawals.map(({ recordId, reason }) => {
          const { state, version } = rows.get(recordId) as RecordRow;
          const reachedProvince = reached.has(recordId);
          return {
            ...{ institution, id: uuidv7(), recordId, stepId, fromState: state, version, reachedProvince },
            ...{ reason, at },
          };
        });
        await addWithdrawals(tx, kept);
        for (const batch of filed) await advanceBatch(tx, batch, END);
        return { withdrawn: ids.length, filedBatches: filed.map(({ id }) => id) };
      },
    };
  });
}

const END = { state: 'filed' } as const;

/** The same record twice in one call. */
export function doubled(ids: readonly string[]): Violation[] {
  const twice = new Set(ids.filter((id, at) => ids.indexOf(id) < at));
  return [...twice].map((id) => violation('record-doubled', `records[${id}]`, { found: id }));
}

/** Batches of which everything but these records is over, and something is filed: nothing is left for the province to file. */
async function batchesThatEnd(tx: Transaction, institution: string, rows: readonly RecordRow[]) {
  const taken = new Map<string, number>();
  for (const { batchId } of rows) taken.set(batchId, (taken.get(batchId) ?? 0) + 1);
  const counts = await statesOfBatches(tx, institution, [...taken.keys()]);
  const ended = [...taken].filter(([id, count]) => {
    const states = counts.get(id) ?? new Map();
    return (states.get('filed') ?? 0) > 0 && waitingOf(states) === count;
  });
  const batches = await findBatches(
    tx,
    institution,
    ended.map(([id]) => id),
  );
  return batches.filter(({ state }) => state !== 'filed');
}
