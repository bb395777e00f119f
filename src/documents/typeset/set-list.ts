// A list set as a table: columns measured, each cell in as few lines as it needs.

import type { FontSet, Style } from '../fonts/fonts.ts';
import type { List } from '../letter.ts';
import { SIZE } from '../page.ts';
import type { Line, Setting } from './boxes.ts';
import { columnWidths, PADDING } from './columns.ts';
import type { Span } from './shape.ts';
import { AIR, type SetRow, type SetTable } from './table.ts';
import { typeset } from './typeset.ts';

/** Least height of a row, as a part of the type size; pitch of the lines inside a cell. */
const LEAST = 2.48;
const PITCH = 1.38;
/** A row of more lines than this may go on on the next page. */
const WHOLE = 20;

/** Sets a list row by row, so that a long one is never set as a whole. */
export interface ListSetter {
  readonly size: number;
  readonly pitch: number;
  readonly head: SetRow;
  row(texts: readonly string[]): SetRow;
}

/** Measures the columns of a list to the width of the block. `size` in points. */
export function listSetter(fonts: FontSet, list: List, size: number = SIZE.table): ListSetter {
  const widths = columnWidths(fonts, list, size);
  const edges: number[] = [];
  let x = 0;
  for (const width of widths) {
    edges.push(x);
    x += width;
  }
  const pitch = size * PITCH;
  const set = (texts: readonly string[], heading: boolean): SetRow => {
    const style = heading ? fonts.styles.hei : fonts.styles.fangsong;
    const cells = texts.map((text, index) => {
      const width = widths[index] ?? 0;
      const name = !heading && list.columns[index]?.name === true;
      const inner = width - 2 * PADDING;
      const lines = heading
        ? setLabel(text, style, size, inner)
        : setCell(name ? { text, name } : text, style, size, inner);
      const cell = { x: edges[index] ?? 0, width, pad: PADDING, lines };
      return heading ? { ...cell, scope: 'Column' as const } : cell;
    });
    const lines = cells.reduce((most, cell) => Math.max(most, cell.lines.length), 1);
    return { cells, lines, feet: 0, least: Math.max(size * LEAST, lines * pitch + AIR), splits: lines > WHOLE };
  };
  const head = set(
    list.columns.map((column) => column.heading),
    true,
  );
  return { size, pitch, head, row: (texts) => set(texts, false) };
}

/** Sets a list to the width of the block. `size` in points. */
export function setList(fonts: FontSet, list: List, size: number = SIZE.table): SetTable {
  const { row, ...table } = listSetter(fonts, list, size);
  return { ...table, rows: list.rows.map(row) };
}

/** Headings and labels set in a style: the same few in every document. */
const labels = new WeakMap<Style, Map<string, Line[]>>();
const KEPT = 500;

/** Sets a heading or a label like a cell. Cached. */
export function setLabel(text: string, style: Style, size: number, width: number): Line[] {
  let known = labels.get(style);
  if (known === undefined || known.size > KEPT) {
    known = new Map();
    labels.set(style, known);
  }
  const key = `${size}/${width}/${text}`;
  let lines = known.get(key);
  if (lines === undefined) {
    lines = setCell(text, style, size, width);
    known.set(key, lines);
  }
  return lines;
}

/** Sets a cell in as few lines as it needs, and these about equally long: one character alone on a line looks like a mistake. Parts of a text stand on lines of their own. */
export function setCell(text: string | Span, style: Style, size: number, width: number): Line[] {
  if (typeof text === 'string' && text.includes('\n')) {
    return text.split('\n').flatMap((part) => setCell(part, style, size, width));
  }
  const setting: Setting = { style, size, width, align: 'center' };
  const lines = typeset([text], setting);
  if (lines.length === 1) return lines;
  // A text of many lines reads as a paragraph; in a narrow column its words are not spread.
  if (lines.length > 3) return typeset([text], { ...setting, align: width > 8 * size ? 'justify' : 'left' });
  const total = lines.reduce((sum, line) => sum + line.right - line.left, 0);
  for (let narrow = total / lines.length; narrow < width; narrow += size / 2) {
    const even = typeset([text], { ...setting, width: narrow });
    const shift = (width - narrow) / 2;
    if (even.length === lines.length) return even.map((line) => moved(line, shift));
  }
  return lines;
}

function moved(line: Line, by: number): Line {
  const glyphs = line.glyphs.map(({ grapheme, x }) => ({ grapheme, x: x + by }));
  return { ...line, glyphs, left: line.left + by, right: line.right + by };
}
