// What a run measures and how much of it: names of sections and sizes, from the command line.
import { parseArgs } from 'node:util';

/** How much is measured. Counts of rows, records, steps and documents. */
export interface Sizes {
  /** Rows of the import that is timed. */
  readonly rows: number;
  /** Rows of the import whose memory is watched. */
  readonly manyRows: number;
  /** Records that reads walk through. */
  readonly records: number;
  readonly steps: number;
  readonly documents: number;
  /** Records of the year whose archive is made. */
  readonly year: number;
}

/** Sizes of an ordinary run: whole in under four minutes on two cores. */
export const SIZES: Sizes = {
  rows: 20_000,
  manyRows: 200_000,
  records: 100_000,
  steps: 400,
  documents: 2_000,
  year: 10_000,
};

const FLAGS = {
  rows: 'rows',
  manyRows: 'many-rows',
  records: 'records',
  steps: 'steps',
  documents: 'documents',
  year: 'year',
} as const satisfies Record<keyof Sizes, string>;

/** The names given, and the sizes by flags: `--rows 20000 --many-rows 200000 --records … --steps … --documents … --year …`. @throws {TypeError} an unknown flag, or a size that is no positive integer */
export function readOptions(args: readonly string[]): { names: string[]; sizes: Sizes } {
  const options = Object.fromEntries(Object.values(FLAGS).map((flag) => [flag, { type: 'string' as const }]));
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const size = (name: keyof Sizes): number => {
    const given = values[FLAGS[name]];
    if (given === undefined) return SIZES[name];
    const count = Number(given);
    if (!Number.isSafeInteger(count) || count < 1)
      throw new TypeError(`--${FLAGS[name]} must be a positive integer, found ${given}`);
    return count;
  };
  const sizes = {
    rows: size('rows'),
    manyRows: size('manyRows'),
    records: size('records'),
    steps: size('steps'),
    documents: size('documents'),
    year: size('year'),
  };
  return { names: positionals, sizes };
}
