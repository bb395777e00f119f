// 形式核查 by the national centre (R14.1): what its feedback says of each record, gathered from rows that name one field each.
import { returnViolations } from '../cross-check/cross-check.ts';
import type { CivilDate } from '../deadlines/deadlines.ts';
import { isCivilDate } from '../deadlines/deadlines.ts';
import { transitionViolations } from '../lifecycle.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { RecordState } from '../vocabulary.ts';

/** What the feedback says of one record. `path` is where it says so: `results[3]` or the line of the table. */
export interface FormCheckEntry {
  readonly certificateNumber: string;
  readonly passed: boolean;
  readonly reasons: readonly { readonly field: string; readonly reason: string }[];
  readonly path: string;
}

/** One record for each certificate number: the reasons of its rows together. */
export function gatherEntries(rows: readonly FormCheckEntry[]): { entries: FormCheckEntry[]; violations: Violation[] } {
  const byNumber = new Map<string, FormCheckEntry>();
  const violations: Violation[] = [];
  for (const row of rows) {
    const first = byNumber.get(row.certificateNumber);
    if (!first) byNumber.set(row.certificateNumber, row);
    else if (first.passed !== row.passed) {
      const details = { found: row.certificateNumber, expected: `= ${first.path}` };
      violations.push(violation('form-check-contradicted', `${row.path}.passed`, details));
    } else byNumber.set(row.certificateNumber, { ...first, reasons: [...first.reasons, ...row.reasons] });
  }
  return { entries: [...byNumber.values()], violations };
}

/** What is wrong with what the feedback says of one record, by itself and by where the record stands. */
export function entryViolations(
  { passed, reasons, path }: FormCheckEntry,
  state: RecordState,
  openCase: string | undefined,
): Violation[] {
  const violations = transitionViolations('form-check', state);
  if (openCase !== undefined) violations.push(violation('form-check-application-open', 'record', { found: openCase }));
  if (passed && reasons.length > 0) {
    violations.push(
      violation('form-check-passed-with-reason', 'reasons', {
        found: reasons[0]?.field.slice(0, 60) ?? '',
        expected: '0',
      }),
    );
  }
  if (!passed) violations.push(...returnViolations(reasons));
  return violations.map((broken) => ({ ...broken, path: `${path}.${broken.path}` }));
}

/** What the rules about the feedback as a paper rest on. */
export interface FeedbackBasis {
  readonly today: CivilDate;
  /** A feedback of the institution has this number already. */
  readonly numberTaken: boolean;
  /** The latest day on which a record in it was filed; null when none of them ever was. */
  readonly filedOn: CivilDate | null;
}

/** What is wrong with the feedback as a paper: its number, its day. Nobody has checked what was not filed by then. */
export function feedbackViolations(number: string, feedbackOn: string, basis: FeedbackBasis): Violation[] {
  const { today, numberTaken, filedOn } = basis;
  const owed = { missing: 'form-check-number-missing' } as const;
  const violations = writtenTextViolations('documentNumber', number, 'number', owed);
  if (numberTaken) violations.push(violation('form-check-number-taken', 'number', { found: number.slice(0, 60) }));
  if (!isCivilDate(feedbackOn) || feedbackOn > today) {
    violations.push(violation('form-check-date', 'feedbackOn', { found: feedbackOn, expected: `≤ ${today}` }));
  } else if (filedOn !== null && feedbackOn < filedOn) {
    const details = { found: feedbackOn, expected: `≥ ${filedOn}` };
    violations.push(violation('form-check-before-filing', 'feedbackOn', details));
  }
  return violations;
}
