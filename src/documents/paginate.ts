// Rows onto pages: headings stay with their text, the signature block is never alone on a page (GB/T 9704-2012, 7.3.5).
import { GRID, rowsIn } from './page.ts';

/** What pagination needs to know of a row. */
export interface Row {
  blank: boolean;
  /** Never the last row of a page: a heading. */
  keepWithNext: boolean;
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
  /** Rows of the signature block. */
  tail: number;
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
    const rest = rows.length - start;
    if (rest + flow.tail <= rowsIn(height, GRID.line)) return [...pages, { start, end: rows.length, pitch: GRID.line }];
    // Closing up the lines a little keeps the end of a letter on its page.
    if (rest + flow.tail <= rowsIn(height, GRID.tightest)) {
      return [...pages, { start, end: rows.length, pitch: height / (rest + flow.tail) }];
    }
    const end = cut(flow, start, Math.min(rest, rowsIn(height, GRID.line)));
    pages.push({ start, end, pitch: GRID.line });
    start = end;
  }
}

/** Where a page ends: as late as possible, but with text left for the signature block and no heading at the foot. */
function cut(flow: Flow, start: number, room: number): number {
  const { rows, together } = flow;
  let end = start + room;
  const left = rows.length - end;
  if (left < together && room > together) end = rows.length - together;
  else if (left < 2) end = rows.length - 2;
  while (end > start + 1 && rows[end - 1]?.keepWithNext === true) end--;
  return Math.max(start + 1, end);
}
