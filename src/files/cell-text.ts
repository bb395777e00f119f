// The text of one cell as people mean it: the wrappings by which spreadsheets keep text as text, put on and taken off.
// Writing and reading are inverse: unwrapCell(protectCell(x)) === x for every x.
import { FileProblem } from './problems.ts';

// The full-width forms count because Excel folds them before it decides that a cell is a formula (OWASP, CSV Injection).
const DANGEROUS = '=+-@\t\r\n＝＋－＠';

const mayStartFormula = (text: string): boolean => text !== '' && DANGEROUS.includes(text.charAt(0));

// After an apostrophe that was meant as a wrapping comes something a spreadsheet would have changed: a formula sign,
// a number or a document number. The apostrophe of "'t Hooft" stays.
function isWrapped(text: string): boolean {
  const inner = text.slice(1);
  return mayStartFormula(inner) || inner.startsWith("'") || inner.endsWith('\t') || /^[A-Za-z]*\d/.test(inner);
}

/**
 * A cell that no spreadsheet program takes for a formula: an apostrophe is put before a dangerous beginning.
 * Cells that {@link unwrapCell} would change are protected too, so that nothing is lost on the way back.
 */
export function protectCell(text: string): string {
  return mayStartFormula(text) || text.startsWith("'") || text.endsWith('\t') ? `'${text}` : text;
}

/** Takes one wrapping off: `'1234`, tab before or after, `="1234"`. Anything else comes back as it was. */
export function unwrapCell(text: string): string {
  const first = text.charCodeAt(0);
  if (first === 0x27) return isWrapped(text) ? text.slice(1) : text;
  if (first === 0x3d && text.length > 2 && text.startsWith('="') && text.endsWith('"')) {
    const inner = text.slice(2, -1).replaceAll('""', '"');
    return inner;
  }
  if (first === 0x09 || text.charCodeAt(text.length - 1) === 0x09) return text.replace(/^\t+/, '').replace(/\t+$/, '');
  return text;
}

/** True when a row holds nothing but white space. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** Cells that a row may have, empty ones too: as many as the widest sheet there is has columns. */
export const WIDEST = 16_384;

/** That a row is wider than any sheet. */
export function tooManyCells(line: number): FileProblem {
  return new FileProblem('too-many-cells', { found: `> ${WIDEST}`, expected: `≤ ${WIDEST}`, place: { row: line } });
}

/** The number of cells up to the last one that is not blank. */
export function usedWidth(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && cells[width - 1]?.trim() === '') width--;
  return width;
}
