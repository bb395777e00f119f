// The typesetter: graphemes into lines. 避头尾, numbers kept with 年月日号, paired marks squeezed, the rest spread over the line.

import { type Box, endTrim, type Line, measure, type Setting } from './boxes.ts';
import { FORBIDDEN, GOOD, gradeBreaks, TORN, WEAK } from './breaks.ts';
import { barredAtStart } from './characters.ts';
import { place } from './place.ts';
import { type Grapheme, type RichText, shapeText } from './shape.ts';

/**
 * Sets one paragraph (no line ends inside).
 * @returns its lines, at least one.
 * @throws MissingGlyph naming characters that no face has.
 */
export function typeset(text: RichText, setting: Setting): Line[] {
  const graphemes = shapeText(setting.style, text);
  return breakLines(graphemes, setting);
}

/** Sets graphemes that have faces already. */
export function breakLines(graphemes: readonly Grapheme[], setting: Setting): Line[] {
  const boxes = measure(graphemes, setting);
  const grades = gradeBreaks(graphemes);
  const lines: Line[] = [];
  let start = 0;
  do {
    const indent = start === 0 ? (setting.indent ?? 0) : (setting.hang ?? 0);
    const found = chooseEnd(boxes, grades, start, setting.width - indent, setting.cell ?? setting.size);
    const end = running(setting) ? withoutOrphan(boxes, grades, start, found) : found;
    lines.push(place(boxes.slice(start, end), setting, indent, end === boxes.length));
    start = end;
  } while (start < boxes.length);
  return lines;
}

/** Text that runs on from line to line; what is centred or set to the right is shaped otherwise. */
function running({ align }: Setting): boolean {
  return align === undefined || align === 'justify' || align === 'left';
}

/** A last line of one character and its mark takes another with it, where the line before can spare one (孤字不成行). */
function withoutOrphan(boxes: readonly Box[], grades: Uint8Array, start: number, end: number): number {
  const left = boxes.slice(end);
  if (left.length === 0 || left.length > 3 || left.filter(({ grapheme }) => !barredAtStart(grapheme.text)).length > 1) {
    return end;
  }
  for (let earlier = end - 1; earlier >= end - SPARED && earlier - start >= LONG; earlier--) {
    if (grades[earlier - 1] === GOOD) return earlier;
  }
  return end;
}

/** How many characters a line gives up for the next, and how many it must have to do so. */
const SPARED = 3;
const LONG = 12;

/** The end (exclusive) of the line that begins at `start`: the furthest place of the best grade that still fits. */
function chooseEnd(boxes: readonly Box[], grades: Uint8Array, start: number, width: number, cell: number): number {
  const best = [0, 0, 0, 0];
  const reach = [0, 0, 0, 0];
  let used = 0;
  let trailing = 0;
  for (let i = start; i < boxes.length; i++) {
    const box = boxes[i];
    if (box === undefined) break;
    const lead = i === start ? 0 : box.lead;
    used += box.width - lead;
    const fitted = used - trimAtEnd(box, cell, used, trailing);
    trailing = box.grapheme.text === ' ' ? trailing + box.width : 0;
    if (fitted > width + 0.01) break;
    used -= box.tail;
    if (i === boxes.length - 1) return boxes.length;
    const grade = grades[i] ?? GOOD;
    best[grade] = i + 1;
    reach[grade] = fitted;
  }
  const full = (grade: number): boolean => (reach[grade] ?? 0) >= width * 0.6;
  const end = (grade: number): number => best[grade] ?? 0;
  if (end(GOOD) > start && (full(GOOD) || !full(WEAK))) return end(GOOD);
  if (end(WEAK) > start) return end(WEAK);
  if (end(TORN) > start) return end(TORN);
  // Nothing else is left: a run of marks longer than a line. Even then nothing may be lost or stand outside.
  return Math.max(start + 1, end(FORBIDDEN));
}

function trimAtEnd(box: Box, cell: number, used: number, trailing: number): number {
  if (box.grapheme.text === ' ') return Math.min(used, trailing + box.width);
  return endTrim(box, cell);
}
