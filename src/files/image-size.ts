// The size of a JPEG or PNG image, read from its structure to the end, so that a truncated image is noticed.
// JPEG: ITU-T T.81 annex B; PNG: W3C PNG third edition, clause 5. Pixels are not decoded.
import { crc32 } from 'node:zlib';

/** Width and height in pixels, or what is wrong. */
export type ImageSize = { width: number; height: number } | 'broken';

const at16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

// Frame headers are C0 … CF without DHT (C4), JPG (C8) and DAC (CC).
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** The position of the next marker after packed data: an FF that is followed neither by 00 nor by a restart marker. */
function afterScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

/** Walks the segments of a JPEG from SOI to EOI. What follows EOI is not looked at. */
export function jpegSize(bytes: Uint8Array): ImageSize {
  let size: ImageSize = 'broken';
  let scans = 0;
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return 'broken';
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xd9) return scans > 0 ? size : 'broken';
    const length = at16(bytes, at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return 'broken';
    if (isFrame(marker) && length >= 8) size = { height: at16(bytes, at + 5), width: at16(bytes, at + 7) };
    at += 2 + length;
    if (marker === 0xda) {
      scans++;
      at = afterScan(bytes, at);
    }
  }
  return 'broken';
}

/** Walks the chunks of a PNG from IHDR to IEND with their checksums. */
export function pngSize(bytes: Uint8Array): ImageSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let size: ImageSize = 'broken';
  let data = false;
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) return 'broken';
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) return 'broken';
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at === 8 && (type !== 'IHDR' || length !== 13)) return 'broken';
    if (type === 'IHDR') size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (type === 'IDAT') data = true;
    if (type === 'IEND') return data ? size : 'broken';
    at = end;
  }
  return 'broken';
}
