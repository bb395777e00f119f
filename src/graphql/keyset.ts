// Keyset pages: where a page begins, in which order, and the cursor of a row. Page 10,000 costs what page 1 costs.
import { badInput, unkeepable } from './bad-input.ts';

/** Rows of a page at most. */
export const LARGEST_PAGE = 100;
const DEFAULT_PAGE = 20;

/** A column that rows are ordered by; the last one of an order is unique within the list. */
export interface OrderColumn {
  readonly column: string;
  readonly kind: 'text' | 'number';
  readonly down?: boolean;
}

/** A way to order a list, by name. */
export interface Order {
  readonly name: string;
  readonly columns: readonly OrderColumn[];
}

/** The arguments of a Relay connection. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** Part of a Prisma query: one row more than the page holds, to know whether there is a next one. */
export interface PageQuery {
  readonly where: Record<string, unknown>;
  readonly orderBy: Record<string, 'asc' | 'desc'>[];
  readonly take: number;
  readonly select: Record<string, true>;
}

/** A page as Relay shows it. */
export interface Page<Row> {
  readonly edges: { readonly node: Row; readonly cursor: string }[];
  readonly nodes: Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  /** Asked only when `totalCount` is selected. */
  readonly totalCount: () => Promise<number>;
}

const FOREIGN_CURSOR = {
  zh: '该游标不属于这一列表和排序。',
  en: 'This cursor does not belong to this list and order.',
};

type Scalar = string | number;

/** How many rows, and from which end. @throws GraphQLError BAD_USER_INPUT for a size outside 1 … 100, or both ends at once */
export function pageSize(args: PageArgs): { size: number; backward: boolean } {
  const backward = args.last !== null && args.last !== undefined;
  if (backward && args.first !== null && args.first !== undefined) {
    throw badInput(
      { zh: '前后两端只能取其一。', en: 'Give either first or last, not both.' },
      { expected: 'first / last' },
    );
  }
  const size = (backward ? args.last : args.first) ?? DEFAULT_PAGE;
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    throw badInput(
      { zh: `每页为 1 至 ${LARGEST_PAGE} 行。`, en: `A page holds 1 to ${LARGEST_PAGE} rows.` },
      { found: size, expected: `1 … ${LARGEST_PAGE}` },
    );
  }
  return { size, backward };
}

/** The cursor of a row in an order. */
export function cursorOf(row: object, order: Order): string {
  const values = order.columns.map(({ column }) => (row as Record<string, unknown>)[column]);
  return Buffer.from(JSON.stringify([order.name, ...values]), 'utf8').toString('base64url');
}

/** The values in a cursor. @throws GraphQLError BAD_USER_INPUT when it belongs to another list or order */
export function cursorValues(cursor: string, order: Order): Scalar[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    parsed = null;
  }
  const [name, ...values] = Array.isArray(parsed) ? parsed : [];
  const fits =
    name === order.name &&
    values.length === order.columns.length &&
    order.columns.every(({ kind, column }, at) => fitsColumn(values[at], kind, column));
  if (!fits) throw badInput(FOREIGN_CURSOR, { expected: order.name });
  return values;
}

function fitsColumn(value: unknown, kind: OrderColumn['kind'], column: string): boolean {
  if (kind === 'number') return Number.isSafeInteger(value) && Math.abs(value as number) < 2 ** 31;
  if (typeof value !== 'string' || unkeepable(value) !== null) return false;
  return column !== 'id' || /^[0-9a-f-]{36}$|^[\w/-]{1,60}$/.test(value);
}

/** Rows strictly beyond the cursor in the direction of reading. */
function beyond(cursor: string, order: Order, reverse: boolean): Record<string, unknown> {
  const values = cursorValues(cursor, order);
  const past = (at: number) => {
    const { down = false } = order.columns[at] as OrderColumn;
    return down !== reverse ? 'lt' : 'gt';
  };
  const alternatives = order.columns.map((_, at) => {
    const equal = order.columns.slice(0, at).map(({ column }, i) => [column, values[i]]);
    const { column } = order.columns[at] as OrderColumn;
    return { ...Object.fromEntries(equal), [column]: { [past(at)]: values[at] } };
  });
  const first = order.columns[0] as OrderColumn;
  if (alternatives.length === 1) return alternatives[0] as Record<string, unknown>;
  // The range over the first column lets the database walk the index instead of testing every row.
  return { AND: [{ [first.column]: { [`${past(0)}e`]: values[0] } }, { OR: alternatives }] };
}

/** The query of a page: spread it into findMany, its `where` beside the caller's own. */
export function pageQuery(args: PageArgs, order: Order): PageQuery {
  const { size, backward } = pageSize(args);
  const bounds: Record<string, unknown>[] = [];
  if (args.after) bounds.push(beyond(args.after, order, false));
  if (args.before) bounds.push(beyond(args.before, order, true));
  const direction = (down = false) => (down !== backward ? 'desc' : 'asc');
  return {
    where: bounds.length === 0 ? {} : { AND: bounds },
    orderBy: order.columns.map(({ column, down }) => ({ [column]: direction(down) })),
    take: size + 1,
    select: Object.fromEntries(order.columns.map(({ column }) => [column, true as const])),
  };
}

/** The page of the rows that its query gave. */
export function pageOf<Row extends object>(
  found: readonly Row[],
  args: PageArgs,
  order: Order,
  totalCount: () => Promise<number>,
): Page<Row> {
  const { size, backward } = pageSize(args);
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (backward) rows.reverse();
  const edges = rows.map((node) => ({ node, cursor: cursorOf(node, order) }));
  return {
    edges,
    nodes: rows,
    pageInfo: {
      hasNextPage: backward ? Boolean(args.before) : more,
      hasPreviousPage: backward ? more : Boolean(args.after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}
