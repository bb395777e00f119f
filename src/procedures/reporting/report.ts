// 上报单位管理员 (R11.4, R11.5): a batch goes to the degree office within the period since its resolution took effect, whole or with what is refused listed.
import { type CivilDate, type Deadline, daysLate, isLate } from '../../regulation/deadlines/deadlines.ts';
import { confirmsBeforeReport, DISPUTE_STATES } from '../../regulation/student-word.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { openObjections } from '../../store/disclosure/objections.ts';
import { waitingObjections } from '../../store/disclosure/received-objections.ts';
import { advanceBatch, type BatchWithResolution } from '../../store/records/batches.ts';
import { moveRecords } from '../../store/records/records.ts';
import { rosterWithoutRecords } from '../../store/resolutions/roster-reads.ts';
import { isKept } from '../../store/stored-files.ts';
import { confirmedRecords, disputedRecords } from '../../store/student/student-words.ts';
import type { Call } from '../call.ts';
import { examinerOf } from '../cross-check/examination.ts';
import { type Performed, perform } from '../perform.ts';
import { judgeRecords, loadBatch } from '../records/batch-work.ts';
import { type ErrorPolicy, type RecordResult, refusalOf } from '../records/record-results.ts';
import { policyFor, reportingDeadline, todayOf } from '../situation.ts';
import { batchSubject, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

export interface ReportInput {
  readonly institution: string;
  readonly batchId: string;
  readonly expectedVersion?: number | undefined;
  readonly errorPolicy: ErrorPolicy;
}

export type Reported = {
  readonly reported: number;
  /** People of the roster who have no record; empty for a supplementary batch, which never holds all of them. */
  readonly missing: readonly { readonly sequence: number; readonly name: string }[];
  readonly results: readonly RecordResult[];
};

/** Records that are on their way to the report; those behind it are none of this step's business. */
const BEFORE_REPORT = ['collected', 'cross-checked', 'disclosing', 'disclosed'];

/**
 * Reports the records of a batch that are ready: disclosed, or returned, corrected, checked again and unchanged in what was disclosed.
 * What was reported in time once is not late when it comes again (R14.1); a consented supplementary batch has no deadline (R11.6).
 * @throws {NotFound}, {Stale}, {Refused} late, without the scan, with people missing, or with records that break a rule. {Forbidden}
 */
export function reportBatch(call: Call, input: ReportInput): Promise<Performed<Reported>> {
  const { institution, batchId, expectedVersion, errorPolicy } = input;
  const request = { batchId, expectedVersion: expectedVersion ?? null, errorPolicy };
  return perform(call, 'report', institution, request, async (tx) => {
    const batch = await loadBatch(tx, institution, batchId, expectedVersion);
    const target = await targetIn(tx, institution, batch.category);
    requireMayAct(call, 'report', target);
    const today = todayOf(call.world);
    const due = await reportingDeadline(tx, institution, batch.resolution.effectiveOn);
    const late = batch.applicationId === null && isLate(today, due);
    const examine = await examinerOf(tx, call, batch);
    const objections = await openObjections(tx, institution, batchId);
    const received = await waitingObjections(tx, institution, batchId);
    const disputed = await disputedRecords(tx, institution, batchId);
    // By the policy of the day on which the resolution took effect, as the deadline is: a new policy does not reach back.
    const policy = await policyFor(tx, institution, batch.resolution.effectiveOn, 'dawn');
    const asked = confirmsBeforeReport(policy, batch.category);
    const confirmed = asked ? await confirmedRecords(tx, institution, batchId) : null;
    const which = { batchId, state: { in: BEFORE_REPORT } };
    let firstTimers = 0;
    const { passed, results } = await judgeRecords(tx, call, institution, which, async (chunk) => {
      const examined = await examine(chunk, 'report');
      return chunk.map(({ row }, at) => {
        const violations: Violation[] = [...(examined[at]?.violations ?? [])];
        const [open, waits] = [objections.get(row.id), received.get(row.id)];
        if (open) violations.push(violation('objection-open', 'objections', { found: String(open), expected: '0' }));
        if (waits)
          violations.push(violation('objection-received', 'objections', { found: String(waits), expected: '0' }));
        if (disputed.has(row.id)) {
          violations.push(violation('dispute-open', 'disputes', { found: DISPUTE_STATES.open.zh }));
        }
        if (confirmed?.has(row.id) === false) {
          violations.push(violation('confirmation-missing', 'confirmation', { expected: `v${row.version}` }));
        }
        if (row.firstReportedAt === null) firstTimers++;
        if (late && row.firstReportedAt === null) violations.push(lateness(today, due));
        return { violations };
      });
    });
    const missing = batch.applicationId
      ? []
      : await rosterWithoutRecords(tx, institution, batch.resolutionId, batch.category);
    const closed = late && firstTimers > 0 && (errorPolicy === 'all-or-nothing' || passed.length === 0);
    return {
      target,
      violations: [
        ...(closed ? [lateness(today, due)] : []),
        ...(await scanViolations(tx, batch)),
        ...(errorPolicy === 'all-or-nothing' ? missing.map(withoutRecord) : []),
        // One lateness of the batch says it for every record.
        ...refusalOf(errorPolicy, closed ? withoutLateness(results) : results, closed ? 1 : passed.length),
      ],
      subjects: [...passed.map(recordSubject), batchSubject(batch, { state: nextState(batch) })],
      facts: {
        ...{
          batchId,
          category: batch.category,
          resolution: batch.resolution.number,
          effectiveOn: batch.resolution.effectiveOn,
        },
        ...{ deadline: due.rolled, reported: passed.length, refused: results.length, missing: missing.length },
        supplementary: batch.applicationId !== null,
      },
      files: [batch.resolution.scanDigest],
      save: async ({ at }) => {
        const first = passed.filter((record) => record.firstReportedAt === null).map((record) => record.id);
        const again = passed.filter((record) => record.firstReportedAt !== null).map((record) => record.id);
        await moveRecords(tx, institution, first, { state: 'reported', firstReportedAt: at, updatedAt: at });
        await moveRecords(tx, institution, again, { state: 'reported', updatedAt: at });
        await advanceBatch(tx, batch, { state: nextState(batch), reportedAt: batch.reportedAt ?? at });
        const people = missing.map(({ sequence, name }) => ({ sequence, name }));
        return { reported: passed.length, missing: people, results };
      },
    };
  });
}

function lateness(today: CivilDate, due: Deadline): Violation {
  const late = daysLate(today, due);
  return violation('reporting-deadline-passed', 'batch', { found: `${today} (+${late})`, expected: `≤ ${due.rolled}` });
}

function withoutLateness(results: readonly RecordResult[]): RecordResult[] {
  return results.map(({ recordId, violations }) => ({
    recordId,
    violations: violations.filter((broken) => broken.code !== 'reporting-deadline-passed'),
  }));
}

function withoutRecord(person: { sequence: number; name: string; certificateNumber: string }): Violation {
  const found = `${person.name} ${person.certificateNumber}`;
  return violation('roster-person-without-record', `roster[${person.sequence}]`, { found });
}

/** R6.1: without the scanned resolution the report is refused. */
async function scanViolations(tx: Transaction, { institution, resolution }: BatchWithResolution): Promise<Violation[]> {
  const kept = await isKept(tx, institution, resolution.scanDigest);
  return kept ? [] : [violation('resolution-scan-missing', 'resolution.scan', { expected: resolution.scanDigest })];
}

/** A batch that has been reported upward stays there while single returned records come again. */
function nextState(batch: BatchWithResolution): string {
  return batch.state === 'reported-upward' || batch.state === 'filed' ? batch.state : 'reported';
}
