// Article 11(3): names at an internal disclosure, never more of them than the policy says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskName } from '../../../src/regulation/record/name-mask.ts';
import { runs } from '../../support/chance.ts';

const characters = (text: string) => Array.from(new Intl.Segmenter('zh').segment(text), ({ segment }) => segment);

describe('Article 11(3): masked names', () => {
  it.each([
    ['张三丰', '张*丰', '张**'],
    ['张三', '张*', '张*'],
    ['欧阳修', '欧*修', '欧**'],
    ['欧阳修远', '欧**远', '欧***'],
    ['买买提·吐尔逊', '买*****逊', '买******'],
    ['AHMED KHAN', 'A********N', 'A*********'],
    ['丽', '*', '*'],
    ['𠮷野家', '𠮷*家', '𠮷**'],
    ['José Ñu', 'J*****u', 'J******'],
    ['', '', ''],
  ])('%s', (name, middleHidden, familyName) => {
    expect(maskName(name, 'whole')).toBe(name);
    expect(maskName(name, 'middle-hidden')).toBe(middleHidden);
    expect(maskName(name, 'family-name')).toBe(familyName);
  });

  const name = fc.oneof(
    fc.stringMatching(/^[\u4e00-\u9fff]{1,6}$/),
    fc.stringMatching(/^[\u4e00-\u9fff]{1,5}·[\u4e00-\u9fff]{1,5}$/),
    fc.stringMatching(/^[A-Z]{1,8}( [A-Z]{1,8}){0,3}$/),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  );

  it('show at most the first, or the first and the last, and always hide something', () => {
    fc.assert(
      fc.property(name, fc.constantFrom('middle-hidden' as const, 'family-name' as const), (text, rule) => {
        fc.pre(!text.includes('*'));
        const whole = characters(text);
        const masked = characters(maskName(text, rule));
        expect(masked).toHaveLength(whole.length);
        const shown = masked.flatMap((character, at) => (character === '*' ? [] : [at]));
        const allowed = rule === 'family-name' ? [0] : [0, whole.length - 1];
        for (const at of shown) {
          expect(allowed).toContain(at);
          expect(masked[at]).toBe(whole[at]);
        }
        expect(shown.length).toBeLessThan(whole.length);
      }),
      { numRuns: runs(500) },
    );
  });
});
