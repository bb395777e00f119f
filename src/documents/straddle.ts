// 骑缝章: the seal sliced over the right edges, so that no page can be taken out or put in unseen.

import { PAGE } from './page.ts';
import { artifact, type Canvas } from './pdf/canvas.ts';
import { number as n } from './pdf/pdf-file.ts';

/** Slices thinner than this many parts of a seal could not be recognised. */
const SLICES = 8;

/** Which slice a page carries. */
export interface Slice {
  page: number;
  /** From 0. */
  part: number;
  parts: number;
  /** Which seal of the chain this is, from 0. */
  seal: number;
}

/**
 * Divides pages among seals of at most eight slices. Neighbouring seals share a page, so that the chain has no gap.
 * @returns nothing for a single page
 */
export function slicePages(pages: number): Slice[] {
  const slices: Slice[] = [];
  if (pages < 2) return slices;
  const seals = Math.ceil((pages - 1) / (SLICES - 1));
  for (let seal = 0; seal < seals; seal++) {
    const first = Math.round((seal * (pages - 1)) / seals);
    const last = Math.round(((seal + 1) * (pages - 1)) / seals);
    const parts = last - first + 1;
    for (let part = 0; part < parts; part++) slices.push({ page: first + part, part, parts, seal });
  }
  return slices;
}

/** Draws the slices with the seal that the canvas holds under `name`; the seals of a chain take turns above and below the middle. */
export function drawSlices(canvas: Canvas, name: string, size: number): void {
  const slices = slicePages(canvas.sheets.length);
  const several = slices.some((slice) => slice.seal > 0);
  for (const { page, part, parts, seal } of slices) {
    const sheet = canvas.sheets[page];
    if (sheet === undefined) continue;
    const width = size / parts;
    const shift = several ? (seal % 2 === 0 ? 0.6 : -0.6) * size : 0;
    const bottom = PAGE.height * 0.43 + shift - size / 2;
    artifact(sheet, 'Page', () => {
      const left = PAGE.width - (part + 1) * width;
      sheet.operators.push(
        `q ${n(PAGE.width - width)} ${n(bottom)} ${n(width)} ${n(size)} re W n 1 0 0 1 ${n(left)} ${n(bottom)} cm /${name} Do Q`,
      );
    });
  }
}
