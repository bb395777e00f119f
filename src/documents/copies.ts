// 版记: who is sent a copy and who had it printed, between rules at the foot of the letter (GB/T 9704-2012, 7.4).

import type { FontSet } from './fonts/fonts.ts';
import type { OfficialLetter } from './letter.ts';
import { BLOCK, baselineIn } from './page.ts';
import { artifact, type Canvas, drawLine, drawRule, type Sheet, tagged } from './pdf/canvas.ts';
import { addTag } from './pdf/structure.ts';
import type { Line, Setting } from './typeset/boxes.ts';
import { typeset } from './typeset/typeset.ts';
import { chineseDate } from './wording/dates.ts';

/** 四号; its lines; and the air between the signature block and the upper rule. */
const SIZE = 14;
const PITCH = 24;
const AIR = 14;
const [THICK, THIN] = [1, 0.7];

/** Room that the copies take at the foot of the text block; none without copies. */
export function copiesHeight(fonts: FontSet, letter: OfficialLetter): number {
  return letter.copies.length === 0 ? 0 : rows(fonts, letter).flat().length * PITCH + AIR;
}

/** Draws the copies on the lower edge of the text block. */
export function drawCopies(canvas: Canvas, sheet: Sheet, fonts: FontSet, letter: OfficialLetter): void {
  if (letter.copies.length === 0) return;
  const set = rows(fonts, letter);
  let y = BLOCK.bottom - set.flat().length * PITCH;
  const rule = (width: number): void => {
    artifact(sheet, 'Layout', () => drawRule(sheet, BLOCK.left, y, BLOCK.right, y, width));
  };
  set.forEach((lines, index) => {
    rule(index === 0 ? THICK : THIN);
    tagged(sheet, addTag(canvas.root, 'P'), () => {
      for (const line of lines) {
        drawLine(canvas, sheet, line, BLOCK.left, baselineIn(y, PITCH, SIZE));
        y += PITCH;
      }
    });
  });
  rule(THICK);
}

/** The rows between the rules: who gets a copy, and under the red head who had it printed and when (7.4.2; a letter head has none, 10.1). */
function rows(fonts: FontSet, letter: OfficialLetter): Line[][] {
  const setting: Setting = { style: fonts.styles.fangsong, size: SIZE, width: BLOCK.width - SIZE, indent: SIZE };
  // Later lines stand under the first character after the colon.
  const copies = typeset([`抄送：${letter.copies.join('，')}。`], { ...setting, hang: 4 * SIZE });
  if (letter.signer === undefined) return [copies];
  const printed = typeset([`${chineseDate(letter.date)}印发`], { ...setting, align: 'right' })[0];
  const sender = typeset([letter.senderName], { ...setting, hang: SIZE });
  const last = sender.at(-1);
  if (printed === undefined || last === undefined) return [copies];
  if (last.right + SIZE > printed.left) return [copies, [...sender, printed]];
  const glyphs = [...last.glyphs, ...printed.glyphs];
  const line = { ...last, glyphs, text: last.text + printed.text, right: printed.right };
  return [copies, [...sender.slice(0, -1), line]];
}
