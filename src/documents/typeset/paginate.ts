// Rows onto pages: headings stay with their text, the signature block is never alone on a page (GB/T 9704-2012, 7.3.5).
import { GRID } from '../page.ts';

/** What pagination needs to know of a row. */
export interface Row {
  blank: boolean;
  /** Never the last row of a page: a heading. */
  keepWithNext: boolean;
  /** Height in points of what is no line of the grid: a row of a table. */
  height?: number;
  /** Room above it when a page begins with it: the head of its table, repeated. */
  lead?: number;
}

/** A page: rows from `start` to `end` (exclusive), and the line pitch in points. The last page carries the signature block. */
export interface PageOfRows {
  start: number;
  end: number;
  pitch: number;
}

/** The text and its signature block. Heights in points. */
export interface Flow {
  rows: readonly Row[];
  /** Room for rows on the first page, and on the others. */
  firstHeight: number;
  height: number;
  /** Lines of the signature block, and points under it. */
  tail: number;
  foot?: number;
  /** How many of the last rows go with the signature block when it moves to a new page. */
  together: number;
}

/** Divides rows among pages. */
export function paginate(flow: Flow): PageOfRows[] {
  const { rows } = flow;
  const pages: PageOfRows[] = [];
  let start = 0;
  for (;;) {
    while (pages.length > 0 && rows[start]?.blank === true) start++;
    const height = pages.length === 0 ? flow.firstHeight : flow.height;
    const pitch = closingPitch(flow, start, height, pages.length > 0);
    if (pitch !== undefined) return [...pages, { start, end: rows.length, pitch }];
    const end = cut(flow, start, height, pages.length > 0);
    pages.push({ start, end, pitch: GRID.line });
    start = end;
  }
}

/** The pitch at which all that is left and the signature block stand on one page; closing up the lines a little keeps the end of a letter together. */
function closingPitch(flow: Flow, start: number, height: number, later: boolean): number | undefined {
  let fixed = (flow.foot ?? 0) + (later ? (flow.rows[start]?.lead ?? 0) : 0);
  let lines = flow.tail;
  for (let i = start; i < flow.rows.length; i++) {
    const own = flow.rows[i]?.height;
    if (own === undefined) lines++;
    else fixed += own;
  }
  const pitch = (height - fixed + 1e-6) / lines;
  return pitch < GRID.tightest ? undefined : Math.min(pitch, GRID.line);
}

/** Where a page ends: as late as possible, but with text left for the signature block and no heading at the foot. */
function cut(flow: Flow, start: number, height: number, later: boolean): number {
  const { rows, together } = flow;
  let end = start;
  let used = later ? (rows[start]?.lead ?? 0) : 0;
  while (end < rows.length) {
    used += rows[end]?.height ?? GRID.line;
    if (used > height + 1e-6) break;
    end++;
  }
  const left = rows.length - end;
  if (left < together && end - start > together) end = rows.length - together;
  else if (left < 2) end = rows.length - 2;
  while (end > start + 1 && rows[end - 1]?.keepWithNext === true) end--;
  return Math.max(start + 1, end);
}
