// Rows that look alike at the finest levels still possible, once each: what the search works on instead of rows.
import type { Quasi, Sensitive } from './encode.ts';
import { group } from './group.ts';
import type { Pace } from './pace.ts';
import type { Problem } from './search.ts';
import type { Progress } from './types.ts';

/** One level of one quasi-identifier over the tuples. */
export interface TupleLevel {
  /** Different codes. */
  readonly width: number;
  /** Code of each tuple. */
  readonly codes: Uint32Array;
  /** Loss of each code, in millionths. */
  readonly losses: Uint32Array;
  /** Greatest of them. */
  readonly mostLost: number;
}

/** Different rows at the finest levels that are still possible, with how many there are of each. */
export interface Tuples {
  readonly count: number;
  readonly weights: Uint32Array;
  /** By quasi-identifier, then level; levels below the finest one possible are null. */
  readonly levels: readonly (readonly (TupleLevel | null)[])[];
  /** Values of the sensitive fields that occur in a tuple, as bits: `words` numbers for each tuple. */
  readonly secrets: Uint32Array;
  readonly words: number;
  readonly spans: readonly Span[];
}

/** Where the bits of a sensitive field lie: its first word, its words, and the bit that says that somebody has no value. */
export interface Span {
  readonly first: number;
  readonly words: number;
  readonly none: number;
}

/** Makes the tuples for the finest levels given. Rows of one tuple lose the same at every level from there on. */
export function* makeTuples(problem: Problem, finest: readonly number[], pace: Pace): Generator<Progress, Tuples> {
  const { rows, quasis, sensitives } = problem;
  const { classOf: tupleOf, classes: count } = yield* group(problem, finest, pace);
  const weights = new Uint32Array(count);
  const example = new Uint32Array(count);
  for (let row = 0; row < rows; row++) {
    const tuple = tupleOf[row] as number;
    weights[tuple] = (weights[tuple] as number) + 1;
    example[tuple] = row;
  }
  const levels: (TupleLevel | null)[][] = [];
  for (const [at, quasi] of quasis.entries()) {
    levels.push(quasi.levels.map((_, level) => (level < (finest[at] ?? 0) ? null : tupleLevel(quasi, level, example))));
    if (pace.due(count * quasi.levels.length)) yield pace.progress('search');
  }
  const spans = spansOf(sensitives);
  const words = spans.reduce((sum, span) => sum + span.words, 0);
  const secrets = new Uint32Array(count * words);
  for (const [at, { codes }] of sensitives.entries()) {
    const first = spans[at]?.first ?? 0;
    for (let row = 0; row < rows; row++) {
      const code = codes[row] as number;
      const place = (tupleOf[row] as number) * words + first + (code >>> 5);
      secrets[place] = (secrets[place] as number) | (1 << (code & 31));
    }
    if (pace.due(rows)) yield pace.progress('search');
  }
  return { count, weights, levels, secrets, words, spans };
}

function tupleLevel({ codes, levels }: Quasi, at: number, example: Uint32Array): TupleLevel {
  const level = levels[at];
  if (level === undefined) throw new RangeError(`no level ${at}`);
  const losses = new Uint32Array(level.values.length);
  for (const [base, code] of level.codeOf.entries()) losses[code] = level.loss[base] as number;
  return {
    width: level.values.length,
    codes: example.map((row) => level.codeOf[codes[row] as number] as number),
    losses,
    mostLost: losses.reduce((a, b) => Math.max(a, b), 0),
  };
}

function spansOf(sensitives: readonly Sensitive[]): Span[] {
  let next = 0;
  return sensitives.map(({ values, none }) => {
    const words = Math.max(1, Math.ceil(values.length / 32));
    const first = next;
    next += words;
    return { first, words, none };
  });
}

function ones(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Whether the values of a class, as bits from `from`, are diverse enough. `strict`: as the goal says – l different values, or nobody has
 * one. Otherwise what cannot be mended by making levels finer: a class that fails then fails at every finer level.
 */
export function isDiverse(
  bits: Uint32Array,
  from: number,
  spans: readonly Span[],
  l: number,
  strict: boolean,
): boolean {
  for (const { first, words, none } of spans) {
    let different = 0;
    for (let at = 0; at < words; at++) different += ones(bits[from + first + at] as number);
    if (none >= 0 && ((bits[from + first + (none >>> 5)] as number) >>> (none & 31)) & 1) {
      if (!strict) continue;
      different--;
    }
    if (different > 0 && different < l) return false;
  }
  return true;
}
