// The supplementary report (补报, art. 11(6)): what came too late, why, and what is done so that it does not happen again.

import { crossCheckViolations, type Giver } from '../cross-check/cross-check.ts';
import type { CivilDate, Deadline } from '../deadlines/deadlines.ts';
import { isLate } from '../deadlines/deadlines.ts';
import { DEFAULT_POLICY } from '../policy.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category } from '../vocabulary.ts';
import { evidenceViolations, type ListedRecord, peopleViolations } from './application-case.ts';

/** A supplementary report as it is drafted; `reasonLength` is the policy's least number of characters. */
export interface SupplementaryReport {
  readonly category: Category;
  readonly resolution: { readonly id: string; readonly number: string };
  readonly reason: string;
  readonly measures: string;
  readonly records: readonly ListedRecord[];
  readonly evidence: readonly { readonly title: string }[];
  readonly deadline: Deadline;
  readonly today: CivilDate;
  readonly reasonLength?: number;
  /** Who gave a record its values. */
  readonly givers: (record: ListedRecord) => readonly Giver[];
}

/** Everything wrong with a supplementary report (R11.6): not late, too little said, nobody or the wrong people listed, evidence without a title. */
export function supplementaryReportViolations(report: SupplementaryReport): Violation[] {
  const { category, resolution, reason, measures, records, evidence, deadline, today } = report;
  const violations: Violation[] = [];
  if (!isLate(today, deadline)) {
    violations.push(
      violation('supplementary-not-late', 'deadline', { found: today, expected: `> ${deadline.rolled}` }),
    );
  }
  violations.push(
    ...writtenTextViolations('reason', reason, 'reason', {
      ...{ missing: 'application-reason-too-short', short: 'application-reason-too-short' },
      least: report.reasonLength ?? DEFAULT_POLICY.reasonLength,
    }),
    ...writtenTextViolations('measures', measures, 'measures', {
      ...{ missing: 'application-measures-too-short', short: 'application-measures-too-short' },
    }),
    ...peopleViolations('supplementary-report', category, records),
  );
  for (const [at, record] of records.entries()) {
    if (record.resolutionId !== resolution.id) {
      const details = { found: record.resolutionNumber, expected: resolution.number };
      violations.push(violation('application-mixed-resolutions', `records[${at}].resolution`, details));
    }
    if (record.crossCheckedById === null) continue;
    for (const same of crossCheckViolations(report.givers(record), { officerId: record.crossCheckedById })) {
      violations.push({ ...same, path: `records[${at}].crossCheckedBy` });
    }
  }
  return [...violations, ...evidenceViolations(evidence)];
}
