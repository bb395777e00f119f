// 学位法 article 10 and article 6: the conferral resolution.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolutionViolations } from '../../../src/regulation/resolution/resolution.ts';
import { runs } from '../../support/chance.ts';
import { codes } from '../samples.ts';

const good = {
  number: '聊大学位〔2026〕1号',
  meeting: '第十届学位评定委员会第三次会议',
  decidedOn: '2026-06-21',
  effectiveOn: '2026-06-22',
  members: 25,
  present: 21,
  yes: 20,
  no: 0,
  abstain: 1,
  headName: '李校长',
  chairName: '李校长',
};
const check = (changes: Partial<typeof good>, on?: string) => codes(resolutionViolations({ ...good, ...changes }, on));

describe('学位法 article 10: the vote', () => {
  it('accepts two thirds present and more than half of all in favour', () => {
    expect(check({})).toEqual([]);
    expect(check({ members: 9, present: 6, yes: 5, no: 1, abstain: 0 })).toEqual([]);
  });

  it.each<[string, Partial<typeof good>, string[]]>([
    ['seven members', { members: 7, present: 7, yes: 7, no: 0, abstain: 0 }, ['resolution-too-few-members@members']],
    ['an even number of members', { members: 24 }, ['resolution-even-members@members']],
    ['16 of 25 present', { present: 16, yes: 16, abstain: 0 }, ['resolution-too-few-present@present']],
    ['12 of 25 in favour', { yes: 12, no: 9, abstain: 0 }, ['resolution-no-majority@yes']],
    ['votes that do not add up', { yes: 19 }, ['resolution-votes-do-not-add-up@present']],
    ['more present than members', { present: 26, yes: 25 }, ['resolution-count-impossible@present']],
    ['a negative count', { no: -1 }, ['resolution-count-impossible@no']],
    ['half a vote', { abstain: 0.5 }, ['resolution-count-impossible@abstain']],
  ])('refuses %s', (_, changes, expected) => {
    expect(check(changes)).toEqual(expected);
  });

  it('accepts exactly the votes that the law accepts', () => {
    const count = fc.nat(60);
    fc.assert(
      fc.property(count, count, count, count, (members, yes, no, abstain) => {
        const present = yes + no + abstain;
        const lawful =
          members >= 9 && members % 2 === 1 && present <= members && present / members >= 2 / 3 && yes > members / 2;
        expect(check({ members, present, yes, no, abstain }).length === 0).toBe(lawful);
      }),
      { numRuns: runs(2000) },
    );
  });
});

describe('Article 6: what a resolution says', () => {
  it.each<[string, Partial<typeof good>, string[]]>([
    ['no number', { number: ' ' }, ['resolution-field-missing@number']],
    ['an impossible date', { decidedOn: '2026-06-31' }, ['date-impossible@decidedOn']],
    [
      'an effect before the decision',
      { effectiveOn: '2026-06-20' },
      ['resolution-effective-before-decided@effectiveOn'],
    ],
    ['a broken name of the head', { headName: '李?' }, ['name-replacement-character@headName']],
  ])('refuses %s', (_, changes, expected) => {
    expect(check(changes)).toEqual(expected);
  });

  it('is not loaded before it was decided', () => {
    expect(check({}, '2026-06-20')).toEqual(['date-in-future@decidedOn']);
    expect(check({}, '2026-06-21')).toEqual([]);
  });
});
