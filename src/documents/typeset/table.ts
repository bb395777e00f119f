// A table that is set: rows of cells, divided among as many pages as they need, drawn with the head repeated and every cell tagged.

import { BLOCK, baselineIn } from '../page.ts';
import { artifact, type Canvas, drawLine, drawRule, type Sheet, tagged } from '../pdf/canvas.ts';
import { addTag, type Tag } from '../pdf/structure.ts';
import type { Line } from './boxes.ts';

/** Empty room above and below the lines of a cell, together. */
export const AIR = 8;
const FRAME = 1.2;
const HAIR = 0.5;
/** A row is parted with no fewer lines than this on either side. */
const FEWEST = 2;
/** The last page of a long table has at least this many rows. */
const COMPANY = 4;

/** A cell, set. `x` is the left edge of the cell from the left edge of the block, lines stand `pad` inside it. */
export interface SetCell {
  x: number;
  width: number;
  pad: number;
  lines: readonly Line[];
  /** Lines at the foot of the cell: who signed. */
  foot?: readonly Line[];
  /** What stands in a label when its row goes on on another page. */
  again?: () => readonly Line[];
  scope?: 'Row' | 'Column';
}

/** A row, set. */
export interface SetRow {
  cells: readonly SetCell[];
  /** The number of lines of its longest cell, and of the feet. */
  lines: number;
  feet: number;
  /** The least height in points. */
  least: number;
  /** True for rows that may go on on the next page. */
  splits: boolean;
}

/** A table, set but not yet drawn. */
export interface SetTable {
  size: number;
  pitch: number;
  head?: SetRow;
  rows: readonly SetRow[];
  /** From this row on the rows stay together where a page can hold them. */
  together?: number;
}

/** The lines `from` to `to` (exclusive) of a row: most often all of them. */
export interface Fragment {
  row: SetRow;
  from: number;
  to: number;
  height: number;
}

/** A row whole. */
export function wholeRow(table: SetTable, row: SetRow): Fragment {
  return fragment(table, row, 0, row.lines);
}

function fragment(table: SetTable, row: SetRow, from: number, to: number): Fragment {
  const lines = to - from + (to === row.lines ? row.feet : 0);
  return { row, from, to, height: Math.max(from === 0 && to === row.lines ? row.least : 0, lines * table.pitch + AIR) };
}

/** Height of the head. */
export function headHeight(table: SetTable): number {
  return table.head === undefined ? 0 : wholeRow(table, table.head).height;
}

/**
 * Divides a table among pages.
 * @param first room on the page where it begins, `full` on the others, `foot` kept free under the last row
 * @param ends false when more rows follow: then the last page may have few
 * @returns the fragments on each page, at least one on every page
 */
export function divideTable(table: SetTable, first: number, full: number, foot: number, ends = true): Fragment[][] {
  const head = headHeight(table);
  const pages: Fragment[][] = [];
  let page: Fragment[] = [];
  let room = first - head;
  const turn = (): void => {
    pages.push(page);
    page = [];
    room = full - head;
  };
  table.rows.forEach((row, index) => {
    const under = index === table.rows.length - 1 ? foot : 0;
    let from = 0;
    if (index === table.together && page.length > 0) {
      const all = table.rows.slice(index).reduce((sum, one) => sum + wholeRow(table, one).height, foot);
      if (all > room && all <= full - head) turn();
    }
    for (;;) {
      const rest = fragment(table, row, from, row.lines);
      const part = row.splits && rest.height + under > room ? largestPart(table, row, from, room) : undefined;
      // A row that fits on no page stands where a page begins all the same: nothing is ever left out.
      if (rest.height + under <= room || (part === undefined && page.length === 0)) {
        page.push(rest);
        room -= rest.height;
        return;
      }
      if (part !== undefined) {
        page.push(part);
        from = part.to;
      }
      turn();
    }
  });
  return ends ? withCompany([...pages, page], full - head - foot) : [...pages, page];
}

/** A last page with a row or two takes some more from the page before it, if these are whole and it has room for them. */
function withCompany(pages: Fragment[][], room: number): Fragment[][] {
  const last = pages.at(-1);
  const before = pages.at(-2);
  if (last === undefined || before === undefined || before.length < 3 * COMPANY) return pages;
  let used = last.reduce((sum, one) => sum + one.height, 0);
  while (last.length < COMPANY) {
    const one = before.at(-1);
    if (one === undefined || one.from > 0 || one.to < one.row.lines || used + one.height > room) break;
    used += one.height;
    last.unshift(one);
    before.pop();
  }
  return pages;
}

/** The least room in which a table can begin: its head and its first row, or as much of it as may stand alone. */
export function leastRoom(table: SetTable): number {
  const [row] = table.rows;
  if (row === undefined) return headHeight(table);
  const lines = fragment(table, row, 0, Math.min(row.lines, FEWEST));
  return headHeight(table) + (row.splits ? lines.height : wholeRow(table, row).height);
}

