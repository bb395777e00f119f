// Tuples that nothing still to be decided tells apart become one: the deeper the search, the fewer there are.
import type { Numbering } from './numbering.ts';
import type { Pace } from './pace.ts';
import type { Partition } from './partition.ts';
import type { TupleLevel, Tuples } from './tuples.ts';
import type { Progress } from './types.ts';

/** A quasi-identifier that is not decided yet, with the finest level that is still possible. */
export interface Open {
  readonly field: number;
  readonly level: number;
}

/** The same partition over fewer tuples; the partition itself when too little would be won. */
export function* merged(
  from: Partition,
  open: readonly Open[],
  numbering: Numbering,
  pace: Pace,
): Generator<Progress, Partition> {
  const { of, count } = from;
  const together = from.classOf.slice(0, count);
  let groups = from.classes;
  for (const { field, level } of open) {
    const by = of.levels[field]?.[level];
    if (by === undefined || by === null || by.width === 1) continue;
    numbering.start(groups, by.width);
    for (let at = 0; at < count; at++)
      together[at] = numbering.of(together[at] as number, by.codes[from.tuples[at] as number] as number);
    groups = numbering.count();
    if (pace.due(count)) yield pace.progress('search');
    if (groups > count * 0.8) return from;
  }
  return yield* overFewer(from, open, together, groups, pace);
}

function* overFewer(
  from: Partition,
  open: readonly Open[],
  together: Uint32Array,
  groups: number,
  pace: Pace,
): Generator<Progress, Partition> {
  const { of, count } = from;
  const { words } = of;
  const weights = new Uint32Array(groups);
  const example = new Uint32Array(groups);
  const classOf = new Uint32Array(groups);
  const losses = new Uint32Array(groups);
  const secrets = new Uint32Array(groups * words);
  for (let at = 0; at < count; at++) {
    const tuple = from.tuples[at] as number;
    const group = together[at] as number;
    weights[group] = (weights[group] as number) + (of.weights[tuple] as number);
    example[group] = tuple;
    // Tuples of one class are at the same levels of the same values: they have lost the same.
    classOf[group] = from.classOf[at] as number;
    losses[group] = from.losses[at] as number;
    for (let word = 0; word < words; word++) {
      const place = group * words + word;
      secrets[place] = (secrets[place] as number) | (of.secrets[tuple * words + word] as number);
    }
  }
  const levels: (TupleLevel | null)[][] = of.levels.map(() => []);
  for (const { field, level: finest } of open) {
    levels[field] = (of.levels[field] ?? []).map((level, at) =>
      level === null || at < finest ? null : { ...level, codes: example.map((tuple) => level.codes[tuple] as number) },
    );
    if (pace.due(groups * 2)) yield pace.progress('search');
  }
  const fewer: Tuples = { count: groups, weights, levels, secrets, words, spans: of.spans };
  return {
    ...{ of: fewer, classOf, losses, tuples: Uint32Array.from(weights, (_, at) => at) },
    ...{ count: groups, classes: from.classes, gone: from.gone, loss: from.loss },
  };
}
