// Tables of statistics in the API: typed rows, columns and cells; a suppressed cell is a cell without a number, never 0.
import type { Node } from '../../regulation/statistics/content.ts';
import {
  COLUMN_DIMENSIONS,
  type ColumnDimension,
  DIMENSIONS,
  type Dimension,
} from '../../regulation/statistics/dimensions.ts';
import { type StatisticsTable, type TableRow, tableViolations } from '../../regulation/statistics/table.ts';
import { badInput } from '../bad-input.ts';
import { builder } from '../builder.ts';
import { listPage } from '../computed-page.ts';
import { connectionType, PAGE_ARGS, pageCost } from '../connection.ts';
import { derive } from '../enums.ts';

/** What stands in rows. */
export const StatisticsDimensionEnum = derive(
  'StatisticsDimension',
  'By what degree holders are counted (article 17).',
  DIMENSIONS,
);
/** What may stand in columns. */
export const StatisticsColumnEnum = derive(
  'StatisticsColumn',
  'By what the columns of a table count: not by disciplines, of which there are hundreds, nor by years.',
  COLUMN_DIMENSIONS,
);

const CellStatusEnum = builder.enumType('StatisticsCellStatus', {
  description:
    'Whether a count is shown. Why a cell is suppressed is not said: whether it is a small one itself or protects another is what an attacker would like to know.',
  values: {
    PUBLISHED: { value: 'published', description: '公布\nshown' },
    SUPPRESSED: { value: 'suppressed', description: '不予公布\nnot shown' },
  } as const,
});

/** A cell, with its number in an object, so that null can be told from a missing cell. */
interface Cell {
  readonly count: number | null;
}

/** A count that may be suppressed. */
export const StatisticsCellRef = builder.objectRef<Cell>('StatisticsCell').implement({
  description: 'How many people; null where that is suppressed.',
  fields: (t) => ({
    count: t.exposeInt('count', { nullable: true }),
    status: t.field({
      type: CellStatusEnum,
      resolve: ({ count }) => (count === null ? 'suppressed' : 'published'),
    }),
  }),
});

const NodeRef = builder.objectRef<Node>('StatisticsNode').implement({
  description: 'What a row or a column counts.',
  fields: (t) => ({
    key: t.exposeString('key', { description: '`category:academic-master`, `discipline:0812`, `year:2026`.' }),
    name: t.exposeString('zh', { description: 'In Chinese.' }),
    nameEn: t.exposeString('en'),
    parent: t.exposeString('parent', { nullable: true, description: 'The key of what it is summed up in.' }),
  }),
});

const RowRef = builder.objectRef<TableRow>('StatisticsRow').implement({
  description: 'A row of a table.',
  fields: (t) => ({
    node: t.field({ type: NodeRef, nullable: true, description: 'Null: the total.', resolve: ({ node }) => node }),
    cells: t.field({
      type: [StatisticsCellRef],
      description: 'In the order of the columns.',
      resolve: ({ cells }) => cells.map((count) => ({ count })),
    }),
    total: t.field({ type: StatisticsCellRef, resolve: ({ total }) => ({ count: total }) }),
  }),
});
const RowConnection = connectionType('StatisticsRow', RowRef);

/** A table. */
export const StatisticsTableRef = builder.objectRef<StatisticsTable>('StatisticsTable').implement({
  description: 'Counts by rows and columns. A dimension that is withheld gives no rows or columns.',
  fields: (t) => ({
    rows: t.field({ type: StatisticsDimensionEnum, resolve: (table) => table.rows }),
    columns: t.field({
      type: StatisticsColumnEnum,
      nullable: true,
      resolve: (table) => table.columns as ColumnDimension | null,
    }),
    heads: t.field({ type: [NodeRef], description: 'The columns.', resolve: (table) => [...table.heads] }),
    lines: t.field({
      type: RowConnection,
      description: 'The rows; the last is the total.',
      args: PAGE_ARGS,
      complexity: pageCost,
      resolve: (table, args) => listPage('lines', table.lines, args),
    }),
  }),
});

/** The arguments of a table. */
export const TABLE_ARGS = builder.args((t) => ({
  rows: t.field({ type: StatisticsDimensionEnum, description: 'YEAR stands only in `publishedStatisticsByYear`.' }),
  columns: t.field({ type: StatisticsColumnEnum, required: false }),
  subtotals: t.boolean({ required: false, defaultValue: false, description: 'With the sums of the coarser rows.' }),
}));

const NO_YEARS = {
  zh: '年份之间的比较请用 publishedStatisticsByYear。',
  en: 'For years one under the other ask publishedStatisticsByYear.',
};

/** @throws GraphQLError BAD_USER_INPUT: rows and columns make no table */
export function checkTable(rows: Dimension, columns: ColumnDimension | null): void {
  if (rows === 'year') throw badInput(NO_YEARS, { path: 'rows', found: 'YEAR' });
  const [wrong] = tableViolations(rows, columns);
  if (wrong === undefined) return;
  const { message: zh, messageEn: en, path, found, expected } = wrong;
  throw badInput({ zh, en }, { path, found, expected });
}
