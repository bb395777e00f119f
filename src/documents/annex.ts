// 附件1: the list of people on pages of its own, with the note that nothing follows, and the verification block at its foot.
import { addSheet, type Canvas, drawLine, type Sheet, tagged } from './canvas.ts';
import type { FontSet } from './fonts.ts';
import type { Annex } from './letter.ts';
import { BLOCK, baselineIn, GRID, SIZE } from './page.ts';
import { addTag } from './structure.ts';
import { divideRows, drawTablePart, setTable } from './table.ts';
import { setTitle } from './title.ts';
import { typeset } from './typeset.ts';

/** Draws the annex on new pages and keeps `foot` points free at the foot of the last one; returns that page. */
export function drawAnnex(canvas: Canvas, fonts: FontSet, annex: Annex, foot: number): Sheet {
  const table = setTable(fonts, annex);
  let sheet = addSheet(canvas);
  const label = typeset([annex.label], { style: fonts.styles.hei, size: SIZE.body, width: BLOCK.width, align: 'left' });
  tagged(sheet, addTag(canvas.root, 'P'), () => {
    for (const line of label) drawLine(canvas, sheet, line, BLOCK.left, baselineIn(BLOCK.top, GRID.line, SIZE.body));
  });
  // The title stands on the third row.
  let y = BLOCK.top + 2 * GRID.line;
  const title = setTitle([annex.title], { style: fonts.styles.title, size: SIZE.title, width: BLOCK.width });
  tagged(sheet, addTag(canvas.root, 'H2'), () => {
    for (const line of title) {
      drawLine(canvas, sheet, line, BLOCK.left, baselineIn(y, GRID.line, SIZE.title));
      y += GRID.line;
    }
  });
  y += GRID.line / 2;

  const tag = addTag(canvas.root, 'Table');
  let from = 0;
  divideRows(table, BLOCK.bottom - y, BLOCK.height, GRID.line * 1.3 + foot).forEach((count, index) => {
    if (index > 0) {
      sheet = addSheet(canvas);
      y = BLOCK.top;
    }
    y = drawTablePart(canvas, sheet, table, tag, y, from, count);
    from += count;
  });
  const note = typeset([annex.note], {
    style: fonts.styles.fangsong,
    size: SIZE.body,
    width: BLOCK.width,
    align: 'left',
  });
  const last = sheet;
  tagged(last, addTag(canvas.root, 'P'), () => {
    for (const line of note) drawLine(canvas, last, line, BLOCK.left, baselineIn(y + 6, GRID.line, SIZE.body));
  });
  return last;
}
