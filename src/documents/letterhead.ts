// The head of the first page: the letter format (信函格式, GB/T 9704-2012, 10.1) or, with a signer, the red head of an upward document.

import type { FontSet, Style } from './fonts/fonts.ts';
import type { OfficialLetter } from './letter.ts';
import { BLOCK, baselineIn, GRID, mm, PAGE, RED, SIZE } from './page.ts';
import { artifact, type Canvas, drawLine, drawRule, type Sheet, tagged } from './pdf/canvas.ts';
import { addTag } from './pdf/structure.ts';
import type { Line } from './typeset/boxes.ts';
import { setTitle } from './typeset/title.ts';
import { typeset } from './typeset/typeset.ts';

/** The em box of 小标宋 above and below the base line, as parts of the size: the sender's name is placed by its ink. */
const INK = { above: 0.853, below: 0.095 } as const;
const RULE = { left: mm(20), right: mm(190) } as const;

/** Draws head, number, title and addressee; returns y where the text begins. */
export function drawHead(canvas: Canvas, sheet: Sheet, fonts: FontSet, letter: OfficialLetter): number {
  const under =
    letter.signer === undefined
      ? letterFormat(canvas, sheet, fonts, letter)
      : upwardFormat(canvas, sheet, fonts, letter);
  return titleAndAddressee(canvas, sheet, fonts, letter, under);
}

/** Sender 30 mm from the top edge, a double rule 4 mm below it, another 20 mm above the lower edge; number on the right. */
function letterFormat(canvas: Canvas, sheet: Sheet, fonts: FontSet, letter: OfficialLetter): number {
  const below = drawSender(canvas, sheet, fonts, letter.senderName, mm(30));
  const y = below + mm(4);
  artifact(sheet, 'Layout', () => {
    doubleRule(sheet, y, true);
    doubleRule(sheet, PAGE.height - mm(20), false);
  });
  const row = y + 5;
  const number = typeset([letter.documentNumber], bodySetting(fonts.styles.fangsong, 'right'));
  drawRow(canvas, sheet, number, row);
  return row + GRID.line;
}

/** Sender 35 mm under the upper edge of the block, number on the left and signer on the right, one rule 4 mm below. */
function upwardFormat(canvas: Canvas, sheet: Sheet, fonts: FontSet, letter: OfficialLetter): number {
  const below = drawSender(canvas, sheet, fonts, letter.senderName, BLOCK.top + mm(35));
  const row = below + 2 * GRID.line - 8;
  const indented = { width: BLOCK.width - GRID.cell, indent: GRID.cell };
  const number = typeset([letter.documentNumber], { ...bodySetting(fonts.styles.fangsong, 'left'), ...indented });
  drawRow(canvas, sheet, number, row);
  const name = typeset([{ text: letter.signer ?? '', name: true }], {
    ...bodySetting(fonts.styles.kaiti, 'right'),
    width: BLOCK.width - GRID.cell,
  });
  const nameLeft = name[0]?.left ?? 0;
  const label = typeset(['签发人：'], { ...bodySetting(fonts.styles.fangsong, 'right'), width: nameLeft });
  // The colon keeps its empty half before the name.
  drawRow(canvas, sheet, label, row, -GRID.cell / 2);
  drawRow(canvas, sheet, name, row);
  const y = row + GRID.line + mm(4) - 6;
  artifact(sheet, 'Layout', () => drawRule(sheet, BLOCK.left, y, BLOCK.right, y, 1.6, RED));
  return y;
}

/** The largest type of a sender's name, the least in one line, and the least in two. */
const HEAD = { largest: 36, least: 24, small: 16 } as const;
/** Lines of a sender's name are this many times their size apart. */
const HEAD_PITCH = 1.3;

/** The sender's name, as large as the block allows, a long one in two lines or more. Returns the lower edge of its ink. */
function drawSender(canvas: Canvas, sheet: Sheet, fonts: FontSet, name: string, top: number): number {
  const style = fonts.styles.title;
  const natural = typeset([name], { style, size: 1, width: 1e4, align: 'left' })[0]?.right ?? 1;
  const whole = Math.min(HEAD.largest, (BLOCK.width * 1.005) / natural);
  let size = whole;
  let lines = typeset([name], { style, size, width: BLOCK.width * 1.02, align: 'center' });
  if (whole < HEAD.least) {
    for (size = HEAD.largest; size >= HEAD.small; size -= 2) {
      lines = setTitle([name], { style, size, width: BLOCK.width * 1.02 });
      if (lines.length <= 2) break;
    }
  }
  const tag = addTag(canvas.root, 'P');
  let baseline = top + INK.above * size;
  tagged(sheet, tag, () => {
    lines.forEach((line, index) => {
      if (index > 0) baseline += HEAD_PITCH * size;
      drawLine(canvas, sheet, line, BLOCK.left - BLOCK.width * 0.01, baseline, RED);
    });
  });
  return baseline + INK.below * size;
}

/** 武文线: thick over thin at the head, thin over thick at the foot. */
function doubleRule(sheet: Sheet, y: number, head: boolean): void {
  const [thick, thin, apart] = [2.4, 0.6, 2.6];
  drawRule(sheet, RULE.left, y, RULE.right, y, thick, RED);
  const other = head ? y + apart : y - apart;
  drawRule(sheet, RULE.left, other, RULE.right, other, thin, RED);
}

/** Title two rows under what stands above it, addressee one row under the title. Returns y where the text begins. */
function titleAndAddressee(
  canvas: Canvas,
  sheet: Sheet,
  fonts: FontSet,
  letter: OfficialLetter,
  above: number,
): number {
  const pitch = 33;
  const lines = setTitle(letter.titlePieces, { style: fonts.styles.title, size: SIZE.title, width: BLOCK.width });
  // Measured to the ink: two rows of 三号 are the room between the lines, not between their boxes.
  let y = above + GRID.line * 1.75;
  const title = addTag(canvas.root, 'H1');
  tagged(sheet, title, () => {
    for (const line of lines) {
      drawLine(canvas, sheet, line, BLOCK.left, baselineIn(y, pitch, SIZE.title));
      y += pitch;
    }
  });
  y += GRID.line;
  // A notice is to everybody and names nobody.
  if (letter.addressees.length === 0) return y;
  const addressee = typeset([`${letter.addressees.join('、')}：`], bodySetting(fonts.styles.fangsong, 'left'));
  return drawRow(canvas, sheet, addressee, y);
}

function bodySetting(style: Style, align: 'left' | 'right') {
  return { style, size: SIZE.body, cell: GRID.cell, width: BLOCK.width, align } as const;
}

/** Draws lines on rows of the grid as one paragraph; returns y under them. */
function drawRow(canvas: Canvas, sheet: Sheet, lines: readonly Line[], top: number, shift = 0): number {
  const tag = addTag(canvas.root, 'P');
  let y = top;
  tagged(sheet, tag, () => {
    for (const line of lines) {
      drawLine(canvas, sheet, line, BLOCK.left + shift, baselineIn(y, GRID.line, SIZE.body));
      y += GRID.line;
    }
  });
  return y;
}
