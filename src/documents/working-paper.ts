// A working paper: long tables for people who look into something, printed page by page while they are sent. It has no seal, and says so on every page.
import { setImmediate } from 'node:timers/promises';
import { embedFace } from './fonts/font-embed.ts';
import type { FontSet } from './fonts/fonts.ts';
import type { List } from './letter.ts';
import { drawPageNumber } from './margins.ts';
import { BLOCK, baselineIn, GRID, mm, rowsIn, SIZE } from './page.ts';
import {
  addSheet,
  artifact,
  type Canvas,
  drawLine,
  drawRule,
  endSheet,
  openCanvas,
  type Sheet,
  tagged,
  writeSheets,
} from './pdf/canvas.ts';
import { xmpPacket } from './pdf/pdf-a.ts';
import { openFile, PDF_A_3A } from './pdf/pdf-file.ts';
import { addTag, writeStructure } from './pdf/structure.ts';
import { spelledOut } from './printable.ts';
import { listSetter } from './typeset/set-list.ts';
import { addTable, divideTable, drawTable, leastRoom, type SetRow } from './typeset/table.ts';
import { setTitle } from './typeset/title.ts';
import { typeset } from './typeset/typeset.ts';

/** A working paper before it is set. Whatever no face has is spelled out. */
export interface WorkingPaper {
  readonly title: string;
  /** Who made it, as the file's properties say. */
  readonly author: string;
  /** Repeated at the head of every page beside the words that it is unsealed. */
  readonly running: string;
  /** Paragraphs before the tables. */
  readonly lead: readonly string[];
  readonly tables: readonly { readonly heading: string; readonly list: List }[];
}

/** Above every page: a single sheet that was taken out must not pass for a document. */
export const UNSEALED = '工作资料　未加盖电子印章';

const LEAD = { size: 12, pitch: 20 } as const;
/** Rows that are set at once: no more of a long table is in memory. */
const AT_ONCE = 20;

/** A paper being printed, and where drawing goes on. */
interface Printing {
  readonly canvas: Canvas;
  readonly fonts: FontSet;
  readonly running: string;
  sheet: Sheet;
  y: number;
}

/**
 * Prints a working paper as PDF/A-3a, tagged, without seal, signature field or attached data. The same paper and moment give the same bytes.
 * @returns the file in pieces, each sent on before the next pages are set; other work is let in between
 */
export async function* printWorkingPaper(
  paper: WorkingPaper,
  { fonts, createdAt }: { readonly fonts: FontSet; readonly createdAt: Date },
): AsyncGenerator<Uint8Array> {
  const safe = (text: string): string => spelledOut(fonts, text);
  const info = { title: safe(paper.title), author: safe(paper.author), subject: UNSEALED, keywords: '', createdAt };
  const file = openFile(info, xmpPacket(info, PDF_A_3A), PDF_A_3A);
  const canvas = openCanvas(file);
  const printing = { canvas, fonts, running: safe(paper.running), sheet: addSheet(canvas), y: BLOCK.top };
  drawTitle(printing, info.title);
  for (const text of paper.lead) drawText(printing, safe(text), 'fangsong');
  for (const { heading, list } of paper.tables) {
    for (const _ of drawRows(printing, heading, { ...list, rows: list.rows.map((row) => row.map(safe)) })) {
      yield file.take();
      await setImmediate();
    }
  }
  finishSheet(printing);
  const parents = writeSheets(canvas);
  [...canvas.uses.values()].forEach((use, index) => {
    embedFace(file, use, index);
  });
  writeStructure(file, canvas.root, parents);
  yield await file.finish();
}

