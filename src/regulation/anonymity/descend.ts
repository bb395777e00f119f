// Branch and bound over the levels: one quasi-identifier is decided at each depth, and what cannot be better or cannot hold is not looked at.
import { group } from './group.ts';
import { judge } from './judge.ts';
import { merged, type Open } from './merge.ts';
import type { Numbering } from './numbering.ts';
import type { Pace } from './pace.ts';
import type { Outlook, Parting, Partition } from './partition.ts';
import type { Problem } from './search.ts';
import type { TupleLevel, Tuples } from './tuples.ts';
import type { Progress } from './types.ts';

/** A search under way. */
export interface Run {
  readonly problem: Problem;
  readonly pace: Pace;
  readonly parting: Parting;
  readonly numbering: Numbering;
  /** Most rows that may be gone. */
  readonly most: number;
  /** One partition for each depth, used again. */
  readonly partitions: Partition[];
  groupings: number;
  /** Work after which the search stops. */
  readonly limit: number;
  best: readonly number[];
  bestLoss: number;
  /** Least bound of what was not looked at; infinite while everything was. */
  open: number;
}

/** So few tuples are not worth merging. */
const FEW = 200;
/** What a grouping costs beside its tuples, in looks at one. */
const EACH = 200;

interface Ahead extends Open {
  readonly outlook: Outlook;
}

/** A level of a quasi-identifier over tuples. @throws {RangeError} finer than what is still possible there */
export function levelOf(of: Tuples, { field, level }: Open): TupleLevel {
  const found = of.levels[field]?.[level];
  if (found === undefined || found === null) throw new RangeError(`no level ${level}`);
  return found;
}

/** Decides the quasi-identifiers that are undecided, best first found kept in the run. `chosen` holds the levels decided. */
export function* descend(
  run: Run,
  given: Partition,
  undecided: readonly Open[],
  chosen: number[],
  depth: number,
): Generator<Progress> {
  const { pace, parting, most } = run;
  // Forward: the finest level of each undecided field that is still possible beside those decided.
  const ahead: Ahead[] = [];
  let bound = given.loss;
  for (const { field, level: before } of undecided) {
    for (let level = before; ; level++) {
      const outlook = parting.look(given, levelOf(given.of, { field, level }));
      run.groupings++;
      if (pace.due(given.count + EACH)) yield pace.progress('search');
      if (outlook.gone > most) continue;
      ahead.push({ field, level, outlook });
      bound += outlook.loss;
      break;
    }
    if (bound >= run.bestLoss) return;
  }
  if (pace.spent > run.limit) {
    run.open = Math.min(run.open, bound);
    return;
  }
  bound += leastMore(given, ahead);
  if (bound >= run.bestLoss) return;
  const next = ahead.reduce((a, b) => (isMoreUrgent(given.of, b, a) ? b : a));
  const rest = ahead.filter((one) => one !== next);
  const from = given.count < FEW ? given : yield* merged(given, ahead, run.numbering, pace);
  run.partitions[depth] ??= parting.empty();
  const into = run.partitions[depth] as Partition;
  const levels = from.of.levels[next.field] ?? [];
  for (let level = next.level; level < levels.length; level++) {
    parting.part(from, levelOf(from.of, { field: next.field, level }), into, rest.length === 0);
    run.groupings++;
    if (pace.due(from.count * 2 + EACH)) yield pace.progress('search');
    if (into.gone > most || into.loss >= run.bestLoss) continue;
    chosen[next.field] = level;
    if (rest.length > 0) yield* descend(run, into, rest, chosen, depth + 1);
    else yield* offer(run, chosen, into.loss);
  }
}

/** What is lost more at least, whatever is decided: for each undecided field either the rows that go at its finest level, or its next level. */
function leastMore({ of, gone, tuples, count }: Partition, ahead: readonly Ahead[]): number {
  let restMost = 0;
  for (const { field, level } of ahead) restMost += levelOf(of, { field, level }).mostLost;
  let most = 0;
  for (const { field, level, outlook } of ahead) {
    const going = outlook.gone - gone;
    if (going === 0) continue;
    const byGoing = outlook.stake - going * restMost;
    const next = of.levels[field]?.[level + 1];
    if (byGoing <= most || next === undefined || next === null) continue;
    let coarser = 0;
    for (let at = 0; at < count; at++) {
      const tuple = tuples[at] as number;
      coarser += (next.losses[next.codes[tuple] as number] as number) * (of.weights[tuple] as number);
    }
    most = Math.max(most, Math.min(byGoing, coarser - outlook.loss));
  }
  return most;
}

/** Which field is decided first: the one by which most rows would go, then the one that parts most. */
function isMoreUrgent(of: Tuples, a: Ahead, b: Ahead): boolean {
  if (a.outlook.gone !== b.outlook.gone) return a.outlook.gone > b.outlook.gone;
  return levelOf(of, a).width > levelOf(of, b).width;
}

/** Keeps a choice of levels that meets k and l, when it loses less than the best so far. */
export function* offer(run: Run, levels: readonly number[], loss: number): Generator<Progress> {
  const { problem, pace } = run;
  const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);
  // Of two that lose the same the finer one: what tells nothing in this table need not be given up.
  if (loss > run.bestLoss || (loss === run.bestLoss && sum(levels) >= sum(run.best))) return;
  let real = loss;
  if (problem.goal.t !== null) {
    const judged = yield* judge(problem, levels, yield* group(problem, levels, pace), pace);
    if (judged === null || judged.loss > run.bestLoss) return;
    real = judged.loss;
  }
  run.best = [...levels];
  run.bestLoss = real;
}
