// A TrueType font program with a few glyphs only, copied byte for byte out of the font file (ISO 32000-1, 9.9).
import type { Face } from './face.ts';

/** Composite glyph flags (OpenType, glyf). */
const WORDS = 0x0001;
const SCALE = 0x0008;
const MORE = 0x0020;
const XY_SCALE = 0x0040;
const TWO_BY_TWO = 0x0080;

/**
 * Builds a font program whose glyph i is glyph `ids[i]` of the face (ids[0] must be 0, .notdef). Parts of composite glyphs are added behind.
 * @returns the font file
 */
export function subsetTrueType(face: Face, ids: readonly number[]): Buffer {
  const glyphs = [...ids];
  const added = new Map<number, number>();
  const data: Buffer[] = [];
  for (let i = 0; i < glyphs.length; i++) {
    data.push(
      withParts(glyphBytes(face, glyphs[i] ?? 0), (part) => {
        let slot = added.get(part);
        if (slot === undefined) {
          slot = glyphs.push(part) - 1;
          added.set(part, slot);
        }
        return slot;
      }),
    );
  }
  const head = copyTable(face, 'head');
  head.writeUInt32BE(0, 8);
  head.writeInt16BE(1, 50);
  const hhea = copyTable(face, 'hhea');
  hhea.writeUInt16BE(glyphs.length, 34);
  const maxp = copyTable(face, 'maxp');
  maxp.writeUInt16BE(glyphs.length, 4);
  const tables: [string, Buffer][] = [];
  for (const tag of ['cvt ', 'fpgm']) if (face.font.directory.tables[tag]) tables.push([tag, copyTable(face, tag)]);
  tables.push(['glyf', Buffer.concat(data)], ['head', head], ['hhea', hhea]);
  tables.push(['hmtx', metrics(face, glyphs)], ['loca', offsets(data)], ['maxp', maxp]);
  if (face.font.directory.tables.prep) tables.push(['prep', copyTable(face, 'prep')]);
  return assemble(tables);
}

function table(face: Face, tag: string): { offset: number; length: number } {
  const entry = face.font.directory.tables[tag];
  if (entry === undefined) throw new Error(`The font ${face.path} has no table ${tag}.`);
  return entry;
}

function copyTable(face: Face, tag: string): Buffer {
  const { offset, length } = table(face, tag);
  return Buffer.from(face.bytes.subarray(offset, offset + length));
}

function glyphBytes(face: Face, id: number): Buffer {
  const glyf = table(face, 'glyf').offset;
  const from = face.font.loca.offsets[id] ?? 0;
  const to = face.font.loca.offsets[id + 1] ?? from;
  return face.bytes.subarray(glyf + from, glyf + to);
}

/** Renumbers the parts of a composite glyph and pads to four bytes. */
function withParts(bytes: Buffer, slotOf: (id: number) => number): Buffer {
  const padded = Buffer.alloc((bytes.length + 3) & ~3);
  bytes.copy(padded);
  if (bytes.length === 0 || bytes.readInt16BE(0) >= 0) return padded;
  let at = 10;
  let flags = MORE;
  while (flags & MORE) {
    flags = padded.readUInt16BE(at);
    padded.writeUInt16BE(slotOf(padded.readUInt16BE(at + 2)), at + 2);
    at += 4 + (flags & WORDS ? 4 : 2);
    if (flags & SCALE) at += 2;
    else if (flags & XY_SCALE) at += 4;
    else if (flags & TWO_BY_TWO) at += 8;
  }
  return padded;
}

function metrics(face: Face, glyphs: readonly number[]): Buffer {
  const { offset } = table(face, 'hmtx');
  const long = face.bytes.readUInt16BE(table(face, 'hhea').offset + 34);
  const out = Buffer.alloc(glyphs.length * 4);
  glyphs.forEach((id, index) => {
    const advance = face.bytes.readUInt16BE(offset + Math.min(id, long - 1) * 4);
    const bearingAt = id < long ? offset + id * 4 + 2 : offset + long * 4 + (id - long) * 2;
    out.writeUInt16BE(advance, index * 4);
    out.writeInt16BE(face.bytes.readInt16BE(bearingAt), index * 4 + 2);
  });
  return out;
}

function offsets(data: readonly Buffer[]): Buffer {
  const out = Buffer.alloc((data.length + 1) * 4);
  let at = 0;
  data.forEach((bytes, index) => {
    out.writeUInt32BE(at, index * 4);
    at += bytes.length;
  });
  out.writeUInt32BE(at, data.length * 4);
  return out;
}

/** The table directory, sorted by tag, with checksums. */
function assemble(tables: readonly [string, Buffer][]): Buffer {
  const count = tables.length;
  const power = Math.floor(Math.log2(count));
  const header = Buffer.alloc(12 + count * 16);
  header.writeUInt32BE(0x00010000, 0);
  header.writeUInt16BE(count, 4);
  header.writeUInt16BE(2 ** power * 16, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE((count - 2 ** power) * 16, 10);
  const parts: Buffer[] = [header];
  let at = header.length;
  tables.forEach(([tag, bytes], index) => {
    const entry = 12 + index * 16;
    header.write(tag, entry, 'latin1');
    header.writeUInt32BE(checksum(bytes), entry + 4);
    header.writeUInt32BE(at, entry + 8);
    header.writeUInt32BE(bytes.length, entry + 12);
    const padded = Buffer.alloc((bytes.length + 3) & ~3);
    bytes.copy(padded);
    parts.push(padded);
    at += padded.length;
  });
  return Buffer.concat(parts);
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  const whole = bytes.length & ~3;
  for (let i = 0; i < whole; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0;
  for (let i = whole; i < bytes.length; i++) sum = (sum + (bytes[i] ?? 0) * 2 ** (24 - (i - whole) * 8)) >>> 0;
  return sum;
}
