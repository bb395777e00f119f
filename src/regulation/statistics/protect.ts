// The protected cube of one institution and year: the only thing from which an answer of statistics is ever taken (R17.1).

import { type Cube, cubeOf, dimensionOf, type Group } from './cube.ts';
import { DIMENSIONS, type Dimension } from './dimensions.ts';
import { suppressedCells } from './suppress.ts';

/** What may be seen of a cell: how many people, or null where that is suppressed. Never 0 for what is suppressed. */
export interface SafeCell {
  readonly key: string;
  readonly count: number | null;
}

/** Everything that may be seen of the people of one year. A cell that is not there holds nobody. */
export interface SafeCube {
  /** Least number of people in a published count. */
  readonly threshold: number;
  /** Dimensions of which nothing can be published this year. */
  readonly withheld: readonly Dimension[];
  readonly cells: readonly SafeCell[];
}

/** In which order dimensions are given up when there are too few people for all of them; the total stays at the last. */
const GIVEN_UP: readonly Dimension[] = ['discipline', 'field', 'nationality', 'category', 'level', 'sex'];

/**
 * Protects the people of one year. Where there are too few of them for all dimensions, the finest are withheld, one after the other.
 * What a version before suppressed or withheld stays so. Pauses as {@link suppressedCells} does.
 *
 * @returns null when not even their number can be published: fewer than the threshold, or fewer more or less than a version before said
 */
export function* protectedCube(
  groups: readonly Group[],
  threshold: number,
  earlier: readonly SafeCube[] = [],
): Generator<void, SafeCube | null> {
  const before = earlier.map((version) => new Map(version.cells.map(({ key, count }) => [key, count])));
  const first = Math.max(0, ...earlier.map((version) => version.withheld.length));
  for (let given = first; given <= GIVEN_UP.length; given++) {
    const withheld = GIVEN_UP.slice(0, given);
    const cube = cubeOf(groups, withheld);
    const suppressed = yield* suppressedCells(cube, { threshold, earlier: before });
    if (suppressed !== null) return { threshold, withheld, cells: seen(cube, suppressed, earlier, withheld) };
  }
  return null;
}

function seen(
  cube: Cube,
  suppressed: ReadonlySet<number>,
  earlier: readonly SafeCube[],
  withheld: readonly Dimension[],
): SafeCell[] {
  const cells = new Map<string, number | null>();
  cube.cells.forEach(({ key, count }, cell) => {
    cells.set(key, suppressed.has(cell) ? null : count);
  });
  // A suppressed cell in which nobody is left must not come out as one that never was.
  for (const version of earlier)
    for (const { key, count } of version.cells)
      if (count === null && !cells.has(key) && !usesAny(key, withheld)) cells.set(key, null);
  return [...cells].map(([key, count]) => ({ key, count })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function usesAny(key: string, dimensions: readonly Dimension[]): boolean {
  return key.split('|').some((node) => dimensions.includes(dimensionOf(node)));
}

/** Whether a text names a dimension. */
export function isDimension(text: string): text is Dimension {
  return Object.hasOwn(DIMENSIONS, text);
}
