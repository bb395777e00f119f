// Article 10: the order of the stages.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordStep } from '../../src/regulation/lifecycle.ts';
import { nextSteps, TRANSITIONS, transitionViolations } from '../../src/regulation/lifecycle.ts';
import type { RecordState } from '../../src/regulation/vocabulary.ts';
import { keysOf, RECORD_STATES } from '../../src/regulation/vocabulary.ts';
import { runs } from '../support/chance.ts';

const STAGES = [
  ['cross-check', 'cross-checked'],
  ['open-disclosure', 'disclosing'],
  ['close-disclosure', 'disclosed'],
  ['report', 'reported'],
  ['report-upward', 'reported-upward'],
  ['review', 'reviewed'],
  ['filing', 'filed'],
] as const;

/** What the national centre, an approved application, a confirmed revocation or the education authority does (article 13 to 16). */
const AFTER_FILING: RecordStep[] = ['form-check', 'change', 'delete', 'revoke', 'declare-invalid'];
/** What leads back, or out of the way. */
const BACKWARD: RecordStep[] = ['correct', 'return-records', 'answer-review-reason', 'withdraw-records'];
/** What the student says while it can be heeded without an application (article 11(1)). */
const WORDS_OF_THE_STUDENT: RecordStep[] = ['confirm', 'dispute', 'answer-dispute'];

/** Where a step leads from a state. */
function stateAfter(step: RecordStep, state: RecordState | null): RecordState | null {
  return TRANSITIONS[step].to ?? state;
}

describe('Article 10: the way of a record', () => {
  it('leads through every stage', () => {
    let state: RecordState | null = null;
    expect(nextSteps(state)).toEqual(['collect']);
    state = stateAfter('collect', state);
    for (const [step, to] of STAGES) {
      expect(transitionViolations(step, state)).toEqual([]);
      state = stateAfter(step, state);
      expect(state).toBe(to);
    }
    expect(nextSteps(state)).toEqual(AFTER_FILING);
  });

  it('refuses a skipped stage and says which state it takes', () => {
    expect(transitionViolations('report', 'collected')).toMatchObject([
      { code: 'stage-skipped', found: '已采集', expected: '已公开', article: '10' },
    ]);
    expect(transitionViolations('collect', 'collected')).toHaveLength(1);
  });

  it('no sequence of steps reaches filing around a stage', () => {
    const steps = fc.array(fc.constantFrom(...keysOf(TRANSITIONS)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(steps, (attempts) => {
        let state: RecordState | null = null;
        let done: RecordStep[] = [];
        for (const step of attempts) {
          if (transitionViolations(step, state).length > 0) continue;
          // A correction begins the way anew, and so does an answer in words.
          const anew = step === 'correct' || step === 'answer-review-reason';
          done = anew ? ['collect'] : [...done, step];
          state = stateAfter(step, state);
          if (state === 'filed') {
            const stages = STAGES.map(([name]) => name);
            expect(done.filter((name) => (stages as RecordStep[]).includes(name))).toEqual(stages);
          }
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it('reaches filing when every possible step forward is taken', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(100)), (choices) => {
        let state: RecordState | null = null;
        const way: RecordStep[] = [];
        for (const choice of choices) {
          const possible: RecordStep[] = nextSteps(state).filter(
            (step) => ![...BACKWARD, ...AFTER_FILING].includes(step),
          );
          const step = possible[choice % possible.length];
          if (step === undefined || way.length > 2000) break;
          state = stateAfter(step, state);
          way.push(step);
        }
        expect(state).toBe('filed');
      }),
      { numRuns: runs(20) },
    );
  });
});

describe('Article 13: a reported record is immutable', () => {
  it.each(['reported', 'reported-upward', 'filed'] as const)('refuses a correction of a %s record', (state) => {
    expect(transitionViolations('correct', state)).toMatchObject([{ code: 'immutable-after-report', article: '13' }]);
  });

  it('after filing only an application, a revocation or the education authority acts on it', () => {
    expect(nextSteps('filed')).toEqual(AFTER_FILING);
    for (const step of AFTER_FILING) {
      const others = keysOf(RECORD_STATES).filter((state) => state !== 'filed');
      for (const state of others) {
        expect(transitionViolations(step, state)).toMatchObject([
          { found: RECORD_STATES[state].zh, expected: '已备案' },
        ]);
      }
    }
  });

  it.each(['deleted', 'revoked', 'declared-invalid'] as const)('nothing follows %s', (state) => {
    expect(nextSteps(state)).toEqual([]);
  });
});

describe('Article 14: returned records', () => {
  it('are corrected and pass every stage again', () => {
    expect(nextSteps('returned')).toEqual(['correct', 'answer-review-reason', 'withdraw-records']);
    expect(nextSteps('withdrawn')).toEqual(['correct', 'answer-review-reason']);
    expect(TRANSITIONS.correct.to).toBe('collected');
  });

  it('need no second disclosure while their key fields are what was disclosed', () => {
    expect(transitionViolations('report', 'cross-checked', { disclosureStillHolds: true })).toEqual([]);
    expect(transitionViolations('report', 'cross-checked')).toHaveLength(1);
    expect(transitionViolations('report', 'collected', { disclosureStillHolds: true })).toHaveLength(1);
    expect(nextSteps('cross-checked', { disclosureStillHolds: true })).toEqual([
      ...WORDS_OF_THE_STUDENT,
      'correct',
      'open-disclosure',
      'report',
    ]);
  });
});

describe('Article 11(1): the word of the student', () => {
  it('is heard until the report, and moves nothing', () => {
    for (const state of ['collected', 'cross-checked', 'disclosing', 'disclosed'] as const) {
      for (const step of WORDS_OF_THE_STUDENT) {
        expect(transitionViolations(step, state)).toEqual([]);
        expect(stateAfter(step, state)).toBe(state);
      }
    }
    for (const step of WORDS_OF_THE_STUDENT) expect(transitionViolations(step, 'reported')).toHaveLength(1);
  });
});

it('every state is reached by some step', () => {
  const reached = new Set<RecordState | null>(keysOf(TRANSITIONS).map((step) => TRANSITIONS[step].to));
  expect(keysOf(RECORD_STATES).filter((state) => !reached.has(state))).toEqual([]);
});
