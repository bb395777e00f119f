// At the foot of the last page: the QR code, the code to type, the address and the digest of the attached data.

import type { FontSet, StyleName } from './fonts/fonts.ts';
import type { OfficialLetter } from './letter.ts';
import { BLOCK, baselineIn, mm, SIZE } from './page.ts';
import { type Canvas, drawLine, type Sheet, tagged } from './pdf/canvas.ts';
import { drawQr } from './pdf/qr.ts';
import { addTag } from './pdf/structure.ts';
import { typeset } from './typeset/typeset.ts';
import { grouped } from './wording/digests.ts';

const SIDE = mm(24);
const PITCH = 13.6;

/** Room that the block needs, with a little air above it. */
export const VERIFICATION_HEIGHT = SIDE + mm(4);

/** Draws the block on the lower edge of the text block. A draft says that it is one, and has no code to scan. */
export function drawVerification(
  canvas: Canvas,
  sheet: Sheet,
  fonts: FontSet,
  letter: OfficialLetter,
  draft: boolean,
): void {
  const { code, url, dataDigest } = letter.verification;
  const top = BLOCK.bottom - SIDE;
  const left = draft ? BLOCK.left : BLOCK.left + SIDE + mm(4);
  if (!draft) {
    const alt = `二维码，内容为核验网址 ${url}`;
    const box = [BLOCK.left, 0, BLOCK.left + SIDE, 0];
    const figure = addTag(canvas.root, 'Figure', {
      alt,
      attributes: { O: 'Layout', Placement: 'Block', BBox: flip(box, top) },
    });
    tagged(sheet, figure, () => drawQr(sheet, url, BLOCK.left, top, SIDE));
  }
  const digest = `机读数据摘要（SHA-256）：${grouped(dataDigest)}`;
  const paragraphs: [StyleName, string][] = draft
    ? [
        ['hei', '草稿'],
        ['song', '本件未加盖电子印章，仅供核对，不作为正式文件。正式文件在加盖电子印章时一并生成核验二维码。'],
        ['song', digest],
      ]
    : [
        ['hei', '电子文件核验'],
        ['song', '本件已加盖电子印章，可扫描二维码，或登录核验网址输入核验码核对。'],
        ['song', `核验码：${code}`],
        ['song', `核验网址：${url}`],
        ['song', digest],
      ];
  const set = paragraphs.map(([style, text]) => {
    return typeset([text], { style: fonts.styles[style], size: SIZE.note, width: BLOCK.right - left, align: 'left' });
  });
  const count = set.reduce((sum, lines) => sum + lines.length, 0);
  let y = top + (SIDE - count * PITCH) / 2;
  for (const lines of set) {
    tagged(sheet, addTag(canvas.root, 'P'), () => {
      for (const line of lines) {
        drawLine(canvas, sheet, line, left, baselineIn(y, PITCH, SIZE.note));
        y += PITCH;
      }
    });
  }
}

/** A box of the figure in PDF coordinates. */
function flip([x1 = 0, , x2 = 0]: readonly number[], top: number): number[] {
  const height = mm(297);
  return [x1, height - top - SIDE, x2, height - top];
}
