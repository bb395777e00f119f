// The text of a letter: paragraphs, closing and attachment note as rows on the grid, page after page, with the signature block at the end.

import type { FontSet } from '../fonts/fonts.ts';
import type { List, OfficialLetter, Paragraph } from '../letter.ts';
import { BLOCK, baselineIn, GRID, SIZE } from '../page.ts';
import { addSheet, type Canvas, drawLine, type Sheet, tagged } from '../pdf/canvas.ts';
import { addTag, type Tag } from '../pdf/structure.ts';
import { signatureRows } from '../signature-block.ts';
import type { Line } from './boxes.ts';
import { paginate, type Row } from './paginate.ts';
import { setList } from './set-list.ts';
import type { RichText } from './shape.ts';
import { addTable, divideTable, drawTable, type Fragment, headHeight, type SetTable, type TableTag } from './table.ts';
import { typeset } from './typeset.ts';

interface TextRow extends Row {
  line?: Line;
  tag?: Tag;
  /** A row of a table, with the table it belongs to. */
  part?: { table: SetTable; tag: TableTag; fragment: Fragment; begins: boolean };
}

/** Where the text ended and the signature block begins. */
export interface BodyEnd {
  sheet: Sheet;
  y: number;
  pitch: number;
}

/** At most this many rows move to a new page with the signature block. */
const MOVED = 10;
/** Air over and under a table in the text. */
const AIR = 7;
/** Type of a table in the text: 小四. */
const TABLE_SIZE = 12;

/** Draws the text from `top` of the first sheet on; new sheets are added as needed. Leaves room for the signature block and `foot` points. */
export function drawBody(
  canvas: Canvas,
  first: Sheet,
  fonts: FontSet,
  letter: OfficialLetter,
  top: number,
  foot: number,
): BodyEnd {
  const text = letter.body.flatMap((part, index) => {
    if ('kind' in part) return tableRows(canvas, fonts, part);
    const lines = paragraphRows(canvas, fonts, part);
    const next = letter.body[index + 1];
    // 如下： stays with the table that it announces.
    const announces = next !== undefined && 'kind' in next;
    return announces
      ? lines.map((row, at) => ({ ...row, keepWithNext: row.keepWithNext || at === lines.length - 1 }))
      : lines;
  });
  const closing = [
    ...paragraphRows(canvas, fonts, { role: 'body', text: [letter.closing] }),
    ...attachmentRows(canvas, fonts, letter.attachments),
  ];
  const rows = [...text, ...closing];
  const pages = paginate({
    rows,
    firstHeight: BLOCK.bottom - top,
    height: BLOCK.height,
    tail: signatureRows(fonts, letter),
    foot,
    together: closing.length <= MOVED ? closing.length : 2,
  });
  let end: BodyEnd = { sheet: first, y: top, pitch: GRID.line };
  pages.forEach(({ start, end: stop, pitch }, index) => {
    const sheet = index === 0 ? first : addSheet(canvas);
    end = { sheet, y: drawRows(canvas, sheet, rows.slice(start, stop), index === 0 ? top : BLOCK.top, pitch), pitch };
  });
  return end;
}

/** Draws the rows of a page; returns y under them. */
function drawRows(canvas: Canvas, sheet: Sheet, rows: readonly TextRow[], top: number, pitch: number): number {
  let y = top;
  let index = 0;
  while (index < rows.length) {
    const row = rows[index];
    let stop = index + 1;
    if (row?.part !== undefined) {
      const { table, tag, begins } = row.part;
      while (rows[stop]?.part?.table === table) stop++;
      const fragments = rows.slice(index, stop).flatMap(({ part }) => part?.fragment ?? []);
      y = drawTable(canvas, sheet, table, tag, y, fragments, begins);
    } else if (row?.tag === undefined) y += row?.height ?? pitch;
    else {
      while (stop < rows.length && rows[stop]?.tag === row.tag) stop++;
      const lines = rows.slice(index, stop);
      tagged(sheet, row.tag, () => {
        for (const { line } of lines) {
          if (line) drawLine(canvas, sheet, line, BLOCK.left, baselineIn(y, pitch, SIZE.body));
          y += pitch;
        }
      });
    }
    index = stop;
  }
  return y;
}

/** The rows of a table as rows of the text: the first brings its head with it, and so does each that begins a page. */
function tableRows(canvas: Canvas, fonts: FontSet, list: List): TextRow[] {
  const table = setList(fonts, list, TABLE_SIZE);
  const tag = addTable(canvas.root);
  const lead = headHeight(table);
  const gap: TextRow = { blank: true, keepWithNext: true, height: AIR };
  const fragments = divideTable(table, BLOCK.height / 2, BLOCK.height / 2, 0).flat();
  return [
    gap,
    ...fragments.map((fragment, index): TextRow => {
      const begins = index === 0;
      const height = fragment.height + (begins ? lead : 0);
      const part = { table, tag, fragment, begins };
      return { blank: false, keepWithNext: false, height, ...(begins ? {} : { lead }), part };
    }),
    { ...gap, keepWithNext: false },
  ];
}

const ROLES = {
  heading1: { style: 'hei', tag: 'H2' },
  heading2: { style: 'kaiti', tag: 'H3' },
  body: { style: 'fangsong', tag: 'P' },
} as const;

function paragraphRows(canvas: Canvas, fonts: FontSet, paragraph: Paragraph): TextRow[] {
  const role = ROLES[paragraph.role];
  const lines = typeset(paragraph.text, {
    style: fonts.styles[role.style],
    size: SIZE.body,
    cell: GRID.cell,
    width: BLOCK.width,
    indent: 2 * GRID.cell,
  });
  const tag = addTag(canvas.root, role.tag);
  return lines.map((line) => ({ line, tag, blank: false, keepWithNext: paragraph.role !== 'body' }));
}

/** 附件：1.×× one row under the text, indented by two, later lines under the first character of the title, no end mark. */
function attachmentRows(canvas: Canvas, fonts: FontSet, titles: readonly string[]): TextRow[] {
  if (titles.length === 0) return [];
  const rows: TextRow[] = [{ blank: true, keepWithNext: true }];
  const list = addTag(canvas.root, 'L', { attributes: { O: 'List', ListNumbering: 'Decimal' } });
  const numbered = titles.length > 1;
  titles.forEach((title, index) => {
    const start = 5 * GRID.cell;
    const number = numbered ? `${index + 1}.` : '';
    const hang = start + (numbered ? GRID.cell * 0.75 : 0) + (index >= 9 ? GRID.cell / 2 : 0);
    const text: RichText = [`${index === 0 ? '附件：' : ''}${number}${title}`];
    const lines = typeset(text, {
      style: fonts.styles.fangsong,
      size: SIZE.body,
      cell: GRID.cell,
      width: BLOCK.width,
      indent: index === 0 ? 2 * GRID.cell : start,
      hang,
      align: 'left',
    });
    const item = addTag(addTag(list, 'LI'), 'LBody');
    // A title is not parted between pages.
    lines.forEach((line, at) => {
      rows.push({ line, tag: item, blank: false, keepWithNext: at < lines.length - 1 });
    });
  });
  return rows;
}
