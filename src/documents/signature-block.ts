// Sender and date at the end of a letter, the seal pressing both, and the contact under them (GB/T 9704-2012, 7.3.5 and 7.3.6).
import type { BodyEnd } from './body.ts';
import type { Line } from './boxes.ts';
import { type Canvas, drawLine, tagged } from './canvas.ts';
import { chineseDate } from './dates.ts';
import type { FontSet } from './fonts.ts';
import type { OfficialLetter } from './letter.ts';
import { BLOCK, baselineIn, GRID, SIZE } from './page.ts';
import { sealDiameter } from './seal-image.ts';
import { addTag } from './structure.ts';
import { typeset } from './typeset.ts';

/** Where the seal stands. y downwards. */
export interface SealPlace {
  x: number;
  y: number;
  size: number;
}

/** The top of the seal is this part of a row under the text: within one row, as the standard asks. */
const GAP = 0.15;

/** Rows of the block: blank rows, sender, date, and with a contact one more blank row and the contact. */
export function signatureRows(fonts: FontSet, letter: OfficialLetter): number {
  const contact = letter.contact === undefined ? 0 : 1 + contactLines(fonts, letter.contact).length;
  return blankRows(letter) + senderLines(fonts, letter).length + 1 + contact;
}

/** So many blank rows that sender and date lie under the centre of the seal. */
function blankRows(letter: OfficialLetter): number {
  const centre = GAP + sealDiameter(letter.seal) / 2 / GRID.line;
  return Math.ceil(centre - 0.5);
}

/** Draws the block; returns where the seal goes. A draft calls it, too: the block is the same without the seal. */
export function drawSignatureBlock(canvas: Canvas, fonts: FontSet, letter: OfficialLetter, end: BodyEnd): SealPlace {
  const { sheet, pitch } = end;
  const tag = addTag(canvas.root, 'P');
  const date = typeset([chineseDate(letter.date)], {
    style: fonts.styles.fangsong,
    size: SIZE.body,
    cell: GRID.cell,
    width: BLOCK.width - 4 * GRID.cell,
    align: 'right',
  })[0];
  const centre = date === undefined ? BLOCK.width * 0.75 : (date.left + date.right) / 2;
  let y = end.y + blankRows(letter) * pitch;
  const draw = (line: Line, shift: number): void => {
    drawLine(canvas, sheet, line, BLOCK.left + shift, baselineIn(y, pitch, SIZE.body));
    y += pitch;
  };
  tagged(sheet, tag, () => {
    for (const line of senderLines(fonts, letter)) {
      const wanted = centre - (line.left + line.right) / 2;
      // A long name stays inside the block.
      draw(line, Math.min(Math.max(wanted, -line.left), BLOCK.width - line.right));
    }
    if (date !== undefined) draw(date, 0);
  });
  if (letter.contact !== undefined) {
    y += pitch;
    tagged(sheet, addTag(canvas.root, 'P'), () => {
      for (const line of contactLines(fonts, letter.contact ?? { name: '', phone: '' })) draw(line, 0);
    });
  }
  const size = sealDiameter(letter.seal);
  return { x: BLOCK.left + centre - size / 2, y: end.y + GAP * pitch, size };
}

function senderLines(fonts: FontSet, letter: OfficialLetter): Line[] {
  return typeset([letter.senderName], { ...setting(fonts), align: 'center' });
}

/** （联系人：…，联系电话：…） indented by two. */
function contactLines(fonts: FontSet, contact: { name: string; phone: string }): Line[] {
  const text = ['（联系人：', { text: contact.name, name: true }, `，联系电话：${contact.phone}）`];
  return typeset(text, { ...setting(fonts), align: 'left', indent: 2 * GRID.cell });
}

function setting(fonts: FontSet) {
  return { style: fonts.styles.fangsong, size: SIZE.body, cell: GRID.cell, width: BLOCK.width } as const;
}