/** As many lines as the room holds, if enough of them stand on both sides. */
function largestPart(table: SetTable, row: SetRow, from: number, room: number): Fragment | undefined {
  const fitting = Math.floor((room - AIR) / table.pitch + 1e-6);
  const to = Math.min(from + fitting, row.lines - FEWEST);
  return to - from < FEWEST ? undefined : fragment(table, row, from, to);
}

/** A table being drawn: its element, and those of the rows that go on on another page. */
export interface TableTag {
  table: Tag;
  rows: Map<SetRow, Tag[]>;
}

/** Adds the element of a table. */
export function addTable(parent: Tag): TableTag {
  return { table: addTag(parent, 'Table'), rows: new Map() };
}

/**
 * Draws fragments from `y` down, with the head above them; returns y under the last.
 * @param begins true where the table begins: only that head is content, the others are repetitions
 */
export function drawTable(
  canvas: Canvas,
  sheet: Sheet,
  table: SetTable,
  tag: TableTag,
  y: number,
  fragments: readonly Fragment[],
  begins: boolean,
): number {
  const head = table.head === undefined ? [] : [wholeRow(table, table.head)];
  const all = [...head, ...fragments];
  let top = y;
  all.forEach((one, index) => {
    if (index >= head.length) drawCells(canvas, sheet, table, one, top, rowTags(tag, one));
    else if (begins) drawCells(canvas, sheet, table, one, top, rowTags(tag, one));
    else artifact(sheet, 'Pagination', () => drawCells(canvas, sheet, table, one, top));
    top += one.height;
  });
  artifact(sheet, 'Layout', () => drawGrid(sheet, all, y));
  return top;
}

/** One element for each cell, the same ones when the row goes on. */
function rowTags(tag: TableTag, { row, from, to }: Fragment): Tag[] {
  const known = from > 0 ? tag.rows.get(row) : undefined;
  if (known !== undefined) return known;
  const parent = addTag(tag.table, 'TR');
  const tags = row.cells.map(({ scope }) =>
    scope === undefined ? addTag(parent, 'TD') : addTag(parent, 'TH', { attributes: { O: 'Table', Scope: scope } }),
  );
  if (to < row.lines) tag.rows.set(row, tags);
  return tags;
}

function drawCells(
  canvas: Canvas,
  sheet: Sheet,
  table: SetTable,
  { row, from, to, height }: Fragment,
  top: number,
  tags?: readonly Tag[],
): void {
  const write = (cell: SetCell, lines: readonly Line[], y: number): void => {
    lines.forEach((line, index) => {
      const baseline = baselineIn(y + index * table.pitch, table.pitch, table.size);
      drawLine(canvas, sheet, line, BLOCK.left + cell.x + cell.pad, baseline);
    });
  };
  row.cells.forEach((cell, index) => {
    const tag = tags?.[index];
    const repeated = cell.again !== undefined && from > 0;
    const lines = cell.again === undefined ? cell.lines.slice(from, to) : repeated ? cell.again() : cell.lines;
    const foot = to === row.lines ? (cell.foot ?? []) : [];
    const free = height - (lines.length + foot.length) * table.pitch;
    const draw = (): void => {
      // What is signed stands above the middle, everything else in the middle.
      write(cell, lines, top + (foot.length > 0 ? AIR / 2 + (free - AIR) * 0.3 : free / 2));
      write(cell, foot, top + height - AIR / 2 - foot.length * table.pitch);
    };
    if (tag === undefined) draw();
    else if (repeated) artifact(sheet, 'Pagination', draw);
    else tagged(sheet, tag, draw);
  });
}

/** Rules: a frame round the whole, hairs between rows, and upright ones for every run of rows with the same cells. */
function drawGrid(sheet: Sheet, fragments: readonly Fragment[], top: number): void {
  let y = top;
  let run = top;
  fragments.forEach(({ row, height }, index) => {
    drawRule(sheet, BLOCK.left, y, BLOCK.right, y, index === 0 ? FRAME : HAIR);
    y += height;
    const next = fragments[index + 1]?.row;
    if (next !== undefined && sameEdges(row, next)) return;
    for (const { x } of row.cells.slice(1)) drawRule(sheet, BLOCK.left + x, run, BLOCK.left + x, y, HAIR);
    run = y;
  });
  drawRule(sheet, BLOCK.left, y, BLOCK.right, y, FRAME);
  for (const x of [BLOCK.left, BLOCK.right]) drawRule(sheet, x, top - FRAME / 2, x, y + FRAME / 2, FRAME);
}

function sameEdges(one: SetRow, other: SetRow): boolean {
  return one.cells.length === other.cells.length && one.cells.every((cell, index) => cell.x === other.cells[index]?.x);
}
