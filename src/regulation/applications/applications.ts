// The four written applications (art. 11(6), 12, 15, 16) as one table, a row for each kind, and the steps that every case takes.

import type { StepName } from '../steps.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Addressee, ApplicationKind, ApplicationState, RecordState } from '../vocabulary.ts';
import { APPLICATION_KINDS, APPLICATION_STATES } from '../vocabulary.ts';

/** What tells a kind of written application from the others. */
export interface ApplicationRow {
  /** A request (请示) asks one office and waits for its answer; a report (报告) tells what has happened. */
  readonly genre: 'request' | 'report';
  /** 主送机关, in the order of the document. */
  readonly addressees: readonly Addressee[];
  /** 抄送机关. */
  readonly copies: readonly Addressee[];
  /** Letters of its case numbers: GG-2026-0003. */
  readonly letters: string;
  /** States of the records that it may list. */
  readonly lists: readonly RecordState[];
  /** The step that carries it out after consent; null where consent itself does. */
  readonly effect: 'change' | 'delete' | 'revoke' | null;
  /** What stands for the drafter's, checker's, head's and degree office's opinion on the approval sheet. */
  readonly opinions: readonly [string, string, string, string];
}

/** Every kind of written application (art. 11(6), 15, 16). A new kind is a row here, a row in `documents/wording/wording.ts` and one in `procedures/applications/cases.ts`. */
export const APPLICATIONS = {
  'supplementary-report': {
    genre: 'request',
    addressees: ['provincial-office'],
    copies: [],
    letters: 'BB',
    lists: ['cross-checked', 'disclosing', 'disclosed'],
    effect: null,
    opinions: ['情况属实，申请补报。', '信息已核对无误。', '同意补报。', '同意上报。'],
  },
  'change-request': {
    genre: 'request',
    addressees: ['provincial-office'],
    copies: [],
    letters: 'GG',
    lists: ['filed'],
    effect: 'change',
    opinions: ['情况属实，申请更改。', '更改内容与证明材料核对一致。', '同意更改。', '同意上报。'],
  },
  'deletion-request': {
    genre: 'request',
    addressees: ['provincial-office'],
    copies: [],
    letters: 'SC',
    lists: ['filed'],
    effect: 'delete',
    opinions: ['情况属实，申请删除。', '确属错误报送，与证明材料核对一致。', '同意删除。', '同意上报。'],
  },
  'revocation-report': {
    genre: 'report',
    addressees: ['national-office', 'provincial-office'],
    copies: ['national-centre'],
    letters: 'CX',
    lists: ['filed'],
    effect: 'revoke',
    opinions: ['程序完备，材料齐全。', '信息与决议及材料核对一致。', '同意报告。', '同意上报。'],
  },
} as const satisfies Record<ApplicationKind, ApplicationRow>;

/** Everybody to whom a kind goes, copies last. */
export function recipientsOf(kind: ApplicationKind): Addressee[] {
  const { addressees, copies }: ApplicationRow = APPLICATIONS[kind];
  return [...addressees, ...copies];
}

/** Articles of rules that hold for every kind: the article of the kind says so, not the one of the kind that had them first. */
const OF_EVERY_KIND: readonly string[] = ['11(6)', '15', '16'];

/** Violations of a case under the article of its kind (11(6), 15 or 16); what another article says stays under that. */
export function underArticleOf(kind: ApplicationKind, violations: readonly Violation[]): Violation[] {
  const { article } = APPLICATION_KINDS[kind];
  return violations.map((one) => (OF_EVERY_KIND.includes(one.article) ? { ...one, article } : one));
}

/** Whether a case is over, so that its people are free for another one. Consent ends only what has no effect step of its own. */
export function isClosed(kind: ApplicationKind, state: ApplicationState): boolean {
  if (state === 'consented') return APPLICATIONS[kind].effect === null;
  return state === 'refused' || state === 'withdrawn' || state === 'carried-out';
}

/** Step of an application → the states before (none: it makes the case) and the states it may lead to. */
export const APPLICATION_TRANSITIONS = {
  'draft-application': { from: [], to: ['draft'] },
  'revise-application': { from: ['draft', 'returned'], to: ['draft'] },
  // After sealing only while nothing was sent, after consent only as long as it has no effect: `procedures/applications/withdraw-application.ts` asks for both.
  'withdraw-application': {
    from: ['draft', 'checked', 'approved', 'sealed', 'returned', 'consented'],
    to: ['withdrawn'],
  },
  'check-application': { from: ['draft'], to: ['checked'] },
  'approve-application': { from: ['checked'], to: ['approved'] },
  'seal-application': { from: ['approved'], to: ['sealed'] },
  'dispatch-application': { from: ['sealed'], to: ['sealed', 'dispatched'] },
  'decide-application': { from: ['dispatched'], to: ['consented', 'refused', 'returned'] },
  change: { from: ['consented'], to: ['carried-out'] },
  delete: { from: ['consented'], to: ['carried-out'] },
  'record-degree-review': {
    from: ['draft', 'checked', 'approved', 'sealed', 'dispatched', 'returned', 'consented'],
    to: [],
  },
  revoke: { from: ['consented'], to: ['carried-out'] },
} as const satisfies Partial<Record<StepName, { from: readonly ApplicationState[]; to: readonly ApplicationState[] }>>;
export type ApplicationStep = keyof typeof APPLICATION_TRANSITIONS;

