// Rows to a DBF table in GB 18030, written in pieces: all columns text, as the tools of the ministry expect (dBASE III).
import { DBF_BLOCK, DBF_CHINESE } from './dbf-header.ts';
import { encodeGb18030 } from './gb18030.ts';

/** The widest text that a column holds, in bytes, and the most columns that programs open. */
export const DBF_LIMITS = { width: 254, columns: 255, nameBytes: 10 } as const;

/** A column: its name of at most ten bytes, its width in bytes, 1 … 254. */
export interface DbfTextColumn {
  readonly name: string;
  readonly width: number;
}

const CHUNK = 64 * 1024;
const SPACE = 0x20;

/** `text` in a field of so many bytes. @throws RangeError it does not fit: nothing is cut */
function put(into: Uint8Array, at: number, width: number, text: string): void {
  const bytes = encodeGb18030(text);
  if (bytes.length > width) throw new RangeError(`${bytes.length} bytes in a field of ${width}`);
  into.set(bytes, at);
}

function headerBlock(columns: readonly DbfTextColumn[], count: number, day: string): Uint8Array {
  const bytes = new Uint8Array(DBF_BLOCK * (columns.length + 1) + 1);
  const view = new DataView(bytes.buffer);
  const [year = 2000, month = 1, date = 1] = day.split('-').map(Number);
  bytes.set([0x03, year - 1900, month, date]);
  view.setUint32(4, count, true);
  view.setUint16(8, bytes.length, true);
  view.setUint16(10, 1 + columns.reduce((sum, { width }) => sum + width, 0), true);
  bytes[29] = DBF_CHINESE;
  for (const [place, { name, width }] of columns.entries()) {
    const at = DBF_BLOCK * (place + 1);
    put(bytes, at, DBF_LIMITS.nameBytes, name);
    bytes[at + 11] = 'C'.charCodeAt(0);
    bytes[at + 16] = width;
  }
  bytes[bytes.length - 1] = 0x0d;
  return bytes;
}

/**
 * A DBF table in pieces. The same rows and day give the same bytes.
 * @param count how many rows there are: the header says it before the first one
 * @param day YYYY-MM-DD, which the header shows as the day of the last change
 * @throws RangeError a text is wider than its column or has a character without a place, or there are not `count` rows: asked of the caller before
 */
export async function* writeDbf(
  columns: readonly DbfTextColumn[],
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  count: number,
  day: string,
): AsyncGenerator<Uint8Array> {
  yield headerBlock(columns, count, day);
  const recordBytes = 1 + columns.reduce((sum, { width }) => sum + width, 0);
  const atOnce = Math.max(1, Math.floor(CHUNK / recordBytes));
  let chunk = Buffer.alloc(recordBytes * atOnce, SPACE);
  let filled = 0;
  let written = 0;
  for await (const row of rows) {
    let at = filled * recordBytes + 1;
    for (const [place, { width }] of columns.entries()) {
      put(chunk, at, width, row[place] ?? '');
      at += width;
    }
    filled++;
    written++;
    if (filled < atOnce) continue;
    yield chunk;
    chunk = Buffer.alloc(recordBytes * atOnce, SPACE);
    filled = 0;
  }
  if (written !== count) throw new RangeError(`${written} rows instead of ${count}`);
  yield Buffer.concat([chunk.subarray(0, filled * recordBytes), Uint8Array.of(0x1a)]);
}
