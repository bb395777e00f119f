// The text of a letter: paragraphs, closing and attachment note as rows on the grid, page after page, with the signature block at the end.
import type { Line } from './boxes.ts';
import { addSheet, type Canvas, drawLine, type Sheet, tagged } from './canvas.ts';
import type { FontSet } from './fonts.ts';
import type { OfficialLetter, Paragraph } from './letter.ts';
import { BLOCK, baselineIn, GRID, SIZE } from './page.ts';
import { paginate, type Row } from './paginate.ts';
import type { RichText } from './shape.ts';
import { signatureRows } from './signature-block.ts';
import { addTag, type Tag } from './structure.ts';
import { typeset } from './typeset.ts';

interface TextRow extends Row {
  line?: Line;
  tag?: Tag;
}

/** Where the text ended and the signature block begins. */
export interface BodyEnd {
  sheet: Sheet;
  y: number;
  pitch: number;
}

/** At most this many rows move to a new page with the signature block. */
const MOVED = 10;

/** Draws the text from `top` of the first sheet on; new sheets are added as needed. Leaves room for the signature block. */
export function drawBody(canvas: Canvas, first: Sheet, fonts: FontSet, letter: OfficialLetter, top: number): BodyEnd {
  const text = letter.paragraphs.flatMap((paragraph) => paragraphRows(canvas, fonts, paragraph));
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
    together: closing.length <= MOVED ? closing.length : 2,
  });
  let end: BodyEnd = { sheet: first, y: top, pitch: GRID.line };
  pages.forEach(({ start, end: stop, pitch }, index) => {
    const sheet = index === 0 ? first : addSheet(canvas);
    const y = index === 0 ? top : BLOCK.top;
    drawRows(canvas, sheet, rows.slice(start, stop), y, pitch);
    end = { sheet, y: y + (stop - start) * pitch, pitch };
  });
  return end;
}

function drawRows(canvas: Canvas, sheet: Sheet, rows: readonly TextRow[], top: number, pitch: number): void {
  let index = 0;
  while (index < rows.length) {
    const tag = rows[index]?.tag;
    let stop = index + 1;
    while (stop < rows.length && rows[stop]?.tag === tag) stop++;
    const from = index;
    if (tag !== undefined) {
      tagged(sheet, tag, () => {
        for (let i = from; i < stop; i++) {
          const line = rows[i]?.line;
          if (line) drawLine(canvas, sheet, line, BLOCK.left, baselineIn(top + i * pitch, pitch, SIZE.body));
        }
      });
    }
    index = stop;
  }
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
    for (const line of lines) rows.push({ line, tag: item, blank: false, keepWithNext: false });
  });
  return rows;
}
