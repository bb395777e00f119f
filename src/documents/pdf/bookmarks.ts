// The outline that a viewer shows beside the pages: the letter and each of its annexes (ISO 32000-1, 12.3.3).

import { PAGE } from '../page.ts';
import type { Sheet } from './canvas.ts';
import { type PdfFile, textString } from './pdf-file.ts';

/** An entry of the outline and the page where it leads. */
export interface Bookmark {
  title: string;
  sheet: Sheet;
}

/** Writes the outline; a viewer opens with it shown. */
export function writeBookmarks(file: PdfFile, bookmarks: readonly Bookmark[]): void {
  const root = file.ref({ Type: 'Outlines' });
  const items = bookmarks.map(({ title, sheet }) => {
    return file.ref({ Title: textString(title), Parent: root, Dest: [sheet.ref, 'XYZ', 0, PAGE.height, 0] });
  });
  items.forEach((item, index) => {
    const [before, after] = [items[index - 1], items[index + 1]];
    if (before !== undefined) item.data.Prev = before;
    if (after !== undefined) item.data.Next = after;
    item.end();
  });
  Object.assign(root.data, { First: items[0], Last: items.at(-1), Count: items.length });
  root.end();
  file.catalog.Outlines = root;
  file.catalog.PageMode = 'UseOutlines';
}
