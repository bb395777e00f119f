// Moves: exchanges of people between groups that leave every published cell as it is. What a move changes, nobody outside can know.

import type { Cube } from './cube.ts';

/** One person more in each of `gain`, one fewer in each of `lose`; the other way round as well. Atoms by number. */
export interface Move {
  readonly gain: readonly number[];
  readonly lose: readonly number[];
}

/** The cells that a move changes, by number, and by how much. */
export function changesOf(cube: Cube, move: Move): Map<number, number> {
  const changes = new Map<number, number>();
  const add = (atoms: readonly number[], by: number): void => {
    for (const atom of atoms)
      for (const cell of cube.atoms[atom]?.cells ?? []) {
        const now = (changes.get(cell) ?? 0) + by;
        if (now === 0) changes.delete(cell);
        else changes.set(cell, now);
      }
  };
  add(move.gain, 1);
  add(move.lose, -1);
  return changes;
}

/**
 * How far some moves can be made together: nobody is taken from an empty group, and no row or column that is shown runs empty, because
 * that somebody is in it is seen by its being there. Taking a move uses up what it needs in both directions, so that all that were
 * taken can be made at once, each to its own end.
 */
export class Room {
  readonly #cube: Cube;
  readonly #atoms = new Map<number, number>();
  readonly #shown = new Map<number, number>();

  constructor(cube: Cube) {
    this.#cube = cube;
  }

  /** Whether there is somebody to be taken from each group on one side. */
  allows({ gain, lose }: Move): boolean {
    return lose.every((atom) => this.#left(atom) > 0) || gain.every((atom) => this.#left(atom) > 0);
  }

  /** How many times the move can be made forwards and backwards. */
  of(move: Move, changes: ReadonlyMap<number, number>): { readonly up: number; readonly down: number } {
    let up = Number.POSITIVE_INFINITY;
    let down = Number.POSITIVE_INFINITY;
    for (const atom of move.lose) up = Math.min(up, this.#left(atom));
    for (const atom of move.gain) down = Math.min(down, this.#left(atom));
    for (const [cell, by] of changes) {
      if (this.#cube.cells[cell]?.nodes !== 1) continue;
      const left = Math.floor(this.#leftShown(cell) / Math.abs(by));
      if (by > 0) down = Math.min(down, left);
      else up = Math.min(up, left);
    }
    return { up, down };
  }

  /** Uses the room of a move. */
  take(move: Move, changes: ReadonlyMap<number, number>, { up, down }: { up: number; down: number }): void {
    for (const atom of move.lose) this.#atoms.set(atom, this.#left(atom) - up);
    for (const atom of move.gain) this.#atoms.set(atom, this.#left(atom) - down);
    for (const [cell, by] of changes) {
      if (this.#cube.cells[cell]?.nodes !== 1) continue;
      this.#shown.set(cell, this.#leftShown(cell) - (by > 0 ? down : up) * Math.abs(by));
    }
  }

  #left(atom: number): number {
    return this.#atoms.get(atom) ?? this.#cube.atoms[atom]?.count ?? 0;
  }

  #leftShown(cell: number): number {
    return this.#shown.get(cell) ?? Math.max(0, (this.#cube.cells[cell]?.count ?? 0) - 1);
  }
}
