// The student's own word (R11.1): what may be disputed, how it is answered, and what goes no further without it.

import type { Policy } from './policy.ts';
import { holdsIdentityNumber } from './record/identity-text.ts';
import { FIELDS, type FieldName, isFieldName } from './standard/fields.ts';
import { identityNumberIn, writtenTextViolations } from './texts/written-texts.ts';
import { type Violation, violation } from './violations.ts';
import type { Category, RecordState, Term } from './vocabulary.ts';
import { RECORD_STATES } from './vocabulary.ts';

/** Where a dispute stands. */
export const DISPUTE_STATES = {
  open: { zh: '待处理', en: 'open', article: '11(1)' },
  accepted: { zh: '已采纳', en: 'accepted', article: '11(1)' },
  declined: { zh: '未采纳', en: 'declined', article: '11(1)' },
} as const satisfies Record<string, Term>;
export type DisputeState = keyof typeof DISPUTE_STATES;

/** Where a correction request stands. */
export const CORRECTION_REQUEST_STATES = {
  open: { zh: '待答复', en: 'open', article: '15' },
  declined: { zh: '不予更正', en: 'declined', article: '15' },
  corrected: { zh: '已更正', en: 'corrected', article: '14' },
  'change-request': { zh: '已提出更改申请', en: 'turned into a change request', article: '15' },
} as const satisfies Record<string, Term>;
export type CorrectionRequestState = keyof typeof CORRECTION_REQUEST_STATES;

/** A field that the student says is wrong; null proposes that it be empty, or says only that it is wrong. */
export interface DisputedField {
  readonly field: string;
  readonly proposed: string | null;
  readonly reason: string;
}

/** What a person was shown: the fields that the record has, by name. */
export type ShownFields = Readonly<Partial<Record<FieldName, string | null>>>;

/** Characters of a proposed value at most, and files with one word. */
export const WORD_LIMITS = { proposed: 300, evidence: 10 } as const;

const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/u;

/** What is wrong with a proposed value: a value of its field, and a number only where one belongs. */
function proposedViolations(field: FieldName, proposed: string, path: string): Violation[] {
  const label = FIELDS[field];
  const { length } = [...proposed];
  const { proposed: most } = WORD_LIMITS;
  const fits = length <= most && !UNSEEN.test(proposed.replaceAll('\n', ''));
  return [
    ...(fits ? [] : [violation('dispute-text-unfit', path, { label, found: String(length), expected: `≤ ${most}` })]),
    ...(field !== 'identityNumber' && holdsIdentityNumber(proposed) ? [identityNumberIn(path, label, true)] : []),
  ];
}

/** Everything wrong with a dispute or a correction request by itself; paths read `fields[0].reason`. */
export function disputedFieldsViolations(fields: readonly DisputedField[], shown: ShownFields): Violation[] {
  if (fields.length === 0) return [violation('dispute-empty', 'fields', { expected: '≥ 1' })];
  const seen = new Set<string>();
  return fields.flatMap(({ field, proposed, reason }, at) => {
    const path = `fields[${at}]`;
    if (!isFieldName(field) || !Object.hasOwn(shown, field)) {
      return [violation('dispute-field-unknown', `${path}.field`, { found: field.slice(0, 40) })];
    }
    const label = FIELDS[field];
    const violations: Violation[] = [];
    if (seen.has(field))
      violations.push(violation('dispute-field-twice', `${path}.field`, { label, found: field, expected: '1' }));
    seen.add(field);
    if (proposed !== null && proposed === (shown[field] ?? '')) {
      violations.push(violation('dispute-changes-nothing', `${path}.proposed`, { label, expected: '≠ 现有内容' }));
    }
    return [
      ...violations,
      ...proposedViolations(field, proposed ?? '', `${path}.proposed`),
      ...writtenTextViolations('ownReason', reason, `${path}.reason`, { missing: 'dispute-reason-missing' }),
    ];
  });
}

/** That a dispute of the student's own waits for its answer. */
export function openDispute(): Violation {
  const expected = `${DISPUTE_STATES.accepted.zh} / ${DISPUTE_STATES.declined.zh}`;
  return violation('dispute-open', 'record', { found: DISPUTE_STATES.open.zh, expected });
}

