// 学位复核 (学位法 art. 41): that a person asked for a review of the revocation, and what it came to.
import { isCivilDate } from '../../regulation/deadlines/deadlines.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { DEGREE_REVIEWS, type DegreeReview } from '../../regulation/vocabulary.ts';
import { advanceApplication, setPersonContent } from '../../store/applications/applications.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import { recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { caseSubject, loadCase, stepViolations } from './application-case.ts';
import type { CaseInput } from './pass-on-application.ts';
import { revocationAsked, withReview } from './revocation-case.ts';

/** Whose review, what came of it, when, and by which document (uploaded as a PDF of kind `degree-review`). */
export interface DegreeReviewInput extends CaseInput {
  readonly recordId: string;
  readonly outcome: DegreeReview;
  readonly on: string;
  readonly fileDigest: string;
}

/**
 * Records that a review was requested, or how it ended. An open or successful review keeps the revocation from being filed.
 * @throws {NotFound}, {Stale}, {Refused} out of order, without its document. {Forbidden}
 */
export function recordDegreeReview(
  call: Call,
  input: DegreeReviewInput,
): Promise<Performed<{ applicationId: string; version: number }>> {
  const { institution, applicationId, expectedVersion, recordId, outcome, on, fileDigest } = input;
  const request = { applicationId, expectedVersion: expectedVersion ?? null, recordId, outcome, on, fileDigest };
  return perform(call, 'record-degree-review', institution, request, async (tx) => {
    const { world } = call;
    const application = await loadCase(tx, world, institution, applicationId, expectedVersion);
    const target = await targetIn(tx, institution, application.category);
    requireMayAct(call, 'record-degree-review', target);
    const person = application.people.find(({ row }) => row.id === recordId);
    if (!person) throw new NotFound('record', recordId);
    const stage = stepViolations(call, 'record-degree-review', application);
    const asked = revocationAsked(person);
    const needed = {
      institution,
      path: 'fileDigest',
      digest: fileDigest,
      kind: 'degree-review',
      article: '16',
    } as const;
    const missing = await missingFile(tx, call, needed);
    const content = withReview(asked, { outcome, on, fileDigest });
    const people = application.people.map((one) => (one === person ? { ...one, content } : one));
    const version = application.version + 1;
    return {
      target,
      violations: [
        ...stage,
        ...(stage.length > 0 ? [] : orderViolations(asked.review?.outcome ?? null, outcome)),
        ...dayViolations(on, asked.review?.on ?? asked.deliveredOn, todayOf(world)),
        ...missing,
      ],
      subjects: [
        caseSubject(world, { ...application, people }, { state: application.state, version }),
        recordSubject(person.row),
      ],
      facts: {
        ...{ applicationId, caseNumber: application.caseNumber, resolutionId: application.revocationResolutionId },
        ...{ recordId, outcome, on },
      },
      files: [fileDigest],
      save: async () => {
        await setPersonContent(tx, application, recordId, content as never);
        await advanceApplication(tx, application, {});
        return { applicationId, version };
      },
    };
  });
}

/** First requested, then decided, once. */
function orderViolations(before: DegreeReview | null, next: DegreeReview): Violation[] {
  const fits = next === 'requested' ? before === null : before === 'requested';
  if (fits) return [];
  const said = before === null ? '' : `${DEGREE_REVIEWS[before].zh} → `;
  const allowed =
    before === null
      ? [DEGREE_REVIEWS.requested.zh]
      : before === 'requested'
        ? [DEGREE_REVIEWS.upheld.zh, DEGREE_REVIEWS.overturned.zh]
        : [];
  const details = {
    found: `${said}${DEGREE_REVIEWS[next].zh}`,
    expected: allowed.length === 0 ? undefined : allowed.join('、'),
  };
  return [violation('revocation-review-order', 'outcome', details)];
}

/** After the decision was served; what came of a review not before it was asked for. */
function dayViolations(on: string, earliest: string, today: string): Violation[] {
  const label = { zh: '复核日期', en: 'day of the review' };
  if (!isCivilDate(on)) return [violation('date-impossible', 'on', { label, found: on, expected: 'YYYY-MM-DD' })];
  if (on > today) return [violation('date-in-future', 'on', { label, found: on, expected: `≤ ${today}` })];
  if (on < earliest) {
    return [violation('revocation-days-out-of-order', 'on', { found: on, expected: `≥ ${earliest}` })];
  }
  return [];
}
