// How wide the columns of a table are: what is short and regular keeps its width, the rest shares the room.
import type { FontSet, Style } from './fonts.ts';
import type { Annex } from './letter.ts';
import { BLOCK, SIZE } from './page.ts';
import { shapeText } from './shape.ts';

/** Empty room on each side of a cell. */
export const PADDING = 3;
/** No column is narrower than this many characters. */
const LEAST = 2;

/** Widths in points; together exactly the width of the block. */
export function columnWidths(fonts: FontSet, annex: Annex): number[] {
  const natural = annex.columns.map((column, index) => {
    let widest = textWidth(fonts.styles.hei, column.heading);
    for (const row of annex.rows) widest = Math.max(widest, textWidth(fonts.styles.fangsong, row[index] ?? ''));
    return Math.max(widest, LEAST * SIZE.table) + 2 * PADDING;
  });
  const total = natural.reduce((sum, width) => sum + width, 0);
  const spare = BLOCK.width - total;
  // Room left over is shared by all; room lacking is taken from the columns that may wrap.
  if (spare >= 0) return natural.map((width) => width + spare / natural.length);
  return squeeze(annex, natural, fonts);
}

function squeeze(annex: Annex, natural: readonly number[], fonts: FontSet): number[] {
  const least = annex.columns.map((column, index) => {
    const width = natural[index] ?? 0;
    if (column.fixed) return width;
    return Math.min(width, Math.max(textWidth(fonts.styles.hei, column.heading), 4 * SIZE.table) + 2 * PADDING);
  });
  const base = least.reduce((sum, width) => sum + width, 0);
  const room = BLOCK.width - base;
  // Even the least is too much (a certificate number of thirty digits): every column gives way, and cells break inside words.
  if (room < 0) return least.map((width) => (width / base) * BLOCK.width);
  const wanted = natural.map((width, index) => Math.sqrt(Math.max(0, width - (least[index] ?? 0))));
  const sum = wanted.reduce((all, width) => all + width, 0) || 1;
  return least.map((width, index) => width + ((wanted[index] ?? 0) / sum) * room);
}

/** Width of a text in one line. The commonest characters need no shaping. */
function textWidth(style: Style, text: string): number {
  return shapeText(style, [text]).reduce((sum, { shape, western }) => {
    return sum + (western ? shape.width : Math.max(1, shape.width)) * SIZE.table;
  }, 0);
}
