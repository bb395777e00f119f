// Correcting a record before it is reported, or when review has returned it: a new version, which passes every stage again (R14.1, R15.2).
import { transitionViolations } from '../../regulation/lifecycle.ts';
import { unansweredReasons } from '../../regulation/reporting/review-reasons.ts';
import { matchTemplate } from '../../regulation/templates/templates.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { takeNumbers } from '../../store/records/certificate-numbers.ts';
import { reviseRecords } from '../../store/records/record-versions.ts';
import { toFields } from '../../store/records/records.ts';
import { openReasons, resolveReasons } from '../../store/reporting/review-reasons.ts';
import { readTemplates } from '../../store/templates/certificate-templates.ts';
import type { Call } from '../call.ts';
import { type GivenFields, readGivenFields } from '../collection/given-fields.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { commitFields } from './commit-record.ts';
import { changeOf, judgeChange } from './correction.ts';
import { findRecord } from './record-work.ts';

/** The version that the officer saw, and the fields that change; null or '' empties a field. */
export type CorrectRecordInput = {
  institution: string;
  recordId: string;
  expectedVersion: number;
  changes: GivenFields;
};

/** The record and its new version. */
export type CorrectRecordResult = { recordId: string; version: number };

/**
 * Corrects a record (step `correct`): the corrector becomes its collector, and another officer cross-checks it again (R11.2).
 * @throws {Refused} it is reported already, nothing changes, or the new values are wrong. {Stale} somebody else was faster. {NotFound}
 */
export function correctRecord(call: Call, input: CorrectRecordInput): Promise<Performed<CorrectRecordResult>> {
  const { institution, recordId, expectedVersion, changes } = input;
  const { world, actor } = call;
  return perform(call, 'correct', institution, input, async (tx) => {
    const row = await findRecord(tx, institution, recordId, expectedVersion);
    const target = await targetIn(tx, institution, row.category);
    requireMayAct(call, 'correct', target);
    const given = readGivenFields(changes);
    const change = changeOf({ row, fields: toFields(row, world.cipher) }, given);
    const open = await openReasons(tx, institution, recordId);
    const judged = await judgeChange(tx, world, change, todayOf(world));
    const violations: Violation[] = [
      ...transitionViolations('correct', row.state as RecordState),
      ...given.violations,
      ...(change.names.length === 0
        ? [violation('correction-changes-nothing', 'changes', { found: '0', expected: '≥ 1' })]
        : []),
      ...unansweredReasons(open, change.before.fields, change.after),
      ...judged.violations,
    ];
    const at = world.now();
    const { after, names } = change;
    const match = matchTemplate(after, await readTemplates(tx, institution));
    const also = {
      state: 'collected',
      collectedById: actor.officerId,
      crossCheckedById: null,
      rosterSequence: judged.rosterSequence,
      enrolmentRecordId: judged.enrolmentRecordId,
      certificateTemplateId: 'template' in match ? match.template.id : null,
    };
    const revisions = violations.length === 0 ? [{ row, fields: after, committed: commitFields(after), also }] : [];
    const subjects = await reviseRecords(tx, institution, revisions, at, world);
    const version = row.version + 1;
    return {
      target,
      violations,
      subjects,
      facts: { category: row.category, batchId: row.batchId, fields: names },
      async save() {
        await resolveReasons(tx, institution, recordId, names, version);
        const number = judged.newNumber;
        if (number !== null) await takeNumbers(tx, institution, [{ number, recordId }], at);
        return { recordId, version };
      },
    };
  });
}
