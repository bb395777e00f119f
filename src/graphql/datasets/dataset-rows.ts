// The rows and the report of a dataset, as a recipient or an officer of the degree office reads them: each reading is recorded (article 18).

import {
  type CopiedRow,
  type OpenedDataset,
  openDataset,
  type Wanted,
} from '../../procedures/datasets/read-dataset.ts';
import { NotFound, Refused } from '../../procedures/errors.ts';
import type { DatasetColumn } from '../../regulation/datasets/print.ts';
import type { Violation } from '../../regulation/violations.ts';
import { builder } from '../builder.ts';
import { connectionType, PAGE_ARGS, pageCost } from '../connection.ts';
import { type GraphqlContext, readerIn } from '../context.ts';
import { ViolationRef } from '../errors.ts';
import { keyIn } from '../global-id.ts';
import { cursorOf, cursorValues, type Order, type Page, type PageArgs, pageSize } from '../keyset.ts';
import { columnsOf, DatasetColumnRef } from './dataset.ts';

const IN_DATASET: Order = { name: 'place', columns: [{ column: 'place', kind: 'number' }] };

const RowRef = builder.objectRef<CopiedRow>('DatasetRow').implement({
  description: 'A row of the reader’s own copy.',
  fields: (t) => ({
    place: t.exposeInt('place', { description: 'From 0.' }),
    name: t.string({ description: 'Name of the row: of this copy alone.', resolve: ({ cells }) => cells[0] ?? '' }),
    cells: t.stringList({ description: 'In the order of the columns.', resolve: ({ cells }) => cells.slice(1) }),
  }),
});
const RowConnection = connectionType('DatasetRow', RowRef);

interface Answer {
  readonly violations: readonly Violation[];
  readonly columns: readonly DatasetColumn[];
  readonly rows: Page<CopiedRow> | null;
  readonly report: object | null;
}

const AnswerRef = builder.objectRef<Answer>('DatasetReadingAnswer').implement({
  description: 'What was read, or why it may not be read now. Violations are empty when it was.',
  fields: (t) => ({
    violations: t.field({ type: [ViolationRef], resolve: ({ violations }) => [...violations] }),
    columns: t.field({ type: [DatasetColumnRef], resolve: ({ columns }) => [...columns] }),
    rows: t.field({ type: RowConnection, nullable: true, resolve: ({ rows }) => rows }),
    report: t.field({ type: 'JSON', nullable: true, resolve: ({ report }) => report }),
  }),
});

/** Opens the dataset of an id for one reading; null when there is none for this reader. */
async function read(
  context: GraphqlContext,
  id: string,
  wanted: Wanted,
  answer: (opened: OpenedDataset) => Promise<Omit<Answer, 'violations' | 'columns'>>,
): Promise<Answer | null> {
  try {
    const opened = await openDataset(context.world, readerIn(context), keyIn(id, 'Dataset'), wanted);
    return { violations: [], columns: columnsOf(opened.row.columns), ...(await answer(opened)) };
  } catch (error) {
    if (error instanceof NotFound) return null;
    if (!(error instanceof Refused)) throw error;
    return { violations: error.violations, columns: [], rows: null, report: null };
  }
}

/** Where a page begins and how many rows it may have, before anybody knows how many there are. */
function boundsOf(args: PageArgs): { from: number; until: number; size: number; backward: boolean } {
  const { size, backward } = pageSize(args);
  const [after = -1] = args.after ? cursorValues(args.after, IN_DATASET) : [];
  const [before = Number.MAX_SAFE_INTEGER] = args.before ? cursorValues(args.before, IN_DATASET) : [];
  return { from: Math.max(0, Number(after) + 1), until: Math.max(0, Number(before)), size, backward };
}

function pageFrom(rows: CopiedRow[], firstRow: number, from: number, until: number, total: number): Page<CopiedRow> {
  const edges = rows.map((node) => ({ node, cursor: cursorOf(node, IN_DATASET) }));
  return {
    edges,
    nodes: rows,
    pageInfo: {
      hasNextPage: firstRow + rows.length < Math.min(total, until) || until < total,
      hasPreviousPage: firstRow > from || from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: () => Promise.resolve(total),
  };
}

builder.queryFields((t) => ({
  datasetRows: t.field({
    type: AnswerRef,
    nullable: true,
    authScopes: { $any: { signedIn: true, recipient: true } },
    skipTypeScopes: true,
    description:
      'A page of rows: for a recipient with the token of an access, or an officer of the degree office, within the term. Every page is recorded; null when there is no such dataset for the reader.',
    args: { ...PAGE_ARGS, dataset: t.arg.id() },
    complexity: pageCost,
    resolve: async (_root, args, context) => {
      const { from, until, size, backward } = boundsOf(args);
      // From the end: how many there are is known before they are opened, and only what is shown is recorded.
      const total = backward ? await totalOf(context, args.dataset) : until;
      const end = Math.min(until, total);
      const firstRow = backward ? Math.max(from, end - size) : from;
      const rows = Math.max(0, Math.min(size, end - firstRow));
      return read(context, args.dataset, { what: 'rows', firstRow, rows }, async (opened) => ({
        rows: pageFrom(await opened.rows(firstRow, rows), firstRow, from, until, opened.row.rowCount ?? 0),
        report: null,
      }));
    },
  }),
  datasetReport: t.field({
    type: AnswerRef,
    nullable: true,
    authScopes: { $any: { signedIn: true, recipient: true } },
    skipTypeScopes: true,
    description: 'What was measured when the dataset was made, for its recipients; recorded like any reading.',
    complexity: { field: 10, multiplier: 1 },
    args: { dataset: t.arg.id() },
    resolve: (_root, args, context) =>
      read(context, args.dataset, { what: 'report' }, async ({ row }) => ({
        rows: null,
        report: row.report as object | null,
      })),
  }),
}));

async function totalOf({ world }: GraphqlContext, id: string): Promise<number> {
  const where = { institution_id: keyIn(id, 'Dataset') };
  const found = await world.db.prisma.dataset.findUnique({ where, select: { rowCount: true } });
  return found?.rowCount ?? 0;
}
