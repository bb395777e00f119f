// The title in one, two or three lines, shaped as a trapezoid or a diamond and broken between words (GB/T 9704-2012, 7.3.1).

import type { Line, Setting } from './boxes.ts';
import { type Span, shapeText } from './shape.ts';
import { breakLines, typeset } from './typeset.ts';

/** A title is given a second line when the first would leave less than this many characters free. */
const BREATH = 1;
/** More lines than this are not shaped any more. */
const MOST = 5;
/** Where the long name of an institution may be parted: after what kind of institution it is, and before a bracket. */
const JOINTS = /(?<=大学|学院|学校|研究院|研究所|科学院|委员会|）)|(?=（)/u;

/** Sets a title; `pieces` are not parted unless one alone is longer than a line. */
export function setTitle(pieces: readonly (string | Span)[], setting: Setting): Line[] {
  const centred: Setting = { ...setting, align: 'center' };
  const room = setting.width - BREATH * setting.size;
  const parts = pieces.flatMap((piece) => smaller(piece, room, setting));
  const widths = parts.map((part) => widthOf(part, setting));
  // 张三等3人: the number of people stays with the name.
  const tied = parts.map((part) => typeof part === 'string' && part.startsWith('等'));
  for (let count = 1; count <= Math.min(MOST, parts.length); count++) {
    const groups = bestSplit(widths, count, room, tied);
    if (groups === undefined) continue;
    return groups.flatMap(([from, to]) => typeset(parts.slice(from, to), centred));
  }
  return breakLines(shapeText(setting.style, parts), centred);
}

/** A piece that is longer than a line, at its joints, and what is still longer in halves. */
function smaller(piece: string | Span, room: number, setting: Setting): (string | Span)[] {
  if (typeof piece !== 'string' || widthOf(piece, setting) <= room) return [piece];
  const parts = piece.split(JOINTS);
  if (parts.length > 1) return parts.flatMap((part) => smaller(part, room, setting));
  const characters = [...piece];
  if (characters.length < 2) return [piece];
  const half = Math.ceil(characters.length / 2);
  return [characters.slice(0, half), characters.slice(half)].flatMap((part) => smaller(part.join(''), room, setting));
}

function widthOf(piece: string | Span, setting: Setting): number {
  return shapeText(setting.style, [piece]).reduce((sum, grapheme) => sum + grapheme.shape.width * setting.size, 0);
}

type Group = [from: number, to: number];

/** The split with the most even lines that is neither a block nor an hourglass; undefined when none fits. */
function bestSplit(
  widths: readonly number[],
  count: number,
  room: number,
  tied: readonly boolean[],
): Group[] | undefined {
  let best: Group[] | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (const groups of splits(widths.length, count)) {
    const lines = groups.map(([from, to]) => widths.slice(from, to).reduce((sum, width) => sum + width, 0));
    if (lines.some((line) => line > room) || groups.some(([from]) => tied[from])) continue;
    const cost = unevenness(lines);
    if (cost < lowest) {
      lowest = cost;
      best = groups;
    }
  }
  return best;
}

function* splits(length: number, count: number, from = 0): Generator<Group[]> {
  if (count === 1) {
    yield [[from, length]];
    return;
  }
  for (let to = from + 1; to <= length - count + 1; to++) {
    for (const rest of splits(length, count - 1, to)) yield [[from, to], ...rest];
  }
}

function unevenness(lines: readonly number[]): number {
  const longest = Math.max(...lines);
  const [first = 0, second = 0, third] = lines;
  let cost = lines.reduce((sum, line) => sum + (longest - line) ** 2, 0);
  // Two equal lines are a block, not a trapezoid; of three, the middle one is the longest.
  if (third === undefined && Math.abs(first - second) < 4 && lines.length === 2) cost += 200;
  if (lines.length === 3 && second < longest) cost += 1e6;
  return cost;
}
