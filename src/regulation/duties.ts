// Who may do which step, and who may read what (R4.1, R4.2, R5.1, R6.2, R23.1): one table and two questions.

import type { StepName } from './steps.ts';
import { STEPS } from './steps.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import type { Category, Duty, OfficeKind, RecordState } from './vocabulary.ts';
import { CATEGORIES, DUTIES, OFFICE_KINDS } from './vocabulary.ts';

/** An officer as the rules see one: their office, its institution (null of a provincial office), the categories it owns, their duties. */
export interface OfficerView {
  readonly officeId: string;
  readonly officeKind: OfficeKind;
  readonly institution: string | null;
  readonly categories: readonly Category[];
  readonly duties: readonly Duty[];
}

/** What a step is about: the institution, the category when it concerns one, and the institution's provincial office. */
export interface StepTarget {
  readonly institution: string;
  readonly category?: Category;
  readonly provincialOfficeId: string;
}

/** What is read; `state` of a record, when it is one, and whether a withdrawn one had been reported to the province. */
export interface ReadTarget extends StepTarget {
  readonly state?: RecordState;
  readonly reachedProvince?: boolean;
}

/** Which offices do a step, and the duties of which one suffices. */
export interface StepDuty {
  readonly offices: readonly OfficeKind[];
  readonly duties: readonly Duty[];
}

const CATEGORY_OFFICES = ['graduate-office', 'academic-affairs-office', 'continuing-education-office'] as const;
const INSIDE = [...CATEGORY_OFFICES, 'degree-office'] as const;
const by = (offices: readonly OfficeKind[], ...duties: Duty[]): StepDuty => ({ offices, duties });

/** Step → the offices that do it and the duty it takes; with several duties any one suffices. */
export const STEP_DUTIES: Readonly<Record<StepName, StepDuty>> = {
  'load-resolution': by(['degree-office'], 'collect', 'administer', 'report'),
  'correct-roster': by(['degree-office'], 'report', 'head'),
  'load-revocation-resolution': by(['degree-office'], 'collect', 'administer', 'report'),
  'add-certificate-template': by(['degree-office'], 'collect', 'administer', 'report'),
  'end-certificate-template': by(['degree-office'], 'collect', 'administer', 'report'),
  'import-enrolment-records': by(INSIDE, 'collect', 'administer'),
  collect: by(CATEGORY_OFFICES, 'collect'),
  'attach-photos': by(CATEGORY_OFFICES, 'collect'),
  'link-enrolment': by(CATEGORY_OFFICES, 'collect', 'cross-check'),
  // The student's own acts carry the seal of the category office; an officer who writes down a student's word answers for it.
  confirm: by(CATEGORY_OFFICES, 'collect'),
  dispute: by(CATEGORY_OFFICES, 'collect'),
  'answer-dispute': by(CATEGORY_OFFICES, 'collect', 'cross-check'),
  correct: by(CATEGORY_OFFICES, 'collect'),
  'cross-check': by(CATEGORY_OFFICES, 'cross-check'),
  'open-disclosure': by(CATEGORY_OFFICES, 'report', 'cross-check'),
  'raise-objection': by(CATEGORY_OFFICES, 'collect', 'cross-check', 'report'),
  'resolve-objection': by(CATEGORY_OFFICES, 'cross-check', 'report'),
  'close-disclosure': by(CATEGORY_OFFICES, 'report', 'cross-check'),
  report: by(CATEGORY_OFFICES, 'report'),
  'report-upward': by(['degree-office'], 'report'),
  review: by(['provincial-office'], 'review'),
  'return-records': by(['provincial-office'], 'review'),
  'answer-review-reason': by(CATEGORY_OFFICES, 'collect'),
  'withdraw-records': by(INSIDE, 'report'),
  filing: by(['provincial-office'], 'file'),
  // The national centre does not sign in here; its feedback enters by the provincial office, so that no institution reopens its own filed records.
  'form-check': by(['provincial-office'], 'review', 'file'),
  'request-correction': by(CATEGORY_OFFICES, 'collect'),
  'answer-correction-request': by(CATEGORY_OFFICES, 'collect', 'report'),
  'draft-application': by(CATEGORY_OFFICES, 'collect', 'report'),
  'check-application': by(CATEGORY_OFFICES, 'cross-check'),
  'approve-application': by(CATEGORY_OFFICES, 'head'),
  'seal-application': by(['degree-office'], 'report', 'head'),
  'dispatch-application': by(['degree-office'], 'report', 'head'),
  'decide-application': by(['provincial-office'], 'review'),
  'revise-application': by(CATEGORY_OFFICES, 'collect', 'report'),
  'withdraw-application': by(CATEGORY_OFFICES, 'collect', 'report', 'head'),
  change: by(CATEGORY_OFFICES, 'report', 'head'),
  delete: by(CATEGORY_OFFICES, 'report', 'head'),
  'record-degree-review': by(['degree-office'], 'collect', 'report', 'head'),
  revoke: by(['degree-office'], 'report', 'head'),
  'declare-invalid': by(['provincial-office'], 'file'),
  'load-edition': by(['degree-office'], 'collect', 'administer', 'report'),
  'load-code-table': by(['degree-office'], 'collect', 'administer', 'report'),
  'map-codes': by(INSIDE, 'collect', 'administer'),
  'export-records': by(INSIDE, 'report', 'administer'),
  reveal: by([...INSIDE, 'provincial-office'], 'collect', 'cross-check', 'report', 'review', 'file'),
  'set-policy': by(['degree-office'], 'head', 'administer'),
  'arrange-offices': by(['degree-office'], 'head', 'administer'),
  'appoint-officers': by(['degree-office'], 'administer'),
  // The province enters a notice for its institutions, too; what it entered is not theirs to change.
  'set-calendar': by(['degree-office', 'provincial-office'], 'report', 'head', 'administer', 'review'),
  'publish-statistics': by(['degree-office'], 'report', 'head'),
  // Art. 18 gives analysis to the degree office alone; who asks does not decide (the rules of the procedure see to it).
  'request-dataset': by(['degree-office'], 'collect', 'report'),
  'decide-dataset': by(['degree-office'], 'head'),
  'generate-dataset': by(['degree-office'], 'head'),
  'open-dataset-access': by(['degree-office'], 'report', 'head'),
  'destroy-dataset': by(['degree-office'], 'report', 'head'),
  'decide-publication': by(['degree-office'], 'head'),
  declassify: by(CATEGORY_OFFICES, 'collect', 'head'),
  're-encrypt': by(['degree-office'], 'administer'),
  'export-archive': by(INSIDE, 'report', 'head'),
  'appraise-archive': by(['degree-office'], 'head'),
  'transfer-archive': by(['degree-office'], 'report', 'head'),
};

