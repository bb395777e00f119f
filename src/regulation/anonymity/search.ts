// The search for the levels that lose least: exact where the work set for it suffices, else the best found with a proven least loss.
import { descend, type Run } from './descend.ts';
import { type Quasi, type Sensitive, WHOLE } from './encode.ts';
import { greedy } from './greedy.ts';
import { group } from './group.ts';
import { type Judged, judge, mostLeftOut } from './judge.ts';
import { makeNumbering } from './numbering.ts';
import type { Pace } from './pace.ts';
import { makeParting } from './partition.ts';
import { makeTuples, type Tuples } from './tuples.ts';
import type { AnonymityGoal, Progress, SearchReport } from './types.ts';

/** What is searched. */
export interface Problem {
  readonly rows: number;
  readonly quasis: readonly Quasi[];
  readonly sensitives: readonly Sensitive[];
  readonly goal: AnonymityGoal;
}

/** The levels found, in the order of the quasi-identifiers, with the classes they make. */
export interface Found extends Judged {
  readonly levels: readonly number[];
  readonly report: SearchReport;
}

/** Looks at tuples that a search may take: some seconds. */
const MOST_WORK = 600_000_000;

/**
 * Finds the levels that lose least, of at least k rows whose sensitive fields have l values (or none at all). `mostWork`: looks at tuples
 * after which the best found is taken; the report then says `bounded`.
 */
export function* search(problem: Problem, pace: Pace, mostWork: number = MOST_WORK): Generator<Progress, Found> {
  const { quasis, rows, goal } = problem;
  const finest: number[] = [];
  for (const quasi of quasis) {
    finest.push(finestAlone(quasi, problem));
    if (pace.due(rows + quasi.values.length * quasi.levels.length)) yield pace.progress('search');
  }
  const tuples = yield* makeTuples(problem, finest, pace);
  // Without t first: its least loss bounds that with t, and often its levels are close enough already.
  const plain = yield* explore({ ...problem, goal: { ...goal, t: null } }, tuples, finest, pace, mostWork);
  const runs = [plain];
  let found = yield* judged(problem, plain.best, pace);
  if (goal.t !== null && (found === null || found.loss > plain.bestLoss)) {
    const close = yield* explore(problem, tuples, finest, pace, mostWork);
    runs.push(close);
    const better = yield* judged(problem, close.best, pace);
    if (better !== null && (found === null || better.loss < found.loss)) found = better;
  }
  // With everything given up all are one class, which is as diverse as the whole table and no distance from it.
  if (found === null) throw new RangeError('a table whose rows and values suffice for the goal can be given up wholly');
  // Each run proves that nothing loses less than its best or than what it left open; the run without t proves it for t, too.
  const proven = Math.max(...runs.map(({ open, bestLoss }) => Math.min(open, bestLoss)));
  const { loss } = found;
  const report: SearchReport = {
    kind: proven >= loss ? 'exact' : 'bounded',
    lattice: quasis.reduce((product, { levels }) => product * levels.length, 1),
    groupings: runs.reduce((sum, { groupings }) => sum + groupings, 0),
    leastLoss: Math.min(proven, loss) / Math.max(1, WHOLE * quasis.length * rows),
  };
  return { ...found, report };
}

type JudgedLevels = Judged & { readonly levels: readonly number[] };

function* judged(problem: Problem, levels: readonly number[], pace: Pace): Generator<Progress, JudgedLevels | null> {
  const found = yield* judge(problem, levels, yield* group(problem, levels, pace), pace);
  return found && { ...found, levels };
}

/** One search over tuples: a good choice first, then everything that may be better. */
function* explore(
  problem: Problem,
  tuples: Tuples,
  finest: readonly number[],
  pace: Pace,
  mostWork: number,
): Generator<Progress, Run> {
  const { quasis } = problem;
  const run: Run = {
    ...{
      problem,
      pace,
      parting: makeParting(tuples, problem.goal, finest.length),
      numbering: makeNumbering(tuples.count),
    },
    ...{ most: mostLeftOut(problem), partitions: [], groupings: 0, limit: pace.spent + mostWork },
    ...{
      best: quasis.map(({ levels }) => levels.length - 1),
      bestLoss: Number.POSITIVE_INFINITY,
      open: Number.POSITIVE_INFINITY,
    },
  };
  yield* greedy(run, tuples, finest);
  const undecided = finest.map((level, field) => ({ field, level }));
  const chosen = finest.map(() => 0);
  if (undecided.length > 0) yield* descend(run, run.parting.whole(), undecided, chosen, 0);
  return run;
}

/** The finest level at which a quasi-identifier alone, all others given up, can reach k. */
function finestAlone({ codes, values, levels }: Quasi, { rows, goal }: Problem): number {
  const counts = new Uint32Array(values.length);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  const most = mostLeftOut({ rows, goal });
  return levels.findIndex(({ codeOf, values: texts }) => {
    const sizes = new Uint32Array(texts.length);
    for (const [base, code] of codeOf.entries()) sizes[code] = (sizes[code] as number) + (counts[base] as number);
    let gone = 0;
    for (const size of sizes) if (size < goal.k) gone += size;
    return gone <= most;
  });
}
