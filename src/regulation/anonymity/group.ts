// Rows into classes: those that look alike in every quasi-identifier at its level.
import { type Quasi, WHOLE } from './encode.ts';
import type { Grouping } from './measure.ts';
import { makeNumbering } from './numbering.ts';
import type { Pace } from './pace.ts';
import type { Problem } from './search.ts';
import type { Progress } from './types.ts';

/** Groups all rows at the levels given; classes are numbered as they first appear. */
export function* group(
  { rows, quasis }: Pick<Problem, 'rows' | 'quasis'>,
  levels: readonly number[],
  pace: Pace,
): Generator<Progress, Grouping> {
  const classOf = new Uint32Array(rows);
  let classes = rows === 0 ? 0 : 1;
  const numbering = makeNumbering(rows);
  for (const [at, { codes, levels: all }] of quasis.entries()) {
    const level = all[levels[at] ?? 0];
    if (level === undefined || level.values.length === 1) continue;
    numbering.start(classes, level.values.length);
    for (let row = 0; row < rows; row++)
      classOf[row] = numbering.of(classOf[row] as number, level.codeOf[codes[row] as number] as number);
    classes = numbering.count();
    if (pace.due(rows)) yield pace.progress('search');
  }
  return { classOf, classes };
}

/** What every row loses at the levels given, in millionths of a field, all quasi-identifiers together. */
export function rowLosses({ rows, quasis }: Pick<Problem, 'rows' | 'quasis'>, levels: readonly number[]): Float64Array {
  const lost = new Float64Array(rows);
  for (const [at, { codes, levels: all }] of quasis.entries()) {
    const loss = all[levels[at] ?? 0]?.loss;
    if (loss === undefined) continue;
    for (let row = 0; row < rows; row++) lost[row] = (lost[row] as number) + (loss[codes[row] as number] as number);
  }
  return lost;
}

/** What a row loses that is left out: every quasi-identifier wholly. */
export function wholeRow(quasis: readonly Quasi[]): number {
  return quasis.length * WHOLE;
}
