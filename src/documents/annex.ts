// An annex on pages of its own: label, title, its tables one under the other, each over as many pages as it needs.

import { chartHeight, drawChart } from './chart.ts';
import type { FontSet } from './fonts/fonts.ts';
import type { Annex, AnnexPart } from './letter.ts';
import { BLOCK, baselineIn, GRID, SIZE } from './page.ts';
import { addSheet, type Canvas, drawLine, type Sheet, tagged } from './pdf/canvas.ts';
import { addTag, type Tag } from './pdf/structure.ts';
import { setForm } from './typeset/set-form.ts';
import { setList } from './typeset/set-list.ts';
import { addTable, divideTable, drawTable, leastRoom } from './typeset/table.ts';
import { setTitle } from './typeset/title.ts';
import { typeset } from './typeset/typeset.ts';

/** Where something was drawn last. */
export interface Cursor {
  sheet: Sheet;
  y: number;
}

/** Draws an annex on new pages and keeps `foot` points free at the foot of the last one; returns where it ends. */
export function drawAnnex(canvas: Canvas, fonts: FontSet, annex: Annex, foot: number): Cursor {
  const section = addTag(canvas.root, 'Sect');
  const sheet = addSheet(canvas);
  const label = typeset([annex.label], { style: fonts.styles.hei, size: SIZE.body, width: BLOCK.width, align: 'left' });
  tagged(sheet, addTag(section, 'P'), () => {
    for (const line of label) drawLine(canvas, sheet, line, BLOCK.left, baselineIn(BLOCK.top, GRID.line, SIZE.body));
  });
  // The title stands on the third row.
  let y = BLOCK.top + 2 * GRID.line;
  const title = setTitle([annex.title], { style: fonts.styles.title, size: SIZE.title, width: BLOCK.width });
  tagged(sheet, addTag(section, 'H2'), () => {
    for (const line of title) {
      drawLine(canvas, sheet, line, BLOCK.left, baselineIn(y, GRID.line, SIZE.title));
      y += GRID.line;
    }
  });
  y += GRID.line / 2;
  return annex.parts.reduce<Cursor>(
    (cursor, part, index) =>
      drawPart(canvas, fonts, section, part, cursor, index === annex.parts.length - 1 ? foot : 0),
    { sheet, y },
  );
}

const NOTE = GRID.line * 1.3;

function drawPart(canvas: Canvas, fonts: FontSet, section: Tag, part: AnnexPart, from: Cursor, foot: number): Cursor {
  const table = part.table.kind === 'list' ? setList(fonts, part.table) : setForm(fonts, part.table);
  let { sheet, y } = from;
  const heading = part.heading === undefined ? 0 : GRID.line * 1.2;
  const under = foot + (part.note === undefined ? 0 : NOTE);
  if (part.chart !== undefined) {
    if (y + chartHeight(part.chart) > BLOCK.bottom && y > BLOCK.top) {
      sheet = addSheet(canvas);
      y = BLOCK.top;
    }
    y = drawChart(canvas, sheet, fonts, section, part.chart, y) + GRID.line / 2;
  }
  if (y + heading + leastRoom(table) > BLOCK.bottom) {
    // Nothing fits under what stands there: the heading goes with its table.
    sheet = addSheet(canvas);
    y = BLOCK.top;
  }
  const pages = divideTable(table, BLOCK.bottom - y - heading, BLOCK.height, under);
  if (part.heading !== undefined) {
    write(canvas, fonts, { sheet, y }, addTag(section, 'H3'), part.heading, 'hei');
    y += heading;
  }
  const tag = addTable(section);
  pages.forEach((fragments, index) => {
    if (index > 0) {
      sheet = addSheet(canvas);
      y = BLOCK.top;
    }
    y = drawTable(canvas, sheet, table, tag, y, fragments, index === 0);
  });
  if (part.note !== undefined) {
    write(canvas, fonts, { sheet, y: y + 6 }, addTag(section, 'P'), part.note, 'fangsong');
    y += NOTE;
  }
  return { sheet, y: y + GRID.line / 2 };
}

function write(canvas: Canvas, fonts: FontSet, at: Cursor, tag: Tag, text: string, style: 'hei' | 'fangsong'): void {
  const size = style === 'hei' ? 14 : SIZE.body;
  const lines = typeset([text], { style: fonts.styles[style], size, width: BLOCK.width, align: 'left' });
  tagged(at.sheet, tag, () => {
    lines.forEach((line, index) => {
      drawLine(canvas, at.sheet, line, BLOCK.left, baselineIn(at.y + index * GRID.line, GRID.line, size));
    });
  });
}
