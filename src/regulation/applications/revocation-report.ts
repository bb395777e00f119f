// The revocation report (撤销报告, art. 16; 学位法 art. 37, 39, 41): the ground, the procedure towards the person, and the ten days.

import type { CivilDate, Deadline } from '../deadlines/deadlines.ts';
import { isCivilDate, isLate } from '../deadlines/deadlines.ts';
import { type Owed, writtenTextViolations } from '../texts/written-texts.ts';
import type { ViolationCode } from '../violation-codes.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category, DegreeReview } from '../vocabulary.ts';
import { DEGREE_REVIEWS } from '../vocabulary.ts';
import { evidenceViolations, type ListedRecord, peopleViolations } from './application-case.ts';
import { underArticleOf } from './applications.ts';
import { movedOnViolations } from './change-request.ts';

/** What was done towards one person before and after the decision (学位法 art. 39, 41). Days are civil dates. */
export interface RevocationProcedure {
  /** Told in writing what is to be decided, with facts, reasons and basis. */
  readonly noticeOn: CivilDate;
  /** Heard; null when the person waived it. */
  readonly hearingOn: CivilDate | null;
  /** The person waived being heard; needed where there was no hearing. */
  readonly hearingWaived?: boolean;
  /** What the hearing came to, or how the person waived it. */
  readonly hearingResult: string;
  /** The decision was served. */
  readonly deliveredOn: CivilDate;
  /** What became of the certificate. */
  readonly certificateHandling: string;
}

/** A record whose degree was revoked. */
export interface RevokedRecord extends ListedRecord, RevocationProcedure {
  /** What became of the review that the person asked for; null while nobody did. */
  readonly review: DegreeReview | null;
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
  /** The day on which the last of the people was first named in a sealed document; today while somebody was in none. */
  readonly reportedOn: CivilDate;
  /** Why it comes after the ten days; needed only then. */
  readonly lateReason: string;
  readonly reasonLength: number;
}

/** Everything wrong with a revocation report: no hearing, an order of days that the law does not allow, lateness without a reason. */
export function revocationReportViolations(report: RevocationReport): Violation[] {
  const { category, facts, proofs, records, evidence, resolution, today, reportedOn } = report;
  const { deadline, lateReason, reasonLength } = report;
  return underArticleOf('revocation-report', [
    ...effectViolations(resolution, today),
    ...writtenTextViolations('facts', facts, 'facts', {
      ...{ missing: 'application-reason-too-short', short: 'application-reason-too-short' },
      least: reasonLength,
    }),
    ...writtenTextViolations('proofs', proofs, 'proofs', {
      ...{ missing: 'application-finding-too-short', short: 'application-finding-too-short' },
    }),
    ...writtenTextViolations(
      'lateReason',
      lateReason,
      'lateReason',
      isLate(reportedOn, deadline) ? late(reasonLength) : null,
    ),
    ...peopleViolations('revocation-report', category, records),
    ...records.flatMap((record, at) => [
      ...movedOnViolations(record, `records[${at}]`),
      ...procedureViolations(record, resolution, today, `records[${at}]`),
    ]),
    ...(evidence.length === 0
      ? [violation('application-evidence-missing', 'evidence', { found: '0', expected: '≥ 1' })]
      : []),
    ...overturnedViolations(records),
    ...evidenceViolations(evidence),
  ]);
}

/** After the ten days the delay is explained, too. */
function late(least: number): Owed {
  return { missing: 'revocation-late-unexplained', short: 'revocation-late-unexplained', least };
}

/** Before it takes effect there is nothing to report (art. 16: the days run from the effect). */
function effectViolations({ effectiveOn }: RevocationReport['resolution'], today: CivilDate): Violation[] {
  if (effectiveOn <= today) return [];
  return [
    violation('revocation-not-in-effect', 'revocationResolution', { found: today, expected: `≥ ${effectiveOn}` }),
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
  // No hearing is no waiver: that the person gave it up must be said in so many words.
  if (record.hearingOn === null && record.hearingWaived !== true) {
    const details = { found: record.hearingResult, expected: 'hearingOn / hearingWaived' };
    violations.push(violation('revocation-without-hearing', `${path}.hearingOn`, details));
  }
  const handling = `${path}.certificateHandling`;
  violations.push(
    ...writtenTextViolations('hearingResult', record.hearingResult, `${path}.hearingResult`, {
      missing: 'revocation-hearing-result-missing',
    }),
    ...writtenTextViolations('certificateHandling', record.certificateHandling, handling, {
      missing: 'revocation-certificate-unsaid',
    }),
  );
  if (violations.some(({ code }) => code === 'date-impossible')) return violations;
  // Each day of the person lies between two others; the day is named, because the officer gave it.
  const within = (name: keyof typeof DAYS, day: CivilDate, from: CivilDate, until: CivilDate): void => {
    if (from <= day && day <= until) return;
    const details = { label: DAYS[name], found: day, expected: `${from} – ${until}` };
    violations.push(violation('revocation-days-out-of-order', `${path}.${name}`, details));
  };
  within('noticeOn', record.noticeOn, record.conferralDate, decidedOn);
  if (record.hearingOn !== null) within('hearingOn', record.hearingOn, record.noticeOn, decidedOn);
  within('deliveredOn', record.deliveredOn, decidedOn, today);
  return violations;
}

type Reviewed = readonly { readonly review: DegreeReview | null }[];

/** A decision that a review overturned is neither reported nor filed (学位法 art. 41). */
function overturnedViolations(records: Reviewed): Violation[] {
  return againstReviews(records, 'overturned', 'revocation-overturned');
}

/** While a review that a person asked for is open, the revocation is reported but not filed (学位法 art. 41). */
export function openReviewViolations(records: Reviewed): Violation[] {
  return againstReviews(records, 'requested', 'revocation-review-open');
}

function againstReviews(records: Reviewed, outcome: DegreeReview, code: ViolationCode): Violation[] {
  const details = { found: DEGREE_REVIEWS[outcome].zh, expected: DEGREE_REVIEWS.upheld.zh };
  return records.flatMap(({ review }, at) =>
    review === outcome ? [violation(code, `records[${at}].review`, details)] : [],
  );
}
