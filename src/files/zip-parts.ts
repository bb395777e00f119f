// A ZIP archive that is written in several sittings: each member as bytes of its own, the table of contents at the end. For archives
// whose making must survive a restart; everything else is written by zip.ts. PKWARE APPNOTE 6.3.10, with ZIP64 where it is needed.
import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

/** A member as the table of contents names it. Sizes and the offset of its header in bytes. */
export interface ZipPart {
  readonly path: string;
  readonly method: 0 | 8;
  readonly crc: number;
  readonly size: number;
  readonly packed: number;
  readonly offset: number;
}

const UTF8 = 0x0800;
const LIMIT_16 = 0xffff;
const LIMIT_32 = 0xffffffff;
/** 1 January 1980: archives of the same members are the same bytes. */
const DAY = 0x0021;

function header(signature: number, fields: readonly (readonly [value: number | bigint, bytes: 2 | 4 | 8])[]): Buffer {
  const bytes = Buffer.alloc(4 + fields.reduce((sum, [, length]) => sum + length, 0));
  let at = bytes.writeUInt32LE(signature);
  for (const [value, length] of fields) {
    if (length === 2) at = bytes.writeUInt16LE(Number(value), at);
    else if (length === 4) at = bytes.writeUInt32LE(Number(value), at);
    else at = bytes.writeBigUInt64LE(BigInt(value), at);
  }
  return bytes;
}

/**
 * One member: its header and bytes, and what the table of contents says of it.
 * @param offset where its header begins. @param stored true for what does not get smaller, such as images and seals
 */
export async function zipPart(
  path: string,
  bytes: Uint8Array,
  offset: number,
  stored = false,
): Promise<{ readonly bytes: readonly Uint8Array[]; readonly part: ZipPart }> {
  if (bytes.length >= LIMIT_32) throw new RangeError('a member of 4 GiB or more');
  const packed = stored ? bytes : await deflate(bytes);
  const smaller = packed.length < bytes.length;
  const data = smaller ? packed : bytes;
  const part: ZipPart = {
    ...{ path, method: smaller ? 8 : 0, crc: crc32(bytes) >>> 0 },
    ...{ size: bytes.length, packed: data.length, offset },
  };
  const name = Buffer.from(path, 'utf8');
  const head = header(0x04034b50, [
    [20, 2],
    [UTF8, 2],
    [part.method, 2],
    [0, 2],
    [DAY, 2],
    [part.crc, 4],
    [part.packed, 4],
    [part.size, 4],
    [name.length, 2],
    [0, 2],
  ]);
  return { bytes: [head, name, data], part };
}

function contentsOf({ path, method, crc, size, packed, offset }: ZipPart): Buffer {
  const name = Buffer.from(path, 'utf8');
  const far = offset >= LIMIT_32;
  const extra = far ? Buffer.alloc(12) : Buffer.alloc(0);
  if (far) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(BigInt(offset), 4);
  }
  const head = header(0x02014b50, [
    [(3 << 8) | (far ? 45 : 20), 2],
    [far ? 45 : 20, 2],
    [UTF8, 2],
    [method, 2],
    [0, 2],
    [DAY, 2],
    [crc, 4],
    [packed, 4],
    [size, 4],
    [name.length, 2],
    [extra.length, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [0o100644 * 0x10000, 4],
    [far ? LIMIT_32 : offset, 4],
  ]);
  return Buffer.concat([head, name, extra]);
}

/** The table of contents behind members that end at `offset`, in pieces. */
export function* zipContents(parts: Iterable<ZipPart>, offset: number): Generator<Uint8Array> {
  let count = 0;
  let size = 0;
  for (const part of parts) {
    const bytes = contentsOf(part);
    count += 1;
    size += bytes.length;
    yield bytes;
  }
  if (count >= LIMIT_16 || size >= LIMIT_32 || offset >= LIMIT_32) {
    const numbers: [number, 2 | 4 | 8][] = [
      [44, 8],
      [(3 << 8) | 45, 2],
      [45, 2],
      [0, 4],
      [0, 4],
      [count, 8],
      [count, 8],
      [size, 8],
      [offset, 8],
    ];
    yield header(0x06064b50, numbers);
    yield header(0x07064b50, [
      [0, 4],
      [offset + size, 8],
      [1, 4],
    ]);
  }
  const few = Math.min(count, LIMIT_16);
  yield header(0x06054b50, [
    [0, 2],
    [0, 2],
    [few, 2],
    [few, 2],
    [Math.min(size, LIMIT_32), 4],
    [Math.min(offset, LIMIT_32), 4],
    [0, 2],
  ]);
}
