// 报送省学位委员会办公室 (R5.1): the degree office gathers what all categories reported on a resolution and hands it to the province.
import { type RosterRow, rosterViolations } from '../regulation/roster.ts';
import { type Violation, violation } from '../regulation/violations.ts';
import { advanceBatch, batchesOfResolution } from '../store/batches.ts';
import { moveRecords } from '../store/records.ts';
import { findResolution } from '../store/resolutions.ts';
import { readRoster, rosterWithoutRecords } from '../store/roster-reads.ts';
import { judgeRecords } from './batch-work.ts';
import type { Call } from './call.ts';
import { NotFound } from './errors.ts';
import { type Performed, perform } from './perform.ts';
import { refusalOf } from './record-results.ts';
import { rosterSealViolations } from './roster-seal.ts';
import { batchSubject, recordSubject } from './subjects.ts';
import { requireMayAct, targetIn } from './target.ts';

export type ReportedUpward = {
  readonly reported: number;
  readonly batches: readonly { readonly batchId: string; readonly count: number }[];
  /** How many people of the roster have no record yet: they can only come by a supplementary report. */
  readonly missing: number;
};

/**
 * Reports every record of a resolution that reached the degree office. Names and numbers are held against the roster once more.
 * @throws {NotFound}, {Refused} nothing was reported, or records and roster disagree. {Forbidden}
 */
export function reportUpward(
  call: Call,
  input: { institution: string; resolutionId: string },
): Promise<Performed<ReportedUpward>> {
  const { institution, resolutionId } = input;
  return perform(call, 'report-upward', institution, { resolutionId }, async (tx) => {
    const resolution = await findResolution(tx, institution, resolutionId);
    if (!resolution) throw new NotFound('resolution', resolutionId);
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'report-upward', target);
    const roster = await readRoster(tx, institution, resolutionId);
    const entries = new Map(roster.map((entry) => [entry.sequence, entry as RosterRow]));
    const batchOf = new Map<string, string>();
    const seen = new Set<number>();
    const which = { resolutionId, state: 'reported' };
    const { passed, results } = await judgeRecords(tx, call, institution, which, (chunk) =>
      chunk.map(({ row, fields }) => {
        const twice = seen.has(row.rosterSequence);
        seen.add(row.rosterSequence);
        batchOf.set(row.id, row.batchId);
        const violations: Violation[] = [...rosterViolations(fields, entries.get(row.rosterSequence) ?? null)];
        if (twice)
          violations.push(
            violation('person-already-recorded', 'rosterSequence', { found: String(row.rosterSequence) }),
          );
        return { violations };
      }),
    );
    const missing = (await rosterWithoutRecords(tx, institution, resolutionId)).length;
    const all = await batchesOfResolution(tx, institution, resolutionId);
    const counted = all
      .map((batch) => ({ batch, count: passed.filter(({ id }) => batchOf.get(id) === batch.id).length }))
      .filter(({ count }) => count > 0)
      .map(({ batch, count }) => ({ batch, count, state: batch.state === 'filed' ? 'filed' : 'reported-upward' }));
    const batches = counted.map(({ batch, count }) => ({ batchId: batch.id, count }));
    return {
      target,
      violations: [
        ...(await rosterSealViolations(tx, call.world, institution, resolutionId)),
        ...refusalOf('all-or-nothing', results, passed.length),
      ],
      subjects: [...passed.map(recordSubject), ...counted.map(({ batch, state }) => batchSubject(batch, { state }))],
      facts: {
        ...{ resolutionId, resolution: resolution.number, rosterSize: resolution.rosterSize, missing },
        ...{ reported: passed.length, batches },
      },
      files: [resolution.scanDigest, resolution.rosterDigest],
      save: async ({ at }) => {
        const ids = passed.map((record) => record.id);
        await moveRecords(tx, institution, ids, { state: 'reported-upward', updatedAt: at });
        for (const { batch, state } of counted) await advanceBatch(tx, batch, { state });
        return { reported: passed.length, batches, missing };
      },
    };
  });
}
