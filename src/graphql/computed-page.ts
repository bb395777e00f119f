// Pages of a list that is computed, not stored: the same cursors and bounds as those of the database.
import { badInput } from './bad-input.ts';
import { cursorValues, type Order, type Page, type PageArgs, pageOf, pageSize } from './keyset.ts';

type Row = Readonly<Record<string, unknown>>;

/** The page of a list that is sorted by its order already. */
export function pageOfList<Item extends object>(items: readonly Item[], args: PageArgs, order: Order): Page<Item> {
  const { size, backward } = pageSize(args);
  const after = args.after ? cursorValues(args.after, order) : null;
  const before = args.before ? cursorValues(args.before, order) : null;
  const within = items.filter(
    (item) =>
      (after === null || compare(item as Row, after, order) > 0) &&
      (before === null || compare(item as Row, before, order) < 0),
  );
  const found = backward ? within.slice(-(size + 1)).reverse() : within.slice(0, size + 1);
  return pageOf(found, args, order, () => Promise.resolve(items.length));
}

/** The page of a list in the order in which it stands. The cursor is the place in the list. */
export function listPage<Item extends object>(name: string, items: readonly Item[], args: PageArgs): Page<Item> {
  const order: Order = { name, columns: [{ column: 'place', kind: 'number' }] };
  const placed = items.map((item, place) => ({ ...item, place }));
  return pageOfList(placed, args, order);
}

function compare(item: Row, values: readonly (string | number)[], order: Order): number {
  for (const [at, { column }] of order.columns.entries()) {
    const [one, other] = [item[column], values[at]];
    if (typeof one !== typeof other) throw badInput({ zh: '游标不正确。', en: 'The cursor is wrong.' });
    if (one === other) continue;
    return (one as string) < (other as string) ? -1 : 1;
  }
  return 0;
}
