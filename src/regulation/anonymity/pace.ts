// When long work lets others have their turn: after so many units, because a pure function has no clock.
import type { Progress } from './types.ts';

/** Units (about one look at one row) between two pauses: a few milliseconds to a few tens of them. */
const PIECE = 200_000;

/** Counts work. */
export interface Pace {
  /** Adds units; true when it is time to yield. */
  due(units: number): boolean;
  /** What is told at a pause. */
  progress(phase: Progress['phase'], of?: number): Progress;
  /** Units so far. */
  readonly spent: number;
}

/** Starts counting. */
export function makePace(): Pace {
  let spent = 0;
  let next = PIECE;
  return {
    due(units) {
      spent += units;
      if (spent < next) return false;
      next = spent + PIECE;
      return true;
    },
    progress: (phase, of) => ({ phase, done: spent, of: of ?? null }),
    get spent() {
      return spent;
    },
  };
}
