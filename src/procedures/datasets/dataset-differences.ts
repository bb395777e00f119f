// Datasets of the same people, one after the other (R18.1): who is in one and not in the other, and what an organisation would know more of them.
import {
  differenceViolations,
  FIELDS_REMEMBERED_DAYS,
  furtherFieldsViolations,
} from '../../regulation/datasets/differences.ts';
import { addDays, civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { comparePeople, type MadeDataset } from '../../store/datasets/dataset-people.ts';
import { type Dataset, destroyedDatasets } from '../../store/datasets/datasets.ts';
import type { Asking } from '../../store/datasets/filed-fields.ts';

type Selected = Pick<Dataset, 'institution' | 'id' | 'yearFrom' | 'yearUntil' | 'categories' | 'k'>;

/** The first earlier dataset from which this one differs by a few people alone; empty when there is none. By the stricter k of the two. */
export async function peopleViolations(
  db: Asking,
  row: Selected,
  earlier: readonly MadeDataset[],
  breathe: () => Promise<void>,
): Promise<Violation[]> {
  for (const made of earlier) {
    const violations = differenceViolations(await comparePeople(db, row, made), Math.max(row.k, made.k));
    if (violations.length > 0) return violations;
    await breathe();
  }
  return [];
}

/** What an organisation would have of people beyond the fields that it had of them in a dataset destroyed within the last year. */
export async function furtherFields(
  tx: Pick<Transaction, 'dataset'>,
  row: Parameters<typeof destroyedDatasets>[1] & Pick<Dataset, 'fields'>,
  today: string,
): Promise<Violation[]> {
  // A day more than is remembered, whatever the hour: the rule itself goes by days.
  const since = new Date(`${addDays(today, -FIELDS_REMEMBERED_DAYS - 1)}T00:00:00+08:00`);
  for (const { fields, destroyedAt } of await destroyedDatasets(tx, row, since)) {
    if (!destroyedAt) continue;
    const destroyedOn = civilDateInShanghai(destroyedAt.toISOString());
    const violations = furtherFieldsViolations(row.fields, { fields, destroyedOn }, today);
    if (violations.length > 0) return violations;
  }
  return [];
}
