// What an officer can do next with a thing, and why not: from the same pure rules as the procedures, so that frontends copy none.
import {
  APPLICATIONS,
  type ApplicationRow,
  applicationTransitionViolations,
  stepsOfKind,
  underArticleOf,
} from '../regulation/applications/applications.ts';
import { crossCheckViolations } from '../regulation/cross-check/cross-check.ts';
import { sampleViolations } from '../regulation/cross-check/sample.ts';
import { disclosureViolations } from '../regulation/disclosure.ts';
import { mayAct } from '../regulation/duties.ts';
import { notCrossChecked, type RecordStep, transitionViolations } from '../regulation/lifecycle.ts';
import { reportingViolations } from '../regulation/reporting/reporting.ts';
import { withdrawalViolations } from '../regulation/reporting/withdrawal.ts';
import { STEPS, type StepName } from '../regulation/steps.ts';
import { type Violation, violation } from '../regulation/violations.ts';
import {
  type ApplicationKind,
  type ApplicationState,
  type Category,
  RECORD_STATES,
  type RecordState,
} from '../regulation/vocabulary.ts';
import { statesOfListed } from '../store/applications/applications.ts';
import { findInstitution } from '../store/offices/institutions.ts';
import { officeOfOfficer } from '../store/offices/officers.ts';
import { countByState } from '../store/records/batches.ts';
import { findResolution } from '../store/resolutions/resolutions.ts';
import { rosterWithoutRecords } from '../store/resolutions/roster-reads.ts';
import { draftersOf } from './applications/application-case.ts';
import { sentViolations } from './applications/withdraw-application.ts';
import type { Call } from './call.ts';
import { giversOf } from './cross-check/givers.ts';
import { standingIfAsked } from './cross-check/sample-standing.ts';
import { disclosureRules } from './disclosure/disclosure-rules.ts';
import { reportingDeadline, todayOf } from './situation.ts';

/** A step, whether the officer may take it now, and everything that stands in the way. */
export interface Action {
  readonly name: StepName;
  readonly allowed: boolean;
  readonly violations: readonly Violation[];
}

/** Who asks: rules need nothing else of a call. */
export type Asker = Pick<Call, 'world' | 'actor'>;

function action(name: StepName, violations: readonly Violation[]): Action {
  return { name, allowed: violations.length === 0, violations };
}

/** The question whether the officer may take a step at all: office, institution, category, duty. */
async function duties(asker: Asker, institution: string, category: string): Promise<(step: StepName) => Violation[]> {
  const found = await findInstitution(asker.world.db.prisma, institution);
  const provincialOfficeId = found?.provincialOfficeId ?? '';
  const target = { institution, category: category as Category, provincialOfficeId };
  return (step) => mayAct(asker.actor, step, target);
}

const RECORD_STEPS = [
  'correct',
  'cross-check',
  'raise-objection',
  'answer-review-reason',
  'return-records',
  'withdraw-records',
  'declare-invalid',
] as const satisfies readonly RecordStep[];

/** What can be done with one record. The rules about its content are asked when the step is taken or simulated. */
export async function recordActions(
  asker: Asker,
  row: { institution: string; id: string; category: string; state: string; collectedById: string },
): Promise<Action[]> {
  const mayI = await duties(asker, row.institution, row.category);
  const { officerId } = asker.actor;
  // Who may not cross-check at all, or not now, is not told by whose hand the values are.
  const asks =
    mayI('cross-check').length === 0 && transitionViolations('cross-check', row.state as RecordState).length === 0;
  const own = asks ? (await giversOf(asker.world.db.prisma, row.institution, [row], officerId))(row) : [];
  const actions = RECORD_STEPS.map((step) =>
    action(step, [
      ...mayI(step),
      ...(step === 'withdraw-records'
        ? withdrawalViolations(asker.actor.officeKind, row.state as RecordState)
        : transitionViolations(step, row.state as RecordState)),
      ...(step === 'cross-check' ? crossCheckViolations(own, asker.actor) : []),
    ]),
  );
  return [...actions, action('reveal', mayI('reveal'))];
}

/** What can be done with a written application. */
export async function applicationActions(
  asker: Asker,
  row: { institution: string; id: string; kind: string; category: string; state: string; draftedById: string },
): Promise<Action[]> {
  const mayI = await duties(asker, row.institution, row.category);
  const kind = row.kind as ApplicationKind;
  const state = row.state as ApplicationState;
  const db = asker.world.db.prisma;
  const officeId = await officeOfOfficer(db, row.draftedById);
  const draftedBy = { officerId: row.draftedById, officeId: officeId ?? '' };
  const drafters = await draftersOf(db, row);
  const more = await hindrances(asker, row, kind, state);
  const steps = stepsOfKind(kind).filter((step) => step !== 'draft-application');
  return steps.map((step) => {
    const inTheWay = applicationTransitionViolations(step, { kind, state, draftedBy, drafters }, asker.actor);
    return action(step, [...mayI(step), ...inTheWay, ...(inTheWay.length === 0 ? (more[step] ?? []) : [])]);
  });
}

