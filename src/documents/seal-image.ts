// The picture of a seal: ring, star and name on the arc as outlines, in a form XObject without fonts (GB/T 9704-2012, 7.3.5).

import type { FontSet } from './fonts/fonts.ts';
import { glyphPath, type Placement } from './fonts/outline.ts';
import { mm, RED } from './page.ts';
import { deflated, endStream, number as n, type PdfFile, type PdfRef } from './pdf/pdf-file.ts';
import type { SealAppearance } from './wording/data.ts';

/** The largest seal an office below the State Council may use, in millimetres. */
const LARGEST = 45;
/** Drawn seals kept in memory. */
const KEPT = 64;
const drawn = new Map<string, Uint8Array>();

/** Diameter in points, within what is allowed. */
export function sealDiameter(seal: SealAppearance): number {
  return mm(Math.min(Math.max(seal.diameterMm, 20), LARGEST));
}

/** Writes the form XObject: its box is a square with the diameter as its side, multiplied with what lies beneath so that text shows. */
export function writeSeal(file: PdfFile, fonts: FontSet, seal: SealAppearance): PdfRef {
  const size = sealDiameter(seal);
  const form = file.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, size, size],
    Resources: {
      ExtGState: { Ink: { Type: 'ExtGState', BM: file.conformance.part > 1 ? 'Multiply' : 'Normal', ca: 1 } },
    },
  });
  endStream(form, sealPicture(fonts, seal), true);
  return form;
}

/** The operators of the picture, compressed. Cached: an office has one seal. */
function sealPicture(fonts: FontSet, seal: SealAppearance): Uint8Array {
  const key = JSON.stringify([seal.text, seal.diameterMm, seal.demo, fonts.seal.path]);
  let picture = drawn.get(key);
  if (picture === undefined) {
    picture = deflated(Buffer.from(draw(fonts, seal), 'latin1'));
    if (drawn.size >= KEPT) drawn.clear();
    drawn.set(key, picture);
  }
  return picture;
}

function draw(fonts: FontSet, seal: SealAppearance): string {
  const size = sealDiameter(seal);
  const radius = size / 2;
  const unit = size / 42;
  const ring = 1.2 * unit;
  const out = ['q', '/Ink gs', `${RED} rg`, `${RED} RG`, `${n(ring)} w`, circle(radius, radius - ring / 2), 'S'];
  out.push(star(radius, radius, (seal.demo ? 6 : 7) * unit), 'f');
  for (const placement of arc(seal.text, radius, unit)) out.push(glyphPath(fonts, fonts.seal, placement), 'f');
  if (seal.demo) {
    // Over the star: sender and date, which the seal presses, stand under the middle and stay legible.
    const type = 4.6 * unit;
    ['演', '示'].forEach((character, index) => {
      const x = radius + (index === 0 ? -0.56 : 0.56) * type;
      const y = radius + 9.1 * unit;
      out.push(glyphPath(fonts, fonts.seal, { character, x, y, width: type, height: type, turn: 0 }), 'f');
    });
  }
  out.push('Q');
  return out.join('\n');
}

/** Characters round the upper arc, feet towards the centre; narrower where there are many. */
function arc(text: string, radius: number, unit: number): Placement[] {
  const characters = [...text];
  const height = 6.3 * unit;
  const middle = radius - 1.2 * unit - 1.1 * unit - height / 2;
  const step = Math.min(28, 264 / Math.max(1, characters.length - 1));
  const room = ((2 * Math.PI * (middle - height / 4)) / 360) * step;
  const width = Math.min(height * 0.92, room * 0.94);
  const first = -((characters.length - 1) / 2) * step;
  return characters.map((character, index) => {
    const turn = ((first + index * step) * Math.PI) / 180;
    return { character, x: radius + middle * Math.sin(turn), y: radius + middle * Math.cos(turn), width, height, turn };
  });
}

/** Four Bézier curves. */
function circle(centre: number, radius: number): string {
  const k = radius * 0.5522847498;
  const [c, r] = [centre, radius];
  const curve = (...points: number[]): string => `${points.map(n).join(' ')} c`;
  return [
    `${n(c + r)} ${n(c)} m`,
    curve(c + r, c + k, c + k, c + r, c, c + r),
    curve(c - k, c + r, c - r, c + k, c - r, c),
    curve(c - r, c - k, c - k, c - r, c, c - r),
    curve(c + k, c - r, c + r, c - k, c + r, c),
    'h',
  ].join('\n');
}

function star(x: number, y: number, radius: number): string {
  const inner = (radius * Math.sin(Math.PI / 10)) / Math.sin((3 * Math.PI) / 10);
  const points = Array.from({ length: 10 }, (_, index) => {
    const turn = (index * Math.PI) / 5;
    const reach = index % 2 === 0 ? radius : inner;
    return `${n(x + reach * Math.sin(turn))} ${n(y + reach * Math.cos(turn))} ${index === 0 ? 'm' : 'l'}`;
  });
  return `${points.join('\n')}\nh`;
}
