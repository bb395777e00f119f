// 校核: by another person than the collector (R11.2), and reasons where a review returns a record (R14.1).
import type { FieldName } from '../standard/fields.ts';
import { FIELDS, isFieldName } from '../standard/fields.ts';
import { likeness } from '../standard/likeness.ts';
import { STEPS } from '../steps.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { isKeyOf, keysOf } from '../vocabulary.ts';

/** An officer who gave a record values, and by which step. */
export interface Giver {
  readonly officerId: string;
  readonly step: string;
}

/**
 * Who gave a record any of its values – collected or corrected it, attached its photo, filled it from an enrolment record – cannot
 * cross-check it; who is named is always the one who asks. The database refuses it, too.
 */
export function crossCheckViolations(
  givers: readonly Giver[],
  checker: { readonly officerId: string; readonly name?: string },
): Violation[] {
  const steps = givers.flatMap(({ officerId, step }) => (officerId === checker.officerId ? [step] : []));
  if (steps.length === 0) return [];
  const done = [...new Set(steps)].map((step) => (isKeyOf(STEPS, step) ? STEPS[step].zh : step)).join('、');
  const found = checker.name === undefined ? done : `${checker.name}（${done}）`;
  return [violation('collector-may-not-cross-check', 'officer', { found, expected: `≠ ${done}` })];
}

/** A reason of a return: the field it is about and the sentence. */
export interface ReturnReason {
  readonly field: string;
  readonly reason: string;
}

/** The first names of fields, as an example of what is meant: all of them would be a page. */
const SOME_FIELDS = `${keysOf(FIELDS).slice(0, 8).join(' / ')} / …`;

/** The names of fields that are most like what was written, be it a name or a Chinese label; else some as an example. */
function nearestFields(text: string): string {
  const plain = text.toLowerCase();
  const near = keysOf(FIELDS)
    .map((name) => ({ name, score: Math.max(likeness(plain, name.toLowerCase()), likeness(text, FIELDS[name].zh)) }))
    .filter(({ score }) => score >= 0.5)
    .sort((one, other) => other.score - one.score)
    .slice(0, 3);
  return near.length === 0 ? SOME_FIELDS : near.map(({ name }) => name).join(' / ');
}

/** What is wrong with the reasons of a return: there must be one, each names a field of art. 8 and says why. */
export function returnViolations(reasons: readonly ReturnReason[]): Violation[] {
  if (reasons.length === 0) return [violation('review-reason-missing', 'reasons', { found: '0', expected: '≥ 1' })];
  return reasons.flatMap(({ field, reason }, at) => {
    if (!isFieldName(field)) {
      return [
        violation('review-field-unknown', `reasons[${at}].field`, {
          found: field.slice(0, 60),
          expected: nearestFields(field.slice(0, 60)),
        }),
      ];
    }
    return writtenTextViolations('returnReason', reason, `reasons[${at}].reason`, { missing: 'review-reason-missing' });
  });
}

/** Returned fields that still have the value for which they were returned: a correction must touch each of them or the review says the same again. */
export function untouchedFields(
  reasons: readonly ReturnReason[],
  before: Readonly<Partial<Record<FieldName, string | null>>>,
  after: Readonly<Partial<Record<FieldName, string | null>>>,
): FieldName[] {
  return reasons.flatMap(({ field }) => (isFieldName(field) && before[field] === after[field] ? [field] : []));
}