/** What beside state and person stands in the way: documents that were sent, records that have ended. */
async function hindrances(
  { world }: Asker,
  row: { institution: string; id: string },
  kind: ApplicationKind,
  state: ApplicationState,
): Promise<Partial<Record<StepName, Violation[]>>> {
  const { effect }: ApplicationRow = APPLICATIONS[kind];
  if (state !== 'sealed' && state !== 'consented') return {};
  const db = world.db.prisma;
  const states = await statesOfListed(db, row.institution, row.id);
  const ended = states.filter((each) => effect !== null && !APPLICATIONS[kind].lists.some((listed) => listed === each));
  const details = { found: ended.map((each) => RECORD_STATES[each as RecordState].zh).join('、') };
  const gone =
    ended.length === 0 ? [] : underArticleOf(kind, [violation('application-record-ended', 'records', details)]);
  const confirmed = kind === 'revocation-report' && state === 'consented' && ended.length === 0;
  return {
    ...(effect === null ? {} : { [effect]: gone }),
    'withdraw-application': [
      ...(await sentViolations(db, { ...row, kind, state })),
      ...(confirmed ? [violation('revocation-confirmed', 'state', { expected: STEPS.revoke.zh })] : []),
    ],
  };
}

/** What of a batch decides its actions. */
export interface BatchView {
  readonly institution: string;
  readonly id: string;
  readonly resolutionId: string;
  readonly category: string;
  readonly state: string;
  readonly applicationId: string | null;
  readonly disclosedFrom: string | null;
  readonly disclosedUntil: string | null;
}

/** Step → the states of records it takes up; without one of them there is nothing to do. */
const TAKES = {
  'attach-photos': ['collected'],
  'link-enrolment': ['collected'],
  'cross-check': ['collected'],
  'open-disclosure': ['cross-checked'],
  'close-disclosure': ['disclosing'],
  report: ['disclosed', 'cross-checked'],
  'report-upward': ['reported'],
  review: ['reported-upward'],
  filing: ['reviewed'],
} as const;
type BatchStep = keyof typeof TAKES;

/** What can be done with a batch, in the order of the regulation. Rules about single records are asked by a simulation. */
export async function batchActions(asker: Asker, row: BatchView): Promise<Action[]> {
  const mayI = await duties(asker, row.institution, row.category);
  const states = await countByState(asker.world.db.prisma, row.institution, row.id);
  const more: Partial<Record<BatchStep, Violation[]>> = {
    'cross-check': await sampling(asker, row),
    'open-disclosure': row.state === 'collecting' ? [notCrossChecked()] : [],
    'close-disclosure': await disclosure(asker, row),
    report: await reporting(asker, row),
  };
  return (Object.keys(TAKES) as BatchStep[]).map((step) => {
    const taken: readonly string[] = TAKES[step];
    const some = taken.some((state) => (states.get(state) ?? 0) > 0);
    const nothing = some ? [] : [violation('nothing-to-do', 'records', { expected: taken.join(' / ') })];
    return action(step, [...mayI(step), ...nothing, ...(more[step] ?? [])]);
  });
}

async function sampling(asker: Asker, row: BatchView): Promise<Violation[]> {
  const standing = await standingIfAsked(asker.world.db.prisma, asker.world, row.institution, row.id);
  return standing ? sampleViolations(standing) : [];
}

async function disclosure(asker: Asker, row: BatchView): Promise<Violation[]> {
  const today = todayOf(asker.world);
  const { days } = await disclosureRules(asker.world.db.prisma, row, today);
  const { disclosedFrom, disclosedUntil } = row;
  return disclosureViolations({ disclosedFrom, disclosedUntil, objections: [] }, today, days);
}

async function reporting(asker: Asker, row: BatchView): Promise<Violation[]> {
  const db = asker.world.db.prisma;
  const { institution, resolutionId, category, applicationId } = row;
  if (applicationId) return [];
  const resolution = await findResolution(db, institution, resolutionId);
  if (!resolution) return [];
  const due = await reportingDeadline(db, institution, resolution.effectiveOn);
  const missing = await rosterWithoutRecords(db, institution, resolutionId, category);
  const people =
    missing.length === 0
      ? []
      : [violation('roster-person-without-record', 'roster', { found: String(missing.length) })];
  return [...reportingViolations(todayOf(asker.world), due), ...people];
}
