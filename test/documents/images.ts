// Small PNG images of every kind that a background may, or may not, be.
import { crc32, deflateSync } from 'node:zlib';

/** What a PNG is like (W3C PNG third edition, 11.2.1): colour 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
export interface PngKind {
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
  readonly colour?: 0 | 2 | 3 | 4 | 6;
  readonly interlaced?: boolean;
  readonly transparent?: boolean;
}

const SAMPLES = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** A whole PNG; every byte of its rows is `byte`. */
export function pngImage(kind: PngKind, byte = 0xee): Buffer {
  const { width, height, depth = 8, colour = 2, interlaced = false, transparent = false } = kind;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  const row = Math.ceil((width * depth * SAMPLES[colour]) / 8);
  const rows = Buffer.concat(
    Array.from({ length: height }, () => Buffer.concat([Buffer.of(0), Buffer.alloc(row, byte)])),
  );
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(colour === 3 ? [chunk('PLTE', Buffer.from([255, 250, 240, 200, 220, 255]))] : []),
    ...(transparent ? [chunk('tRNS', Buffer.alloc(colour === 0 ? 2 : 6))] : []),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
