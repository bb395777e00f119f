// Letting others have their turn: one thread serves everybody, and whoever reads a large file must not make the rest wait.

/** Lets what has arrived be read, and what is to be sent be sent. */
export const otherWork = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** For so long (ms) reading goes on before others have their turn. */
const PIECE_MS = 4;

/**
 * To be asked between two pieces of work: a promise when others are to have their turn first, nothing while there is time left.
 * Waiting for a promise that is there already lets nobody else have a turn, so work that only reads memory must ask.
 */
export function takingTurns(): () => Promise<void> | undefined {
  let begun = performance.now();
  const pause = async (): Promise<void> => {
    await otherWork();
    begun = performance.now();
  };
  return () => (performance.now() - begun < PIECE_MS ? undefined : pause());
}
