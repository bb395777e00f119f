// 形式核查反馈 (R14.1): what the national centre says of filed records; those it finds wrong come back and pass every stage again.
import { civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import {
  entryViolations,
  type FormCheckEntry,
  feedbackViolations,
  gatherEntries,
} from '../../regulation/reporting/form-check.ts';
import {
  fieldOfWord,
  isHeader,
  readFormCheckHeader,
  readFormCheckRow,
} from '../../regulation/standard/form-check-template.ts';
import type { Violation } from '../../regulation/violations.ts';
import { violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { recordsInApplications } from '../../store/applications/applications.ts';
import { lockFor } from '../../store/database/key-lock.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { advanceBatch, findBatches } from '../../store/records/batches.ts';
import { findRecordRows, findRecordsByNumber } from '../../store/records/record-look-up.ts';
import { moveRecords, type RecordRow, recordIdsOfBatch } from '../../store/records/records.ts';
import { addFormCheck, hasFormCheck } from '../../store/reporting/reports.ts';
import { addReviewReasons } from '../../store/reporting/review-reasons.ts';
import { closedStates } from '../applications/draft-parts.ts';
import type { Call } from '../call.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { loadBatch } from '../records/batch-work.ts';
import { todayOf } from '../situation.ts';
import { readSideTable } from '../structure/side-table.ts';
import { batchSubject, recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/** What the feedback says of one record. */
export type FormCheckResultInput = {
  readonly certificateNumber: string;
  readonly passed: boolean;
  readonly reasons: readonly { readonly field: string; readonly reason: string }[];
};

/** A feedback with its file (kind `form-check`), and its results one by one or as a table (kind `form-check-table`). */
export interface RecordFormCheckInput {
  readonly institution: string;
  readonly number: string;
  readonly feedbackOn: string;
  readonly fileDigest: string;
  readonly tableDigest?: string | null | undefined;
  readonly results: readonly FormCheckResultInput[];
  /** The feedback is about a whole batch: its filed records that are not listed have passed. */
  readonly batchId?: string | null | undefined;
}

export type RecordedFormCheck = {
  readonly formCheckId: string;
  readonly passed: number;
  readonly failed: number;
  /** Records of the batch that are not listed and stand in an open application: nothing is entered for them. */
  readonly leftOut: number;
};

/** A record of which the feedback speaks. */
interface Checked {
  readonly row: RecordRow;
  readonly entry: FormCheckEntry;
}

/**
 * Enters a form check (step `form-check`, by the provincial office, because the centre does not sign in here). What passed stays filed
 * and carries the day; what failed is returned with its reasons, and a batch that was filed waits for it again.
 * @throws {NotFound}, {Refused} a number entered before, a day before the filing, a record that is not filed, stands in an open application or is unknown, or a reason that is missing. {Forbidden}
 */
export function recordFormCheck(call: Call, input: RecordFormCheckInput): Promise<Performed<RecordedFormCheck>> {
  const { institution, feedbackOn, fileDigest } = input;
  const number = input.number.trim();
  const tableDigest = input.tableDigest ?? null;
  const results = input.results.map(({ certificateNumber, passed, reasons }) => ({
    ...{ certificateNumber: certificateNumber.trim(), passed },
    reasons: reasons.map(({ field, reason }) => ({ field: fieldOfWord(field), reason: reason.trim() })),
  }));
  const batchId = input.batchId ?? null;
  const request = { number, feedbackOn, fileDigest, tableDigest, results, batchId };
  return perform(call, 'form-check', institution, request, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'form-check', target);
    const given = results.map((entry, at) => ({ ...entry, path: `results[${at}]` }));
    const table = tableDigest === null ? { rows: [], violations: [] } : await readTable(tx, call, input, tableDigest);
    const gathered = gatherEntries([...given, ...table.rows]);
    if (batchId !== null) await loadBatch(tx, institution, batchId);
    const listed = await findChecked(tx, institution, gathered.entries, batchId);
    const { violations } = listed;
    const { rest, leftOut } = await restOfBatch(tx, institution, gathered.entries, batchId);
    const checked = [...listed.checked, ...rest];
    const failed = checked.filter(({ entry }) => !entry.passed);
    const passed = checked.length - failed.length;
    const filedOn = latestFiling(checked.map(({ row }) => row));
    // One after another, so that of two with the same number the second sees the first.
    await lockFor(tx, `form-check/${institution}`);
    const numberTaken = await hasFormCheck(tx, institution, number);
    const missing = await missingFile(tx, call, {
      ...{ institution, path: 'fileDigest', digest: fileDigest, kind: 'form-check', article: '14' },
    });
    const batches = await findBatches(tx, institution, [...new Set(failed.map(({ row }) => row.batchId))]);
    const reopened = batches.filter(({ state }) => state === 'filed');
    const categories = [...new Set(checked.map(({ row }) => row.category))].sort();
    const fields = [...new Set(failed.flatMap(({ entry }) => entry.reasons.map(({ field }) => field)))].sort();
    return {
      target,
      violations: [
        ...feedbackViolations(number, feedbackOn, { today: todayOf(call.world), numberTaken, filedOn }),
        ...missing,
        ...(tableDigest !== null && results.length > 0
          ? [
              violation('form-check-both', 'results', {
                found: `${results.length} + tableDigest`,
                expected: 'results / tableDigest',
              }),
            ]
          : []),
        ...table.violations,
        ...(checked.length === 0 && gathered.entries.length === 0 && table.violations.length === 0
          ? [
              violation('form-check-empty', tableDigest === null ? 'results' : 'tableDigest', {
                found: '0',
                expected: '≥ 1',
              }),
            ]
          : []),
        ...gathered.violations,
        ...violations,
      ],
      subjects: [
        ...checked.map(({ row }) => recordSubject(row)),
        ...reopened.map((batch) => batchSubject(batch, REOPENED)),
      ],
      facts: { number, feedbackOn, passed, failed: failed.length, categories, fields, batchId },
      files: tableDigest === null ? [fileDigest] : [fileDigest, tableDigest],
      save: async ({ id: stepId, at }) => {
        const formCheckId = uuidv7();
        const ids = failed.map(({ row }) => row.id);
        await moveRecords(tx, institution, ids, { state: 'returned', updatedAt: at });
        const reasons = failed.flatMap(({ row, entry }) =>
          entry.reasons.map((reason) => ({ ...reason, recordId: row.id, returnedVersion: row.version })),
        );
        await addReviewReasons(tx, institution, stepId, reasons, 'form-check');
        const check = { institution, id: formCheckId, stepId, number, feedbackOn, fileDigest, tableDigest, categories };
        const said = checked.map(({ row, entry }) => ({
          ...{ institution, formCheckId, recordId: row.id, version: row.version, passed: entry.passed, at },
        }));
        await addFormCheck(tx, { ...check, passed, failed: failed.length, at }, said);
        for (const batch of reopened) await advanceBatch(tx, batch, REOPENED);
        return { formCheckId, passed, failed: failed.length, leftOut };
      },
    };
  });
}

/** The latest day on which one of these records was filed. */
function latestFiling(rows: readonly RecordRow[]): string | null {
  const days = rows.flatMap(({ filedAt }) => (filedAt ? [civilDateInShanghai(filedAt.toISOString())] : []));
  return days.reduce<string | null>((latest, day) => (latest === null || day > latest ? day : latest), null);
}

/** What a filed batch is while records of it pass the stages again: with the province, which files the rest. */
const REOPENED = { state: 'reported-upward' } as const;

function readTable(tx: Transaction, { world }: Call, { institution }: RecordFormCheckInput, digest: string) {
  return readSideTable(tx, world, institution, digest, {
    kind: 'form-check-table',
    header: (cells) => {
      const read = readFormCheckHeader(cells);
      return isHeader(read) ? { header: read } : { violations: read };
    },
    row: readFormCheckRow,
  });
}

/** A statement takes no more parameters than fit into two bytes. */
const IDS_AT_ONCE = 1000;

/** The records that the entries are about, and what is wrong with each. */
async function findChecked(
  tx: Transaction,
  institution: string,
  entries: readonly FormCheckEntry[],
  batchId: string | null,
): Promise<{ checked: Checked[]; violations: Violation[] }> {
  const numbers = entries.map(({ certificateNumber }) => certificateNumber);
  const rows = await findRecordsByNumber(tx, institution, numbers);
  const byNumber = new Map(rows.map((row) => [row.certificateNumber, row]));
  const cases = await openCases(tx, institution, rows);
  const checked: Checked[] = [];
  const violations: Violation[] = [];
  for (const entry of entries) {
    const row = byNumber.get(entry.certificateNumber);
    if (!row || (batchId !== null && row.batchId !== batchId)) {
      const found = entry.certificateNumber.slice(0, 60);
      violations.push(violation('form-check-record-unknown', `${entry.path}.certificateNumber`, { found }));
      continue;
    }
    violations.push(...entryViolations(entry, row.state as RecordState, cases.get(row.id)));
    checked.push({ row, entry });
  }
  return { checked, violations };
}

/** Filed records of the batch of which the feedback says nothing: they passed, unless they stand in an open application. */
async function restOfBatch(
  tx: Transaction,
  institution: string,
  entries: readonly FormCheckEntry[],
  batchId: string | null,
): Promise<{ rest: Checked[]; leftOut: number }> {
  if (batchId === null) return { rest: [], leftOut: 0 };
  const listed = new Set(entries.map(({ certificateNumber }) => certificateNumber));
  const ids = await recordIdsOfBatch(tx, institution, batchId, ['filed']);
  const rows: RecordRow[] = [];
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    rows.push(...(await findRecordRows(tx, institution, ids.slice(start, start + IDS_AT_ONCE))));
  }
  const unlisted = rows.filter((row) => !listed.has(row.certificateNumber));
  const cases = await openCases(tx, institution, unlisted);
  const rest = unlisted
    .filter(({ id }) => !cases.has(id))
    .map((row): Checked => {
      const { certificateNumber } = row;
      return { row, entry: { certificateNumber, passed: true, reasons: [], path: 'batch' } };
    });
  return { rest, leftOut: unlisted.length - rest.length };
}

/** Which of these records stand in an application that is not over: record id → case number. */
async function openCases(
  tx: Transaction,
  institution: string,
  rows: readonly RecordRow[],
): Promise<Map<string, string>> {
  const cases = new Map<string, string>();
  for (let start = 0; start < rows.length; start += IDS_AT_ONCE) {
    const ids = rows.slice(start, start + IDS_AT_ONCE).map(({ id }) => id);
    for (const [id, found] of await recordsInApplications(tx, institution, ids, closedStates())) cases.set(id, found);
  }
  return cases;
}
