// The revocation report (撤销报告, art. 16; 学位法 art. 37, 39, 41): the ground, the procedure towards the person, and the ten days.
import { evidenceViolations, type ListedRecord, peopleViolations, textViolations } from './application-case.ts';
import { FINDING_LENGTH, movedOnViolations } from './change-request.ts';
import type { CivilDate, Deadline } from './deadlines.ts';
import { isCivilDate, isLate } from './deadlines.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import type { Category, DegreeReview } from './vocabulary.ts';
import { DEGREE_REVIEWS } from './vocabulary.ts';

/** What was done towards one person before and after the decision (学位法 art. 39, 41). Days are civil dates. */
export interface RevocationProcedure {
  /** Told in writing what is to be decided, with facts, reasons and basis. */
  readonly noticeOn: CivilDate;
  /** Heard; null when the person waived it. */
  readonly hearingOn: CivilDate | null;
  /** What the hearing came to, or how the person waived it. */
  readonly hearingResult: string;
  /** The decision was served. */
  readonly deliveredOn: CivilDate;
  /** What became of the certificate. */
  readonly certificateHandling: string;
}

/** A record whose degree was revoked. */
export interface RevokedRecord extends ListedRecord, RevocationProcedure {
  readonly version: number;
  readonly listedVersion: number;
  readonly conferralDate: CivilDate;
}

/** A revocation report. */
export interface RevocationReport {
  readonly category: Category;
  readonly facts: string;
  readonly proofs: string;
  readonly records: readonly RevokedRecord[];
  readonly evidence: readonly { readonly title: string }[];
  readonly resolution: { readonly decidedOn: CivilDate; readonly effectiveOn: CivilDate };
  readonly deadline: Deadline;
  readonly today: CivilDate;
  /** The day on which it was sealed first; today while it is not. */
  readonly reportedOn: CivilDate;
  /** Why it comes after the ten days; needed only then. */
  readonly lateReason: string;
  readonly reasonLength: number;
}

/** Everything wrong with a revocation report: no hearing, an order of days that the law does not allow, lateness without a reason. */
export function revocationReportViolations(report: RevocationReport): Violation[] {
  const { category, facts, proofs, records, evidence, resolution, today, reportedOn } = report;
  const { deadline, lateReason, reasonLength } = report;
  return [
    ...textViolations([
      { code: 'application-reason-too-short', path: 'facts', text: facts, least: reasonLength },
      { code: 'application-finding-too-short', path: 'proofs', text: proofs, least: FINDING_LENGTH },
      ...(isLate(reportedOn, deadline)
        ? [{ code: 'revocation-late-unexplained', path: 'lateReason', text: lateReason, least: reasonLength } as const]
        : []),
    ]),
    ...peopleViolations('revocation-report', category, records),
    ...records.flatMap((record, at) => [
      ...movedOnViolations(record, `records[${at}]`),
      ...procedureViolations(record, resolution, today, `records[${at}]`),
    ]),
    ...(evidence.length === 0 ? [violation('application-evidence-missing', 'evidence', { expected: '≥ 1' })] : []),
    ...evidenceViolations(evidence),
  ];
}

const DAYS = {
  noticeOn: { zh: '告知日期', en: 'day of notice' },
  hearingOn: { zh: '听取陈述和申辩日期', en: 'day of hearing' },
  deliveredOn: { zh: '送达日期', en: 'day of service' },
} as const;

function procedureViolations(
  record: RevokedRecord,
  { decidedOn }: RevocationReport['resolution'],
  today: CivilDate,
  path: string,
): Violation[] {
  const violations: Violation[] = [];
  const days = Object.keys(DAYS) as (keyof typeof DAYS)[];
  for (const name of days) {
    const day = record[name];
    if (day === null || isCivilDate(day)) continue;
    violations.push(
      violation('date-impossible', `${path}.${name}`, { label: DAYS[name], found: day, expected: 'YYYY-MM-DD' }),
    );
  }
  if (record.hearingResult.trim() === '') {
    violations.push(
      violation(
        record.hearingOn === null ? 'revocation-without-hearing' : 'revocation-hearing-result-missing',
        `${path}.hearingResult`,
      ),
    );
  }
  if (record.certificateHandling.trim() === '')
    violations.push(violation('revocation-certificate-unsaid', `${path}.certificateHandling`));
  if (violations.some(({ code }) => code === 'date-impossible')) return violations;
  const order = (earlier: string, later: string, name: string): void => {
    if (earlier > later)
      violations.push(
        violation('revocation-days-out-of-order', `${path}.${name}`, { found: later, expected: `≥ ${earlier}` }),
      );
  };
  order(record.conferralDate, record.noticeOn, 'noticeOn');
  if (record.hearingOn !== null) {
    order(record.noticeOn, record.hearingOn, 'hearingOn');
    order(record.hearingOn, decidedOn, 'resolution.decidedOn');
  } else order(record.noticeOn, decidedOn, 'resolution.decidedOn');
  order(decidedOn, record.deliveredOn, 'deliveredOn');
  order(record.deliveredOn, today, 'today');
  return violations;
}

/** Why a revocation cannot be filed: a review that the person asked for is open, or it overturned the decision (学位法 art. 41). */
export function reviewViolations(records: readonly { readonly review: DegreeReview | null }[]): Violation[] {
  return records.flatMap(({ review }, at) => {
    if (review === null || review === 'upheld') return [];
    const details = { found: DEGREE_REVIEWS[review].zh, expected: DEGREE_REVIEWS.upheld.zh };
    const code = review === 'requested' ? 'revocation-review-open' : 'revocation-overturned';
    return [violation(code, `records[${at}].review`, details)];
  });
}
