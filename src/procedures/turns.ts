// Long rules that let others have their turn: one thread serves everybody.
import { takingTurns } from '../files/turns.ts';

/** Does work that pauses now and then, such as a long rule: at a pause others have their turn when it was at work for some milliseconds. */
export async function inTurns<Result>(work: Iterator<unknown, Result>): Promise<Result> {
  const turn = takingTurns();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await turn();
  }
}