function isCategoryOffice(kind: OfficeKind): boolean {
  return (CATEGORY_OFFICES as readonly OfficeKind[]).includes(kind);
}

/** Institution, province and category: where an officer's world ends (R4.2). */
function boundViolations(officer: OfficerView, target: StepTarget): Violation[] {
  if (officer.officeKind === 'provincial-office') {
    return officer.officeId === target.provincialOfficeId
      ? []
      : [violation('not-your-institution', 'institution', { found: target.institution })];
  }
  const violations: Violation[] = [];
  if (officer.institution !== target.institution) {
    const details = { found: target.institution, expected: officer.institution ?? undefined };
    violations.push(violation('not-your-institution', 'institution', details));
  }
  const { category } = target;
  if (category !== undefined && isCategoryOffice(officer.officeKind) && !officer.categories.includes(category)) {
    const details = {
      found: CATEGORIES[category].zh,
      expected: officer.categories.map((own) => CATEGORIES[own].zh).join('、'),
    };
    violations.push(violation('not-your-category', 'category', details));
  }
  return violations;
}

/** Why an officer may not do a step; empty when they may. All reasons at once. */
export function mayAct(officer: OfficerView, step: StepName, target: StepTarget): Violation[] {
  const { offices, duties } = STEP_DUTIES[step];
  const violations = boundViolations(officer, target);
  if (!offices.includes(officer.officeKind)) {
    const details = {
      found: OFFICE_KINDS[officer.officeKind].zh,
      expected: offices.map((kind) => OFFICE_KINDS[kind].zh).join('、'),
      article: STEPS[step].article,
    };
    violations.push(violation('not-your-office', 'office', details));
  }
  // Whoever audits changes nothing, whatever else they are charged with (R23.1).
  const auditor = officer.duties.includes('audit');
  if (auditor || !duties.some((duty) => officer.duties.includes(duty))) {
    const expected = duties.map((duty) => DUTIES[duty].zh).join('、');
    const found = officer.duties.map((duty) => DUTIES[duty].zh).join('、');
    violations.push(violation(auditor ? 'read-only-duty' : 'duty-missing', 'duties', { found, expected }));
  }
  return violations;
}

/** Steps that an officer may do on such a target, whatever the state: for the `actions` of an answer. */
export function stepsOf(officer: OfficerView, target: StepTarget): StepName[] {
  return (Object.keys(STEP_DUTIES) as StepName[]).filter((step) => mayAct(officer, step, target).length === 0);
}

/** States in which a record has reached the province (R4.2: nobody else sees anything unpublished). A withdrawn one may have or not. */
const REACHED_PROVINCE: ReadonlySet<RecordState> = new Set<RecordState>([
  'reported-upward',
  'returned',
  'reviewed',
  'filed',
  'deleted',
  'revoked',
  'declared-invalid',
]);

/**
 * Why an officer may not read something; empty when they may. A category office reads its own categories, the degree office and
 * an auditor their institution, the provincial office what has been reported to it.
 */
export function mayRead(officer: OfficerView, target: ReadTarget): Violation[] {
  if (officer.duties.includes('audit') && officer.institution === target.institution) return [];
  const violations = boundViolations(officer, target);
  const { state, reachedProvince = false } = target;
  const reached = state === undefined || REACHED_PROVINCE.has(state) || (state === 'withdrawn' && reachedProvince);
  if (officer.officeKind === 'provincial-office' && !reached) {
    violations.push(violation('not-yet-public', 'state', { found: state }));
  }
  return violations;
}