/** A table under its heading, as many pages of it at once as a few rows fill. */
function* drawRows(printing: Printing, heading: string, list: List): Generator<void> {
  const setter = listSetter(printing.fonts, list);
  const least = leastRoom({ ...setter, rows: list.rows.slice(0, 1).map(setter.row) });
  printing.y += LEAD.pitch / 2;
  if (printing.y + LEAD.pitch + least > BLOCK.bottom) turn(printing);
  drawText(printing, heading, 'hei');
  const tag = addTable(printing.canvas.root);
  let waiting: SetRow[] = [];
  let begins = true;
  let full = false;
  for (let next = 0; next < list.rows.length; next += AT_ONCE) {
    const table = { ...setter, rows: [...waiting, ...list.rows.slice(next, next + AT_ONCE).map(setter.row)] };
    const ends = next + AT_ONCE >= list.rows.length;
    const room = full ? BLOCK.height : BLOCK.bottom - printing.y;
    const pages = divideTable(table, room, BLOCK.height, 0, ends);
    // The last page is filled up with the rows to come, unless it begins inside of one.
    const open = !ends && pages.at(-1)?.[0]?.from === 0 ? (pages.pop() ?? []) : [];
    waiting = open.map(({ row }) => row);
    for (const [index, fragments] of pages.entries()) {
      if (index > 0 || full) turn(printing);
      full = false;
      printing.y = drawTable(printing.canvas, printing.sheet, table, tag, printing.y, fragments, begins);
      begins = false;
    }
    full ||= pages.length > 0;
    yield;
  }
}

/** Goes on on a new page. */
function turn(printing: Printing): void {
  finishSheet(printing);
  printing.sheet = addSheet(printing.canvas);
  printing.y = BLOCK.top;
}

/** What stands outside the text on every page; then the page is written. */
function finishSheet({ canvas, fonts, running, sheet }: Printing): void {
  const top = BLOCK.top - mm(10);
  const setting = { style: fonts.styles.song, size: SIZE.note, width: BLOCK.width } as const;
  artifact(sheet, 'Pagination', () => {
    for (const line of typeset([UNSEALED], { ...setting, style: fonts.styles.hei, align: 'left' }).slice(0, 1)) {
      drawLine(canvas, sheet, line, BLOCK.left, top);
    }
    // A long text leaves room for those words.
    const right = { ...setting, width: BLOCK.width * 0.7, align: 'right' } as const;
    for (const line of typeset([running], right).slice(0, 1)) {
      drawLine(canvas, sheet, line, BLOCK.left + BLOCK.width * 0.3, top);
    }
    drawRule(sheet, BLOCK.left, top + 5, BLOCK.right, top + 5, 0.5);
  });
  drawPageNumber(canvas, sheet, fonts);
  endSheet(canvas, sheet);
}

function drawTitle(printing: Printing, title: string): void {
  const { canvas, fonts, sheet } = printing;
  const lines = setTitle([title], { style: fonts.styles.title, size: SIZE.title, width: BLOCK.width });
  tagged(sheet, addTag(canvas.root, 'H1'), () => {
    for (const line of lines) {
      drawLine(canvas, sheet, line, BLOCK.left, baselineIn(printing.y, GRID.line, SIZE.title));
      printing.y += GRID.line;
    }
  });
  printing.y += LEAD.pitch / 2;
}

/** A paragraph or a heading; a long one goes on on the next page. */
function drawText(printing: Printing, text: string, style: 'fangsong' | 'hei'): void {
  const { canvas, fonts } = printing;
  const tag = addTag(canvas.root, style === 'hei' ? 'H2' : 'P');
  const setting = { style: fonts.styles[style], size: LEAD.size, width: BLOCK.width, indent: 2 * LEAD.size };
  let lines = typeset([text], setting);
  while (lines.length > 0) {
    if (printing.y + LEAD.pitch > BLOCK.bottom) turn(printing);
    const count = Math.max(1, rowsIn(BLOCK.bottom - printing.y, LEAD.pitch));
    tagged(printing.sheet, tag, () => {
      for (const line of lines.slice(0, count)) {
        const baseline = baselineIn(printing.y, LEAD.pitch, LEAD.size);
        drawLine(canvas, printing.sheet, line, BLOCK.left, baseline);
        printing.y += LEAD.pitch;
      }
    });
    lines = lines.slice(count);
  }
}
