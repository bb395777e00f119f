// What the file tests make by hand: archives with lies in their headers, workbooks of given XML, small documents.
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import { FileProblem, type FileProblemCode } from '../../src/files/problems.ts';
import { writeZip } from '../../src/files/zip.ts';

/** All pieces as one buffer. */
export async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts);
}

/** All items of an iteration. */
export async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** The problem with which the work fails; fails itself when there is none or it is another one. */
export async function problemOf(code: FileProblemCode, work: () => unknown): Promise<FileProblem> {
  try {
    await work();
  } catch (error) {
    if (error instanceof FileProblem && error.code === code) return error;
    throw error;
  }
  throw new Error(`no problem, ${code} expected`);
}

/** An entry with every lie that a header can tell. */
export type HandEntry = {
  name: string | Uint8Array;
  bytes?: Uint8Array;
  flags?: number;
  method?: number;
  declared?: number;
  attributes?: number;
  crc?: number;
  /** Take the packed bytes of this earlier entry instead of own ones: overlapping entries. */
  shares?: number;
};

/** A ZIP archive written field by field (APPNOTE 4.3). */
export function handZip(entries: readonly HandEntry[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name as Uint8Array);
    const bytes = entry.bytes ?? Buffer.from('x');
    const packed = (entry.method ?? 8) === 8 ? deflateRawSync(bytes) : Buffer.from(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(entry.flags ?? 0, 2);
    fields.writeUInt16LE(entry.method ?? 8, 4);
    fields.writeUInt32LE(entry.crc ?? crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(entry.declared ?? bytes.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const offset = entry.shares === undefined ? at : (offsets[entry.shares] ?? 0);
    offsets.push(offset);
    if (entry.shares === undefined) {
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, packed]);
      parts.push(local);
      at += local.length;
    }
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(entry.attributes ?? 0, 6);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), fields, rest, name]));
  }
  const table = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, table, end]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The parts of a small workbook around the XML of `sheetData`. */
export function workbookParts(sheetData: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${sheetData}</sheetData></worksheet>`,
    ...more,
  };
}

/** {@link workbookParts} as the bytes of an XLSX file. */
export function workbook(sheetData: string, more: Record<string, string> = {}): Promise<Buffer> {
  const parts = Object.entries(workbookParts(sheetData, more));
  return bytesOf(writeZip(parts.map(([name, xml]) => ({ name, bytes: Buffer.from(xml) }))));
}

/** A one-page PDF with the given extra objects and trailer entries, its cross-reference table in order. */
export function pdf(extra: readonly (string | Buffer)[] = [], trailer = ''): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>',
    ...extra,
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  const length = (): number => parts.reduce((sum, part) => sum + part.length, 0);
  objects.forEach((object, index) => {
    offsets.push(length());
    parts.push(Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object as string, 'latin1'), Buffer.from('\nendobj\n'));
  });
  const xref = length();
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}/Root 1 0 R${trailer}>>\nstartxref\n${xref}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** A stream object, Flate-packed unless told otherwise. */
export function pdfStream(dictionary: string, content: string | Buffer, packed = true): Buffer {
  const body = packed ? deflateSync(content) : Buffer.from(content as string);
  const filter = packed ? '/Filter/FlateDecode' : '';
  return Buffer.concat([
    Buffer.from(`<<${dictionary}${filter}/Length ${body.length}>>\nstream\n`),
    body,
    Buffer.from('\nendstream'),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A grey PNG; the pixels are real unless the image is too large to be made. */
export function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const pixels = width * height > 1e6 ? Buffer.alloc(9) : Buffer.alloc((width + 1) * height);
  const mark = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([mark, chunk('IHDR', head), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))]);
}

/** The skeleton of a JPEG: application data that holds a thumbnail's own markers, frame, scan with stuffed bytes, end. */
export function jpeg(width: number, height: number): Buffer {
  const segment = (marker: number, data: number[]): number[] => [0xff, marker, 0, data.length + 2, ...data];
  const frame = [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];
  return Buffer.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xe1, [0x45, 0x78, 0x69, 0x66, 0xff, 0xd8, 0xff, 0xd9]),
    ...segment(0xc0, frame),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    ...[1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 5],
    ...[0xff, 0xd9],
  ]);
}
