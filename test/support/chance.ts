// What chance may do in tests: nothing, unless it is asked for. Every property draws from one seed, so that a run judges the change and
// not the day; TEST_SEED draws other examples and TEST_DEPTH more of them (test/README.md).

const asked = process.env.TEST_SEED;

/** The seed of every drawn example: the same in every run, a number that was asked for, or with `random` one of this process alone. */
export const SEED = asked === 'random' ? Math.trunc(Math.random() * 0x7fffffff) : wholeNumber('TEST_SEED', 20260629);

/** How many times deeper than usual: 1 where nothing was asked for. */
export const DEPTH = wholeNumber('TEST_DEPTH', 1);

/** So many examples of a property as usual, or {@link DEPTH} times as many. */
export const runs = (usual: number): number => usual * DEPTH;

/** What fast-check takes where a property says nothing of its own. */
export const ALL_PROPERTIES = { seed: SEED, numRuns: runs(100) } as const;

function wholeNumber(name: string, otherwise: number): number {
  const text = process.env[name] ?? '';
  if (text === '') return otherwise;
  // A word that is silently read as nothing would pass for a deep run.
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new Error(`${name} must be a whole number from 1, not ${text}`);
  return Number(text);
}
