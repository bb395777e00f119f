// Reasons for which review or form check gave a record back (R14.1): each is corrected or answered in words before the record goes on.
import { type ReturnReason, untouchedFields } from '../cross-check/cross-check.ts';
import { FIELDS, type FieldName, isFieldName } from '../standard/fields.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Term } from '../vocabulary.ts';

/** Who gave a record back. */
export const REASON_SOURCES = {
  review: { zh: '省学位委员会办公室审核', en: 'review by the provincial office', article: '14' },
  'form-check': { zh: '形式核查', en: 'form check of the national centre', article: '14' },
} as const satisfies Record<string, Term>;
export type ReasonSource = keyof typeof REASON_SOURCES;

/** Where a reason stands. */
export const REASON_STATES = {
  open: { zh: '待处理', en: 'open', article: '14' },
  corrected: { zh: '已更正', en: 'corrected', article: '14' },
  answered: { zh: '已答复', en: 'answered in words', article: '14' },
} as const satisfies Record<string, Term>;
export type ReasonState = keyof typeof REASON_STATES;

/** Where a reason stands, by what is kept of it. */
export function reasonState(reason: { readonly resolvedVersion: number | null; readonly answer: string | null }) {
  if (reason.resolvedVersion === null) return 'open' satisfies ReasonState;
  return (reason.answer === null ? 'corrected' : 'answered') satisfies ReasonState;
}

/** Open reasons that a correction leaves as they are: each field is touched, or answered before. */
export function unansweredReasons(
  open: readonly ReturnReason[],
  before: Readonly<Partial<Record<FieldName, string | null>>>,
  after: Readonly<Partial<Record<FieldName, string | null>>>,
): Violation[] {
  return [...new Set(untouchedFields(open, before, after))].map((field) => {
    const found = open.find((reason) => reason.field === field)?.reason ?? '';
    return violation('review-reason-unanswered', field, { label: FIELDS[field], found });
  });
}

/** What is wrong with an answer in words. */
export function answerViolations(field: string, answer: string, open: readonly ReturnReason[]): Violation[] {
  const violations: Violation[] = [];
  if (!isFieldName(field) || !open.some((reason) => reason.field === field)) {
    const expected = [...new Set(open.map((reason) => reason.field))].join(' / ');
    violations.push(violation('review-reason-not-open', 'field', { found: field.slice(0, 60), expected }));
  }
  const short = 'review-answer-too-short';
  return [...violations, ...writtenTextViolations('reviewAnswer', answer, 'answer', { missing: short, short })];
}
