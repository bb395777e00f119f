// What a file is by its content, and whether an uploaded PDF or photo may be taken. Names and declared types play no part.
import { fileTypeFromBuffer } from 'file-type';
import { isDbf } from './dbf-header.ts';
import { type ImageSize, jpegSize, pngSize } from './image-size.ts';
import { scanPdf } from './pdf-scan.ts';
import { FileProblem } from './problems.ts';
import { detectEncoding } from './text.ts';
import { isWorkbook, openWorkbook } from './xlsx.ts';

/** The kinds of file that are told apart, each with the media type under which it is served. */
export const MEDIA_TYPES = {
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  dbf: 'application/vnd.dbf',
  zip: 'application/zip',
  text: 'text/plain',
  unknown: 'application/octet-stream',
} as const;

/** A key of {@link MEDIA_TYPES}. */
export type SniffedType = keyof typeof MEDIA_TYPES;

// More than any photograph that a register needs; decoders would take 400 MB.
const MAX_PIXELS = 100_000_000;

async function detect(bytes: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime;
  } catch {
    // A file cut in the middle of what its beginning promised.
    return undefined;
  }
}

const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5) && (bytes[3] === 4 || bytes[3] === 6);

async function zipKind(bytes: Uint8Array): Promise<'xlsx' | 'zip'> {
  try {
    const zip = await openWorkbook({ bytes });
    zip.close();
    return isWorkbook(zip) ? 'xlsx' : 'zip';
  } catch {
    return 'zip';
  }
}

async function typeOf(bytes: Uint8Array): Promise<SniffedType> {
  if (isZip(bytes)) return zipKind(bytes);
  if (isDbf(bytes)) return 'dbf';
  const mime = await detect(bytes);
  if (mime === 'application/pdf') return 'pdf';
  if (mime === 'image/jpeg') return 'jpeg';
  if (mime === 'image/png' || mime === 'image/apng') return 'png';
  try {
    if (bytes.length > 0 && (mime === undefined || mime.startsWith('text/'))) {
      detectEncoding(bytes);
      return 'text';
    }
  } catch {
    // Not a text in an accepted encoding.
  }
  return 'unknown';
}

/** What the bytes are. A ZIP archive that holds a workbook is `xlsx`; text is valid UTF-8 or GB 18030. Never throws. */
export async function sniff(bytes: Uint8Array): Promise<{ type: SniffedType; mediaType: string }> {
  const type = await typeOf(bytes);
  return { type, mediaType: MEDIA_TYPES[type] };
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/**
 * Checks that the bytes are a whole PDF that does nothing by itself: header at the first byte, cross-reference where
 * `startxref` says, end mark, no encryption, no script, no launch action. ISO 32000-1, 7.5. Not a proof that it renders.
 *
 * @returns the version of the header, such as `1.7`
 * @throws FileProblem not-a-pdf, broken-pdf (`found` names the part), encrypted-pdf, active-pdf, zip-bomb
 */
export function checkPdf(bytes: Uint8Array, mostPages = Number.POSITIVE_INFINITY): { version: string } {
  const version = /^%PDF-(1\.[0-7]|2\.0)[\s%]/.exec(latin1(bytes.subarray(0, 16)))?.[1];
  if (version === undefined) throw new FileProblem('not-a-pdf', { expected: '%PDF-1.x' });
  const end = latin1(bytes.subarray(-2048));
  const mark = end.lastIndexOf('%%EOF');
  if (mark < 0) throw new FileProblem('broken-pdf', { expected: '%%EOF' });
  const offset = /startxref\s+(\d+)\s*$/.exec(end.slice(0, mark))?.[1];
  if (offset === undefined) throw new FileProblem('broken-pdf', { expected: 'startxref' });
  const table = latin1(bytes.subarray(Number(offset), Number(offset) + 64));
  if (!/^\s*(xref\s|\d+\s+\d+\s+obj)/.test(table))
    throw new FileProblem('broken-pdf', { found: `startxref ${offset}` });
  const names = scanPdf(bytes);
  if (names.encrypted) throw new FileProblem('encrypted-pdf', { found: '/Encrypt' });
  if (names.active.length > 0) throw new FileProblem('active-pdf', { found: names.active.join(' · ') });
  if (names.pages > mostPages || (names.pages === 0 && Number.isFinite(mostPages))) {
    throw new FileProblem('too-many-pages', { found: String(names.pages), expected: `1 – ${mostPages}` });
  }
  return { version };
}

/**
 * Reads the size of a JPEG or PNG photo and checks that it is whole.
 * @returns width and height in pixels
 * @throws FileProblem not-an-image, broken-image (truncated, damaged, empty), image-too-large (more than 100 megapixels)
 */
export function checkImage(bytes: Uint8Array): { width: number; height: number; type: 'jpeg' | 'png' } {
  let type: 'jpeg' | 'png';
  let size: ImageSize;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) {
    type = 'jpeg';
    size = jpegSize(bytes);
  } else if (latin1(bytes.subarray(0, 8)) === '\x89PNG\r\n\x1a\n') {
    type = 'png';
    size = pngSize(bytes);
  } else throw new FileProblem('not-an-image', { expected: 'JPEG / PNG' });
  if (size === 'broken' || size.width === 0 || size.height === 0)
    throw new FileProblem('broken-image', { found: type });
  if (size.width * size.height > MAX_PIXELS) {
    throw new FileProblem('image-too-large', { found: `${size.width} × ${size.height}`, expected: `≤ ${MAX_PIXELS}` });
  }
  return { ...size, type };
}
