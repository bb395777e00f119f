// Whether a table may be worked on at all, and what is said when the goal cannot be met.
import type { FieldRole } from './dataset-fields.ts';
import type { AnonymityGoal, NotPossible, NotPossibleReason, Table } from './types.ts';

const HELP: Readonly<Record<NotPossibleReason, NotPossible['help']>> = {
  malformed: {
    zh: '每个字段一列，各列行数相同；k、l 为不小于 1 的整数，t 在 0 与 1 之间，隐去比例在 0 与 100 之间。',
    en: 'One column for each field, all of the same length; k and l whole numbers from 1, t from 0 to 1, the share left out from 0 to 100.',
  },
  'direct-identifier': {
    zh: '去掉这些字段：其能直接识别个人。',
    en: 'Leave these fields out: they identify people directly.',
  },
  'too-few-rows': {
    zh: '扩大范围（更多年份、类别或专业）。',
    en: 'Take more people in: more years, categories or disciplines.',
  },
  'too-few-values': {
    zh: '去掉该敏感字段，或扩大范围使其取值更多样。',
    en: 'Leave the sensitive field out, or take more people in, so that it is more diverse.',
  },
};

/** Says that the goal cannot be met. */
export function notPossible(
  reason: NotPossibleReason,
  expected: string,
  fields: readonly string[] = [],
  found: NotPossible['found'] = null,
): NotPossible {
  return { possible: false, reason, fields, found, expected, help: HELP[reason] };
}

/** What is wrong with a table and its goal before anything is counted; null when nothing is. */
export function refusedAtOnce<F extends string>(
  { fields, rows, columns }: Table<F>,
  { k, l, t, mostSuppressed }: AnonymityGoal,
  roles: Readonly<Record<F, FieldRole>>,
): NotPossible | null {
  const whole = (value: number) => Number.isSafeInteger(value) && value >= 1;
  const within = (value: number, most: number) => value >= 0 && value <= most;
  if (!whole(k) || !whole(l)) return notPossible('malformed', 'k ≥ 1, l ≥ 1');
  if ((t !== null && !within(t, 1)) || !within(mostSuppressed, 100))
    return notPossible('malformed', '0 ≤ t ≤ 1, 0 ≤ mostSuppressed ≤ 100');
  const strange = fields.filter((field, at) => !Object.hasOwn(roles, field) || fields.indexOf(field) !== at);
  if (strange.length > 0) return notPossible('malformed', 'fields of the record, each once', strange);
  if (columns.length !== fields.length) return notPossible('malformed', `${fields.length} columns`);
  const uneven = fields.filter((_, at) => columns[at]?.length !== rows);
  if (uneven.length > 0) return notPossible('malformed', `${rows} rows`, uneven);
  const direct = fields.filter((field) => roles[field].role === 'direct');
  if (direct.length > 0) return notPossible('direct-identifier', 'no direct identifier', direct);
  if (rows < k) return notPossible('too-few-rows', `≥ ${k} rows`, [], { rows, k: rows, l: null });
  return null;
}
