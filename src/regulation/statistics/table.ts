// The tables that can be asked for: any dimension in the rows, none or one of another axis in the columns.

import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { keysOf } from '../vocabulary.ts';
import type { Node, StatisticsContent } from './content.ts';
import { cellKey, dimensionOf } from './cube.ts';
import { AXES, type Axis, COLUMN_DIMENSIONS, type ColumnDimension, DIMENSIONS, type Dimension } from './dimensions.ts';

/** A row: a node, or null for the total; its cells in the order of the columns, and the whole row. Null is suppressed. */
export interface TableRow {
  readonly node: Node | null;
  readonly cells: readonly (number | null)[];
  readonly total: number | null;
}

/** A table of counts. */
export interface StatisticsTable {
  readonly rows: Dimension;
  readonly columns: Dimension | null;
  readonly heads: readonly Node[];
  readonly lines: readonly TableRow[];
}

/** What is wrong with a wanted table: two dimensions of one axis part nobody. */
export function tableViolations(rows: Dimension, columns: ColumnDimension | null): Violation[] {
  if (columns === null || DIMENSIONS[rows].axis !== DIMENSIONS[columns].axis) return [];
  const found = `${DIMENSIONS[rows].zh}×${DIMENSIONS[columns].zh}`;
  return [violation('statistics-same-axis', 'columns', { found, expected: otherAxes(rows) })];
}

function otherAxes(rows: Dimension): string {
  const others = keysOf(COLUMN_DIMENSIONS).filter((one) => DIMENSIONS[one].axis !== DIMENSIONS[rows].axis);
  return others.map((one) => DIMENSIONS[one].zh).join('、');
}

/** The count of some nodes of different axes, in any order: null suppressed, 0 where there is nobody. */
export function lookIn(content: StatisticsContent): (...nodes: readonly (string | null)[]) => number | null {
  const counts = new Map(content.cells.map(({ key, count }) => [key, count]));
  const place = (node: string): number => AXES.indexOf(DIMENSIONS[dimensionOf(node)].axis as Axis);
  return (...nodes) => {
    const named = nodes.filter((node) => node !== null).sort((a, b) => place(a) - place(b));
    const count = counts.get(cellKey(...named));
    return count === undefined ? 0 : count;
  };
}

/**
 * The table of one year; of a dimension that is withheld it has no rows or columns. The coarser dimension of the axis stands as
 * sub-totals between the rows, where `subtotals` asks for them. The last row is the total.
 */
export function tableOf(
  content: StatisticsContent,
  rows: Dimension,
  columns: Dimension | null,
  subtotals = false,
): StatisticsTable {
  const look = lookIn(content);
  const nodesOf = (dimension: Dimension): Node[] => content.nodes.filter(({ key }) => dimensionOf(key) === dimension);
  const heads = columns === null ? [] : nodesOf(columns);
  const own = nodesOf(rows);
  const above = subtotals ? content.nodes.filter(({ key }) => own.some(({ parent }) => parent === key)) : [];
  const shown =
    subtotals && above.length > 0 ? above.flatMap((sum) => [sum, ...own.filter((one) => one.parent === sum.key)]) : own;
  const line = (node: Node | null): TableRow => ({
    node,
    cells: heads.map((head) => look(node?.key ?? null, head.key)),
    total: look(node?.key ?? null),
  });
  return { rows, columns, heads, lines: [...shown.map(line), line(null)] };
}

/**
 * Years one under the other, each from its own protected cube; the people of two years are never the same. A sum over years is shown
 * where none of its parts is suppressed, so that it says nothing that its parts do not.
 */
export function tableByYear(contents: readonly StatisticsContent[], columns: Dimension | null): StatisticsTable {
  const heads = new Map<string, Node>();
  for (const { nodes } of contents)
    for (const node of nodes) if (dimensionOf(node.key) === columns) heads.set(node.key, heads.get(node.key) ?? node);
  const shown = [...heads.values()];
  const lines = contents.map((content): TableRow => {
    const look = lookIn(content);
    const gone = columns !== null && content.withheld.includes(columns);
    const year = String(content.year);
    return {
      node: { key: `year:${year}`, zh: `${year}年`, en: year, parent: null },
      cells: shown.map((head) => (gone ? null : look(head.key))),
      total: look(null),
    };
  });
  const sum = (values: readonly (number | null)[]): number | null =>
    values.reduce<number | null>((all, one) => (all === null || one === null ? null : all + one), 0);
  const total: TableRow = {
    node: null,
    cells: shown.map((_, at) => sum(lines.map(({ cells }) => cells[at] ?? null))),
    total: sum(lines.map((line) => line.total)),
  };
  return { rows: 'year', columns, heads: shown, lines: [...lines, total] };
}
