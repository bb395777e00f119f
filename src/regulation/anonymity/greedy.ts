// A good choice of levels to begin with: from everything given up, level by level, what wins most for the classes it costs.
import { levelOf, offer, type Run } from './descend.ts';
import type { Partition } from './partition.ts';
import type { Tuples } from './tuples.ts';
import type { Progress } from './types.ts';

/** Finds a first choice and offers it to the run. */
export function* greedy(run: Run, tuples: Tuples, finest: readonly number[]): Generator<Progress> {
  const top = tuples.levels.map((levels) => levels.length - 1);
  const { parting, pace } = run;
  let at = parting.whole();
  let spare = parting.empty();
  const levels = [...top];
  for (const [field, level] of top.entries()) {
    parting.part(at, levelOf(tuples, { field, level }), spare, field === top.length - 1);
    [at, spare] = [spare, at];
    if (pace.due(tuples.count * 3)) yield pace.progress('search');
  }
  yield* offer(run, levels, at.loss);
  for (;;) {
    let chosen: { field: number; level: number; score: number } | null = null;
    for (const [field, now] of levels.entries()) {
      for (let level = now - 1; level >= (finest[field] ?? 0); level--) {
        const old = levelOf(tuples, { field, level: now });
        parting.part(at, levelOf(tuples, { field, level }), spare, true, old);
        run.groupings++;
        if (pace.due(at.count * 3)) yield pace.progress('search');
        if (spare.gone > run.most) break;
        const won = at.loss - spare.loss;
        const score = won / (Math.log(spare.classes / at.classes) + 0.01);
        if (won >= 0 && (chosen === null || score > chosen.score)) chosen = { field, level, score };
      }
    }
    if (chosen === null) return;
    const { field, level } = chosen;
    parting.part(at, levelOf(tuples, chosen), spare, true, levelOf(tuples, { field, level: levels[field] ?? 0 }));
    [at, spare] = [spare, at] as [Partition, Partition];
    levels[field] = level;
    yield* offer(run, levels, at.loss);
  }
}
