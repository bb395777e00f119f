// The people of one year as a cube: atoms that no table parts any further, and every cell that is ever published of them.

import { CATEGORIES, type Category } from '../vocabulary.ts';
import { AXES, type Axis, type Dimension, fieldOf, type Nationality, type Sex } from './dimensions.ts';

/** So many people who are alike in everything that is counted. */
export interface Group {
  readonly category: Category;
  /** As {@link import('./dimensions.ts').disciplineOf} gives it. */
  readonly discipline: string;
  readonly sex: Sex;
  readonly nationality: Nationality;
  readonly count: number;
}

/** A group that may be empty, with the numbers of the cells that it is counted in. */
export interface Atom {
  readonly count: number;
  /** By axis, the finest node. */
  readonly leaves: readonly string[];
  readonly cells: readonly number[];
}

/** A cell that is published or suppressed: the people in one node, in two nodes of different axes, or all. */
export interface Cell {
  /** `''` for all; `level:master`; `category:academic-master|sex:male`, in the order of the axes. */
  readonly key: string;
  readonly count: number;
  /** 0, 1 or 2 nodes. */
  readonly nodes: number;
  readonly atoms: readonly number[];
}

/** Atoms and cells; a cell's number is its place. */
export interface Cube {
  readonly atoms: readonly Atom[];
  readonly cells: readonly Cell[];
  readonly numbers: ReadonlyMap<string, number>;
}

/** The nodes of an axis that hold somebody, from the finest to the coarsest. */
function nodesOn(axis: Axis, leaf: string): string[] {
  if (axis === 'category') return [`category:${leaf}`, `level:${CATEGORIES[leaf as Category].level}`];
  if (axis === 'discipline') return [`discipline:${leaf}`, `field:${fieldOf(leaf)}`];
  return [`${axis}:${leaf}`];
}

/** The key of the cell of some nodes, given in the order of the axes. */
export function cellKey(...nodes: readonly string[]): string {
  return nodes.join('|');
}

/** The dimension of a node. */
export function dimensionOf(node: string): Dimension {
  return node.slice(0, node.indexOf(':')) as Dimension;
}

/** The keys of every cell that holds these leaves: all, each node, each pair of nodes of different axes. */
function keysOf(leaves: readonly string[], withheld: readonly Dimension[]): string[] {
  const nodes = AXES.map((axis, at) =>
    nodesOn(axis, leaves[at] ?? '').filter((node) => !withheld.includes(dimensionOf(node))),
  );
  const keys = [cellKey()];
  nodes.forEach((own, at) => {
    for (const one of own) {
      keys.push(cellKey(one));
      for (const others of nodes.slice(at + 1)) for (const other of others) keys.push(cellKey(one, other));
    }
  });
  return keys;
}

/**
 * Builds the cube. Beside the groups that hold somebody it has the empty ones that somebody outside cannot rule out: of a discipline
 * that the category has this year, of a nationality that the category has, of a sex that there is at all.
 * @param withheld dimensions of which no cell is published
 */
export function cubeOf(groups: readonly Group[], withheld: readonly Dimension[] = []): Cube {
  const counts = new Map<string, number>();
  const pairs = new Map<string, readonly [Category, string]>();
  const nationalities = new Map<Category, Set<Nationality>>();
  const sexes = new Set<Sex>();
  for (const { category, discipline, sex, nationality, count } of groups) {
    if (count <= 0) continue;
    const key = [category, discipline, sex, nationality].join('|');
    counts.set(key, (counts.get(key) ?? 0) + count);
    pairs.set(`${category}|${discipline}`, [category, discipline]);
    nationalities.set(category, (nationalities.get(category) ?? new Set<Nationality>()).add(nationality));
    sexes.add(sex);
  }
  const leaves: string[][] = [];
  for (const key of [...pairs.keys()].sort()) {
    const [category, discipline] = pairs.get(key) ?? (['academic-master', ''] as const);
    const from = [...(nationalities.get(category) ?? [])].sort();
    for (const sex of [...sexes].sort())
      for (const nationality of from) leaves.push([category, discipline, sex, nationality]);
  }
  const numbers = new Map<string, number>();
  const sums: number[] = [];
  const members: number[][] = [];
  const atoms = leaves.map((one, atom): Atom => {
    const count = counts.get(one.join('|')) ?? 0;
    const cells = keysOf(one, withheld).map((key) => {
      const cell = numbers.get(key) ?? numbers.size;
      numbers.set(key, cell);
      sums[cell] = (sums[cell] ?? 0) + count;
      members[cell] ??= [];
      members[cell].push(atom);
      return cell;
    });
    return { count, leaves: one, cells };
  });
  const cells = [...numbers.keys()].map((key, cell): Cell => {
    const nodes = key === '' ? 0 : key.split('|').length;
    return { key, count: sums[cell] ?? 0, nodes, atoms: members[cell] ?? [] };
  });
  return { atoms, cells, numbers };
}
