// One face inside one document: which glyphs are used, and at the end the Type 0 font with its ToUnicode map (ISO 32000-1, 9.7–9.10).

import { endStream, type PdfFile, type PdfRef } from '../pdf/pdf-file.ts';
import type { Face, ShapedGlyph } from './face.ts';
import { subsetTrueType } from './truetype.ts';

/** The glyphs of one face that a document uses. */
export interface FontUse {
  face: Face;
  /** Resource name: F1. */
  name: string;
  ref: PdfRef;
  /** Slot in the document's font → glyph of the face, and what it says. */
  glyphs: { id: number; unicode: string; advance: number }[];
  slots: Map<string, string>;
}

/** Starts the use of a face. The first slot is .notdef and is never drawn. */
export function useFace(file: PdfFile, face: Face, name: string): FontUse {
  const advance = face.font.getGlyph(0).advanceWidth / face.unitsPerEm;
  return { face, name, ref: file.ref({}), glyphs: [{ id: 0, unicode: '', advance }], slots: new Map() };
}

/**
 * The character code of a glyph, as four hex digits.
 * A glyph that says two different things (兀 U+5140 and its compatibility twin) gets two codes: copied text stays what was written.
 */
export function codeOf(use: FontUse, glyph: ShapedGlyph): string {
  const key = glyph.unicode === '' ? `#${glyph.id}` : glyph.unicode + glyph.id;
  const known = use.slots.get(key);
  if (known !== undefined) return known;
  const slot = use.glyphs.push({ id: glyph.id, unicode: glyph.unicode, advance: glyph.advance }) - 1;
  const code = hex(slot);
  use.slots.set(key, code);
  return code;
}

/** Writes the font into the file. */
export function embedFace(file: PdfFile, use: FontUse, index: number): void {
  const { face } = use;
  const name = `${subsetTag(index)}+${face.name}`;
  const program = file.ref(face.outlines === 'cff' ? { Subtype: 'CIDFontType0C' } : {});
  const bytes = fontProgram(face, use);
  if (face.outlines === 'truetype') program.data.Length1 = bytes.length;
  endStream(program, bytes);
  const thousand = 1000 / face.unitsPerEm;
  const { bbox } = face.font;
  const descriptor = file.ref({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: 4,
    FontBBox: [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map((value) => Math.round(value * thousand)),
    ItalicAngle: 0,
    Ascent: Math.round(face.font.ascent * thousand),
    Descent: Math.round(face.font.descent * thousand),
    CapHeight: Math.round((face.font.capHeight || face.font.ascent) * thousand),
    StemV: 80,
    [face.outlines === 'cff' ? 'FontFile3' : 'FontFile2']: program,
    ...(file.conformance.part === 1 ? { CIDSet: cidSet(file, use) } : {}),
  });
  descriptor.end();
  const descendant = file.ref({
    Type: 'Font',
    Subtype: face.outlines === 'cff' ? 'CIDFontType0' : 'CIDFontType2',
    BaseFont: name,
    CIDSystemInfo: { Registry: ascii('Adobe'), Ordering: ascii('Identity'), Supplement: 0 },
    FontDescriptor: descriptor,
    DW: 1000,
    W: [0, use.glyphs.map((glyph) => Math.round(glyph.advance * 1e6) / 1000)],
    ...(face.outlines === 'truetype' ? { CIDToGIDMap: 'Identity' } : {}),
  });
  descendant.end();
  const toUnicode = file.ref({});
  endStream(toUnicode, Buffer.from(unicodeMap(use), 'latin1'));
  Object.assign(use.ref.data, {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: 'Identity-H',
    DescendantFonts: [descendant],
    ToUnicode: toUnicode,
  });
  use.ref.end();
}

/** One bit for each character code: part 1 asks for it, part 3 does not. */
function cidSet(file: PdfFile, use: FontUse): PdfRef {
  const set = file.ref({});
  const bits = Buffer.alloc(Math.ceil(use.glyphs.length / 8));
  use.glyphs.forEach((_, cid) => {
    bits[cid >> 3] = (bits[cid >> 3] ?? 0) | (0x80 >> (cid & 7));
  });
  endStream(set, bits);
  return set;
}

function fontProgram(face: Face, use: FontUse): Uint8Array {
  const ids = use.glyphs.map((glyph) => glyph.id);
  if (face.outlines === 'truetype') return subsetTrueType(face, ids);
  const subset = face.font.createSubset();
  // The list is set, not asked for glyph by glyph: a glyph with two meanings must appear twice.
  subset.glyphs = ids;
  return subset.encode();
}

/** Six capitals, another for each face: AAAAAA, AAAAAB … */
function subsetTag(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  const before = String.fromCharCode(65 + (Math.floor(index / 26) % 26));
  return `AAAA${before}${last}`;
}

function ascii(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function hex(value: number): string {
  return value.toString(16).padStart(4, '0');
}

/** CMap blocks hold at most 100 lines. */
const BLOCK = 100;

function unicodeMap(use: FontUse): string {
  const lines = use.glyphs.slice(1).map((glyph, index) => `<${hex(index + 1)}> <${utf16(glyph.unicode)}>`);
  const blocks: string[] = [];
  for (let i = 0; i < lines.length; i += BLOCK) {
    const block = lines.slice(i, i + BLOCK);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}

function utf16(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += hex(text.charCodeAt(i));
  return out;
}
