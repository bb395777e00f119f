// How wide the columns of a table are: what is short and regular keeps its width, the rest shares the room.

import type { FontSet, Style } from '../fonts/fonts.ts';
import type { List } from '../letter.ts';
import { BLOCK } from '../page.ts';
import { measure } from './boxes.ts';
import { shapeText } from './shape.ts';

/** Empty room on each side of a cell. */
export const PADDING = 2.5;
/** No column is narrower than this many characters. */
const LEAST = 2;
/** A column that may wrap keeps at least this many characters when the room is short. */
const NARROW = 4;
/** A name in one long word gets no more than this many characters for it. */
const WIDE = 7;

/** Widths in points for type of `size`; together exactly the width of the block. */
export function columnWidths(fonts: FontSet, list: List, size: number): number[] {
  const { fangsong, hei } = fonts.styles;
  const parts = list.columns.map((_, index) => list.rows.map((row) => partWidths(fangsong, row[index] ?? '', size)));
  const cells = parts.map((column) => column.map((widths) => maximum(widths, 0)));
  const headings = list.columns.map((column) => textWidth(hei, column.heading, size));
  const least = list.columns.map((column, index) => {
    const heading = Math.max(headings[index] ?? 0, LEAST * size);
    const widest = maximum(cells[index] ?? [], heading);
    if (column.fixed) return widest + 2 * PADDING;
    const words = column.name === true ? list.rows.map((row) => longestPart(fangsong, row[index] ?? '', size)) : [];
    const narrow = Math.min(maximum(words, NARROW * size), WIDE * size);
    return Math.min(widest, Math.max(heading, narrow)) + 2 * PADDING;
  });
  const base = least.reduce((sum, width) => sum + width, 0);
  // Even the least is too much (a number of thirty digits): every column gives way, and cells break inside words.
  if (base > BLOCK.width) return least.map((width) => (width / base) * BLOCK.width);
  const whole = parts.map((column) => column.map((widths) => widths.reduce((sum, width) => sum + width, 0)));
  return widen(least, cells, whole);
}

/** Gives room where it saves most rows from a second line for each point; what nobody needs is shared by all. */
function widen(
  least: readonly number[],
  cells: readonly (readonly number[])[],
  whole: readonly (readonly number[])[],
): number[] {
  const widths = [...least];
  let spare = BLOCK.width - least.reduce((sum, width) => sum + width, 0);
  const sorted = cells.map((column) => Float64Array.from(column).sort());
  for (;;) {
    let best: { column: number; width: number; gain: number } | undefined;
    widths.forEach((current, column) => {
      const inner = current - 2 * PADDING;
      let saved = 0;
      for (const width of sorted[column] ?? []) {
        if (width <= inner) continue;
        // Some air over the width, so that rounding never breaks what was meant to fit.
        const more = width + 0.1 - inner;
        if (more > spare) break;
        saved++;
        const gain = saved / more;
        if (best === undefined || gain >= best.gain) best = { column, width: current + more, gain };
      }
    });
    if (best === undefined) break;
    spare -= best.width - (widths[best.column] ?? 0);
    widths[best.column] = best.width;
  }
  if (cells.every((column, index) => maximum(column, 0) <= (widths[index] ?? 0) - 2 * PADDING)) {
    // Nobody needs more: all share it.
    return widths.map((width) => width + spare / widths.length);
  }
  return shorten(widths, whole, spare);
}

/** So many rows are enough to know which column makes the table long, and so many steps to share the room. */
const SAMPLE = 200;
const STEPS = 40;

/** Shares the room in small steps, each to the column that makes most rows high. */
function shorten(start: readonly number[], cells: readonly (readonly number[])[], spare: number): number[] {
  const widths = [...start];
  const count = cells[0]?.length ?? 0;
  const stride = Math.max(1, Math.floor(count / SAMPLE));
  for (let step = 0; step < STEPS; step++) {
    const blame = widths.map(() => 0);
    for (let row = 0; row < count; row += stride) {
      const lines = widths.map((width, column) => (cells[column]?.[row] ?? 0) / (width - 2 * PADDING));
      const most = maximum(lines, 1);
      lines.forEach((value, column) => {
        if (value >= most && value > 1) blame[column] = (blame[column] ?? 0) + value;
      });
    }
    const worst = blame.indexOf(Math.max(...blame));
    widths[worst] = (widths[worst] ?? 0) + spare / STEPS;
  }
  return widths;
}

function maximum(values: readonly number[], least: number): number {
  return values.reduce((most, value) => Math.max(most, value), least);
}

/** The longest part of a name that should stay whole: between · or spaces. */
function longestPart(style: Style, name: string, size: number): number {
  return maximum(
    name.split(/(?<=[· ])/).map((part) => textWidth(style, part.trimEnd(), size)),
    0,
  );
}

/** Widths of the lines that a text asks for: one for each of its parts. */
function partWidths(style: Style, text: string, size: number): number[] {
  return text.includes('\n')
    ? text.split('\n').map((part) => textWidth(style, part, size))
    : [textWidth(style, text, size)];
}

/** Width of a text in one line. */
function textWidth(style: Style, text: string, size: number): number {
  const graphemes = shapeText(style, [text]);
  return measure(graphemes, { style, size, width: 0 }).reduce((sum, box) => sum + box.width, 0);
}
