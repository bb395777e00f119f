// A bar chart as vector drawing: legible in black and white, every bar with its number, the whole told in words for who cannot see it.

import type { FontSet } from './fonts/fonts.ts';
import { BLOCK, baselineIn, SIZE } from './page.ts';
import { type Canvas, drawLine, drawRule, type Sheet, tagged } from './pdf/canvas.ts';
import { number as n } from './pdf/pdf-file.ts';
import { addTag, type Tag } from './pdf/structure.ts';
import { typeset } from './typeset/typeset.ts';

/** Bars in groups: one for each series, null where the number is not published. */
export interface Chart {
  readonly title: string;
  readonly series: readonly string[];
  readonly groups: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
  /** What stands where a number is not published. */
  readonly hidden: string;
  /** What the chart shows, in words, with every number. */
  readonly alt: string;
}

const BAR = 9;
const GAP = 5;
const LABEL = 128;
const NUMBER = 44;
const HEAD = 38;
const FOOT = 16;
/** Fillings that differ on paper without colour: dark, hatched, white, dotted with wide hatching. */
const FILLINGS = [
  { grey: '0.3 0.3 0.3', hatch: 0 },
  { grey: '1 1 1', hatch: 3.2 },
  { grey: '0.82 0.82 0.82', hatch: 0 },
  { grey: '1 1 1', hatch: 7 },
] as const;

/** Room in points that the chart takes. */
export function chartHeight({ groups, series }: Chart): number {
  return HEAD + groups.length * (series.length * BAR + GAP) + FOOT;
}

/** Draws the chart over the width of the block from `top` down; returns y under it. */
export function drawChart(
  canvas: Canvas,
  sheet: Sheet,
  fonts: FontSet,
  parent: Tag,
  chart: Chart,
  top: number,
): number {
  const height = chartHeight(chart);
  const box = [BLOCK.left, sheet.size.height - top - height, BLOCK.right, sheet.size.height - top];
  const attributes = { O: 'Layout', Placement: 'Block', BBox: box };
  const figure = addTag(parent, 'Figure', { alt: chart.alt, attributes });
  tagged(sheet, figure, () => {
    const write = text(canvas, sheet, fonts);
    write(chart.title, { x: 0, y: top, width: BLOCK.width, height: 20, align: 'center', size: 12, style: 'hei' });
    drawLegend(sheet, chart, write, top + 20);
    drawBars(sheet, chart, write, top + HEAD);
  });
  return top + height;
}

interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
  align: 'left' | 'right' | 'center';
  size?: number;
  style?: 'hei' | 'fangsong';
}
type Write = (content: string, place: Place) => void;

function text(canvas: Canvas, sheet: Sheet, fonts: FontSet): Write {
  return (content, { x, y, width, height, align, size = SIZE.table, style = 'fangsong' }) => {
    const lines = typeset([content], { style: fonts.styles[style], size, width, align });
    const pitch = Math.min(height, size * 1.25);
    const first = y + (height - pitch * lines.length) / 2;
    lines.forEach((line, at) => {
      drawLine(canvas, sheet, line, BLOCK.left + x, baselineIn(first + at * pitch, pitch, size));
    });
  };
}

function drawLegend(sheet: Sheet, { series }: Chart, write: Write, y: number): void {
  const step = 90;
  const left = (BLOCK.width - step * series.length) / 2;
  series.forEach((name, at) => {
    const x = left + at * step;
    drawBar(sheet, BLOCK.left + x, y + 4, 18, BAR - 2, at);
    write(name, { x: x + 24, y, width: step - 24, height: 14, align: 'left' });
  });
}

function drawBars(sheet: Sheet, chart: Chart, write: Write, top: number): void {
  const { groups, series, hidden } = chart;
  const most = Math.max(1, ...groups.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const step = niceStep(most);
  const end = Math.ceil(most / step) * step;
  const room = BLOCK.width - LABEL - NUMBER;
  const bottom = top + groups.length * (series.length * BAR + GAP);
  for (let value = 0; value <= end; value += step) {
    const x = BLOCK.left + LABEL + (value / end) * room;
    drawRule(sheet, x, top, x, bottom, value === 0 ? 0.8 : 0.3, value === 0 ? '0 0 0' : '0.6 0.6 0.6');
    const place = { x: x - BLOCK.left - 30, y: bottom + 2, width: 60, height: 14, align: 'center' } as const;
    write(String(value), { ...place, size: SIZE.note });
  }
  groups.forEach(({ label, values }, group) => {
    const y = top + group * (series.length * BAR + GAP) + GAP / 2;
    write(label, { x: 0, y, width: LABEL - 8, height: series.length * BAR, align: 'right' });
    values.forEach((value, at) => {
      const width = ((value ?? 0) / end) * room;
      const bar = y + at * BAR;
      if (value !== null && value > 0) drawBar(sheet, BLOCK.left + LABEL, bar + 1, width, BAR - 2, at);
      const place = { x: LABEL + width + 4, y: bar, width: NUMBER + room - width, height: BAR, align: 'left' } as const;
      write(value === null ? hidden : String(value), { ...place, size: SIZE.note });
    });
  });
}

/** 1, 2 or 5 times a power of ten, so that the axis has three to six marks. */
function niceStep(most: number): number {
  const raw = most / 5;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, raw)));
  return ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
}

/** One bar: filled, hatched inside its outline where the filling says so. */
function drawBar(sheet: Sheet, x: number, y: number, width: number, height: number, series: number): void {
  const { grey, hatch } = FILLINGS[series % FILLINGS.length] ?? FILLINGS[0];
  const low = sheet.size.height - y - height;
  const rectangle = `${n(x)} ${n(low)} ${n(width)} ${n(height)} re`;
  const out = [`q ${grey} rg 0 0 0 RG 0.6 w ${rectangle} B Q`];
  if (hatch > 0) {
    out.push(`q 0 0 0 RG 0.5 w ${rectangle} W n`);
    for (let at = x - height; at < x + width; at += hatch)
      out.push(`${n(at)} ${n(low)} m ${n(at + height)} ${n(low + height)} l`);
    out.push('S Q');
  }
  sheet.operators.push(out.join('\n'));
}
