// Sender and date at the end of a letter, the seal pressing both, and the contact under them (GB/T 9704-2012, 7.3.5 and 7.3.6).

import type { FontSet } from './fonts/fonts.ts';
import type { OfficialLetter } from './letter.ts';
import { BLOCK, baselineIn, GRID, SIZE } from './page.ts';
import { type Canvas, drawLine, tagged } from './pdf/canvas.ts';
import { addTag } from './pdf/structure.ts';
import { sealDiameter } from './seal-image.ts';
import type { BodyEnd } from './typeset/body.ts';
import type { Line } from './typeset/boxes.ts';
import { setCell } from './typeset/set-list.ts';
import { setTitle } from './typeset/title.ts';
import { typeset } from './typeset/typeset.ts';
import { chineseDate } from './wording/dates.ts';

/** Where the seal stands. y downwards. */
export interface SealPlace {
  x: number;
  y: number;
  size: number;
}

/** The centre of the seal lies this part of a row under the upper edge of the sender's row: sender and date stand a little below it. */
const PRESS = { one: 0.38, several: 0.25 } as const;
/** Lines of a sender in several lines are this part of a row apart. */
const CLOSE = 0.75;
/** Type of a sender in several lines. */
const LONG_SENDER = 14;

/** Rows of the block: blank rows, sender, date, and with a contact one more blank row and the contact. The seal ends inside it. */
export function signatureRows(fonts: FontSet, letter: OfficialLetter): number {
  const contact = letter.contact === undefined ? 0 : 1 + contactLines(fonts, letter.contact).length;
  const blank = blankRows(fonts, letter);
  const radius = radiusInRows(letter, GRID.tightest);
  return Math.max(blank + senderRows(fonts, letter) + 1 + contact, blank + press(fonts, letter) + radius);
}

/** So many blank rows that the top of the seal lies within one row under the text, and sender and date under its centre (GB/T 9704-2012, 7.3.5). */
function blankRows(fonts: FontSet, letter: OfficialLetter): number {
  return Math.max(1, Math.ceil(radiusInRows(letter, GRID.tightest) - press(fonts, letter)));
}

function radiusInRows(letter: OfficialLetter, pitch: number): number {
  return sealDiameter(letter.seal) / 2 / pitch;
}

function press(fonts: FontSet, letter: OfficialLetter): number {
  return senderLines(fonts, letter).length === 1 ? PRESS.one : PRESS.several;
}

function senderRows(fonts: FontSet, letter: OfficialLetter): number {
  const { length } = senderLines(fonts, letter);
  return length === 1 ? 1 : length * CLOSE;
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
  const sender = senderLines(fonts, letter);
  const widest = sender.reduce((most, line) => Math.max(most, line.right - line.left), 0);
  const blank = blankRows(fonts, letter);
  let y = end.y + blank * pitch;
  const draw = (line: Line, shift: number, height: number): void => {
    drawLine(canvas, sheet, line, BLOCK.left + shift, baselineIn(y, height, line.size));
    y += height;
  };
  tagged(sheet, tag, () => {
    // Centred over the date, but a long name stays inside the block.
    const shift = Math.min(centre - BLOCK.width / 2, (BLOCK.width - widest) / 2);
    for (const line of sender) draw(line, shift, sender.length === 1 ? pitch : pitch * CLOSE);
    if (date !== undefined) draw(date, 0, pitch);
  });
  if (letter.contact !== undefined) {
    y += pitch;
    tagged(sheet, addTag(canvas.root, 'P'), () => {
      for (const line of contactLines(fonts, letter.contact ?? { name: '', phone: '' })) draw(line, 0, pitch);
    });
  }
  const size = sealDiameter(letter.seal);
  const radius = radiusInRows(letter, pitch);
  const middle = Math.min(blank + press(fonts, letter), radius + HIGHEST);
  return { x: BLOCK.left + centre - size / 2, y: end.y + middle * pitch - size / 2, size };
}

/** The top of the seal is never further under the text than this part of a row. */
const HIGHEST = 0.95;

const senders = new WeakMap<OfficialLetter, Line[]>();

/** The sender in one line, or, when it is longer than that, in a few about equally long. Asked for more than once. */
function senderLines(fonts: FontSet, letter: OfficialLetter): Line[] {
  const known = senders.get(letter);
  if (known !== undefined) return known;
  const lines = setSender(fonts, letter);
  senders.set(letter, lines);
  return lines;
}

function setSender(fonts: FontSet, letter: OfficialLetter): Line[] {
  const one = typeset([letter.senderName], { ...setting(fonts), align: 'center' });
  if (one.length === 1) return one;
  const words = setTitle([letter.senderName], { ...setting(fonts), size: LONG_SENDER });
  return words.length <= 2 ? words : setCell(letter.senderName, fonts.styles.fangsong, LONG_SENDER, BLOCK.width);
}

/** （联系人：…，联系电话：…） indented by two. */
function contactLines(fonts: FontSet, contact: { name: string; phone: string }): Line[] {
  const text = ['（联系人：', { text: contact.name, name: true }, `，联系电话：${contact.phone}）`];
  return typeset(text, { ...setting(fonts), align: 'left', indent: 2 * GRID.cell });
}

function setting(fonts: FontSet) {
  return { style: fonts.styles.fangsong, size: SIZE.body, cell: GRID.cell, width: BLOCK.width } as const;
}
