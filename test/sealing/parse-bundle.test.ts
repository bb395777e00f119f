// The text of a bundle, as strangers may have written it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBundle } from '../../src/sealing/verify/parse-bundle.ts';

describe('the text of a bundle', () => {
  it('is read as JSON is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseBundle(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"b":2,"a":3}',
    '{"a":1,"\\u0061":2}',
    '{"steps":[{"x":1},{"x":1,"y":{},"x" \n : 2}]}',
    '[[{"":0,"":0}]]',
    '{"a":{"b":1},"a":{"b":1}}',
    '{"a\\"":1,"a\\u0022":2}',
    '{"__proto__":1,"__proto__":2}',
  ])('with a member named twice is none: %s', (text) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(parseBundle(text)).toBeUndefined();
  });

  it.each([
    '[{"a":1},{"a":1}]',
    '{"a":{"a":{"a":1}}}',
    '{"a":"a","b":["a","a"]}',
    '{"a":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a\\\\":1,"a":"b:\\\\","b":2}',
  ])('with the same text in other places is one: %s', (text) => {
    expect(parseBundle(text)).toEqual(JSON.parse(text));
  });

  it.each(['', '{', '{"a":1,}', '\ufeff{}', `${'['.repeat(200)}`])('that is no JSON is none: %j', (text) => {
    expect(parseBundle(text)).toBeUndefined();
  });

  it('is read whatever its length and depth', () => {
    const long = JSON.stringify({ seal: '\\"A'.repeat(500_000), a: 1 });
    expect(parseBundle(long)).toEqual(JSON.parse(long));
    expect(parseBundle(long.replace('"a"', '"seal"'))).toBeUndefined();
    expect(parseBundle(`${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`)).toBeDefined();
  });
});
