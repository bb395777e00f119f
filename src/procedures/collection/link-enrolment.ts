// Linking records with enrolment records by the system itself: empty fields are filled, contradictions are listed, nothing is silently fixed (R9.2, R9.4, R11.8).

import { transitionViolations } from '../../regulation/lifecycle.ts';
import {
  enrolmentViolations,
  fillFromEnrolment,
  needsEnrolment,
  noEnrolment,
} from '../../regulation/record/enrolment.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { findEnrolments } from '../../store/collection/enrolment-records.ts';
import { learnFromLoad } from '../../store/database/fresh-plans.ts';
import { type Revision, reviseRecords } from '../../store/records/record-versions.ts';
import { eachRecord, tieEnrolment } from '../../store/records/records.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import { loadBatch } from '../records/batch-work.ts';
import { commitFields } from '../records/commit-record.ts';
import { ofRecords, type RecordResult } from '../records/record-results.ts';
import type { Subject } from '../statement.ts';
import { recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/** Which batch. */
export type LinkEnrolmentInput = { institution: string; batchId: string };

/** How many records are linked, how many of them had empty fields filled, and what was found against the others, record by record. */
export type LinkEnrolmentResult = { linked: number; filled: number; results: RecordResult[] };

/**
 * Links the collected records of a batch (step `link-enrolment`): by student number, else by identity number.
 * A record with a contradiction is linked, listed and left as it is: cross-check refuses it until it is corrected.
 * @throws {Refused} nothing in the batch could be linked. {NotFound} no such batch
 */
export function linkEnrolment(call: Call, input: LinkEnrolmentInput): Promise<Performed<LinkEnrolmentResult>> {
  const { institution, batchId } = input;
  const { world } = call;
  return perform(call, 'link-enrolment', institution, input, async (tx) => {
    const batch = await loadBatch(tx, institution, batchId);
    const target = await targetIn(tx, institution, batch.category);
    requireMayAct(call, 'link-enrolment', target);
    await learnFromLoad(tx, 'DegreeRecord');
    const at = world.now();
    const subjects: Subject[] = [];
    const results: RecordResult[] = [];
    let filled = 0;
    for await (const group of eachRecord(tx, institution, { batchId }, world.cipher)) {
      const open = group.filter(({ row, fields }) => {
        const here = transitionViolations('link-enrolment', row.state as RecordState).length === 0;
        return here && needsEnrolment(fields.category);
      });
      const matches = await findEnrolments(
        tx,
        institution,
        open.map(({ fields }) => fields),
        world,
      );
      const revisions: Revision[] = [];
      const ties: { recordId: string; enrolmentRecordId: string }[] = [];
      for (const [place, { row, fields }] of open.entries()) {
        const match = matches[place] ?? null;
        if (match === null || match === 'ambiguous') {
          const why = match === null ? 'missing' : 'ambiguous';
          results.push({ recordId: row.id, violations: [noEnrolment(why, fields.studentNumber)] });
          continue;
        }
        const violations = enrolmentViolations(fields, match.fields);
        if (violations.length > 0) results.push({ recordId: row.id, violations });
        const fill = violations.length === 0 ? fillFromEnrolment(fields, match.fields) : null;
        if (fill && fill.filled.length > 0) {
          const committed = commitFields(fill.record);
          revisions.push({
            row,
            fields: fill.record,
            before: fields,
            committed,
            also: { enrolmentRecordId: match.id },
          });
          continue;
        }
        if (row.enrolmentRecordId !== match.id) ties.push({ recordId: row.id, enrolmentRecordId: match.id });
        subjects.push(recordSubject(row));
      }
      filled += revisions.length;
      await tieEnrolment(tx, institution, ties);
      subjects.push(...(await reviseRecords(tx, institution, revisions, at, world)));
    }
    const linked = subjects.length;
    return {
      target,
      violations: linked > 0 ? [] : nothingLinked(results),
      subjects,
      facts: { batchId, category: batch.category, linked, filled, contradictions: results.length },
      save: async () => ({ linked, filled, results }),
    };
  });
}

/** Why nothing could be linked: record by record, or because there is none that may be. */
function nothingLinked(results: readonly RecordResult[]): Violation[] {
  if (results.length === 0) return [violation('nothing-to-do', 'batch', { found: '0', expected: '≥ 1' })];
  return ofRecords(results.slice(0, 200));
}
