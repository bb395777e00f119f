// Long work that lets others have their turn: one thread serves everybody.
import { otherWork } from '../files/turns.ts';

/** For so long (ms) work goes on before others have their turn. */
const PIECE_MS = 10;

/** Does work that pauses now and then, such as a long rule: at a pause others have their turn when it was at work for some milliseconds. */
export async function inTurns<Result>(work: Iterator<unknown, Result>): Promise<Result> {
  let begun = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - begun < PIECE_MS) continue;
    await otherWork();
    begun = performance.now();
  }
}
