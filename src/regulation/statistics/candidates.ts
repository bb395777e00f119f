// The moves that change one cell: where complementary suppression looks for the cheapest one.

import type { Cell, Cube } from './cube.ts';
import { AXES } from './dimensions.ts';
import type { Move } from './moves.ts';

/** Moves that hide the same cells: what one of them costs, all of them cost. */
export type Candidate = readonly Move[];

/** Atoms by their leaves. */
export type AtomIndex = ReadonlyMap<string, number>;

const keyOf = (leaves: readonly string[]): string => leaves.join('|');

/** Finds atoms by their leaves. */
export function indexAtoms(cube: Cube): AtomIndex {
  return new Map(cube.atoms.map(({ leaves }, atom) => [keyOf(leaves), atom]));
}

/** The axes (by number) on which a cell names a node. */
function axesOf(cell: Cell): number[] {
  const prefixes = cell.key === '' ? [] : cell.key.split('|').map((node) => node.slice(0, node.indexOf(':')));
  const axis = (prefix: string) =>
    prefix === 'level' ? 'category' : prefix === 'field' ? 'discipline' : (prefix as (typeof AXES)[number]);
  return prefixes.map((prefix) => AXES.indexOf(axis(prefix)));
}

/** Leaves with another one on one axis. */
function withLeaf(leaves: readonly string[], axis: number, leaf: string): string[] {
  return leaves.map((own, at) => (at === axis ? leaf : own));
}

/** The leaves that occur on an axis, and those of them that lie inside a cell. */
function leavesOn(cube: Cube, cell: Cell, axis: number): { all: string[]; inside: ReadonlySet<string> } {
  const all = [...new Set(cube.atoms.map(({ leaves }) => leaves[axis] ?? ''))];
  return { all, inside: new Set(cell.atoms.map((atom) => cube.atoms[atom]?.leaves[axis] ?? '')) };
}

/**
 * Exchanges for a cell of two nodes: four groups in a rectangle, so that every sum over a row or a column stays; the rest of what makes
 * up a group is the same in all four. Those that differ only in that rest hide the same cells and are one candidate.
 */
export function* rectangles(cube: Cube, index: AtomIndex, cell: Cell): Generator<Candidate> {
  const [i = 0, j = 0] = axesOf(cell);
  const [ofI, ofJ] = [leavesOn(cube, cell, i), leavesOn(cube, cell, j)];
  const corners = new Map<string, number[]>();
  for (const atom of cell.atoms) {
    const { leaves = [] } = cube.atoms[atom] ?? {};
    const corner = `${leaves[i]}|${leaves[j]}`;
    corners.set(corner, [...(corners.get(corner) ?? []), atom]);
  }
  for (const atoms of corners.values())
    for (const otherI of ofI.all) {
      if (ofI.inside.has(otherI)) continue;
      for (const otherJ of ofJ.all) {
        if (ofJ.inside.has(otherJ)) continue;
        const moves = atoms.flatMap((atom): Move[] => {
          const { leaves = [] } = cube.atoms[atom] ?? {};
          return exchange(index, leaves, withLeaf(leaves, j, otherJ), i, otherI);
        });
        if (moves.length > 0) yield moves;
      }
    }
}

/** Two people of different groups exchange one of their traits: the first gains on the axis what `other` loses there. */
function exchange(
  index: AtomIndex,
  one: readonly string[],
  other: readonly string[],
  axis: number,
  leaf: string,
): Move[] {
  const atoms = [one, withLeaf(other, axis, leaf), withLeaf(one, axis, leaf), withLeaf(other, axis, one[axis] ?? '')];
  const [gain, across, lose, below] = atoms.map((leaves) => index.get(keyOf(leaves)));
  if (gain === undefined || across === undefined || lose === undefined || below === undefined) return [];
  return [{ gain: [gain, across], lose: [lose, below] }];
}

/**
 * Exchanges for a cell of two nodes between people who may differ in everything: one trait of the two changes hands. It hides more than a
 * rectangle, but never a sum over a whole row.
 */
export function* swaps(cube: Cube, index: AtomIndex, cell: Cell): Generator<Candidate> {
  const axes = axesOf(cell);
  for (const [i = 0, j = 0] of [axes, [...axes].reverse()]) {
    const [ofI, ofJ] = [leavesOn(cube, cell, i), leavesOn(cube, cell, j)];
    for (const atom of cell.atoms) {
      const { leaves: one = [] } = cube.atoms[atom] ?? {};
      for (const leaf of ofI.all) {
        const lose = ofI.inside.has(leaf) ? undefined : index.get(keyOf(withLeaf(one, i, leaf)));
        if (lose === undefined) continue;
        for (const { leaves: other } of cube.atoms)
          if (other[i] === leaf && !ofJ.inside.has(other[j] ?? '')) {
            const moves = exchange(index, one, other, i, leaf);
            if (moves.length > 0) yield moves;
          }
      }
    }
  }
}

/** Exchanges between a group inside and one outside that is like it in everything but one trait. */
export function* neighbours(cube: Cube, index: AtomIndex, cell: Cell): Generator<Candidate> {
  for (const i of axesOf(cell)) {
    const { all, inside } = leavesOn(cube, cell, i);
    for (const atom of cell.atoms) {
      const { leaves = [] } = cube.atoms[atom] ?? {};
      for (const other of all) {
        const outside = inside.has(other) ? undefined : index.get(keyOf(withLeaf(leaves, i, other)));
        if (outside !== undefined) yield [{ gain: [atom], lose: [outside] }];
      }
    }
  }
}

/** How many of the fullest groups outside {@link transfers} looks at. */
const FULLEST = 40;

/** Any exchange between a group inside and one of the fullest outside: the last resort, which hides most. */
export function* transfers(cube: Cube, _index: AtomIndex, cell: Cell): Generator<Candidate> {
  const inside = new Set(cell.atoms);
  const fullest = cube.atoms
    .map(({ count }, atom) => ({ count, atom }))
    .filter(({ atom, count }) => count > 0 && !inside.has(atom))
    .sort((a, b) => b.count - a.count || a.atom - b.atom);
  for (const atom of cell.atoms)
    for (const { atom: outside } of fullest.slice(0, FULLEST)) yield [{ gain: [atom], lose: [outside] }];
}
