// The header of a DBF table (dBASE III and the plain tables of FoxPro): which columns, how wide, how the text is encoded.
import { FileProblem } from './problems.ts';

/** A column of a DBF table: its place in a record in bytes. */
export interface DbfColumn {
  readonly name: string;
  /** C text, N and F numbers as text, D yyyyMMdd, L yes or no. */
  readonly type: 'C' | 'N' | 'F' | 'D' | 'L';
  readonly start: number;
  readonly width: number;
}

/** What must be known before records can be read. */
export interface DbfForm {
  readonly records: number;
  readonly headerBytes: number;
  readonly recordBytes: number;
  readonly columns: readonly DbfColumn[];
  /** Null where the file does not say: then the text itself must. */
  readonly encoding: 'gb18030' | null;
}

/** Bytes of the fixed part of the header, and of each column's description. */
export const DBF_BLOCK = 32;
/** Code page of Chinese Windows: GBK, whose superset GB 18030 is. */
export const DBF_CHINESE = 0x4d;
const CHINESE: ReadonlySet<number> = new Set([DBF_CHINESE, 0x7a]);
/** Drivers that say nothing, or that programs write whatever the text is. */
const UNTOLD: ReadonlySet<number> = new Set([0x00, 0x01, 0x03, 0x57]);
const VERSIONS: ReadonlySet<number> = new Set([0x03, 0x30, 0x31, 0x32, 0x83, 0x8b, 0xf5]);
const TYPES = 'CNFDL';
const END_OF_HEADER = 0x0d;

/** Whether a file begins like a DBF table: a known version, a date that exists, and zeros where text has none. */
export function isDbf(head: Uint8Array): boolean {
  const [version = 0, , month = 255, day = 255] = head;
  if (head.length < DBF_BLOCK || !VERSIONS.has(version) || month > 12 || day > 31) return false;
  return head[12] === 0 && head[13] === 0 && head[30] === 0 && head[31] === 0;
}

const broken = (found: string): FileProblem => new FileProblem('broken-dbf', { found });

function columnAt(block: Uint8Array, start: number, place: number): DbfColumn {
  const zero = block.subarray(0, 11).indexOf(0);
  const raw = block.subarray(0, zero < 0 ? 11 : zero);
  const name = new TextDecoder('gb18030').decode(raw).trim();
  const type = String.fromCharCode(block[11] ?? 0);
  const width = block[16] ?? 0;
  if (name === '' || width === 0) throw broken(`column ${place}`);
  if (!TYPES.includes(type)) {
    const details = { found: `column ${place}: ${/[A-Z]/.test(type) ? type : '?'}`, expected: [...TYPES].join(' / ') };
    throw new FileProblem('unsupported-dbf', details);
  }
  return { name, type: type as DbfColumn['type'], start, width };
}

/**
 * Reads the header.
 * @param head the first bytes of the file, at least as many as the header says that it has
 * @param size of the whole file
 * @throws FileProblem broken-dbf, unsupported-dbf (memo and binary columns, encryption), wrong-encoding
 */
export function readDbfHeader(head: Uint8Array, size: number): DbfForm {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (!isDbf(head)) throw broken('header');
  const records = view.getUint32(4, true);
  const headerBytes = view.getUint16(8, true);
  const recordBytes = view.getUint16(10, true);
  if (headerBytes < DBF_BLOCK + 1 || headerBytes > head.length || recordBytes < 2) throw broken('header');
  if (head[15] === 1) throw new FileProblem('unsupported-dbf', { found: 'encryption' });
  const driver = head[29] ?? 0;
  if (!CHINESE.has(driver) && !UNTOLD.has(driver)) {
    throw new FileProblem('wrong-encoding', { found: `0x${driver.toString(16)}`, expected: 'GB 18030 / GBK' });
  }
  const columns: DbfColumn[] = [];
  let start = 1;
  for (let at = DBF_BLOCK; ; at += DBF_BLOCK) {
    if (head[at] === END_OF_HEADER) break;
    if (at + DBF_BLOCK > headerBytes) throw broken('header');
    const column = columnAt(head.subarray(at, at + DBF_BLOCK), start, columns.length + 1);
    columns.push(column);
    start += column.width;
  }
  if (columns.length === 0) throw new FileProblem('no-header');
  if (start !== recordBytes) throw broken('record length');
  if (headerBytes + records * recordBytes > size) throw broken('records');
  return { records, headerBytes, recordBytes, columns, encoding: CHINESE.has(driver) ? 'gb18030' : null };
}
