// Rows to an XLSX workbook with one sheet, all cells text, written in pieces. ECMA-376 part 1.
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { unwrapCell } from './cell-text.ts';
import { FileProblem } from './problems.ts';
import { refuseLongCell } from './xlsx-parts.ts';
import { FIXED_ENTRY, type Writing, zipOutput } from './zip.ts';

const MAX_ROWS = 1_048_576;
const CHUNK = 64 * 1024;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

// Number format 49 is text: a number typed over it stays as typed. Style 1 is the header, style 2 a cell whose text must
// be taken exactly as it stands, as if typed after an apostrophe.
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/></cellXfs></styleSheet>`;
const TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`;
const ROOT_RELS = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
const BOOK_RELS = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;

const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// XML 1.0 cannot hold these, and would read a carriage return as a line feed; half a surrogate pair cannot be UTF-8.
function cannotStand(code: number): boolean {
  return (code < 0x20 && code !== 9 && code !== 10) || code === 0xfffe || code === 0xffff;
}

const hexEscape = (code: number): string => `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`;

/** Text for XML, with `_xHHHH_` for what XML cannot hold (ECMA-376 part 1, 22.9.2.19). */
function xmlText(text: string): string {
  const literal = text.includes('_x') ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : text;
  let out = '';
  let from = 0;
  for (let at = 0; at < literal.length; at++) {
    const code = literal.charCodeAt(at);
    if (code > 0x3e && code < 0xd800) continue;
    const named = NAMED[literal.charAt(at)];
    let replaced = named ?? (cannotStand(code) ? hexEscape(code) : undefined);
    if (code >= 0xd800 && code <= 0xdfff) {
      if ((literal.codePointAt(at) ?? 0) > 0xffff) at++;
      else replaced = hexEscape(code);
    }
    if (replaced === undefined) continue;
    out += literal.slice(from, at) + replaced;
    from = at + 1;
  }
  return from === 0 ? literal : out + literal.slice(from);
}

function columnName(index: number): string {
  let name = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

function rowXml(cells: readonly string[], line: number, names: string[], header: boolean): string {
  let xml = `<row r="${line}">`;
  cells.forEach((text, at) => {
    if (text === '') return;
    refuseLongCell(text.length, line);
    names[at] ??= columnName(at);
    const style = unwrapCell(text) !== text ? ' s="2"' : header ? ' s="1"' : '';
    xml += `<c r="${names[at]}${line}" t="inlineStr"${style}><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
  });
  return `${xml}</row>`;
}

async function* sheetXml(
  header: readonly string[],
  rows: AsyncIterable<string[]> | Iterable<string[]>,
): AsyncGenerator<Buffer> {
  const names: string[] = [];
  let line = 1;
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  let xml = `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultColWidth="16" defaultRowHeight="15"/><sheetData>`;
  xml += rowXml(header, line, names, true);
  for await (const row of rows) {
    line++;
    if (line > MAX_ROWS) throw new FileProblem('too-many-rows', { expected: `≤ ${MAX_ROWS - 1}` });
    xml += rowXml(row, line, names, false);
    if (xml.length < CHUNK) continue;
    yield Buffer.from(xml, 'utf8');
    xml = '';
  }
  yield Buffer.from(`${xml}</sheetData></worksheet>`, 'utf8');
}

/** A sheet's name as programs accept it: without `[]:*?/\`, at most 31 characters, never empty. */
function sheetTitle(name: string): string {
  const title = name
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/^'+|'+$/g, '')
    .slice(0, 31)
    .trim();
  return title === '' ? 'Sheet1' : title;
}

/**
 * A workbook in pieces, in flat memory. All cells are text in text format, so that no program changes digits or runs a
 * formula; the header is bold and stays in view. The same rows give the same bytes.
 * @throws FileProblem `too-many-rows`, `cell-too-long`: the limits of spreadsheet programs
 */
export async function* writeXlsx(
  sheetName: string,
  header: readonly string[],
  rows: AsyncIterable<string[]> | Iterable<string[]>,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const title = xmlText(sheetTitle(sheetName));
  const workbook = `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${title}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  const parts = {
    '[Content_Types].xml': TYPES,
    '_rels/.rels': ROOT_RELS,
    'xl/workbook.xml': workbook,
    'xl/_rels/workbook.xml.rels': BOOK_RELS,
    'xl/styles.xml': STYLES,
  };
  for (const [name, xml] of Object.entries(parts)) zip.addBuffer(Buffer.from(xml, 'utf8'), name, FIXED_ENTRY);
  const writing: Writing = { gone: false };
  const work = new Promise<void>((resolve, reject) => {
    zip.addReadStreamLazy('xl/worksheets/sheet1.xml', FIXED_ENTRY, (give) => {
      const sheet = Readable.from(sheetXml(header, rows), { objectMode: false });
      writing.current = sheet.once('close', resolve).once('error', reject);
      give(null, sheet);
    });
  });
  zip.end();
  yield* zipOutput(zip, work, writing);
}
