// JPEG and PNG images as PDF image objects: their data goes in as it is, so only what PDF/A shows without decoding is taken.
import { inflateSync } from 'node:zlib';
import { number as n, type PdfFile, type PdfRef } from './pdf-file.ts';

/** An image that can be embedded. Sizes in pixels. */
export interface Raster {
  readonly type: 'jpeg' | 'png';
  readonly width: number;
  readonly height: number;
  readonly colour: 'grey' | 'rgb' | 'palette';
  /** Bits of a component. */
  readonly depth: number;
  /** Bytes of the stream: the whole JPEG, the packed rows of a PNG. */
  readonly data: Uint8Array;
  /** RGB triples of a palette. */
  readonly palette?: Uint8Array;
}

/** Why an image cannot be embedded. */
export type RasterProblem =
  | 'not-an-image'
  | 'broken'
  | 'cmyk'
  | 'transparent'
  | 'interlaced'
  | 'sixteen-bit'
  | 'too-large';

/** An A3 page at 300 points per inch has 17.4 million pixels. */
const MOST_PIXELS = 20_000_000;

/** Reads an image, or says why it cannot be embedded: PDF/A has one colour space here (sRGB), and no image may need a mask. */
export function readRaster(bytes: Uint8Array): Raster | RasterProblem {
  const raster = bytes[0] === 0xff ? readJpeg(bytes) : bytes[0] === 0x89 ? readPng(bytes) : 'not-an-image';
  if (typeof raster === 'string') return raster;
  return raster.width * raster.height > MOST_PIXELS ? 'too-large' : raster;
}

const at16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const at32 = (bytes: Uint8Array, at: number): number => at16(bytes, at) * 0x10000 + at16(bytes, at + 2);

/** The first frame header says size and components (ITU-T T.81, B.2.2). */
function readJpeg(bytes: Uint8Array): Raster | RasterProblem {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return 'broken';
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (!frame) {
      if (marker === 0xda || marker === 0xd9) return 'broken';
      at += 2 + at16(bytes, at + 2);
      continue;
    }
    const [height, width, components] = [at16(bytes, at + 5), at16(bytes, at + 7), bytes[at + 9]];
    const ended = bytes.lastIndexOf(0xd9) > 0 && bytes[bytes.lastIndexOf(0xd9) - 1] === 0xff;
    if (width === 0 || height === 0 || !ended) return 'broken';
    if (bytes[at + 4] !== 8) return 'sixteen-bit';
    if (components === 4) return 'cmyk';
    return { type: 'jpeg', width, height, colour: components === 1 ? 'grey' : 'rgb', depth: 8, data: bytes };
  }
  return 'broken';
}

/** The rows of a PNG are packed as PDF packs them (PNG predictors), so they go in as they are. */
function readPng(bytes: Uint8Array): Raster | RasterProblem {
  const chunks = chunksOf(bytes);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (header === undefined || header.length !== 13 || chunks.at(-1)?.type !== 'IEND') return 'broken';
  const [width, height, depth = 0, kind = 0] = [at32(header, 0), at32(header, 4), header[8], header[9]];
  if (width === 0 || height === 0) return 'broken';
  if (width * height > MOST_PIXELS) return 'too-large';
  if (header[12] !== 0) return 'interlaced';
  if (kind === 4 || kind === 6 || chunks.some(({ type }) => type === 'tRNS')) return 'transparent';
  if (depth > 8) return 'sixteen-bit';
  const colour = ({ 0: 'grey', 2: 'rgb', 3: 'palette' } as const)[kind];
  const palette = chunks.find(({ type }) => type === 'PLTE')?.data;
  if (colour === undefined || (colour === 'palette' && palette === undefined)) return 'broken';
  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data));
  const row = 1 + Math.ceil((width * depth * (colour === 'rgb' ? 3 : 1)) / 8);
  try {
    if (inflateSync(data, { maxOutputLength: row * height }).length !== row * height) return 'broken';
  } catch {
    return 'broken';
  }
  return { type: 'png', width, height, colour, depth, data, ...(colour === 'palette' && palette ? { palette } : {}) };
}

function chunksOf(bytes: Uint8Array): { type: string; data: Uint8Array }[] {
  const chunks: { type: string; data: Uint8Array }[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = at32(bytes, at);
    if (at + 12 + length > bytes.length) break;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** Writes the image object. */
export function embedRaster(file: PdfFile, raster: Raster): PdfRef {
  const { type, width, height, colour, depth, data, palette } = raster;
  const space = colour === 'grey' ? 'DeviceGray' : 'DeviceRGB';
  const colours = palette ? ['Indexed', space, palette.length / 3 - 1, palette] : space;
  const predictor = { Predictor: 15, Colors: colour === 'rgb' ? 3 : 1, BitsPerComponent: depth, Columns: width };
  const image = file.ref({
    ...{ Type: 'XObject', Subtype: 'Image', Width: width, Height: height },
    ...{ ColorSpace: colours, BitsPerComponent: depth, Filter: type === 'jpeg' ? 'DCTDecode' : 'FlateDecode' },
    ...(type === 'png' ? { DecodeParms: predictor } : {}),
  });
  image.compress = false;
  image.end(data);
  return image;
}

/** The operators that draw an image object into a rectangle; y upwards. */
export function rasterOperators(name: string, x: number, y: number, width: number, height: number): string {
  return `q ${n(width)} 0 0 ${n(height)} ${n(x)} ${n(y)} cm /${name} Do Q`;
}
