// What says that a page is no certificate: the words across it, and the places where photo, seal and code would be.

import { covers } from '../fonts/face.ts';
import type { FontSet } from '../fonts/fonts.ts';
import { glyphPath } from '../fonts/outline.ts';
import { mm } from '../page.ts';
import type { Sheet } from '../pdf/canvas.ts';
import { endStream, number as n, type PdfFile, type PdfRef } from '../pdf/pdf-file.ts';

/** Pale, and printed over everything: it can neither be covered nor lifted off a photo. */
const INK = '0.86 0.86 0.86';
const FRAME = '0.62 0.62 0.62';

/** The words across the page as one object, in outlines: no search finds them, nothing copies them. */
export function writeWatermark(file: PdfFile, fonts: FontSet, size: Sheet['size'], rows: readonly string[]): PdfRef {
  const form = file.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, size.width, size.height],
    Resources: { ExtGState: { Ink: { Type: 'ExtGState', BM: file.conformance.part > 1 ? 'Multiply' : 'Normal' } } },
  });
  const rise = Math.atan2(size.height, size.width);
  const length = Math.hypot(size.width, size.height) * 0.7;
  const out = ['q', '/Ink gs', `${INK} rg`];
  rows.forEach((row, index) => {
    const advances = [...row].map((character) => advanceOf(fonts, character));
    const em = Math.min(mm(46), length / advances.reduce((sum, advance) => sum + advance, 0));
    const across = (index - (rows.length - 1) / 2) * mm(50);
    let along = (-em * advances.reduce((sum, advance) => sum + advance, 0)) / 2;
    [...row].forEach((character, at) => {
      const middle = along + ((advances[at] ?? 1) * em) / 2;
      along += (advances[at] ?? 1) * em;
      const x = size.width / 2 + middle * Math.cos(rise) + across * Math.sin(rise);
      const y = size.height / 2 + middle * Math.sin(rise) - across * Math.cos(rise);
      out.push(glyphPath(fonts, fonts.seal, { character, x, y, width: em, height: em, turn: -rise }), 'f');
    });
  });
  endStream(form, Buffer.from([...out, 'Q'].join('\n'), 'latin1'));
  return form;
}

/** Ideographs stand a little apart, letters at their own widths. */
function advanceOf(fonts: FontSet, character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  const face = [fonts.seal, ...fonts.faces].find((one) => covers(one, codePoint)) ?? fonts.seal;
  const advance = face.font.glyphForCodePoint(codePoint).advanceWidth / face.unitsPerEm;
  return codePoint > 0x2e80 ? advance * 1.12 : advance * 1.06;
}

/** A dashed frame where a photo or a code would be. */
export function frame(sheet: Sheet, x: number, y: number, width: number, height: number): void {
  const bottom = sheet.size.height - y - height;
  sheet.operators.push(`q ${FRAME} RG 0.6 w [3 2] 0 d ${n(x)} ${n(bottom)} ${n(width)} ${n(height)} re S Q`);
}

/** A dashed circle where the seal would be. */
export function circle(sheet: Sheet, x: number, y: number, diameter: number): void {
  const r = diameter / 2 - 0.3;
  const [cx, cy] = [x + diameter / 2, sheet.size.height - y - diameter / 2];
  const k = r * 0.5522847498;
  const curve = (...points: number[]): string => `${points.map(n).join(' ')} c`;
  sheet.operators.push(
    `q ${FRAME} RG 0.6 w [3 2] 0 d ${n(cx + r)} ${n(cy)} m`,
    curve(cx + r, cy + k, cx + k, cy + r, cx, cy + r),
    curve(cx - k, cy + r, cx - r, cy + k, cx - r, cy),
    curve(cx - r, cy - k, cx - k, cy - r, cx, cy - r),
    curve(cx + k, cy - r, cx + r, cy - k, cx + r, cy),
    'S Q',
  );
}
