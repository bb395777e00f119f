// 报送省学位委员会办公室 (R5.1): the degree office gathers what all categories reported on a resolution and hands it to the province.
import { type CategoryGathering, isWhole, wholenessViolations } from '../../regulation/reporting/gathering.ts';
import { canonicalize } from '../../sealing/verify/canonical.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { advanceBatch, batchesOfResolution } from '../../store/records/batches.ts';
import { moveRecords } from '../../store/records/records.ts';
import { addUpwardReport } from '../../store/reporting/reports.ts';
import { findResolution } from '../../store/resolutions/resolutions.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, perform } from '../perform.ts';
import { judgeRecords } from '../records/batch-work.ts';
import { refusalOf } from '../records/record-results.ts';
import { rosterSealViolations } from '../resolutions/roster-seal.ts';
import { fieldsOf, judgeSecrecy } from '../secrecy/secrecy-rules.ts';
import { todayOf } from '../situation.ts';
import { batchSubject, digestOf, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { gatherResolution } from './gathering.ts';

/** Which resolution, and whether the report is said to be whole or partial; nothing said: as it is, and the statement says which. */
export interface ReportUpwardInput {
  readonly institution: string;
  readonly resolutionId: string;
  readonly partial?: boolean | undefined;
  /** Why it is partial. */
  readonly reason?: string | undefined;
}

export type ReportedUpward = {
  readonly reported: number;
  readonly batches: readonly { readonly batchId: string; readonly count: number }[];
  /** How many people of the roster have no record yet: they can only come by a supplementary report. */
  readonly missing: number;
  /** Nobody is missing, and nothing waits to be reported but supplementary reports. */
  readonly whole: boolean;
  /** The roster beside the records, category by category, as it was found. */
  readonly categories: readonly { readonly [Key in keyof CategoryGathering]: CategoryGathering[Key] }[];
};

/**
 * Reports every record of a resolution that reached the degree office. The roster is held against the records once more.
 * @throws {NotFound}, {Refused} nothing was reported, records and roster disagree, a thesis is classified, or it is not as whole as it is said to be. {Forbidden}
 */
export function reportUpward(call: Call, input: ReportUpwardInput): Promise<Performed<ReportedUpward>> {
  const { institution, resolutionId, partial } = input;
  const reason = (input.reason ?? '').trim();
  const request = { resolutionId, ...(partial === undefined ? {} : { partial, reason }) };
  return perform(call, 'report-upward', institution, request, async (tx) => {
    const resolution = await findResolution(tx, institution, resolutionId);
    if (!resolution) throw new NotFound('resolution', resolutionId);
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'report-upward', target);
    const gathering = await gatherResolution(tx, institution, resolutionId);
    const wrong = new Map(gathering.disagreements.map(({ recordId, violations }) => [recordId, violations]));
    const batchOf = new Map<string, string>();
    const which = { resolutionId, state: 'reported' };
    const { passed, results } = await judgeRecords(tx, call, institution, which, async (chunk) => {
      const secrecy = await judgeSecrecy(tx, institution, fieldsOf(chunk), todayOf(call.world));
      return chunk.map(({ row }, at) => {
        batchOf.set(row.id, row.batchId);
        return { violations: [...(wrong.get(row.id) ?? []), ...(secrecy[at] ?? [])] };
      });
    });
    const categories = gathering.categories.map((one) => ({ ...one }));
    const missing = gathering.missing.length;
    const whole = isWhole(categories);
    const all = await batchesOfResolution(tx, institution, resolutionId);
    const counted = all
      .map((batch) => ({ batch, count: passed.filter(({ id }) => batchOf.get(id) === batch.id).length }))
      .filter(({ count }) => count > 0)
      // Also a batch that was filed waits again for what comes later.
      .map(({ batch, count }) => ({ batch, count, state: 'reported-upward' }));
    const batches = counted.map(({ batch, count }) => ({ batchId: batch.id, count }));
    // The reason may speak of people: it enters the log under the installation's key.
    const because = canonicalize({ resolutionId, reason });
    return {
      target,
      violations: [
        ...(await rosterSealViolations(tx, call.world, institution, resolutionId)),
        ...refusalOf('all-or-nothing', results, passed.length),
        ...wholenessViolations(gathering, partial, reason),
      ],
      subjects: [...passed.map(recordSubject), ...counted.map(({ batch, state }) => batchSubject(batch, { state }))],
      facts: {
        ...{ resolutionId, resolution: resolution.number, rosterSize: resolution.rosterSize, missing },
        ...{ reported: passed.length, batches, whole, categories },
        ...(reason === '' ? {} : { reason: digestOf({ keyed: call.world.blindIndex(because, 'partial-report') }) }),
      },
      files: [resolution.scanDigest, resolution.rosterDigest],
      save: async ({ id: stepId, at }) => {
        const ids = passed.map((record) => record.id);
        await moveRecords(tx, institution, ids, { state: 'reported-upward', updatedAt: at });
        for (const { batch, state } of counted) await advanceBatch(tx, batch, { state });
        const kept = { institution, resolutionId, stepId, whole, reason: reason === '' ? null : reason, missing, at };
        await addUpwardReport(tx, { ...kept, id: uuidv7(), reported: passed.length });
        return { reported: passed.length, batches, missing, whole, categories };
      },
    };
  });
}
