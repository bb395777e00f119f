// Written applications (art. 11(6), 12): what a supplementary report must hold, and the order and the people of its steps.

import { crossCheckViolations } from './cross-check.ts';
import type { CivilDate, Deadline } from './deadlines.ts';
import { isLate } from './deadlines.ts';
import { DEFAULT_POLICY } from './policy.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import type { ApplicationState, Category, RecordState, StepName } from './vocabulary.ts';
import { APPLICATION_STATES, RECORD_STATES } from './vocabulary.ts';

/** A record listed in an application, as far as the rules look at it. */
export interface ListedRecord {
  readonly id: string;
  readonly resolutionId: string;
  readonly category: Category;
  readonly state: RecordState;
  readonly collectedById: string;
  readonly crossCheckedById: string | null;
}

/** A supplementary report as it is drafted; `reasonLength` is the policy's least number of characters. */
export interface SupplementaryReport {
  readonly reason: string;
  readonly measures: string;
  readonly records: readonly ListedRecord[];
  readonly evidence: readonly { readonly title: string }[];
  readonly deadline: Deadline;
  readonly today: CivilDate;
  readonly reasonLength?: number;
}

/** States of a record that waits for its supplementary report: cross-checked and not yet reported. */
const WAITING: readonly RecordState[] = ['cross-checked', 'disclosing', 'disclosed'];
const BEFORE_CHECK: readonly RecordState[] = ['collected', 'returned'];
/** The measures are a sentence, too, but may be shorter than the reason. */
const MEASURES_LENGTH = 4;

/** Han characters of a text, with words of other scripts counting one each: what "too short" is measured by. */
export function writtenLength(text: string): number {
  return (text.match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? []).filter((part) => part.trim() !== '').length;
}

function recordListViolations(records: readonly ListedRecord[]): Violation[] {
  const [first] = records;
  if (first === undefined) return [violation('application-without-people', 'records')];
  const violations: Violation[] = [];
  const seen = new Set<string>();
  for (const [at, record] of records.entries()) {
    const path = `records[${at}]`;
    if (seen.has(record.id)) violations.push(violation('application-person-doubled', path, { found: record.id }));
    seen.add(record.id);
    if (record.resolutionId !== first.resolutionId) {
      const details = { found: record.resolutionId, expected: first.resolutionId };
      violations.push(violation('application-mixed-resolutions', `${path}.resolution`, details));
    }
    if (record.category !== first.category) {
      const details = { found: record.category, expected: first.category };
      violations.push(violation('application-mixed-categories', `${path}.category`, details));
    }
    if (!WAITING.includes(record.state)) {
      const code = BEFORE_CHECK.includes(record.state) ? 'stage-skipped' : 'application-record-already-reported';
      const expected = WAITING.map((state) => RECORD_STATES[state].zh).join('、');
      violations.push(violation(code, `${path}.state`, { found: RECORD_STATES[record.state].zh, expected }));
    }
    if (record.crossCheckedById !== null) {
      for (const same of crossCheckViolations(record.collectedById, record.crossCheckedById)) {
        violations.push({ ...same, path: `${path}.crossCheckedBy` });
      }
    }
  }
  return violations;
}

/** Everything wrong with a supplementary report (R11.6): not late, too little said, nobody or the wrong people listed, evidence without a title. */
export function supplementaryReportViolations(report: SupplementaryReport): Violation[] {
  const { reason, measures, records, evidence, deadline, today } = report;
  const violations: Violation[] = [];
  if (!isLate(today, deadline)) {
    violations.push(
      violation('supplementary-not-late', 'deadline', { found: today, expected: `> ${deadline.rolled}` }),
    );
  }
  const texts = [
    ['application-reason-too-short', 'reason', reason, report.reasonLength ?? DEFAULT_POLICY.reasonLength],
    ['application-measures-too-short', 'measures', measures, MEASURES_LENGTH],
  ] as const;
  for (const [code, path, text, least] of texts) {
    const length = writtenLength(text);
    if (length < least) violations.push(violation(code, path, { found: String(length), expected: `≥ ${least}` }));
  }
  violations.push(...recordListViolations(records));
  for (const [at, { title }] of evidence.entries()) {
    if (title.trim() === '') violations.push(violation('application-evidence-untitled', `evidence[${at}].title`));
  }
  return violations;
}

/** Step of an application → the state before (null: none yet) and the states it may lead to. */
export const APPLICATION_TRANSITIONS = {
  'draft-application': { from: null, to: ['draft'] },
  'check-application': { from: 'draft', to: ['checked'] },
  'approve-application': { from: 'checked', to: ['approved'] },
  'seal-application': { from: 'approved', to: ['sealed'] },
  'decide-application': { from: 'sealed', to: ['consented', 'refused'] },
} as const satisfies Partial<Record<StepName, { from: ApplicationState | null; to: readonly ApplicationState[] }>>;
export type ApplicationStep = keyof typeof APPLICATION_TRANSITIONS;

/** A person in their office. */
export interface Actor {
  readonly officerId: string;
  readonly officeId: string;
}

/** Why a step of an application is not possible: the state, or the person (checker ≠ drafter, decider's office ≠ applicant's; art. 11(6), 12). `state: null` = there is none yet. */
export function applicationTransitionViolations(
  step: ApplicationStep,
  state: ApplicationState | null,
  people: { readonly actor: Actor; readonly draftedBy: Actor },
): Violation[] {
  const violations: Violation[] = [];
  const { from } = APPLICATION_TRANSITIONS[step];
  if (state !== from) {
    violations.push(
      violation('application-step-not-allowed', 'state', {
        found: state === null ? undefined : APPLICATION_STATES[state].zh,
        expected: from === null ? undefined : APPLICATION_STATES[from].zh,
      }),
    );
  }
  const { actor, draftedBy } = people;
  if (step === 'check-application' && actor.officerId === draftedBy.officerId)
    violations.push(violation('drafter-may-not-check', 'officer'));
  if (step === 'decide-application' && actor.officeId === draftedBy.officeId) {
    violations.push(violation('applicant-may-not-decide', 'office', { found: actor.officeId }));
  }
  return violations;
}

/** The steps possible for an application in a state. */
export function nextApplicationSteps(state: ApplicationState | null): ApplicationStep[] {
  return (Object.keys(APPLICATION_TRANSITIONS) as ApplicationStep[]).filter(
    (step) => APPLICATION_TRANSITIONS[step].from === state,
  );
}

/** What is wrong with a decision: it has a document number, and a refusal its reason (art. 11(6)). */
export function decisionViolations(decision: {
  readonly outcome: 'consented' | 'refused';
  readonly number: string;
  readonly reason: string;
}): Violation[] {
  const violations: Violation[] = [];
  if (decision.number.trim() === '') violations.push(violation('decision-number-missing', 'decisionNumber'));
  if (decision.outcome === 'refused' && decision.reason.trim() === '')
    violations.push(violation('decision-reason-missing', 'decisionReason'));
  return violations;
}
