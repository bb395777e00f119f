// Article 12: the steps of a case as pure rules: from any state only what the table allows, for every kind.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  APPLICATION_TRANSITIONS,
  APPLICATIONS,
  type ApplicationStep,
  applicationTransitionViolations,
  isClosed,
  nextApplicationSteps,
  stepsOfKind,
} from '../../../src/regulation/applications/applications.ts';
import {
  APPLICATION_KINDS,
  APPLICATION_STATES,
  type ApplicationState,
  keysOf,
} from '../../../src/regulation/vocabulary.ts';
import { runs } from '../../support/chance.ts';

const kinds = fc.constantFrom(...keysOf(APPLICATION_KINDS));
const steps = fc.constantFrom(...keysOf(APPLICATION_TRANSITIONS));
const states = fc.constantFrom<ApplicationState | null>(null, ...keysOf(APPLICATION_STATES));
const actor = (officerId: string, officeId: string) => ({ officerId, officeId });
const drafter = actor('a', 'office');

describe('Article 12: the table of steps', () => {
  it('from any state only its steps are possible, and the two ways of asking agree', () => {
    fc.assert(
      fc.property(kinds, steps, states, (kind, step, state) => {
        const view = { kind, state, draftedBy: drafter, drafters: [drafter.officerId] };
        const violations = applicationTransitionViolations(step, view, actor('p', 'province'));
        const from: readonly string[] = APPLICATION_TRANSITIONS[step].from;
        const open = state === null ? from.length === 0 : from.includes(state) && !isClosed(kind, state);
        const possible = stepsOfKind(kind).includes(step) && open;
        expect(violations.length === 0).toBe(possible);
        expect(nextApplicationSteps(kind, state).includes(step)).toBe(possible);
        for (const one of violations) {
          expect(['12', APPLICATION_KINDS[kind].article]).toContain(one.article);
          expect(one.found !== undefined || state === null).toBe(true);
        }
      }),
      { numRuns: runs(1000) },
    );
  });

  it('nothing leads out of a case that is over', () => {
    for (const kind of keysOf(APPLICATION_KINDS)) {
      for (const state of keysOf(APPLICATION_STATES)) {
        if (isClosed(kind, state)) expect(nextApplicationSteps(kind, state)).toEqual([]);
        else expect(nextApplicationSteps(kind, state).length, `${kind} ${state}`).toBeGreaterThan(0);
      }
    }
  });

  it('every walk that reaches an effect has passed check, approval, seal, dispatch and consent since the last draft', () => {
    const choice = fc.tuple(fc.nat(99), fc.nat(2), fc.constantFrom('a', 'b'));
    const choices = fc.array(choice, { minLength: 6, maxLength: 80 });
    let reached = 0;
    fc.assert(
      fc.property(kinds, choices, (kind, attempts) => {
        let state: ApplicationState | null = null;
        let by = drafter;
        let writers: string[] = [];
        let done: ApplicationStep[] = [];
        for (const [which, choice, officer] of attempts) {
          const possible = nextApplicationSteps(kind, state).filter(
            (name) => name !== 'withdraw-application' || which > 90,
          );
          const step = possible[which % possible.length];
          if (step === undefined) break;
          const who = actor(officer, step === 'decide-application' ? 'province' : 'office');
          if (applicationTransitionViolations(step, { kind, state, draftedBy: by, drafters: writers }, who).length > 0)
            continue;
          const to: readonly ApplicationState[] = APPLICATION_TRANSITIONS[step].to;
          if (step === 'draft-application' || step === 'revise-application') {
            by = who;
            writers = [...writers, officer];
            done = [];
          } else if (step === 'check-application') expect(writers).not.toContain(officer);
          if (to.length > 0) {
            done.push(step);
            state = to[choice % to.length] ?? null;
          }
          if (state !== 'carried-out') continue;
          reached++;
          expect([...new Set(done)].slice(-6)).toEqual([
            ...['check-application', 'approve-application', 'seal-application', 'dispatch-application'],
            ...['decide-application', APPLICATIONS[kind].effect],
          ]);
          break;
        }
      }),
      { numRuns: runs(3000) },
    );
    expect(reached).toBeGreaterThan(10);
  });
});
