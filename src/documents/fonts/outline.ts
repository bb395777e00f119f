// Glyphs as outlines, for what is a picture and not text: seals and watermarks.

import { number as n } from '../pdf/pdf-file.ts';
import { covers, type Face } from './face.ts';
import { type FontSet, MissingGlyph } from './fonts.ts';

/** Where a glyph goes: centre, size of its em box (in points), clockwise turn in radians. y upwards. */
export interface Placement {
  character: string;
  x: number;
  y: number;
  width: number;
  height: number;
  turn: number;
}

/**
 * Path operators of one glyph, centred in its em box.
 * @throws MissingGlyph when neither the face nor any other of the set has it.
 */
export function glyphPath(fonts: FontSet, wanted: Face, at: Placement): string {
  const codePoint = at.character.codePointAt(0) ?? 0;
  const face = [wanted, ...fonts.faces].find((candidate) => covers(candidate, codePoint));
  if (face === undefined) throw new MissingGlyph([{ character: at.character, codePoint }]);
  const glyph = face.font.glyphForCodePoint(codePoint);
  const em = face.unitsPerEm;
  const middle = glyph.advanceWidth / 2;
  const cos = Math.cos(at.turn);
  const sin = Math.sin(at.turn);
  const point = (x: number, y: number): [number, number] => {
    const across = ((x - middle) / em) * at.width;
    // Ideographs have their centre 0.372 em above the base line.
    const up = (y / em - 0.372) * at.height;
    return [at.x + across * cos + up * sin, at.y - across * sin + up * cos];
  };
  const out: string[] = [];
  let pen: [number, number] = [0, 0];
  const to = (operator: string, ...points: [number, number][]): void => {
    out.push(`${points.map(([x, y]) => `${n(x)} ${n(y)}`).join(' ')} ${operator}`);
    pen = points.at(-1) ?? pen;
  };
  for (const { command, args } of glyph.path.commands) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
    if (command === 'moveTo') to('m', point(a, b));
    else if (command === 'lineTo') to('l', point(a, b));
    else if (command === 'bezierCurveTo') to('c', point(a, b), point(c, d), point(e, f));
    else if (command === 'quadraticCurveTo') {
      const [cx, cy] = point(a, b);
      const end = point(c, d);
      const third = (from: number, control: number): number => from + (control - from) * (2 / 3);
      to('c', [third(pen[0], cx), third(pen[1], cy)], [third(end[0], cx), third(end[1], cy)], end);
    } else out.push('h');
  }
  return out.join('\n');
}
