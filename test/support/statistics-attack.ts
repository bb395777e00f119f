// An attacker on published statistics, written without the suppressor: own equations, exact elimination, bounds by linear programming.
import { spawnSync } from 'node:child_process';
import type { Group } from '../../src/regulation/statistics/cube.ts';
import type { SafeCube } from '../../src/regulation/statistics/protect.ts';
import { CATEGORIES } from '../../src/regulation/vocabulary.ts';
import { pythonWith } from './outside.ts';

/** Somebody of a register, or a kind of person that might be in it. */
export type Kind = Omit<Group, 'count'>;

/** Whether a kind of person is counted in a cell, read from its key alone. */
export function isIn(kind: Kind, key: string): boolean {
  return (key === '' ? [] : key.split('|')).every((node) => {
    const [dimension, value = ''] = node.split(':');
    if (dimension === 'level') return CATEGORIES[kind.category].level === value;
    if (dimension === 'field') return kind.discipline.startsWith(value);
    return kind[dimension as keyof Kind] === value;
  });
}

/** Every kind of person that the attacker thinks possible: what the catalogue of the year has, crossed with what there is. */
export function kindsOf(groups: readonly Group[]): Kind[] {
  const people = groups.filter(({ count }) => count > 0);
  const kinds = new Map<string, Kind>();
  for (const { category, discipline } of people)
    for (const { sex } of people)
      for (const other of people)
        if (other.category === category) {
          const kind = { category, discipline, sex, nationality: other.nationality };
          kinds.set(JSON.stringify(kind), kind);
        }
  return [...kinds.values()];
}

/** How many people a cell really holds. */
export function truth(groups: readonly Group[], key: string): number {
  return groups.filter((group) => isIn(group, key)).reduce((sum, { count }) => sum + count, 0);
}

type Row = bigint[];

/** Whether the sum that a cell is follows from published sums by linear algebra: exact, in whole numbers. */
export function recomputable(kinds: readonly Kind[], published: readonly string[], wanted: string): boolean {
  const rowOf = (key: string): Row => kinds.map((kind) => (isIn(kind, key) ? 1n : 0n));
  const basis: { row: Row; pivot: number }[] = [];
  const reduce = (given: Row): Row => {
    let row = given;
    for (const { row: base, pivot } of basis) {
      const factor = row[pivot] ?? 0n;
      if (factor === 0n) continue;
      const by = base[pivot] ?? 1n;
      row = row.map((value, at) => value * by - (base[at] ?? 0n) * factor);
      const common = row.reduce((a, b) => gcd(a, b < 0n ? -b : b), 0n);
      if (common > 1n) row = row.map((value) => value / common);
    }
    return row;
  };
  for (const key of published) {
    const row = reduce(rowOf(key));
    const pivot = row.findIndex((value) => value !== 0n);
    if (pivot >= 0) basis.push({ row, pivot });
  }
  return reduce(rowOf(wanted)).every((value) => value === 0n);
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

/** The tables of one year as the attacker reads them. */
export interface Attack {
  readonly kinds: readonly Kind[];
  readonly published: readonly { readonly key: string; readonly count: number }[];
  readonly suppressed: readonly string[];
}

/** What the attacker has of a published cube. */
export function attackOn(groups: readonly Group[], safe: SafeCube): Attack {
  return {
    kinds: kindsOf(groups),
    published: safe.cells.flatMap(({ key, count }) => (count === null ? [] : [{ key, count }])),
    suppressed: safe.cells.flatMap(({ key, count }) => (count === null ? [key] : [])),
  };
}

const BOUNDS = `
import json, sys
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
for line in sys.stdin:
    given = json.loads(line)
    equations, values, shown, wanted = given["equations"], given["values"], given["shown"], given["wanted"]
    n = len(wanted[0]) if wanted else 0
    constraints = []
    if equations: constraints.append(LinearConstraint(np.array(equations), values, values))
    if shown: constraints.append(LinearConstraint(np.array(shown), 1, np.inf))
    answer = []
    for row in wanted:
        ends = []
        for sign in (1, -1):
            result = milp(sign * np.array(row), constraints=constraints, integrality=np.ones(n), bounds=Bounds(0, np.inf), options={"mip_rel_gap": 0})
            if result.status != 0: raise SystemExit(f"not solved: {result.message}")
            ends.append(round(sign * result.fun))
        answer.append(ends)
    print(json.dumps(answer))
`;

/** The least and the greatest whole number that each suppressed cell can be, by integer programming (HiGHS), for each attack. */
export function boundsOf(attacks: readonly Attack[]): Map<string, [number, number]>[] {
  const rowOf = (kinds: readonly Kind[], key: string) => kinds.map((kind) => (isIn(kind, key) ? 1 : 0));
  const lines = attacks.map(({ kinds, published, suppressed }) => {
    const shown = [...published.map(({ key }) => key), ...suppressed].filter((key) => key !== '' && !key.includes('|'));
    return JSON.stringify({
      equations: published.map(({ key }) => rowOf(kinds, key)),
      values: published.map(({ count }) => count),
      shown: shown.map((key) => rowOf(kinds, key)),
      wanted: suppressed.map((key) => rowOf(kinds, key)),
    });
  });
  const run = spawnSync(pythonWith('scipy.optimize') ?? '', ['-c', BOUNDS], {
    input: `${lines.join('\n')}\n`,
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(run.stderr.toString());
  const answers = run.stdout.toString().trim().split('\n');
  return attacks.map(
    ({ suppressed }, at) =>
      new Map(
        (JSON.parse(answers[at] ?? '[]') as [number, number][]).map((ends, cell) => [suppressed[cell] ?? '', ends]),
      ),
  );
}
