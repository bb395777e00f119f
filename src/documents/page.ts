// The page of GB/T 9704-2012: sizes in points, the grid of 22 lines by 28 cells, y counted downwards from the top edge.

/** Points of a length in millimetres. */
export function mm(millimetres: number): number {
  return (millimetres * 72) / 25.4;
}

/** A4. */
export const PAGE = { width: mm(210), height: mm(297) } as const;

/** 版心: the text block, 156 × 225 mm, 37 mm from the top and 28 mm from the left edge. */
export const BLOCK = {
  left: mm(28),
  top: mm(37),
  width: mm(156),
  height: mm(225),
  right: mm(184),
  bottom: mm(262),
} as const;

/** The grid: 28 cells in a line, 22 lines on a page; lines may close up to `tightest` to keep a page together. */
export const GRID = { cell: mm(156) / 28, line: mm(225) / 22, tightest: 27.5 } as const;

/** Type sizes: 三号 body, 二号 title, 四号 page number, 五号 table, 小五 notes. */
export const SIZE = { body: 16, title: 22, pageNumber: 14, table: 10.5, note: 9 } as const;

/** Official red. */
export const RED = '0.85 0.13 0.12';

/** Base line of type standing in the middle of a row: ideographs have their centre 0.372 em above it. */
export function baselineIn(top: number, height: number, size: number): number {
  return top + height / 2 + 0.372 * size;
}

/** How many rows of a height fit. */
export function rowsIn(height: number, pitch: number): number {
  return Math.floor(height / pitch + 1e-6);
}
