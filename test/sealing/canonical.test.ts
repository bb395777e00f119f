// RFC 8785: one text for one value, against its sections and whatever fast-check thinks of.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CanonicalProblem, canonicalBytes, canonicalize, type JsonValue } from '../../src/sealing/canonical.ts';

function double(hex: string): number {
  return Buffer.from(hex, 'hex').readDoubleBE();
}

describe('RFC 8785', () => {
  it('section 3.2.2: literals, numbers and strings', () => {
    const input = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    expect(canonicalize(JSON.parse(input) as JsonValue)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('section 3.2.3: members sorted by UTF-16 code units', () => {
    const input = String.raw`{
      "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
    }`;
    const values = [...canonicalize(JSON.parse(input) as JsonValue).matchAll(/:"([^"]+)"/g)].map((match) => match[1]);
    expect(values).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('appendix B: %s is written %s', (hex, text) => {
    expect(canonicalize(double(hex))).toBe(text);
  });

  it.each(['7fffffffffffffff', '7ff0000000000000', 'fff0000000000000'])('appendix B: %s has no spelling', (hex) => {
    expect(() => canonicalize(double(hex))).toThrow(CanonicalProblem);
  });

  it('section 3.2.2.2: a lone surrogate has no spelling, as value or as name', () => {
    expect(() => canonicalize('\ud83d')).toThrow(CanonicalProblem);
    expect(() => canonicalize({ '\ude00': 1 })).toThrow(CanonicalProblem);
    expect(canonicalize('𠮷')).toBe('"𠮷"');
  });

  it('says in both languages what could not be written', () => {
    const problem = new CanonicalProblem({ zh: '非有限数', en: 'a number that is not finite' });
    expect([problem.zh, problem.en]).toEqual([
      '无法规范化为 JSON：非有限数。',
      'No canonical JSON for a number that is not finite.',
    ]);
  });

  it('refuses what is not JSON instead of writing {}', () => {
    for (const value of [new Date(0), new Map(), 1n, Symbol('x'), () => 1]) {
      expect(() => canonicalize(value as unknown as JsonValue)).toThrow(CanonicalProblem);
    }
  });

  it('says the same value, whatever the order of members, and once canonical stays so', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalize(value as JsonValue);
        // -0 is written 0, so compare texts and not values.
        expect(canonicalize(JSON.parse(text) as JsonValue)).toBe(text);
        expect(new TextDecoder().decode(canonicalBytes(value as JsonValue))).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalize(reversed)).toBe(canonicalize(value));
      }),
    );
  });
});
