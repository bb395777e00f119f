// Rows to CSV that every spreadsheet program opens rightly and none executes.
import { protectCell } from './cell-text.ts';
import { encodeGb18030 } from './gb18030.ts';

const CHUNK = 64 * 1024;

function quoted(cell: string): string {
  const text = protectCell(cell);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/**
 * CSV by RFC 4180 in UTF-8 with byte order mark (without it Excel takes Chinese for GBK) or in GB 18030, in pieces of about 64 KiB.
 * Cells that a program would take for a formula begin with an apostrophe, which `openTable` takes off again.
 */
export async function* writeCsv(
  header: readonly string[],
  rows: AsyncIterable<string[]> | Iterable<string[]>,
  encoding: 'utf-8-bom' | 'gb18030' = 'utf-8-bom',
): AsyncGenerator<Uint8Array> {
  const encode = encoding === 'gb18030' ? encodeGb18030 : (part: string) => Buffer.from(part, 'utf8');
  let text = encoding === 'gb18030' ? lineOf(header) : `\uFEFF${lineOf(header)}`;
  for await (const row of rows) {
    text += lineOf(row);
    if (text.length >= CHUNK) {
      yield encode(text);
      text = '';
    }
  }
  if (text !== '') yield encode(text);
}
