// One line in its place: what is left over is spread between the characters, marks are moved into the half they use.
import { type Box, endTrim, type Line, type PlacedGrapheme, type Setting } from './boxes.ts';
import { isDoubled } from './characters.ts';

/** A line is stretched no further than this much of a cell for each gap: words pulled apart read worse than a ragged edge. */
const LOOSEST = 0.25;

/** Places the boxes of one line. `last` lines are never stretched. */
export function place(boxes: readonly Box[], setting: Setting, indent: number, last: boolean): Line {
  const cell = setting.cell ?? setting.size;
  const room = setting.width - indent;
  let natural = 0;
  boxes.forEach((box, index) => {
    natural += box.width - (index === 0 ? 0 : box.lead) - (index === boxes.length - 1 ? 0 : box.tail);
  });
  const trim = trailingTrim(boxes, cell);
  // The mark at the end keeps its empty half when there is room for it.
  const keepsEnd = natural <= room + 0.01 && boxes.at(-1)?.grapheme.text !== ' ';
  const ink = natural - trim;
  const width = keepsEnd ? natural : ink;
  const open = openPlaces(boxes);
  const gaps = open.size;
  const align = setting.align ?? 'justify';
  const spare = room - width;
  let gap = 0;
  if (align === 'justify' && !last && gaps > 0 && spare / gaps <= LOOSEST * cell) gap = spare / gaps;

  let x = indent;
  // Lines are aligned by their ink: 。 at the end of a centred line does not push it to the left.
  if (align === 'center') x += (room - ink) / 2;
  if (align === 'right') x += room - ink;
  const left = x;
  const glyphs: PlacedGrapheme[] = [];
  boxes.forEach((box, index) => {
    const lead = index === 0 ? 0 : box.lead;
    x -= lead;
    glyphs.push({ grapheme: box.grapheme, x: x + inset(boxes, index, setting.size) });
    x += box.width - box.tail;
    if (gap > 0 && open.has(index)) x += gap;
  });
  const right = left + ink + (gap > 0 ? gap * gaps : 0);
  return { text: boxes.map((box) => box.grapheme.text).join(''), size: setting.size, glyphs, left, right };
}

function trailingTrim(boxes: readonly Box[], cell: number): number {
  let trim = 0;
  for (let i = boxes.length - 1; i >= 0; i--) {
    const box = boxes[i];
    if (box === undefined) break;
    trim += endTrim(box, cell);
    if (box.grapheme.text !== ' ') break;
  }
  return trim;
}

/** A full-width glyph stands in the middle of its cell; the halves of —— touch in the middle of their two cells. */
function inset(boxes: readonly Box[], index: number, size: number): number {
  const box = boxes[index];
  if (box === undefined || box.grapheme.western) return 0;
  const spare = box.width - box.grapheme.shape.width * size;
  const text = box.grapheme.text;
  if (text === '—') {
    let run = 0;
    while (boxes[index - run - 1]?.grapheme.text === text) run++;
    if (run % 2 === 1) return 0;
    if (isDoubled(text, boxes[index + 1]?.grapheme.text ?? '')) return spare;
  }
  return spare / 2;
}

/** So many places among full-width characters take all the room; with fewer, the edges of words and numbers take part. */
const ENOUGH = 8;

/** The boxes after which room is added: 2026年3月18日 stays closed when the ideographs around it can give way. */
function openPlaces(boxes: readonly Box[]): Set<number> {
  const all: number[] = [];
  const among: number[] = [];
  for (let i = 0; i + 1 < boxes.length; i++) {
    if (!isStretchable(boxes, i)) continue;
    all.push(i);
    if (boxes[i]?.grapheme.western === boxes[i + 1]?.grapheme.western) among.push(i);
  }
  return new Set(among.length >= ENOUGH ? among : all);
}

/** Room may be added after any full-width character and around words, never inside a word, a double mark or at the end. */
function isStretchable(boxes: readonly Box[], index: number): boolean {
  const before = boxes[index]?.grapheme;
  const after = boxes[index + 1]?.grapheme;
  if (before === undefined || after === undefined || onlySpaces(boxes, index + 1)) return false;
  if (isDoubled(before.text, after.text)) return false;
  if (before.text === ' ') return true;
  return !(before.western && after.western);
}

function onlySpaces(boxes: readonly Box[], from: number): boolean {
  for (let i = from; i < boxes.length; i++) if (boxes[i]?.grapheme.text !== ' ') return false;
  return true;
}
