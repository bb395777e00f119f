// What stands outside the text block: page numbers, and the watermark of a draft.

import type { FontSet } from './fonts/fonts.ts';
import { glyphPath } from './fonts/outline.ts';
import { BLOCK, baselineIn, GRID, mm, PAGE, SIZE } from './page.ts';
import { artifact, type Canvas, drawLine, type Sheet } from './pdf/canvas.ts';
import { typeset } from './typeset/typeset.ts';

/** — 2 — in 四号 宋, 7 mm under the block: odd on the right, even on the left, one character from the edge (GB/T 9704-2012, 7.5). */
export function drawPageNumber(canvas: Canvas, sheet: Sheet, fonts: FontSet): void {
  const page = sheet.index + 1;
  const odd = page % 2 === 1;
  const [line] = typeset([`— ${page} —`], {
    // Half-width: figures and dashes both from the Latin face.
    style: { chain: fonts.styles.song.latin, latin: fonts.styles.song.latin },
    size: SIZE.pageNumber,
    width: BLOCK.width - GRID.cell,
    indent: odd ? 0 : GRID.cell,
    align: odd ? 'right' : 'left',
  });
  if (line === undefined) return;
  const top = BLOCK.bottom + mm(7) - SIZE.pageNumber / 2;
  artifact(sheet, 'Pagination', () =>
    drawLine(canvas, sheet, line, BLOCK.left, baselineIn(top, SIZE.pageNumber, SIZE.pageNumber)),
  );
}

/** 草稿 across the page, pale and beneath the text, as outlines: it cannot be copied into the text, and no search finds it there. */
export function drawWatermark(sheet: Sheet, fonts: FontSet): void {
  const size = mm(62);
  const turn = -Math.PI / 5;
  const out = ['/Artifact <</Type /Page>> BDC', 'q 0.91 0.91 0.91 rg'];
  ['草', '稿'].forEach((character, index) => {
    const along = (index === 0 ? -0.62 : 0.62) * size;
    const x = PAGE.width / 2 + along * Math.cos(turn);
    const y = PAGE.height / 2 - along * Math.sin(turn);
    out.push(glyphPath(fonts, fonts.seal, { character, x, y, width: size, height: size, turn }), 'f');
  });
  sheet.operators.unshift(...out, 'Q', 'EMC');
}
