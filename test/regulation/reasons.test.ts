// The reasons of officers' acts: one least length for all, wherever a reason is owed.
import { describe, expect, it } from 'vitest';
import { decisionViolations as applicationDecision } from '../../src/regulation/applications/applications.ts';
import { decisionViolations as datasetDecision } from '../../src/regulation/datasets/life.ts';
import { type Gathering, wholenessViolations } from '../../src/regulation/reporting/gathering.ts';
import { answerViolations as reviewAnswer } from '../../src/regulation/reporting/review-reasons.ts';
import { withdrawalReasonViolations } from '../../src/regulation/reporting/withdrawal.ts';
import { revealReasonViolations } from '../../src/regulation/reveal.ts';
import { answerViolations as studentAnswer } from '../../src/regulation/student-word.ts';
import { LEAST_REASON } from '../../src/regulation/texts/written-kinds.ts';
import { saysTooLittle, writtenTextViolations } from '../../src/regulation/texts/written-texts.ts';
import type { Violation } from '../../src/regulation/violations.ts';

const gathering = { categories: [], missing: [] } as unknown as Gathering;
const review = [{ field: 'thesisTitle', reason: '题目有误' }] as const;
const decided = { kind: 'change-request', outcome: 'refused', number: '1号' } as const;

/** Every rule that owes a reason, with the code of none, the code of too little, and the article of both. */
const ASKED: readonly [string, (text: string) => Violation[], none: string, short: string, article: string][] = [
  ['a withdrawal', withdrawalReasonViolations, 'withdrawal-reason-missing', 'reason-too-short', '14'],
  ['a reveal', revealReasonViolations, 'reveal-reason-missing', 'reveal-reason-too-short', '21'],
  [
    'an answer to a reason of review',
    (text) => reviewAnswer('thesisTitle', text, review),
    'review-answer-too-short',
    'review-answer-too-short',
    '14',
  ],
  ['a declined dispute', (text) => studentAnswer(false, text, []), 'answer-words-missing', 'reason-too-short', '11(1)'],
  ['a refused dataset', (text) => datasetDecision('refuse', text), 'dataset-word-missing', 'reason-too-short', '18'],
  [
    'a refused application',
    (text) => applicationDecision({ ...decided, reason: text }),
    'decision-reason-missing',
    'reason-too-short',
    '15',
  ],
  [
    'a partial report',
    (text) => wholenessViolations(gathering, true, text).filter(({ path }) => path === 'reason'),
    'partial-report-reason-missing',
    'reason-too-short',
    '5',
  ],
];

describe.each(ASKED)('Article 22: the reason of %s', (_, rule, none, short, article) => {
  const said = (text: string) => rule(text).map((one) => [one.code, one.article, one.found, one.expected]);

  it('is owed, says enough, and is refused with what was found and expected', () => {
    const least = `≥ ${LEAST_REASON}`;
    expect(rule('').map(({ code }) => code)).toEqual([none]);
    expect(said('不行')).toEqual([[short, article, '2', least]]);
    expect(said('材料不齐全')).toEqual([[short, article, '5', least]]);
    expect(said('。。。。。。。。')).toEqual([[short, article, '0', least]]);
    expect(said('不不不不不不不不')).toEqual([[short, article, '8 (1)', `${least} (≥ 3)`]]);
    expect(rule('所附材料不齐全')).toEqual([]);
    expect(rule('the papers that came were incomplete')).toEqual([]);
  });
});

describe('Article 22: a reason that is owed', () => {
  it('names its place, and the thing where there is none', () => {
    const asked = (text: string) =>
      writtenTextViolations('destructionReason', text, 'why', { missing: 'dataset-word-missing' });
    expect(asked(' ')).toMatchObject([
      { code: 'dataset-word-missing', path: 'why', found: '0', expected: '≥ 6', message: '销毁原因未填写。' },
    ]);
    expect(asked('泄露')).toMatchObject([
      { code: 'reason-too-short', path: 'why', article: '18', found: '2', expected: '≥ 6' },
    ]);
  });

  it('counts characters beyond the basic plane as one', () => {
    expect(saysTooLittle('𠮷𠮷𠮷𠮷𠮷')).toEqual({ found: '5', expected: '≥ 6' });
    expect(saysTooLittle('㛃䶮垚喆𠮷字')).toBeNull();
  });
});
