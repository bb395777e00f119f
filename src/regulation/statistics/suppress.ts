// Which cells are suppressed so that nobody can recompute a small one (R17.1): primary, and complementary with them.

import { type AtomIndex, type Candidate, indexAtoms, neighbours, rectangles, swaps, transfers } from './candidates.ts';
import type { Cell, Cube } from './cube.ts';
import { changesOf, type Move, Room } from './moves.ts';

/** What was published before of the same people: the value of each cell, null where it was suppressed. */
export type EarlierCells = ReadonlyMap<string, number | null>;

/** What is to be protected, and against what. */
export interface Protection {
  /** Least number of people in a published count: `smallestCell` of the policy. */
  readonly threshold: number;
  /** Versions that were published before; none for the first. */
  readonly earlier?: readonly EarlierCells[];
}

/** The moves in which a cell takes part, found once. */
interface Hidden {
  readonly move: Move;
  readonly changes: ReadonlyMap<number, number>;
}

/**
 * The cells (by number) that may not be published.
 *
 * **Primary** are cells with fewer people than the threshold, but at least one; cells that differ from what a version before has published
 * by fewer than that, for the difference is a count of people, too; and cells that a version before suppressed, which stay so.
 * **Complementary** are the cells that change when people are exchanged between groups (see moves.ts): for each primary cell moves are
 * sought until it can take `threshold + 1` different values while every published cell keeps its own.
 *
 * What this closes, and why. All tables of a year are faces of this one cube, so that they are one system of equations; a move is a
 * solution of the homogeneous one, whole numbers and not negative where it is added. The published cells of all tables together are thus
 * true of `threshold + 1` different registers at least, which differ in the primary cell. No subtraction, no linear algebra over linked
 * tables, no bound by non-negativity, no sub-total and no question with another filter can tell these apart; nor can one who knows
 * which rows hold somebody. The values that remain possible are one unbroken interval from 1 upward, wider than the threshold: nobody
 * learns even that the cell is a small one. A complementary cell has two possible values at least; it is no small one.
 *
 * What it does not close: one who knows most people of a cell by name may count the rest; a published zero, or a published row that
 * lies wholly in one column, says something of everybody in it; one who knows this program could run it backwards over all registers that
 * are possible and might rule some of them out; and one who learns from elsewhere which group a person of a complementary cell belongs to
 * knows more than the tables say.
 *
 * With many disciplines that takes seconds: it pauses before each candidate for whoever wants to let others have their turn.
 * @returns null when that cannot be had: too few people, or too many rows for them
 */
export function* suppressedCells(
  cube: Cube,
  { threshold, earlier = [] }: Protection,
): Generator<void, ReadonlySet<number> | null> {
  const small = (count: number): boolean => count > 0 && count < threshold;
  const wanted = new Set<number>();
  cube.cells.forEach(({ key, count }, cell) => {
    const before = earlier.map((version) => version.get(key));
    // What a version before did not have at all held nobody then: its zero was published.
    const differs = before.some((value) => value !== null && small(Math.abs(count - (value ?? 0))));
    if (small(count) || differs || before.includes(null)) wanted.add(cell);
  });
  const total = cube.numbers.get('');
  if (total === undefined || wanted.has(total)) return null;
  const suppressor = new Suppressor(cube, threshold);
  const order = [...wanted].sort((a, b) => {
    const [one, other] = [cube.cells[a], cube.cells[b]];
    return (one?.nodes ?? 0) - (other?.nodes ?? 0) || (other?.count ?? 0) - (one?.count ?? 0) || a - b;
  });
  for (const cell of wanted) suppressor.suppressed.add(cell);
  for (const cell of order) if (!(yield* suppressor.protect(cell))) return null;
  return suppressor.suppressed;
}

type Search = (cube: Cube, index: AtomIndex, cell: Cell) => Generator<Candidate>;

/** One run over one cube: what is suppressed so far, and the moves that hide it. */
class Suppressor {
  readonly suppressed = new Set<number>();
  readonly #cube: Cube;
  readonly #threshold: number;
  readonly #index: AtomIndex;
  readonly #moves = new Map<number, Hidden[]>();

