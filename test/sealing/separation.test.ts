// Article 11(2), as the verifier judges it: nobody cross-checks a record to which he had given values, and no values go on unchecked.
import { describe, expect, it } from 'vitest';
import { STEPS } from '../../src/regulation/steps.ts';
import { separationFinding, separationIn } from '../../src/sealing/verify/separation.ts';

/** A chain written as `step officer version`; `-` for the student, who is no officer. */
const chain = (...steps: string[]) =>
  steps.map((text) => {
    const [step = '', officer = '', version = ''] = text.split(' ');
    expect(STEPS).toHaveProperty(step);
    return { step, officer: officer === '-' ? null : { id: officer, name: officer }, version: Number(version) };
  });
const REPORTED = [
  'open-disclosure c 1',
  'close-disclosure a 1',
  'report a 1',
  'report-upward d 1',
  'review e 1',
  'filing e 1',
];

describe('R11.2: who collected a record did not cross-check it', () => {
  it.each([
    ['two people', chain('collect a 1', 'cross-check b 1', ...REPORTED)],
    ['the cross-checker corrected nothing', chain('collect a 1', 'cross-check b 1', 'correct a 2', 'cross-check b 2')],
    ['a link that filled nothing gives nothing', chain('collect a 1', 'link-enrolment b 1', 'cross-check b 1')],
    ['corrected and not yet cross-checked again', chain('collect a 1', 'cross-check b 1', 'correct b 2')],
    [
      'answered in words',
      chain(
        'collect a 1',
        'cross-check b 1',
        'return-records e 1',
        'answer-review-reason a 1',
        'cross-check b 1',
        'report a 1',
      ),
    ],
    ['the student gave his word', chain('collect a 1', 'confirm - 1', 'cross-check b 1')],
    ['a change after filing', chain('collect a 1', 'cross-check b 1', ...REPORTED, 'change d 2', 'revoke e 2')],
  ])('kept: %s', (_, steps) => {
    expect(separationIn(steps)).toBe('kept');
  });

  it.each([
    ['the collector', chain('collect a 1', 'cross-check a 1')],
    ['who attached the photos', chain('collect a 1', 'attach-photos b 2', 'cross-check b 2')],
    ['who filled it from enrolment records', chain('collect a 1', 'link-enrolment b 2', 'cross-check b 2')],
    [
      'who corrected it',
      chain('collect a 1', 'cross-check b 1', 'return-records e 1', 'correct b 2', 'cross-check b 2'),
    ],
    ['who collected what another corrected', chain('collect a 1', 'cross-check b 1', 'correct c 2', 'cross-check a 2')],
  ])('broken: cross-checked by %s', (_, steps) => {
    expect(separationIn(steps)).toBe('same-officer');
  });

  it.each(['report a 2', 'open-disclosure c 2', 'report-upward d 2', 'review e 2', 'filing e 2'])(
    'broken: values after the last cross-check went on by %s',
    (on) => {
      expect(separationIn(chain('collect a 1', 'cross-check b 1', 'correct a 2', on))).toBe('unchecked');
      expect(separationIn(chain('collect a 2', on))).toBe('unchecked');
    },
  );

  it('is not said of a chain without a cross-check, and names the record that breaks it in both languages', () => {
    const found = separationFinding();
    found.lookAt(chain('collect a 1'), 'record/1');
    expect(found.toCheck().outcome).toBe('not-checked');
    found.lookAt(chain('collect a 1', 'cross-check b 1'), 'record/2');
    expect(found.toCheck().outcome).toBe('passed');
    found.lookAt(chain('collect a 1', 'cross-check a 1'), 'record/3');
    const { outcome, zh, en } = found.toCheck();
    expect(outcome).toBe('failed');
    expect(zh).toMatch(/校核.*（record\/3）$/);
    expect(en).toMatch(/cross-check.*\(record\/3\)$/);
  });

  it('is broken by odd statements no less: a number for an id, officers that are no objects', () => {
    const odd = [7, 'x', ['a'], null].map((officer) => ({ step: 'collect', officer, version: 1 }));
    expect(separationIn([...odd, { step: 'cross-check', officer: { id: 'a' }, version: 1 }])).toBe('kept');
    const same = { officer: { id: 7 }, version: 1 };
    expect(
      separationIn([
        { step: 'collect', ...same },
        { step: 'cross-check', ...same },
      ]),
    ).toBe('same-officer');
  });
});
