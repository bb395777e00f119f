// The life of an analysis dataset (R18.1): which step is taken from which state, who does not decide, and when it may be read.
import { addDays, type CivilDate, daysBetween } from '../deadlines/deadlines.ts';
import type { StepName } from '../steps.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { DATASET_STATES, type DatasetState, PUBLICATION_STATES, type PublicationState } from './words.ts';

/** The steps of a dataset, each with the states from which it is taken. `request-dataset`: a request that is changed. */
export const DATASET_STEPS = {
  'request-dataset': ['requested', 'refused', 'impossible', 'failed'],
  'decide-dataset': ['requested'],
  'generate-dataset': ['approved'],
  'open-dataset-access': ['ready'],
  'destroy-dataset': ['approved', 'ready'],
  // Results outlive the data: their publication is asked for when the analysis is done.
  'decide-publication': ['ready', 'destroyed'],
} as const satisfies Partial<Record<StepName, readonly DatasetState[]>>;
export type DatasetStep = keyof typeof DATASET_STEPS;

/** Why a step cannot be taken from a state; empty when it can. */
export function datasetTransitionViolations(step: DatasetStep, state: DatasetState): Violation[] {
  const from: readonly DatasetState[] = DATASET_STEPS[step];
  if (from.includes(state)) return [];
  const expected = from.map((each) => DATASET_STATES[each].zh).join('、');
  return [violation('dataset-state', 'state', { found: DATASET_STATES[state].zh, expected })];
}

/** Who asked does not decide (art. 18): everybody who ever wrote or changed the request. */
export function otherDecidesViolations(
  askedByIds: readonly string[],
  officer: { readonly officerId: string; readonly name?: string },
): Violation[] {
  if (!askedByIds.includes(officer.officerId)) return [];
  return [violation('dataset-decider-asked', 'officer', { found: officer.name, expected: '申请人以外的负责人' })];
}

/** A decision says why when it refuses; any text of it can stand in a paper. */
export function decisionViolations(decision: 'consent' | 'refuse', reason: string): Violation[] {
  const owed = decision === 'refuse' ? ({ missing: 'dataset-word-missing' } as const) : null;
  return writtenTextViolations('decisionReason', reason, 'reason', owed);
}

/** A consent comes before the term is over: nothing is made that would be destroyed at once. */
export function consentInTimeViolations(lastDay: CivilDate, today: CivilDate): Violation[] {
  return today > lastDay ? [violation('dataset-term-over', 'lastDay', { found: today, expected: `≤ ${lastDay}` })] : [];
}

/** The first instant at which nobody may read any more: the end of the last day in Shanghai, ISO 8601. */
export function endOfTerm(lastDay: CivilDate): string {
  return `${addDays(lastDay, 1)}T00:00:00+08:00`;
}

/** What stands in the way of reading on a day; empty inside the term. The day rules, whatever the server has got done by then. */
export function readingViolations(
  { state, firstDay, lastDay }: { state: DatasetState; firstDay: CivilDate; lastDay: CivilDate },
  today: CivilDate,
): Violation[] {
  if (today > lastDay) {
    return [violation('dataset-term-over', 'lastDay', { found: today, expected: `≤ ${lastDay}` })];
  }
  if (state !== 'ready') {
    const expected = DATASET_STATES.ready.zh;
    return [violation('dataset-state', 'state', { found: DATASET_STATES[state].zh, expected })];
  }
  return today < firstDay
    ? [violation('dataset-not-yet', 'firstDay', { found: today, expected: `≥ ${firstDay}` })]
    : [];
}

/** The clock of a dataset on a day: `daysLeft` counts the day itself, and is nought when the term is over. */
export interface DatasetClock {
  readonly phase: 'not-yet' | 'running' | 'over';
  readonly daysLeft: number;
}

/** How the term stands on a day. */
export function datasetClock(term: { firstDay: CivilDate; lastDay: CivilDate }, today: CivilDate): DatasetClock {
  if (today > term.lastDay) return { phase: 'over', daysLeft: 0 };
  const from = today < term.firstDay ? term.firstDay : today;
  return { phase: today < term.firstDay ? 'not-yet' : 'running', daysLeft: daysBetween(from, term.lastDay) + 1 };
}

/** What a request for publication lacks. */
export function publicationViolations({ title, place }: { title: string; place: string }): Violation[] {
  const owed = { missing: 'dataset-word-missing' } as const;
  return [
    ...writtenTextViolations('publicationTitle', title, 'title', owed),
    ...writtenTextViolations('publicationPlace', place, 'place', owed),
  ];
}

/** A publication is decided on once. */
export function publicationStateViolations(state: PublicationState): Violation[] {
  if (state === 'requested') return [];
  const expected = PUBLICATION_STATES.requested.zh;
  return [violation('publication-state', 'state', { found: PUBLICATION_STATES[state].zh, expected })];
}