  constructor(cube: Cube, threshold: number) {
    this.#cube = cube;
    this.#threshold = threshold;
    this.#index = indexAtoms(cube);
  }

  /** Hides a cell behind moves until it can take enough values: those that are there for other cells first, then new ones. False if there are not enough. */
  *protect(number: number): Generator<void, boolean> {
    const cell = this.#cube.cells[number];
    if (cell === undefined) return false;
    const width = new Width(this.#cube, number, cell.count);
    for (const hidden of this.#moves.get(number) ?? []) {
      if (width.value >= this.#threshold) return true;
      width.add(hidden);
    }
    const searches: readonly Search[] =
      cell.nodes === 2 ? [rectangles, swaps, neighbours, transfers] : [neighbours, transfers];
    for (const search of searches) {
      while (width.value < this.#threshold) {
        const best = yield* this.#cheapest(search, cell, width);
        if (best === undefined) break;
        for (const hidden of best) {
          if (width.value >= this.#threshold) break;
          if (width.add(hidden)) this.#hide(hidden);
        }
      }
    }
    return width.value >= this.#threshold;
  }

  *#cheapest(search: Search, cell: Cell, width: Width): Generator<void, readonly Hidden[] | undefined> {
    let best: readonly Hidden[] | undefined;
    let least = Number.POSITIVE_INFINITY;
    const need = this.#threshold - width.value;
    for (const candidate of search(this.#cube, this.#index, cell)) {
      yield;
      const possible = candidate.filter((move) => width.allows(move));
      const hidden = possible.map((move) => ({ move, changes: changesOf(this.#cube, move) }));
      const gain = Math.min(
        need,
        hidden.reduce((sum, one) => sum + width.gain(one), 0),
      );
      if (gain === 0) continue;
      const price = (1 + this.#cost(hidden)) / gain;
      if (price < least) [best, least] = [hidden, price];
    }
    return best;
  }

  /** How many people would no longer be seen in cells that are still to be published, and a little for each cell. */
  #cost(hidden: readonly Hidden[]): number {
    const cells = new Set(hidden.flatMap(({ changes }) => [...changes.keys()]));
    let cost = 0;
    for (const cell of cells) if (!this.suppressed.has(cell)) cost += 1 + (this.#cube.cells[cell]?.count ?? 0);
    return cost;
  }

  #hide(hidden: Hidden): void {
    for (const cell of hidden.changes.keys()) {
      this.suppressed.add(cell);
      const known = this.#moves.get(cell);
      if (known === undefined) this.#moves.set(cell, [hidden]);
      else known.push(hidden);
    }
  }
}

/** How many values one cell can take by the moves that were added. */
class Width {
  readonly #cell: number;
  readonly #count: number;
  readonly #room: Room;
  #up = 0;
  #down = 0;

  constructor(cube: Cube, cell: number, count: number) {
    this.#cell = cell;
    this.#count = count;
    this.#room = new Room(cube);
  }

  /** From the least value, but no less than one, to the greatest. */
  get value(): number {
    return this.#up + Math.min(this.#down, Math.max(0, this.#count - 1));
  }

  /** Whether there are people to be exchanged at all; quickly told. */
  allows(move: Move): boolean {
    return this.#room.allows(move);
  }

  /** By how much a move would widen it. */
  gain({ move, changes }: Hidden): number {
    const { up, down } = this.#room.of(move, changes);
    const [more, less] = (changes.get(this.#cell) ?? 0) > 0 ? [up, down] : [down, up];
    const all = this.#up + more + Math.min(this.#down + less, Math.max(0, this.#count - 1));
    return changes.has(this.#cell) ? all - this.value : 0;
  }

  /** Adds a move if it widens the cell. */
  add(hidden: Hidden): boolean {
    if (this.gain(hidden) <= 0) return false;
    const { move, changes } = hidden;
    const room = this.#room.of(move, changes);
    this.#room.take(move, changes, room);
    const [more, less] = (changes.get(this.#cell) ?? 0) > 0 ? [room.up, room.down] : [room.down, room.up];
    this.#up += more;
    this.#down += less;
    return true;
  }
}
