// A table over as many pages as it needs, its head repeated: columns measured, rows set, cells tagged.
import type { Line, Setting } from './boxes.ts';
import { artifact, type Canvas, drawLine, drawRule, type Sheet, tagged } from './canvas.ts';
import { columnWidths, PADDING } from './columns.ts';
import type { FontSet, Style } from './fonts.ts';
import type { Annex } from './letter.ts';
import { BLOCK, baselineIn, SIZE } from './page.ts';
import type { Span } from './shape.ts';
import { addTag, type Tag } from './structure.ts';
import { typeset } from './typeset.ts';

/** Pitch of lines inside a cell and the least height of a row. */
const PITCH = 14.5;
const LEAST = 26;
const FRAME = 1.2;
const HAIR = 0.5;

/** A row, set: one list of lines for each column. */
interface SetRow {
  cells: readonly (readonly Line[])[];
  height: number;
}

/** A table, set but not yet drawn. */
export interface SetTable {
  widths: readonly number[];
  head: SetRow;
  rows: readonly SetRow[];
}

/** Sets a table to the width of the block. */
export function setTable(fonts: FontSet, annex: Annex): SetTable {
  const widths = columnWidths(fonts, annex);
  const set = (cells: readonly string[], heading: boolean): SetRow => {
    const lines = cells.map((cell, index) => {
      const name = !heading && annex.columns[index]?.name === true;
      return setCell(
        name ? { text: cell, name } : cell,
        heading ? fonts.styles.hei : fonts.styles.fangsong,
        widths[index] ?? 0,
      );
    });
    const most = Math.max(...lines.map((cell) => cell.length));
    return { cells: lines, height: Math.max(LEAST, most * PITCH + 8) };
  };
  return {
    widths,
    head: set(
      annex.columns.map((column) => column.heading),
      true,
    ),
    rows: annex.rows.map((row) => set(row, false)),
  };
}

/** Sets a cell in as few lines as it needs, and these about equally long: one character alone on a line looks like a mistake. */
function setCell(text: string | Span, style: Style, column: number): Line[] {
  const setting: Setting = { style, size: SIZE.table, width: column - 2 * PADDING, align: 'center' };
  const lines = typeset([text], setting);
  if (lines.length === 1) return lines;
  const total = lines.reduce((sum, line) => sum + line.right - line.left, 0);
  for (let width = total / lines.length; width < setting.width; width += SIZE.table / 2) {
    const even = typeset([text], { ...setting, width });
    const shift = (setting.width - width) / 2;
    if (even.length === lines.length) return even.map((line) => moved(line, shift));
  }
  return lines;
}

function moved(line: Line, by: number): Line {
  const glyphs = line.glyphs.map(({ grapheme, x }) => ({ grapheme, x: x + by }));
  return { ...line, glyphs, left: line.left + by, right: line.right + by };
}

/**
 * Divides rows among pages.
 * @param first room on the first page, `full` on the others, `foot` kept free under the last row
 * @returns the number of rows on each page; the last page has at least one
 */
export function divideRows(table: SetTable, first: number, full: number, foot: number): number[] {
  const counts: number[] = [];
  let room = first - table.head.height;
  let used = 0;
  let count = 0;
  table.rows.forEach((row, index) => {
    const last = index === table.rows.length - 1;
    if (count > 0 && used + row.height + (last ? foot : 0) > room) {
      counts.push(count);
      room = full - table.head.height;
      used = 0;
      count = 0;
    }
    used += row.height;
    count++;
  });
  return [...counts, count];
}

/** Draws the rows from `from` on, with the head above them; returns y under the table. Only the first head is content. */
export function drawTablePart(
  canvas: Canvas,
  sheet: Sheet,
  table: SetTable,
  tag: Tag,
  y: number,
  from: number,
  count: number,
): number {
  const rows = [table.head, ...table.rows.slice(from, from + count)];
  let top = y;
  rows.forEach((row, index) => {
    if (index > 0) drawCells(canvas, sheet, table, row, top, addTag(tag, 'TR'), 'TD');
    else if (from === 0) drawCells(canvas, sheet, table, row, top, addTag(tag, 'TR'), 'TH');
    else artifact(sheet, 'Pagination', () => drawCells(canvas, sheet, table, row, top));
    top += row.height;
  });
  artifact(sheet, 'Layout', () => drawGrid(sheet, table.widths, rows, y, top));
  return top;
}

function drawCells(
  canvas: Canvas,
  sheet: Sheet,
  table: SetTable,
  row: SetRow,
  top: number,
  parent?: Tag,
  type = 'TD',
): void {
  let x = BLOCK.left;
  row.cells.forEach((lines, index) => {
    const draw = (): void => {
      let y = top + (row.height - lines.length * PITCH) / 2;
      for (const line of lines) {
        drawLine(canvas, sheet, line, x + PADDING, baselineIn(y, PITCH, SIZE.table));
        y += PITCH;
      }
    };
    if (parent === undefined) draw();
    else {
      const attributes = type === 'TH' ? { attributes: { O: 'Table', Scope: 'Column' } } : {};
      tagged(sheet, addTag(parent, type, attributes), draw);
    }
    x += table.widths[index] ?? 0;
  });
}

function drawGrid(sheet: Sheet, widths: readonly number[], rows: readonly SetRow[], top: number, bottom: number): void {
  let y = top;
  rows.forEach((row, index) => {
    drawRule(sheet, BLOCK.left, y, BLOCK.right, y, index === 0 ? FRAME : HAIR);
    y += row.height;
  });
  drawRule(sheet, BLOCK.left, bottom, BLOCK.right, bottom, FRAME);
  let x: number = BLOCK.left;
  [0, ...widths].forEach((width, index) => {
    x += width;
    const edge = index === 0 || index === widths.length;
    drawRule(sheet, x, top - FRAME / 2, x, bottom + FRAME / 2, edge ? FRAME : HAIR);
  });
}
