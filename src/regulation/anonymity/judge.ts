// One choice of levels before the goal: which classes must be left out, whether that is still allowed, and what the choice loses in all.
import type { Sensitive } from './encode.ts';
import { rowLosses, wholeRow } from './group.ts';
import { byClass, classSizes, type Grouping, NOWHERE } from './measure.ts';
import type { Pace } from './pace.ts';
import type { Problem } from './search.ts';
import type { Progress } from './types.ts';

/** A choice of levels that meets the goal. */
export interface Judged {
  /** Classes of the rows that are kept, numbered anew; the others are {@link NOWHERE}. */
  readonly grouping: Grouping;
  readonly kept: number;
  /** Millionths of a field, over all quasi-identifiers and all rows given; rows left out lose everything. */
  readonly loss: number;
}

/** Most rows that may be left out. */
export function mostLeftOut({ rows, goal }: Pick<Problem, 'rows' | 'goal'>): number {
  // At least one class must be left.
  return Math.min(Math.floor((rows * goal.mostSuppressed) / 100), rows - goal.k);
}

/**
 * Leaves out the classes that break the goal; null when that is more than allowed. Leaving a class out takes nothing from k and l of the
 * others, but moves the whole that t is measured against: so t is measured again until no class is too far.
 */
export function* judge(
  problem: Problem,
  levels: readonly number[],
  grouping: Grouping,
  pace: Pace,
): Generator<Progress, Judged | null> {
  const { goal, sensitives, rows } = problem;
  const most = mostLeftOut(problem);
  const sizes = classSizes(grouping);
  const out = new Uint8Array(grouping.classes);
  let left = 0;
  const leaveOut = (at: number) => {
    if (out[at] === 1) return;
    out[at] = 1;
    left += sizes[at] as number;
  };
  for (let at = 0; at < sizes.length; at++) if ((sizes[at] as number) < goal.k) leaveOut(at);
  if (left > most) return null;
  if (goal.l > 1) {
    for (const sensitive of sensitives) {
      const different = differentValues(grouping, sensitive);
      for (let at = 0; at < sizes.length; at++) {
        const values = different[at] as number;
        if (values > 0 && values < goal.l) leaveOut(at);
      }
    }
    if (pace.due(rows * (sensitives.length + 1))) yield pace.progress('search');
    if (left > most) return null;
  }
  let kept = without(grouping, out);
  if (goal.t !== null) {
    for (let before = -1; before !== left; ) {
      before = left;
      for (const sensitive of sensitives) {
        const { t } = yield* byClass({ ...grouping, classOf: kept }, sensitive, pace);
        for (let at = 0; at < sizes.length; at++) if ((t[at] as number) > goal.t) leaveOut(at);
      }
      if (left > most) return null;
      kept = without(grouping, out);
    }
  }
  return { grouping: numberedAnew(kept, grouping.classes), kept: rows - left, loss: lossOf(problem, levels, kept) };
}

/** The classes of the rows, without those that are left out. */
function without({ classOf }: Grouping, out: Uint8Array): Uint32Array {
  return classOf.map((at) => (out[at] === 1 ? NOWHERE : at));
}

function numberedAnew(classOf: Uint32Array, before: number): Grouping {
  const anew = new Uint32Array(before).fill(NOWHERE);
  let classes = 0;
  const numbered = classOf.map((at) => {
    if (at === NOWHERE) return NOWHERE;
    if (anew[at] === NOWHERE) anew[at] = classes++;
    return anew[at] as number;
  });
  return { classOf: numbered, classes };
}

function lossOf({ rows, quasis }: Problem, levels: readonly number[], kept: Uint32Array): number {
  const lost = rowLosses({ rows, quasis }, levels);
  const whole = wholeRow(quasis);
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += kept[row] === NOWHERE ? whole : (lost[row] as number);
  return sum;
}

/** How many different values of a sensitive field each class has; no value is none. */
function differentValues({ classOf, classes }: Grouping, { codes, values, none }: Sensitive): Uint32Array {
  const different = new Uint32Array(classes);
  const seen = new Uint8Array(classes * values.length);
  for (let row = 0; row < classOf.length; row++) {
    const code = codes[row] as number;
    const at = classOf[row] as number;
    const place = at * values.length + code;
    if (code === none || seen[place] === 1) continue;
    seen[place] = 1;
    different[at] = (different[at] as number) + 1;
  }
  return different;
}
