// Article 11(7): which images can be the background of a certificate, and why the others cannot.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRaster } from '../../src/documents/pdf/raster.ts';
import { photoJpeg } from '../support/sample-files.ts';
import { pngImage } from './images.ts';

const size = { width: 12, height: 9 };

describe('Article 11(7): images that can be embedded as they are', () => {
  it.each([
    ['grey', pngImage({ ...size, colour: 0 })],
    ['grey', pngImage({ ...size, colour: 0, depth: 1 })],
    ['rgb', pngImage(size)],
    ['palette', pngImage({ ...size, colour: 3, depth: 4 })],
    ['grey', photoJpeg('x', 12, 9)],
  ] as const)('%s', (colour, bytes) => {
    expect(readRaster(bytes)).toMatchObject({ ...size, colour });
  });
});

/** The sample JPEG with another byte at a place relative to its frame header. */
function frameWith(offset: number, value: number): Buffer {
  const bytes = photoJpeg('x', 12, 9);
  bytes[bytes.indexOf(Buffer.of(0xff, 0xc0)) + offset] = value;
  return bytes;
}

describe('Article 11(7): images that cannot', () => {
  it.each([
    ['transparent', pngImage({ ...size, colour: 6 })],
    ['transparent', pngImage({ ...size, colour: 4 })],
    ['transparent', pngImage({ ...size, transparent: true })],
    ['interlaced', pngImage({ ...size, interlaced: true })],
    ['sixteen-bit', pngImage({ ...size, depth: 16 })],
    ['too-large', pngImage({ width: 5000, height: 5000, colour: 0, depth: 1 })],
    ['broken', pngImage({ ...size, width: 0 })],
    ['broken', pngImage(size).subarray(0, 60)],
    ['broken', pngImage(size).subarray(0, 20)],
    ['cmyk', frameWith(9, 4)],
    ['sixteen-bit', frameWith(4, 12)],
    ['broken', photoJpeg('x').subarray(0, 40)],
    ['not-an-image', Buffer.from('%PDF-1.7')],
    ['not-an-image', Buffer.alloc(0)],
  ] as const)('%s', (problem, bytes) => {
    expect(readRaster(bytes)).toBe(problem);
  });

  it('a PNG whose rows were packed to be longer than they say is not unpacked', () => {
    const long = pngImage({ ...size, height: 4000 });
    long.writeUInt32BE(9, 20);
    expect(readRaster(long)).toBe('broken');
  });

  it('any bytes are judged without a mistake', () => {
    const start = fc.constantFrom(
      Buffer.of(0xff, 0xd8),
      pngImage(size).subarray(0, 33),
      photoJpeg('x').subarray(0, 90),
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), (head, rest) => {
        expect(['string', 'object']).toContain(typeof readRaster(Buffer.concat([head, rest])));
      }),
    );
  });
});
