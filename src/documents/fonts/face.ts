// One parsed typeface: coverage, glyphs and their widths. Parsed once, shared by all documents, never changed.
import type { Font } from 'fontkit';

/** A glyph inside a shape: where it stands and what it says. Lengths in em. */
export interface ShapedGlyph {
  id: number;
  /** What a reader copies (ToUnicode). */
  unicode: string;
  /** Offset from the start of the shape. */
  dx: number;
  dy: number;
  advance: number;
}

/** One grapheme set in one face. Width in em. */
export interface Shape {
  face: Face;
  glyphs: readonly ShapedGlyph[];
  width: number;
}

/** A parsed typeface. */
export interface Face {
  /** PostScript name, as it is written into the PDF. */
  name: string;
  family: string;
  path: string;
  font: Font;
  /** The bytes of the font file. */
  bytes: Buffer;
  outlines: 'truetype' | 'cff';
  unitsPerEm: number;
  /** How far glyphs are raised so that ideographs of all faces share one centre line, in em. */
  lift: number;
  /** One bit for each code point with a glyph. */
  coverage: Uint32Array;
  shapes: Map<string, Shape>;
}

const WORDS = 0x110000 / 32;
/** A page of memory is worth more than a rare cluster: the cache of shapes starts afresh beyond this size. */
const SHAPES_KEPT = 40_000;

/** True when the face has a glyph for a code point. */
export function covers(face: Face, codePoint: number): boolean {
  return ((face.coverage[codePoint >>> 5] ?? 0) & (1 << (codePoint & 31))) !== 0;
}

/** True when the face has a glyph for every code point of a text; variation selectors need none. */
export function coversAll(face: Face, text: string): boolean {
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (!isSelector(codePoint) && !covers(face, codePoint)) return false;
  }
  return true;
}

/** Variation selectors choose between glyphs and have none themselves. */
export function isSelector(codePoint: number): boolean {
  return (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
}

/** Wraps a parsed font. */
export function makeFace(font: Font, bytes: Buffer, path: string): Face {
  const coverage = new Uint32Array(WORDS);
  for (const codePoint of font.characterSet) {
    const word = codePoint >>> 5;
    coverage[word] = (coverage[word] ?? 0) | (1 << (codePoint & 31));
  }
  const outlines = font.directory.tables['CFF '] === undefined ? 'truetype' : 'cff';
  const name = font.postscriptName.replace(/[^A-Za-z0-9-]/g, '') || 'Face';
  const { familyName: family, unitsPerEm } = font;
  return { name, family, path, font, bytes, outlines, unitsPerEm, lift: 0, coverage, shapes: new Map() };
}

/** Height of the optical centre of ideographs above the base line, in em; 0.37 where the face has none. */
export function centreLine(face: Face): number {
  const centres: number[] = [];
  for (const character of '国圆团田回日') {
    const codePoint = character.codePointAt(0) ?? 0;
    if (!covers(face, codePoint)) continue;
    const { minY, maxY } = face.font.glyphForCodePoint(codePoint).bbox;
    centres.push((minY + maxY) / 2 / face.unitsPerEm);
  }
  return centres.length === 0 ? 0.37 : centres.reduce((sum, centre) => sum + centre, 0) / centres.length;
}

/** Sets one grapheme in a face that covers it. Cached. */
export function shapeIn(face: Face, grapheme: string): Shape {
  const known = face.shapes.get(grapheme);
  if (known !== undefined) return known;
  const shape = isSingle(grapheme) ? single(face, grapheme) : cluster(face, grapheme);
  if (face.shapes.size >= SHAPES_KEPT) face.shapes.clear();
  face.shapes.set(grapheme, shape);
  return shape;
}

function isSingle(grapheme: string): boolean {
  return grapheme.length === 1 || (grapheme.length === 2 && (grapheme.codePointAt(0) ?? 0) > 0xffff);
}

function single(face: Face, grapheme: string): Shape {
  const glyph = face.font.glyphForCodePoint(grapheme.codePointAt(0) ?? 0);
  const advance = glyph.advanceWidth / face.unitsPerEm;
  return { face, glyphs: [{ id: glyph.id, unicode: grapheme, dx: 0, dy: 0, advance }], width: advance };
}

/** A base with marks or a variation selector: the font's own tables place the parts. */
function cluster(face: Face, grapheme: string): Shape {
  const run = face.font.layout(grapheme);
  const glyphs: ShapedGlyph[] = [];
  let pen = 0;
  run.glyphs.forEach((glyph, index) => {
    const position = run.positions[index];
    glyphs.push({
      id: glyph.id,
      // The first part says the whole cluster; marks must say something, too, and U+200B takes no room in a copy.
      unicode: index === 0 ? grapheme : '\u200b',
      dx: (pen + (position?.xOffset ?? 0)) / face.unitsPerEm,
      dy: (position?.yOffset ?? 0) / face.unitsPerEm,
      advance: glyph.advanceWidth / face.unitsPerEm,
    });
    pen += position?.xAdvance ?? glyph.advanceWidth;
  });
  return { face, glyphs, width: pen / face.unitsPerEm };
}
