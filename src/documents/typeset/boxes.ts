// What the typesetter works with: settings, boxes with their natural widths, and finished lines. Lengths in points.

import type { Style } from '../fonts/fonts.ts';
import { emptyOnLeft, emptyOnRight, isDoubled } from './characters.ts';
import type { Grapheme } from './shape.ts';

/** How a paragraph is set. Lengths in points. */
export interface Setting {
  style: Style;
  size: number;
  /** Advance of a full-width character; the type size unless the grid asks for another. */
  cell?: number;
  /** Width of the block. */
  width: number;
  /** Indent of the first line. */
  indent?: number;
  /** Indent of the lines after it. */
  hang?: number;
  align?: 'justify' | 'left' | 'center' | 'right';
}

/** One grapheme in its place: x from the left edge of the block. */
export interface PlacedGrapheme {
  grapheme: Grapheme;
  x: number;
}

/** One line. */
export interface Line {
  text: string;
  size: number;
  glyphs: readonly PlacedGrapheme[];
  /** Left and right edge of the ink, without the empty half of a mark at the end. */
  left: number;
  right: number;
}

/** A grapheme with the room it takes. */
export interface Box {
  grapheme: Grapheme;
  /** Advance before squeezing. */
  width: number;
  /** What its neighbour lets it give up, before and behind. */
  lead: number;
  tail: number;
}

/** Natural widths, with the squeeze of neighbouring marks already taken off. */
export function measure(graphemes: readonly Grapheme[], setting: Setting): Box[] {
  const cell = setting.cell ?? setting.size;
  const boxes = graphemes.map((grapheme) => {
    // 间隔号 takes half a cell in every face (GB/T 15834, 5.1.9), though some draw it in a whole one.
    if (grapheme.text === '·') return { grapheme, width: cell / 2, lead: 0, tail: 0 };
    const natural = grapheme.shape.width * setting.size;
    const full = !grapheme.western && grapheme.shape.width > 0.7;
    return { grapheme, width: full ? Math.max(cell, natural - setting.size + cell) : natural, lead: 0, tail: 0 };
  });
  for (let i = 0; i + 1 < boxes.length; i++) {
    const a = boxes[i];
    const b = boxes[i + 1];
    if (a === undefined || b === undefined || isDoubled(a.grapheme.text, b.grapheme.text)) continue;
    const marks = isMark(a) && isMark(b);
    if (marks && emptyOnRight(a.grapheme.text)) a.tail = cell / 2;
    else if (marks && emptyOnLeft(a.grapheme.text) && emptyOnLeft(b.grapheme.text)) b.lead = cell / 2;
  }
  return boxes;
}

function isMark(box: Box): boolean {
  return !box.grapheme.western && (emptyOnLeft(box.grapheme.text) || emptyOnRight(box.grapheme.text));
}

/** What a mark at the end of a line may give up: its empty right half. A space at the end takes no room at all. */
export function endTrim(box: Box, cell: number): number {
  if (box.grapheme.text === ' ') return box.width;
  return isMark(box) && emptyOnRight(box.grapheme.text) ? cell / 2 : 0;
}
