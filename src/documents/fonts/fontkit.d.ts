// The part of fontkit 2 that is used here (the package ships no types).
declare module 'fontkit' {
  export interface GlyphPath {
    commands: { command: string; args: number[] }[];
  }
  export interface BoundingBox {
    minX: number;
    minY: number;
    maxX: number;
    maxY: number;
  }
  export interface Glyph {
    id: number;
    advanceWidth: number;
    path: GlyphPath;
    bbox: BoundingBox;
  }
  export interface GlyphPosition {
    xAdvance: number;
    xOffset: number;
    yOffset: number;
  }
  export interface Subset {
    glyphs: number[];
    encode(): Uint8Array;
  }
  export interface Font {
    familyName: string;
    subfamilyName: string;
    postscriptName: string;
    unitsPerEm: number;
    ascent: number;
    descent: number;
    capHeight: number;
    italicAngle: number;
    bbox: BoundingBox;
    characterSet: number[];
    directory: { tables: Record<string, { offset: number; length: number } | undefined> };
    loca: { offsets: number[] };
    'OS/2'?: { fsType?: { noEmbedding?: boolean } };
    glyphForCodePoint(codePoint: number): Glyph;
    getGlyph(id: number): Glyph;
    layout(text: string): { glyphs: Glyph[]; positions: GlyphPosition[] };
    createSubset(): Subset;
  }
  export function create(bytes: Uint8Array): Font;
}
