// Rows to CSV that every spreadsheet program opens rightly and none executes.
import { protectCell } from './cell-text.ts';

const CHUNK = 64 * 1024;

function quoted(cell: string): string {
  const text = protectCell(cell);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/**
 * CSV by RFC 4180 in UTF-8 with byte order mark (without it Excel takes Chinese for GBK), in pieces of about 64 KiB.
 * Cells that a program would take for a formula begin with an apostrophe, which `openTable` takes off again.
 */
export async function* writeCsv(
  header: readonly string[],
  rows: AsyncIterable<string[]> | Iterable<string[]>,
): AsyncGenerator<Uint8Array> {
  let text = `\uFEFF${lineOf(header)}`;
  for await (const row of rows) {
    text += lineOf(row);
    if (text.length >= CHUNK) {
      yield Buffer.from(text, 'utf8');
      text = '';
    }
  }
  if (text !== '') yield Buffer.from(text, 'utf8');
}
