// An analysis dataset out of records (art. 18, R18.1): direct identifiers gone, the rest made coarser with the least loss until the goal holds.
import { DATASET_FIELDS, type DatasetField, type FieldRole } from './dataset-fields.ts';
import { encode, type Quasi, type Sensitive, toQuasi, toSensitive } from './encode.ts';
import { finish } from './finish.ts';
import { notPossible, refusedAtOnce } from './goal.ts';
import { makePace, type Pace } from './pace.ts';
import { search } from './search.ts';
import type { Anonymised, AnonymityGoal, NotPossible, Progress, Table } from './types.ts';

/**
 * Makes a table that meets a goal, or says why there is none. A generator, so that the caller can let others work between two pieces
 * (about every ten milliseconds); run it to its end with `next()`. The same table and goal give the same result; the order of rows changes no level.
 *
 * Full-domain recoding: each quasi-identifier has one level for all rows. Among all choices of levels for which the goal holds once whole
 * classes of at most `mostSuppressed` percent of the rows are left out, the one that loses least; {@link SearchReport} says how that was proven.
 *
 * What the result withstands: being linked with what is known of a person (k), a class whose members share a secret (l), a class whose
 * secrets differ much from everybody's (t, where asked for). What it does not: somebody who knows a person's sensitive value already and
 * looks for another one; two datasets of the same people at different levels put side by side; rows left out are not marked, but who
 * holds published counts of the same people at the same levels can subtract and sees how many are missing of which class. So the counts that
 * are published of the people of a dataset must be suppressed at its k, and one organisation should get one dataset of the same people.
 *
 * `roles` are those of the degree record; others are for tables of another kind.
 */
export function anonymise(
  table: Table<DatasetField>,
  goal: AnonymityGoal,
): Generator<Progress, Anonymised<DatasetField> | NotPossible>;
export function anonymise<F extends string>(
  table: Table<F>,
  goal: AnonymityGoal,
  roles: Readonly<Record<F, FieldRole>>,
): Generator<Progress, Anonymised<F> | NotPossible>;
export function* anonymise<F extends string>(
  table: Table<F>,
  goal: AnonymityGoal,
  roles: Readonly<Record<F, FieldRole>> = DATASET_FIELDS as Readonly<Record<F, FieldRole>>,
): Generator<Progress, Anonymised<F> | NotPossible> {
  const refused = refusedAtOnce(table, goal, roles);
  if (refused !== null) return refused;
  const pace = makePace();
  const { quasis, sensitives } = yield* read(table, roles, pace);
  const different = ({ values, none }: Sensitive) => values.length - (none < 0 ? 0 : 1);
  const poor = sensitives.filter((one) => different(one) > 0 && different(one) < goal.l);
  if (poor.length > 0) {
    const l = Math.min(...poor.map(different));
    const found = { rows: table.rows, k: table.rows, l };
    return notPossible(
      'too-few-values',
      `≥ ${goal.l} values`,
      poor.map(({ field }) => field),
      found,
    );
  }
  const best = yield* search({ rows: table.rows, quasis, sensitives, goal }, pace);
  return yield* finish({ table, goal, quasis, sensitives }, best, pace);
}

function* read<F extends string>(
  { fields, columns }: Table<F>,
  roles: Readonly<Record<F, FieldRole>>,
  pace: Pace,
): Generator<Progress, { quasis: Quasi[]; sensitives: Sensitive[] }> {
  const quasis: Quasi[] = [];
  const sensitives: Sensitive[] = [];
  for (const [at, field] of fields.entries()) {
    const role = roles[field];
    if (role.role === 'direct') continue;
    const coded = yield* encode(field, columns[at] ?? [], pace);
    if (role.role === 'quasi') quasis.push(yield* toQuasi(coded, role.hierarchy, pace));
    else sensitives.push(toSensitive(coded, role.groups));
  }
  return { quasis, sensitives };
}
