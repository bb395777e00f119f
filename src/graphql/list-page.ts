// Relay pages over lists that are in memory: tables and editions, a few thousand entries at most.
import { type Order, type Page, type PageArgs, pageOf, pageQuery } from './keyset.ts';

/** One page of a list in the order in which it stands. The cursor is the place in the list. */
export function listPage<Item extends object>(name: string, items: readonly Item[], args: PageArgs): Page<Item> {
  const order: Order = { name, columns: [{ column: 'place', kind: 'number' }] };
  const { take, where } = pageQuery(args, order);
  const bounds = ((where as { AND?: { place?: { gt?: number; lt?: number } }[] }).AND ?? []).map(({ place }) => place);
  const placed = items
    .map((item, place) => ({ ...item, place }))
    .filter(({ place }) => bounds.every((bound) => place > (bound?.gt ?? -1) && place < (bound?.lt ?? items.length)));
  const backward = args.last !== null && args.last !== undefined;
  const found = backward ? placed.reverse().slice(0, take) : placed.slice(0, take);
  return pageOf(found, args, order, async () => items.length);
}
