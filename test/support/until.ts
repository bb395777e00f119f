// Waiting for what comes in its own time: asked often, so that a quiet machine does not wait, and for long, so that a busy one may.
import { setTimeout as pause } from 'node:timers/promises';

/** Far beyond what anything takes: it ends what hangs and measures nothing. */
const PATIENCE_MS = 120_000;

/** Waits until something is so. @throws {Error} it never was; `told` says what there was instead */
export async function until(what: () => boolean | Promise<boolean>, told: () => string = () => ''): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await what())) {
    if (performance.now() > end) throw new Error(`it did not come to that: ${told()}`);
    await pause(10);
  }
}
