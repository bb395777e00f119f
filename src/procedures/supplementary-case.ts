// Everything that keeps a supplementary report from being sent (R11.6): asked when it is drafted and by every hand it passes.
import { supplementaryReportViolations } from '../regulation/applications.ts';
import type { Deadline } from '../regulation/deadlines.ts';
import { type Violation, violation } from '../regulation/violations.ts';
import type { Category, RecordState } from '../regulation/vocabulary.ts';
import type { RecordRow } from '../store/records.ts';
import { findFile } from '../store/stored-files.ts';
import type { Transaction } from '../store/transaction.ts';
import type { World } from './call.ts';
import { policyFor, reportingDeadline, todayOf } from './situation.ts';

/** The case as it stands: what is said, who is listed, what is attached. */
export interface SupplementaryCase {
  readonly institution: string;
  readonly category: Category;
  readonly resolution: { readonly id: string; readonly effectiveOn: string };
  readonly reason: string;
  readonly measures: string;
  readonly records: readonly RecordRow[];
  readonly evidence: readonly { readonly title: string; readonly fileDigest: string }[];
}

/** What is wrong with a case today, and the deadline that was missed. */
export async function judgeCase(
  tx: Transaction,
  world: World,
  report: SupplementaryCase,
): Promise<{ violations: Violation[]; deadline: Deadline }> {
  const { institution, resolution, evidence } = report;
  const today = todayOf(world);
  const deadline = await reportingDeadline(tx, institution, resolution.effectiveOn);
  const { reasonLength } = await policyFor(tx, institution, today);
  const records = report.records.map((row) => ({
    ...row,
    category: row.category as Category,
    state: row.state as RecordState,
  }));
  const { reason, measures } = report;
  const violations = supplementaryReportViolations({
    ...{ reason, measures, records, evidence, deadline, today, reasonLength },
  });
  violations.push(...strangers(report));
  for (const [at, { fileDigest }] of evidence.entries()) {
    const file = await findFile(tx, institution, fileDigest);
    if (file?.kind === 'evidence') continue;
    violations.push(violation('file-missing', `evidence[${at}].fileDigest`, { found: fileDigest }));
  }
  return { violations, deadline };
}

/** Records of another resolution or category than the application's: an office applies for its own people only (R4.2). */
function strangers({ records, resolution, category }: SupplementaryCase): Violation[] {
  return records.flatMap((row, at) => {
    const found: Violation[] = [];
    if (row.resolutionId !== resolution.id) {
      const details = { found: row.resolutionId, expected: resolution.id };
      found.push(violation('application-mixed-resolutions', `records[${at}].resolution`, details));
    }
    if (row.category !== category) {
      const details = { found: row.category, expected: category };
      found.push(violation('application-mixed-categories', `records[${at}].category`, details));
    }
    return found;
  });
}