/** The steps of one kind, in the order of the case. */
export function stepsOfKind(kind: ApplicationKind): ApplicationStep[] {
  const { effect }: ApplicationRow = APPLICATIONS[kind];
  const effects: readonly ApplicationStep[] = ['change', 'delete', 'revoke'];
  return (Object.keys(APPLICATION_TRANSITIONS) as ApplicationStep[]).filter((step) => {
    if (step === 'record-degree-review') return kind === 'revocation-report';
    return !effects.includes(step) || step === effect;
  });
}

/** A person in their office. */
export interface Actor {
  readonly officerId: string;
  readonly name?: string;
  readonly officeId: string;
  readonly officeName?: string;
}

/** What decides whether a step of a case may be taken. `state: null` = there is no case yet. */
export interface CaseView {
  readonly kind: ApplicationKind;
  readonly state: ApplicationState | null;
  readonly draftedBy: Actor;
  /** Everybody who drafted or revised it so far: whoever wrote any of it does not check or approve it. */
  readonly drafters: readonly string[];
}

const NOT_THE_DRAFTER = '拟制人以外的人员';

/** The states of a case of this kind from which a step leads on; a case that is over has no steps. */
function sourcesOf(step: ApplicationStep, kind: ApplicationKind): ApplicationState[] {
  const from: readonly ApplicationState[] = APPLICATION_TRANSITIONS[step].from;
  return from.filter((state) => !isClosed(kind, state));
}

/** Why a step of an application is not possible: the kind, the state, or the person (checker ≠ drafter, decider's office ≠ applicant's; art. 11(6), 12). */
export function applicationTransitionViolations(
  step: ApplicationStep,
  { kind, state, draftedBy, drafters }: CaseView,
  actor: Actor,
): Violation[] {
  const violations: Violation[] = [];
  if (!stepsOfKind(kind).includes(step)) {
    violations.push(violation('application-step-not-of-kind', 'kind', { found: APPLICATION_KINDS[kind].zh }));
  }
  const from = sourcesOf(step, kind);
  if (violations.length === 0 && (state === null ? from.length > 0 : !from.includes(state))) {
    violations.push(
      violation('application-step-not-allowed', 'state', {
        found: state === null ? '–' : APPLICATION_STATES[state].zh,
        expected: from.length === 0 ? undefined : from.map((name) => APPLICATION_STATES[name].zh).join('、'),
      }),
    );
  }
  if (drafters.includes(actor.officerId)) {
    if (step === 'check-application')
      violations.push(violation('drafter-may-not-check', 'officer', { found: actor.name, expected: NOT_THE_DRAFTER }));
    if (step === 'approve-application')
      violations.push(
        violation('drafter-may-not-approve', 'officer', { found: actor.name, expected: NOT_THE_DRAFTER }),
      );
  }
  if (step === 'decide-application' && actor.officeId === draftedBy.officeId) {
    violations.push(violation('applicant-may-not-decide', 'office', { found: actor.officeName ?? actor.officeId }));
  }
  return underArticleOf(kind, violations);
}

/** The steps possible for an application of a kind in a state. */
export function nextApplicationSteps(kind: ApplicationKind, state: ApplicationState | null): ApplicationStep[] {
  return stepsOfKind(kind).filter((step) => {
    const from = sourcesOf(step, kind);
    return state === null ? from.length === 0 : from.includes(state);
  });
}

/** What the provincial office answers → the state that the case is in then. For a revocation report consent is the confirmation (art. 16). */
export const DECISIONS = { consent: 'consented', refuse: 'refused', return: 'returned' } as const;
export type Decision = keyof typeof DECISIONS;

/** What is wrong with a decision: it has a document number, and a refusal or return its reason (art. 11(6), 15, 16). */
export function decisionViolations(decision: {
  readonly kind: ApplicationKind;
  readonly outcome: (typeof DECISIONS)[Decision];
  readonly number: string;
  readonly reason: string;
}): Violation[] {
  const owed = decision.outcome === 'consented' ? null : ({ missing: 'decision-reason-missing' } as const);
  return underArticleOf(decision.kind, [
    ...writtenTextViolations('decisionNumber', decision.number, 'decisionNumber', {
      missing: 'decision-number-missing',
    }),
    ...writtenTextViolations('reason', decision.reason, 'reason', owed),
  ]);
}
