// Article 17: what is suppressed cannot be recomputed, by an attacker who knows every table of the year.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Group } from '../../../src/regulation/statistics/cube.ts';
import { protectedCube, type SafeCube } from '../../../src/regulation/statistics/protect.ts';
import { publishable } from '../../../src/regulation/statistics/publication.ts';
import { runs, SEED } from '../../support/chance.ts';
import { last } from '../../support/last.ts';
import { has, needing } from '../../support/outside.ts';
import { attackOn, boundsOf, recomputable, truth } from '../../support/statistics-attack.ts';

const person = fc.record({
  category: fc.constantFrom('regular-bachelor' as const, 'academic-master' as const, 'professional-master' as const),
  discipline: fc.constantFrom('0801', '0802', '0901', '0902'),
  sex: fc.constantFrom('male' as const, 'female' as const),
  nationality: fc.constantFrom('mainland' as const, 'international' as const),
  count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 40 })),
});
const registers: fc.Arbitrary<Group[]> = fc.array(person, { minLength: 1, maxLength: 14 });
const threshold = fc.integer({ min: 3, max: 8 });

/** Whether the cube as it is published breaks the promise to somebody who only calculates. */
function leaks(groups: readonly Group[], safe: SafeCube): string[] {
  const { kinds, published, suppressed } = attackOn(groups, safe);
  const keys = published.map(({ key }) => key);
  return suppressed.filter((key) => truth(groups, key) > 0 && recomputable(kinds, keys, key));
}

describe('Article 17: suppression', () => {
  test('what is published is true, and no count between 1 and the threshold is', () => {
    fc.assert(
      fc.property(registers, threshold, (groups, least) => {
        const safe = last(protectedCube(groups, least));
        for (const { key, count } of safe?.cells ?? []) {
          const real = truth(groups, key);
          if (count !== null) expect(count).toBe(real);
          if (real > 0 && real < least) expect(count).toBeNull();
        }
      }),
    );
  });

  test('no suppressed cell follows from all published ones by linear algebra', () => {
    fc.assert(
      fc.property(registers, threshold, (groups, least) => {
        const safe = last(protectedCube(groups, least));
        if (safe) expect(leaks(groups, safe)).toEqual([]);
      }),
      { numRuns: runs(60) },
    );
  });

  test('the same people are never a second version, however the first one makes them look', () => {
    fc.assert(
      fc.property(registers, threshold, (groups, least) => {
        const { safe } = last(publishable(groups, least, []));
        if (!safe) return;
        const codes = last(publishable(groups, least, [safe])).violations.map(({ code }) => code);
        expect(codes).toEqual(['statistics-unchanged']);
      }),
    );
  });

  test('two versions side by side never differ by fewer than the threshold, and nothing suppressed comes back', () => {
    fc.assert(
      fc.property(registers, registers, threshold, (groups, more, least) => {
        const first = last(protectedCube(groups, least));
        if (!first) return;
        const later = [...groups, ...more];
        const second = last(protectedCube(later, least, [first]));
        if (!second) return;
        const before = new Map(first.cells.map(({ key, count }) => [key, count]));
        for (const { key, count } of second.cells) {
          const was = before.has(key) ? before.get(key) : 0;
          if (was === null) expect(count, key).toBeNull();
          else if (count !== null && count !== was)
            expect(Math.abs(count - (was ?? 0)), key).toBeGreaterThanOrEqual(least);
        }
        // What was suppressed stays in sight as suppressed, even where its dimension is there no more.
        const now = new Map(second.cells.map(({ key, count }) => [key, count]));
        if (second.withheld.length === first.withheld.length)
          for (const [key, count] of before) if (count === null) expect(now.get(key), key).toBeNull();
        expect(leaks(later, second)).toEqual([]);
      }),
      { numRuns: runs(40) },
    );
  });

  test('the same attack recomputes a cell when only the small ones are suppressed', () => {
    const groups: Group[] = [
      { category: 'academic-master', discipline: '0801', sex: 'male', nationality: 'mainland', count: 20 },
      { category: 'academic-master', discipline: '0801', sex: 'female', nationality: 'mainland', count: 2 },
      { category: 'academic-master', discipline: '0802', sex: 'female', nationality: 'mainland', count: 30 },
    ];
    const safe = last(protectedCube(groups, 5));
    const cells = (safe?.cells ?? []).map(({ key }) => {
      const count = truth(groups, key);
      return { key, count: count > 0 && count < 5 ? null : count };
    });
    expect(leaks(groups, { threshold: 5, withheld: [], cells })).toContain('discipline:0801|sex:female');
  });

  test.skipIf(!has('python3-scipy'))(
    needing('python3-scipy', 'each small cell can still be any of threshold + 1 numbers'),
    () => {
      const cases = fc.sample(fc.tuple(registers, threshold), { numRuns: runs(60) });
      const published = cases.flatMap(([groups, least]) => {
        const safe = last(protectedCube(groups, least));
        return safe ? [{ groups, least, safe }] : [];
      });
      expect(published.length).toBeGreaterThan(20);
      const bounds = boundsOf(published.map(({ groups, safe }) => attackOn(groups, safe)));
      let small = 0;
      published.forEach(({ groups, least }, at) => {
        for (const [key, [low, high]] of bounds[at] ?? []) {
          const real = truth(groups, key);
          // The truth is one of the possible registers: otherwise it is the solver that erred.
          expect([low <= real, high >= real], `${key}: ${low} … ${real} … ${high}, TEST_SEED=${SEED}`).toEqual([
            true,
            true,
          ]);
          if (real > 0) expect(high - low, key).toBeGreaterThanOrEqual(1);
          if (real === 0 || real >= least) continue;
          small++;
          expect(high - Math.max(1, low), key).toBeGreaterThanOrEqual(least);
        }
      });
      expect(small).toBeGreaterThan(100);
    },
  );
});
