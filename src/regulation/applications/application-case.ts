// What every written application must say, whatever its kind: enough words, evidence with titles, people listed once and where they may be.

import { MOST_EVIDENCE, writtenTextViolations } from '../texts/written-texts.ts';
import type { ViolationCode } from '../violation-codes.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { ApplicationKind, Category, RecordState } from '../vocabulary.ts';
import { CATEGORIES, RECORD_STATES } from '../vocabulary.ts';
import { APPLICATIONS, type ApplicationRow, underArticleOf } from './applications.ts';

/** A record listed in an application, as far as the rules look at it. */
export interface ListedRecord {
  readonly id: string;
  readonly resolutionId: string;
  readonly resolutionNumber: string;
  readonly category: Category;
  readonly state: RecordState;
  readonly collectedById: string;
  readonly crossCheckedById: string | null;
}

/** What is wrong with the reason of an application and with what the inquiry found; `least`: what the policy asks of a reason. */
export function reasonAndFinding(reason: string, finding: string, least: number): Violation[] {
  const shortReason = 'application-reason-too-short';
  const shortFinding = 'application-finding-too-short';
  return [
    ...writtenTextViolations('reason', reason, 'reason', { missing: shortReason, short: shortReason, least }),
    ...writtenTextViolations('finding', finding, 'finding', { missing: shortFinding, short: shortFinding }),
  ];
}

/** Evidence without a title, for it is listed in the document by title; a title that cannot be printed; more than a case can hold. */
export function evidenceViolations(evidence: readonly { readonly title: string }[]): Violation[] {
  if (evidence.length > MOST_EVIDENCE) {
    const details = { found: String(evidence.length), expected: `≤ ${MOST_EVIDENCE}` };
    return [violation('application-too-much-evidence', 'evidence', details)];
  }
  return evidence.flatMap(({ title }, at) =>
    writtenTextViolations('title', title, `evidence[${at}].title`, { missing: 'application-evidence-untitled' }),
  );
}

const BEFORE_CHECK: readonly RecordState[] = ['collected', 'returned'];
const ENDED: readonly RecordState[] = ['deleted', 'revoked', 'declared-invalid', 'withdrawn'];

/** Nobody, somebody twice, people of another category than the case's, or a record in a state that this kind does not list (art. 13, 15). */
export function peopleViolations(
  kind: ApplicationKind,
  category: Category,
  records: readonly ListedRecord[],
): Violation[] {
  if (records.length === 0) {
    const details = { found: '0', expected: '≥ 1' };
    return underArticleOf(kind, [violation('application-without-people', 'records', details)]);
  }
  const violations = mixedCategories(kind, category, records);
  const seen = new Set<string>();
  const { lists }: ApplicationRow = APPLICATIONS[kind];
  for (const [at, record] of records.entries()) {
    const path = `records[${at}]`;
    if (seen.has(record.id)) violations.push(violation('application-person-doubled', path, { found: record.id }));
    seen.add(record.id);
    if (lists.includes(record.state)) continue;
    const expected = lists.map((state) => RECORD_STATES[state].zh).join('、');
    violations.push(
      violation(stateCode(kind, record.state), `${path}.state`, { found: RECORD_STATES[record.state].zh, expected }),
    );
  }
  return underArticleOf(kind, violations);
}

/** People of another category than the case's: one application, one category (art. 4, 15). */
export function mixedCategories(
  kind: ApplicationKind,
  category: Category,
  records: readonly ListedRecord[],
): Violation[] {
  return records.flatMap((record, at) => {
    if (record.category === category) return [];
    const details = { found: CATEGORIES[record.category].zh, expected: CATEGORIES[category].zh };
    return underArticleOf(kind, [violation('application-mixed-categories', `records[${at}].category`, details)]);
  });
}

function stateCode(kind: ApplicationKind, state: RecordState): ViolationCode {
  if (ENDED.includes(state)) return 'application-record-ended';
  if (kind !== 'supplementary-report') return 'application-record-not-filed';
  return BEFORE_CHECK.includes(state) ? 'stage-skipped' : 'application-record-already-reported';
}
