// Compact tables of texts against a Map, which they stand in for.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textStore, textTable } from '../../../src/regulation/texts/text-table.ts';

/** Few different texts, so that many come twice; of one byte per character, of two, of halves of characters, and the empty one. */
const text = fc.oneof(
  fc.constantFrom('', '371502200305170021', '欧阳娜娜', '𠮷', '\ud842', 'ÿ', 'Ā', '\0'),
  fc.string({ unit: 'binary', maxLength: 3 }),
  fc.nat(60).map((n) => `#${n}`),
);

describe('a store of texts', () => {
  it('gives every text back, whatever its characters and its length', () => {
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        const store = textStore();
        const places = texts.map((each) => store.add(each));
        expect(places.map((place) => store.at(place))).toEqual(texts);
        for (const [at, place] of places.entries()) {
          for (const other of texts) expect(store.same(place, other)).toBe(texts[at] === other);
        }
      }),
    );
  });

  it('also where a text fills a block, ends one, or is longer than one', () => {
    const store = textStore();
    const texts = ['a', 'b'.repeat(2 ** 16 - 10), 'c', '学'.repeat(2 ** 16), 'd', 'e'.repeat(2 ** 16 - 4), 'f'];
    const places = texts.map((each) => store.add(each));
    for (const [at, place] of places.entries()) expect(store.at(place) === texts[at]).toBe(true);
  });
});

describe('a table of texts', () => {
  it('knows what a Map knows', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.maxSafeNat()), { maxLength: 200 }), (steps) => {
        const table = textTable();
        const model = new Map<string, number>();
        for (const [key, number] of steps) {
          expect(table.known(key, number)).toBe(model.get(key));
          if (!model.has(key)) model.set(key, number);
        }
      }),
    );
  });

  it('while it grows over a hundred thousand keys that differ in little', () => {
    const table = textTable();
    const keyOf = (n: number) => `10447420260${String(n).padStart(6, '0')}`;
    for (let n = 0; n < 100_000; n++) if (table.known(keyOf(n), n) !== undefined) throw new Error(`${n} is not new`);
    for (let n = 0; n < 100_000; n++) if (table.known(keyOf(n), 0) !== n) throw new Error(`${n} was forgotten`);
    expect(table.known(keyOf(100_000), 1)).toBeUndefined();
  });
});