/** Why the student cannot confirm: done already, or the own dispute is still open (who doubts does not confirm). */
export function confirmationViolations(own: {
  readonly confirmed: boolean;
  readonly disputed: boolean;
  /** The version that is confirmed. */
  readonly version?: number;
}): Violation[] {
  return [
    ...(own.confirmed
      ? [violation('already-confirmed', 'record', { found: own.version === undefined ? '–' : `v${own.version}` })]
      : []),
    ...(own.disputed ? [openDispute()] : []),
  ];
}

/** A disputed field as it was, as the student wants it, and as it is now. */
export interface AnsweredField {
  readonly field: FieldName;
  readonly found: string | null;
  readonly proposed: string | null;
  readonly now: string | null;
}

const same = (one: string | null, other: string | null): boolean => (one ?? '') === (other ?? '');

/** Why a word cannot be answered so: accepting says that every field was corrected, and words are owed where the student's value was not taken. */
export function answerViolations(accepted: boolean, words: string, fields: readonly AnsweredField[]): Violation[] {
  const otherwise = fields.some(({ proposed, now }) => !same(proposed, now));
  const owed = !accepted || otherwise ? ({ missing: 'answer-words-missing' } as const) : null;
  const unfit = writtenTextViolations('answer', words, 'answer', owed);
  if (!accepted) return unfit;
  const untouched = fields.filter(({ found, now, proposed }) => same(found, now) && !same(now, proposed));
  return [
    ...unfit,
    ...untouched.map(({ field }) =>
      violation('dispute-not-corrected', field, {
        ...{ label: FIELDS[field], found: '未更正' },
        expected: CORRECTION_REQUEST_STATES.corrected.zh,
      }),
    ),
  ];
}

/** The states in which a record is beyond a dispute: it changes by a return, a withdrawal or a written application (art. 13–15). */
const BEYOND_DISPUTE: readonly RecordState[] = [
  'reported',
  'reported-upward',
  'returned',
  'withdrawn',
  'reviewed',
  'filed',
];

/** Why a correction request cannot be filed for a record in this state. */
export function correctionRequestViolations(state: RecordState, another: boolean): Violation[] {
  const early = ['collected', 'cross-checked', 'disclosing', 'disclosed'].includes(state);
  return [
    ...(early ? [violation('correction-request-too-early', 'state', { found: state })] : []),
    ...(early || BEYOND_DISPUTE.includes(state)
      ? []
      : [violation('stage-skipped', 'state', { found: RECORD_STATES[state].zh })]),
    ...(another ? [violation('correction-request-open', 'record', { found: CORRECTION_REQUEST_STATES.open.zh })] : []),
  ];
}

/**
 * Whether a record needs the student's confirmation of its present version to be reported. Under `before-meeting` the word was given on
 * the enrolment record before the meeting; who has none (equivalent education) could not give it there and so gives it before the report:
 * the policy asks for everybody's word, and nobody's falls between the two.
 */
export function confirmsBeforeReport(policy: Pick<Policy, 'confirmation'>, category: Category): boolean {
  return (
    policy.confirmation === 'before-report' ||
    (policy.confirmation === 'before-meeting' && category === 'equivalent-education-master')
  );
}

/** What the policy asks of a person on a roster before the meeting decides. */
export interface RosterWord {
  readonly name: string;
  readonly category: Category;
  /** The enrolment record under the person's student number; null when there is none. */
  readonly enrolment: { readonly name: string; readonly confirmed: boolean } | null;
}

/** Whose word is missing on a roster under `before-meeting`; paths read `roster[3]`. A name that differs is another word than the one confirmed. */
export function rosterWordViolations(policy: Pick<Policy, 'confirmation'>, people: readonly RosterWord[]): Violation[] {
  if (policy.confirmation !== 'before-meeting') return [];
  return people.flatMap(({ name, category, enrolment }, at) => {
    if (category === 'equivalent-education-master') return [];
    if (enrolment === null || !enrolment.confirmed) {
      const found = enrolment === null ? `${name}（无学籍学历信息）` : name;
      return [violation('confirmation-missing', `roster[${at}]`, { found })];
    }
    if (enrolment.name === name) return [];
    return [violation('confirmation-missing', `roster[${at}].name`, { found: name, expected: enrolment.name })];
  });
}
