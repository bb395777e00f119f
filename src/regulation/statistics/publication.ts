// When statistics of a year may be published (art. 17), and what stands in the way.

import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { sameFigures } from './content.ts';
import type { Group } from './cube.ts';
import { protectedCube, type SafeCube } from './protect.ts';

/** The earliest year of conferral that is counted: the regulations on academic degrees took effect in 1981. */
export const FIRST_YEAR = 1981;

/** What is wrong with a year; statistics of the running one say up to which day they count. */
export function yearViolations(year: number, today: string): Violation[] {
  const now = Number(today.slice(0, 4));
  if (Number.isInteger(year) && year >= FIRST_YEAR && year <= now) return [];
  return [violation('statistics-year-impossible', 'year', { found: String(year), expected: `${FIRST_YEAR} – ${now}` })];
}

/** The protected figures of a year, or why they cannot be published. Pauses now and then, as {@link protectedCube} does. */
export function* publishable(
  groups: readonly Group[],
  threshold: number,
  earlier: readonly SafeCube[],
): Generator<void, { readonly safe: SafeCube | null; readonly violations: readonly Violation[] }> {
  const people = groups.reduce((sum, { count }) => sum + count, 0);
  if (people < threshold) {
    const found = people === 0 ? '0' : `1 – ${threshold - 1}`;
    return { safe: null, violations: [violation('statistics-too-few', 'year', { found, expected: `≥ ${threshold}` })] };
  }
  const safe = yield* protectedCube(groups, threshold, earlier);
  if (safe === null) {
    const expected = `0 / ≥ ${threshold}`;
    return {
      safe,
      violations: [violation('statistics-difference-too-small', 'year', { found: `1 – ${threshold - 1}`, expected })],
    };
  }
  const last = earlier.at(-1);
  if (last === undefined) return { safe, violations: [] };
  // Protected together with the last version the same people may look otherwise; made as the last one was made, they look the same.
  const asBefore = (yield* protectedCube(groups, threshold, earlier.slice(0, -1))) ?? safe;
  if (!sameFigures(last, safe) && !sameFigures(last, asBefore)) return { safe, violations: [] };
  return { safe, violations: [violation('statistics-unchanged', 'year', { found: `v${earlier.length}` })] };
}
