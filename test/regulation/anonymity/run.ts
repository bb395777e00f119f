// Runs the engine to its end, and a second engine that shares nothing with it but the hierarchies: every choice of levels, one after the other.
import fc from 'fast-check';
import { anonymise } from '../../../src/regulation/anonymity/anonymise.ts';
import type { FieldRole } from '../../../src/regulation/anonymity/dataset-fields.ts';
import { type Hierarchy, levelsOf } from '../../../src/regulation/anonymity/hierarchies.ts';
import type { Anonymised, AnonymityGoal, NotPossible, Table } from '../../../src/regulation/anonymity/types.ts';
import { last } from '../../support/last.ts';

/** A table of a test kind with its roles. */
export interface Kind {
  readonly table: Table<string>;
  readonly roles: Readonly<Record<string, FieldRole>>;
}

export function run({ table, roles }: Kind, goal: AnonymityGoal): Anonymised | NotPossible {
  return last(anonymise(table, goal, roles));
}

/** The result, or an error that says why there is none. */
export function made(kind: Kind, goal: AnonymityGoal): Anonymised {
  const result = run(kind, goal);
  if (!result.possible) throw new Error(JSON.stringify(result));
  return result;
}

const words = { zh: '试', en: 'test' };
const level = (from: (finer: string) => string) => ({ words, from });
/** Texts of letters, cut from the end: `ab` → `a` → nothing. */
export const LETTERS: Hierarchy = { base: words, above: [level((text) => text.slice(0, 1)), level(() => '*')] };
const PARITY: Hierarchy = {
  base: words,
  above: [level((text) => String(Number(text) >> 1)), level((text) => `${Number(text) % 2}`), level(() => '*')],
};
const FLAT: Hierarchy = { base: words, above: [level(() => '*')] };

export const ROLES = {
  letters: { role: 'quasi', hierarchy: LETTERS },
  digits: { role: 'quasi', hierarchy: PARITY },
  flat: { role: 'quasi', hierarchy: FLAT },
  secret: { role: 'sensitive' },
  other: { role: 'sensitive', groups: LETTERS },
} as const satisfies Record<string, FieldRole>;

const row = fc.tuple(
  fc.constantFrom('ax', 'ay', 'bx', 'by', 'cx', ''),
  fc.constantFrom('0', '1', '2', '3', '4', '7'),
  fc.constantFrom('m', 'w', ''),
  fc.constantFrom('p', 'q', 'r', ''),
  fc.constantFrom('aa', 'ab', 'b', ''),
);

/** Tables of up to 40 rows, and goals that small tables can meet. */
export const tables = fc.array(row, { minLength: 1, maxLength: 40 }).map((rows): Kind => tableOf(rows));
export const goals: fc.Arbitrary<AnonymityGoal> = fc.record({
  k: fc.integer({ min: 1, max: 5 }),
  l: fc.integer({ min: 1, max: 3 }),
  t: fc.constant(null),
  mostSuppressed: fc.constantFrom(0, 5, 20, 60),
});

export function tableOf(rows: readonly (readonly string[])[]): Kind {
  const fields = Object.keys(ROLES);
  const columns = fields.map((_, at) => rows.map((cells) => cells[at] ?? ''));
  return { table: { fields, rows: rows.length, columns }, roles: ROLES };
}

/** Rows of a table. */
export function rowsOf({ columns, rows }: Table<string>): string[][] {
  return Array.from({ length: rows }, (_, at) => columns.map((column) => column[at] ?? ''));
}

/** Least loss by trying every choice of levels: the loss, 0–1, or null when none is possible. */
export function bruteForce({ table, roles }: Kind, goal: AnonymityGoal): number | null {
  const quasis = table.fields.flatMap((field, at) => {
    const role = roles[field];
    return role?.role === 'quasi' ? [{ at, hierarchy: role.hierarchy }] : [];
  });
  const sensitive = table.fields.flatMap((field, at) => (roles[field]?.role === 'sensitive' ? [at] : []));
  const rows = rowsOf(table);
  const most = Math.min(Math.floor((rows.length * goal.mostSuppressed) / 100), rows.length - goal.k);
  if (most < 0) return null;
  let best: number | null = null;
  for (const levels of choices(quasis.map(({ hierarchy }) => hierarchy.above.length))) {
    const coarse = rows.map((cells) =>
      quasis.map(({ at, hierarchy }, quasi) => levelsOf(hierarchy, cells[at] ?? '')[levels[quasi] ?? 0] ?? ''),
    );
    const classes = groupedBy([...rows.keys()], (at) => JSON.stringify(coarse[at]));
    const out = new Set<number>();
    for (const members of classes.values()) {
      const diverse = sensitive.every((column) => {
        const values = new Set(members.map((at) => rows[at]?.[column] ?? '').filter((value) => value !== ''));
        return values.size === 0 || values.size >= goal.l;
      });
      if (members.length < goal.k || !diverse) for (const at of members) out.add(at);
    }
    if (out.size > most) continue;
    let loss = 0;
    for (const [quasi, { at: column }] of quasis.entries()) {
      const recorded = new Map(rows.map((cells, at) => [cells[column] ?? '', coarse[at]?.[quasi] ?? '']));
      for (const at of rows.keys()) {
        const under = [...recorded.values()].filter((value) => value === coarse[at]?.[quasi]).length;
        if (out.has(at)) loss += 1;
        else if (under > 1) loss += Math.round((under * 1e6) / recorded.size) / 1e6;
      }
    }
    loss /= quasis.length * rows.length;
    if (best === null || loss < best) best = loss;
  }
  return best;
}

function choices(tops: readonly number[]): number[][] {
  return tops.reduce<number[][]>(
    (all, top) => all.flatMap((chosen) => Array.from({ length: top + 1 }, (_, level) => [...chosen, level])),
    [[]],
  );
}

/** Members by key. */
export function groupedBy<T>(members: readonly T[], keyOf: (member: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const member of members) groups.set(keyOf(member), [...(groups.get(keyOf(member)) ?? []), member]);
  return groups;
}
