// The stages of a record in their order (R10.1): which step leads from where to where, and nothing leads around a stage.

import type { StepName } from './steps.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import type { RecordState } from './vocabulary.ts';
import { BATCH_STATES, RECORD_STATES } from './vocabulary.ts';

/** One step of a record's way; an empty `from` means that the step makes the record, `to: null` that it stays where it is. */
export interface Transition {
  readonly from: readonly RecordState[];
  readonly to: RecordState | null;
}

const BEFORE_REPORT = ['collected', 'cross-checked', 'disclosing', 'disclosed'] as const;

/** Steps that move a record, or act on it where it stands. Steps that are not here are not about a record's stage. */
export const TRANSITIONS = {
  collect: { from: [], to: 'collected' },
  'attach-photos': { from: ['collected'], to: 'collected' },
  'link-enrolment': { from: ['collected'], to: 'collected' },
  // The student's own word, while it can still be heeded without an application (art. 11(1)).
  confirm: { from: BEFORE_REPORT, to: null },
  dispute: { from: BEFORE_REPORT, to: null },
  'answer-dispute': { from: BEFORE_REPORT, to: null },
  // Until it is reported a record may be corrected at any stage, and then passes every stage again; after that only when returned or withdrawn (art. 13, 14).
  correct: { from: [...BEFORE_REPORT, 'returned', 'withdrawn'], to: 'collected' },
  'cross-check': { from: ['collected'], to: 'cross-checked' },
  'open-disclosure': { from: ['cross-checked'], to: 'disclosing' },
  'raise-objection': { from: ['disclosing'], to: 'disclosing' },
  'resolve-objection': { from: ['disclosing'], to: 'disclosing' },
  'close-disclosure': { from: ['disclosing'], to: 'disclosed' },
  report: { from: ['disclosed'], to: 'reported' },
  'report-upward': { from: ['reported'], to: 'reported-upward' },
  review: { from: ['reported-upward'], to: 'reviewed' },
  'return-records': { from: ['reported-upward'], to: 'returned' },
  // Every reason was answered in words: nothing is to be corrected, and the record passes every stage again.
  'answer-review-reason': { from: ['returned', 'withdrawn'], to: 'collected' },
  // Before review, or when review has given it back (art. 14).
  'withdraw-records': { from: ['reported', 'reported-upward', 'returned'], to: 'withdrawn' },
  filing: { from: ['reviewed'], to: 'filed' },
  // What the national centre finds wrong comes back; what it passes stays (art. 14).
  'form-check': { from: ['filed'], to: 'returned' },
  // After filing only by an approved application, a confirmed revocation or the education authority (art. 13, 15, 16).
  change: { from: ['filed'], to: 'filed' },
  delete: { from: ['filed'], to: 'deleted' },
  revoke: { from: ['filed'], to: 'revoked' },
  'declare-invalid': { from: ['filed'], to: 'declared-invalid' },
} as const satisfies Partial<Record<StepName, Transition>>;

/** A step that acts on a record. */
export type RecordStep = keyof typeof TRANSITIONS;

/** What of a record beside its state decides its way. */
export interface LifecycleBasis {
  /**
   * The key fields are those that have already been disclosed (`disclosedKeyDigest` equals the digest of today's key fields): a
   * returned and corrected record needs no second disclosure.
   */
  readonly disclosureStillHolds?: boolean;
}

/** Whether the step is one that acts on a record. */
export function isRecordStep(step: StepName): step is RecordStep {
  return Object.hasOwn(TRANSITIONS, step);
}

/** The states from which a step is possible; `null` stands for "no record yet". */
function sources(step: RecordStep, { disclosureStillHolds = false }: LifecycleBasis): readonly RecordState[] {
  const { from }: Transition = TRANSITIONS[step];
  return step === 'report' && disclosureStillHolds ? [...from, 'cross-checked'] : from;
}

/** Why a step is not possible from a state (`null` = there is no record yet); empty when it is. */
export function transitionViolations(
  step: RecordStep,
  state: RecordState | null,
  basis: LifecycleBasis = {},
): Violation[] {
  const from = sources(step, basis);
  if (state === null ? from.length === 0 : from.includes(state)) return [];
  const expected = from.map((name) => RECORD_STATES[name].zh).join('、');
  const reported = step === 'correct' && (state === 'reported' || state === 'reported-upward' || state === 'filed');
  return [
    violation(reported ? 'immutable-after-report' : 'stage-skipped', 'state', {
      found: state === null ? '–' : RECORD_STATES[state].zh,
      expected: expected === '' ? undefined : expected,
    }),
  ];
}

/** Why a batch that is still being collected is not disclosed. */
export function notCrossChecked(): Violation {
  const details = { found: BATCH_STATES.collecting.zh, expected: BATCH_STATES['cross-checked'].zh };
  return violation('stage-skipped', 'state', details);
}

/** The steps possible from a state, in the order of the regulation. */
export function nextSteps(state: RecordState | null, basis: LifecycleBasis = {}): RecordStep[] {
  return (Object.keys(TRANSITIONS) as RecordStep[]).filter(
    (step) => transitionViolations(step, state, basis).length === 0,
  );
}

/** States in which a record no longer waits for its filing. */
export const ENDED: readonly string[] = ['filed', 'withdrawn', 'deleted', 'revoked', 'declared-invalid'];

/** How many records of a batch still wait for their filing: state → how many stand in it. */
export function waitingOf(states: ReadonlyMap<string, number>): number {
  return [...states].filter(([state]) => !ENDED.includes(state)).reduce((sum, [, count]) => sum + count, 0);
}
