// Delimited text in which no quotation mark occurs: lines and delimiters are all there is, and reading it costs a quarter.
import { tooManyCells, WIDEST } from './cell-text.ts';
import { FileProblem } from './problems.ts';

const LINE_BREAK = /\r\n|\n|\r/;

/** Rows are given when they are of so many characters together: a millisecond or two of work for whoever takes them. */
const BLOCK = 8 * 1024;

const SOMETHING = { ',': /[^,\s]/, ';': /[^;\s]/, '\t': /\S/ } as const;
/** A delimiter that can be found out. */
export type Delimiter = keyof typeof SOMETHING;

/**
 * The rows of a text that comes in pieces and holds no quotation mark: what the parser for quoted text would give, blank rows left
 * out, some at a time. `line` counts from 1.
 * @throws FileProblem `row-too-long`, `too-many-cells`, naming the line
 */
export async function* plainRows(
  pieces: AsyncIterable<string>,
  delimiter: Delimiter,
  maxRowBytes: number,
): AsyncGenerator<{ line: number; cells: string[] }[]> {
  let line = 0;
  let rest = '';
  const check = (text: string): void => {
    // A UTF-16 code unit takes at most three bytes in UTF-8.
    if (3 * text.length <= maxRowBytes || Buffer.byteLength(text) <= maxRowBytes) return;
    throw new FileProblem('row-too-long', { expected: `≤ ${maxRowBytes} B`, place: { row: line } });
  };
  const something = SOMETHING[delimiter];
  const cellsOf = (text: string): string[] => {
    const cells = text.split(delimiter, WIDEST + 1);
    if (cells.length > WIDEST) throw tooManyCells(line);
    return cells;
  };
  for await (const piece of pieces) {
    const text = rest + piece;
    // The second half of a line break may come with the next piece.
    const end = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, end).split(LINE_BREAK);
    rest = (lines.pop() ?? '') + text.slice(end);
    let rows: { line: number; cells: string[] }[] = [];
    let size = 0;
    for (const each of lines) {
      line += 1;
      size += each.length + 1;
      check(each);
      if (something.test(each)) rows.push({ line, cells: cellsOf(each) });
      if (size < BLOCK) continue;
      // Without rows too: whoever takes them decides when others have their turn.
      yield rows;
      rows = [];
      size = 0;
    }
    if (rows.length > 0) yield rows;
    line += 1;
    check(rest);
    line -= 1;
  }
  line += 1;
  const last = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
  if (something.test(last)) yield [{ line, cells: cellsOf(last) }];
}
