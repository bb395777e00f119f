// 校核 (R11.2): another officer than the collector holds each record against roster, enrolment record, standard and template.

import { crossCheckViolations } from '../../regulation/cross-check/cross-check.ts';
import { fieldNames, sampleViolations } from '../../regulation/cross-check/sample.ts';
import { DISPUTE_STATES } from '../../regulation/student-word.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { advanceBatch, countByState } from '../../store/records/batches.ts';
import { moveRecords } from '../../store/records/records.ts';
import { disputedRecords } from '../../store/student/student-words.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import { judgeRecords, loadBatch, requireAll } from '../records/batch-work.ts';
import { type ErrorPolicy, type RecordResult, refusalOf } from '../records/record-results.ts';
import { rosterSealViolations } from '../resolutions/roster-seal.ts';
import { batchSubject, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { examinerOf } from './examination.ts';
import { giversOf } from './givers.ts';
import { sampleFacts } from './sample-facts.ts';
import { type BatchStanding, standingIfAsked, wrongOf } from './sample-standing.ts';

export interface CrossCheckInput {
  readonly institution: string;
  readonly batchId: string;
  /** The records to check; all that are collected when not given. */
  readonly recordIds?: readonly string[] | undefined;
  readonly errorPolicy: ErrorPolicy;
}

export type CrossChecked = {
  readonly checked: number;
  /** The refused ones only. */
  readonly results: readonly RecordResult[];
};

/**
 * Cross-checks records of a batch; the batch moves on when none is left unchecked.
 * @throws {NotFound} batch or record. {Refused} everything that is wrong, per record. {Forbidden}
 */
export function crossCheckRecords(call: Call, input: CrossCheckInput): Promise<Performed<CrossChecked>> {
  const { institution, batchId, recordIds, errorPolicy } = input;
  const asked = recordIds && [...new Set(recordIds)];
  return perform(call, 'cross-check', institution, { batchId, recordIds: asked ?? null, errorPolicy }, async (tx) => {
    const batch = await loadBatch(tx, institution, batchId);
    const target = await targetIn(tx, institution, batch.category);
    requireMayAct(call, 'cross-check', target);
    const examine = await examinerOf(tx, call, batch);
    const standing = await standingIfAsked(tx, call.world, institution, batchId);
    const disputed = await disputedRecords(tx, institution, batchId);
    const which = asked ? { batchId, id: { in: asked } } : { batchId, state: 'collected' };
    const { passed, results } = await judgeRecords(tx, call, institution, which, async (chunk) => {
      const examined = await examine(chunk, 'cross-check');
      const givers = await giversOf(
        tx,
        institution,
        chunk.map(({ row }) => row),
        call.actor.officerId,
      );
      return chunk.map(({ row }, at) => {
        const { violations = [], templateId } = examined[at] ?? {};
        const itself = crossCheckViolations(givers(row), call.actor);
        const doubted = disputed.has(row.id)
          ? [violation('dispute-open', 'disputes', { found: DISPUTE_STATES.open.zh })]
          : [];
        return { violations: [...itself, ...doubted, ...inPerson(standing, row.id), ...violations], note: templateId };
      });
    });
    requireAll(asked, passed, results);
    const before = await countByState(tx, institution, batchId);
    const complete = batch.state === 'collecting' && (before.get('collected') ?? 0) === passed.length;
    const state = complete ? 'cross-checked' : batch.state;
    return {
      target,
      violations: [
        ...(await rosterSealViolations(tx, call.world, institution, batch.resolutionId)),
        ...(standing ? sampleViolations(standing) : []),
        ...refusalOf(errorPolicy, results, passed.length),
      ],
      subjects: [...passed.map(recordSubject), batchSubject(batch, { state })],
      facts: {
        batchId,
        category: batch.category,
        resolution: batch.resolution.number,
        checked: passed.length,
        refused: results.length,
        ...(standing ? sampleFacts(call.world, standing) : {}),
      },
      save: async ({ at }) => {
        for (const [templateId, ids] of byNote(passed)) {
          const set = { state: 'cross-checked', crossCheckedById: call.actor.officerId, updatedAt: at };
          await moveRecords(tx, institution, ids, { ...set, certificateTemplateId: templateId });
        }
        await advanceBatch(tx, batch, { state });
        return { checked: passed.length, results };
      },
    };
  });
}

/** What a checker found wrong of the version that is there. */
function inPerson(standing: BatchStanding | null, recordId: string): Violation[] {
  const verdict = standing?.verdicts.get(recordId);
  if (!verdict || verdict.agrees) return [];
  return [violation('examined-wrong', 'examination', { found: fieldNames(wrongOf(verdict)) })];
}

/** Record ids by the template that fits them. */
function byNote(passed: readonly { id: string; note?: string | undefined }[]): Map<string | null, string[]> {
  const groups = new Map<string | null, string[]>();
  for (const { id, note } of passed) {
    const group = groups.get(note ?? null);
    if (group) group.push(id);
    else groups.set(note ?? null, [id]);
  }
  return groups;
}
