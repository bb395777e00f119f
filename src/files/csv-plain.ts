// Delimited text in which no quotation mark occurs: lines and delimiters are all there is, and reading it costs a quarter.
import { FileProblem } from './problems.ts';

const LINE_BREAK = /\r\n|\n|\r/;

/**
 * The rows of a text that comes in pieces and holds no quotation mark: what the parser for quoted text would give, blank lines left
 * out, those of a piece together. `line` counts from 1.
 * @throws FileProblem `row-too-long`, naming the line
 */
export async function* plainRows(
  pieces: AsyncIterable<string>,
  delimiter: string,
  maxRowBytes: number,
): AsyncGenerator<{ line: number; cells: string[] }[]> {
  let line = 0;
  let rest = '';
  const check = (text: string): void => {
    // A UTF-16 code unit takes at most three bytes in UTF-8.
    if (3 * text.length <= maxRowBytes || Buffer.byteLength(text) <= maxRowBytes) return;
    throw new FileProblem('row-too-long', { expected: `≤ ${maxRowBytes} B`, place: { row: line } });
  };
  for await (const piece of pieces) {
    const text = rest + piece;
    // The second half of a line break may come with the next piece.
    const end = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, end).split(LINE_BREAK);
    rest = (lines.pop() ?? '') + text.slice(end);
    const rows: { line: number; cells: string[] }[] = [];
    for (const each of lines) {
      line += 1;
      check(each);
      if (each !== '') rows.push({ line, cells: each.split(delimiter) });
    }
    if (rows.length > 0) yield rows;
    line += 1;
    check(rest);
    line -= 1;
  }
  line += 1;
  const last = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
  if (last !== '') yield [{ line, cells: last.split(delimiter) }];
}
