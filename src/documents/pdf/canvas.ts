// Drawing: sheets, lines of type, rules and marked content, as PDF operators. y is counted downwards and turned round here.

import type { Face } from '../fonts/face.ts';
import { codeOf, type FontUse, useFace } from '../fonts/font-embed.ts';
import { PAGE } from '../page.ts';
import type { Line } from '../typeset/boxes.ts';
import { endStream, number as n, type PdfFile, type PdfRef } from './pdf-file.ts';
import type { ParentEntry, Tag } from './structure.ts';

/** Width and height of a page in points. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** One page being drawn. */
export interface Sheet {
  /** From 0. */
  index: number;
  /** Width and height in points. */
  size: PageSize;
  ref: PdfRef;
  operators: string[];
  /** What was drawn, once nothing more will be. */
  content?: PdfRef;
  annotations: PdfRef[];
  /** Elements by marked-content number. */
  marks: Tag[];
}

/** One document being drawn. */
export interface Canvas {
  file: PdfFile;
  sheets: Sheet[];
  uses: Map<Face, FontUse>;
  xobjects: Record<string, PdfRef>;
  root: Tag;
  /** Parent-tree entries of annotations; pages have their own numbers. */
  annotationParents: Tag[];
}

/** Opens a canvas without pages. */
export function openCanvas(file: PdfFile): Canvas {
  const root: Tag = { type: 'Document', kids: [] };
  return { file, sheets: [], uses: new Map(), xobjects: {}, root, annotationParents: [] };
}

/** Adds a page; A4 upright unless another size is given. */
export function addSheet(canvas: Canvas, size: PageSize = PAGE): Sheet {
  const ref = canvas.file.ref({});
  const sheet: Sheet = { index: canvas.sheets.length, size, ref, operators: [], annotations: [], marks: [] };
  canvas.sheets.push(sheet);
  return sheet;
}

/** Draws something that belongs to an element. */
export function tagged(sheet: Sheet, tag: Tag, draw: () => void): void {
  const mcid = sheet.marks.push(tag) - 1;
  tag.kids.push({ page: sheet.ref, mcid });
  sheet.operators.push(`/${tag.type} <</MCID ${mcid}>> BDC`);
  draw();
  sheet.operators.push('EMC');
}

/** Draws something that is no content: page numbers, rules, repeated table heads. */
export function artifact(sheet: Sheet, type: 'Pagination' | 'Layout' | 'Page', draw: () => void): void {
  sheet.operators.push(`/Artifact <</Type /${type}>> BDC`);
  draw();
  sheet.operators.push('EMC');
}

/** Draws a line of type; `x` is the left edge of its block. */
export function drawLine(canvas: Canvas, sheet: Sheet, line: Line, x: number, baseline: number, colour?: string): void {
  if (line.glyphs.length === 0) return;
  const out: string[] = [colour === undefined ? 'BT' : `q ${colour} rg BT`];
  let face: Face | undefined;
  let run = '';
  let pen = 0;
  let level = 0;
  const close = (): void => {
    if (run !== '') out.push(`[${run}>] TJ`);
    run = '';
  };
  for (const { grapheme, x: offset } of line.glyphs) {
    const { shape } = grapheme;
    for (const glyph of shape.glyphs) {
      const at = x + offset + glyph.dx * line.size;
      const rise = glyph.dy + shape.face.lift;
      const code = codeOf(useOf(canvas, shape.face), glyph);
      if (shape.face !== face || rise !== level || run === '') {
        close();
        if (shape.face !== face) out.push(`/${useOf(canvas, shape.face).name} ${n(line.size)} Tf`);
        face = shape.face;
        level = rise;
        out.push(`1 0 0 1 ${n(at)} ${n(sheet.size.height - baseline + rise * line.size)} Tm`);
        run = `<${code}`;
        pen = at;
      } else {
        const shift = Math.round(((pen - at) / line.size) * 1000);
        run += shift === 0 ? code : `> ${shift} <${code}`;
        // The pen is where the viewer will think it is, so that roundings never add up.
        pen -= (shift * line.size) / 1000;
      }
      pen += glyph.advance * line.size;
    }
  }
  close();
  out.push(colour === undefined ? 'ET' : 'ET Q');
  sheet.operators.push(out.join('\n'));
}

/** A horizontal or vertical bar: the stroke stands in the middle of the line from (x1, y1) to (x2, y2). */
export function drawRule(
  sheet: Sheet,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  width: number,
  colour = '0 0 0',
): void {
  const h = sheet.size.height;
  sheet.operators.push(`q ${colour} RG ${n(width)} w ${n(x1)} ${n(h - y1)} m ${n(x2)} ${n(h - y2)} l S Q`);
}

function useOf(canvas: Canvas, face: Face): FontUse {
  let use = canvas.uses.get(face);
  if (use === undefined) {
    use = useFace(canvas.file, face, `F${canvas.uses.size + 1}`);
    canvas.uses.set(face, use);
  }
  return use;
}

/** Writes what is drawn on a page and lets go of it: nothing more is drawn there. */
export function endSheet(canvas: Canvas, sheet: Sheet): PdfRef {
  const content = canvas.file.ref({});
  endStream(content, Buffer.from(sheet.operators.join('\n'), 'latin1'));
  sheet.operators = [];
  sheet.content = content;
  return content;
}

/** Writes all pages with one common resource dictionary; returns what the parent tree needs. */
export function writeSheets(canvas: Canvas): ParentEntry[] {
  const { file } = canvas;
  const resources = file.ref({
    Font: Object.fromEntries([...canvas.uses.values()].map((use) => [use.name, use.ref])),
    XObject: canvas.xobjects,
  });
  resources.end();
  for (const sheet of canvas.sheets) {
    const content = sheet.content ?? endSheet(canvas, sheet);
    Object.assign(sheet.ref.data, {
      Type: 'Page',
      Parent: file.pages,
      MediaBox: [0, 0, sheet.size.width, sheet.size.height],
      Contents: content,
      Resources: resources,
      StructParents: sheet.index,
      Tabs: 'S',
      ...(file.conformance.part > 1 ? { Group: { Type: 'Group', S: 'Transparency', CS: 'DeviceRGB' } } : {}),
      ...(sheet.annotations.length > 0 ? { Annots: sheet.annotations } : {}),
    });
    file.addPage(sheet.ref);
    sheet.ref.end();
  }
  return [
    ...canvas.sheets.map((sheet) => ({ key: sheet.index, tags: sheet.marks })),
    ...canvas.annotationParents.map((tags, index) => ({ key: annotationKey(canvas, index), tags })),
  ];
}

/** Parent-tree key of an annotation: after the pages. */
export function annotationKey(canvas: Canvas, index: number): number {
  return canvas.sheets.length + index;
}
