// The parts of an XLSX workbook around its cells: which sheet is first, what the styles mean, the shared texts.
// ECMA-376 part 1 (SpreadsheetML) and part 2 (packaging). Names are compared without their prefix.
import { SaxesParser } from 'saxes';
import { FileProblem } from './problems.ts';
import { makeStringPool, type StringPool } from './string-pool.ts';
import type { OpenZip } from './zip-entries.ts';

/** What an element looks like to a listener: its name without prefix, its attributes as written. */
export type XmlListener = {
  open?: (name: string, attributes: Record<string, string>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

const MAX_CELL_CHARS = 32_767;
const PART_LIMIT = 16 * 1024 * 1024;

const local = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/**
 * Feeds a part of the workbook to a listener, in pieces, and yields after every piece so that a caller can take rows.
 * Document types are refused: entities must not be declared (ECMA-376 part 2, 8.2).
 */
export async function* parseXml(bytes: AsyncIterable<Uint8Array>, listener: XmlListener): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false });
  const broken = (): never => {
    throw new FileProblem('broken-xlsx');
  };
  parser.on('error', broken);
  parser.on('doctype', broken);
  if (listener.open) {
    const { open } = listener;
    parser.on('opentag', (tag) => open(local(tag.name), tag.attributes as Record<string, string>));
  }
  if (listener.close) {
    const { close } = listener;
    parser.on('closetag', (tag) => close(local(tag.name)));
  }
  if (listener.text) {
    parser.on('text', listener.text);
    parser.on('cdata', listener.text);
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      return broken();
    }
  };
  for await (const piece of bytes) {
    parser.write(decode(piece));
    yield;
  }
  parser.write(decode()).close();
  yield;
}

/** {@link parseXml} of a named part to its end. False when there is no such part. */
async function readPart(zip: OpenZip, name: string, listener: XmlListener, limit = PART_LIMIT): Promise<boolean> {
  const entry = zip.entries.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!entry) return false;
  if (entry.size > limit) throw new FileProblem('zip-bomb', { found: `${entry.size} B`, expected: `≤ ${limit} B` });
  for await (const _ of parseXml(zip.stream(entry), listener));
  return true;
}

/** What a workbook says before its cells: name and path of the sheet to read, and whether its days count from 1904. */
export type Workbook = { sheetName: string; sheetPath: string; from1904: boolean };

// The only attribute with a prefix that matters, and the prefix is the writer's choice.
function relationshipId(attributes: Record<string, string>): string {
  const name = Object.keys(attributes).find((one) => one.includes(':') && local(one) === 'id');
  return (name === undefined ? attributes.id : attributes[name]) ?? '';
}

/** The first sheet that is not hidden, else the first. Throws FileProblem `broken-xlsx` when there is none. */
export async function readWorkbook(zip: OpenZip): Promise<Workbook> {
  const sheets: { id: string; name: string; hidden: boolean }[] = [];
  let from1904 = false;
  await readPart(zip, 'xl/workbook.xml', {
    open: (name, at) => {
      if (name === 'workbookPr') from1904 = at.date1904 === '1' || at.date1904 === 'true';
      if (name !== 'sheet') return;
      const hidden = at.state !== undefined && at.state !== 'visible';
      sheets.push({ id: relationshipId(at), name: at.name ?? '', hidden });
    },
  });
  const first = sheets.find((sheet) => !sheet.hidden) ?? sheets[0];
  let target: string | undefined;
  await readPart(zip, 'xl/_rels/workbook.xml.rels', {
    open: (name, at) => {
      if (name === 'Relationship' && at.Id === first?.id && at.TargetMode !== 'External') target = at.Target;
    },
  });
  if (target === undefined) throw new FileProblem('broken-xlsx', { expected: 'xl/workbook.xml' });
  const sheetPath = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
  return { sheetName: first?.name ?? '', sheetPath, from1904 };
}

/** What a cell's style says about how its number is shown. `zeros`: padded to that many digits. `asText`: typed with '. */
export type CellStyle = { date: boolean; zeros: number; asText: boolean };

// Built-in formats that show a day, the Chinese ones (27–31, 36, 50–54, 57, 58) among them: ECMA-376 part 1, 18.8.30.
const DAY_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

function showsDay(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_./g, '').split(';')[0] ?? '';
  return /[yd]/i.test(bare) || /(^|[^h:s])m+($|[^:ms])/i.test(bare.replace(/am\/pm|h+:m+(:s+)?|m+:s+/gi, ''));
}

/** The styles by number. Empty when the workbook has none. */
export async function readStyles(zip: OpenZip): Promise<CellStyle[]> {
  const codes = new Map<number, string>();
  const styles: CellStyle[] = [];
  let inCellXfs = false;
  await readPart(zip, 'xl/styles.xml', {
    open: (name, at) => {
      if (name === 'numFmt') codes.set(Number(at.numFmtId), at.formatCode ?? '');
      if (name === 'cellXfs') inCellXfs = true;
      if (name !== 'xf' || !inCellXfs) return;
      const id = Number(at.numFmtId ?? 0);
      const code = codes.get(id);
      styles.push({
        date: code === undefined ? DAY_FORMATS.has(id) : showsDay(code),
        zeros: code !== undefined && /^0{2,}$/.test(code) ? code.length : 0,
        asText: at.quotePrefix === '1' || at.quotePrefix === 'true',
      });
    },
    close: (name) => {
      if (name === 'cellXfs') inCellXfs = false;
    },
  });
  return styles;
}

/** Undoes `_x000D_` and the like, by which characters that XML cannot hold are written (ECMA-376 part 1, 22.9.2.19). */
export function unescapeXlsx(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Throws FileProblem `cell-too-long` beyond what a spreadsheet cell can hold (32,767 characters). */
export function refuseLongCell(length: number, row?: number): void {
  if (length <= MAX_CELL_CHARS) return;
  const place = row === undefined ? {} : { place: { row } };
  throw new FileProblem('cell-too-long', { found: String(length), expected: `≤ ${MAX_CELL_CHARS}`, ...place });
}

/** The shared texts by number, without formatting runs and without reading aids above the characters (`rPh`). */
export async function readSharedStrings(zip: OpenZip, limit: number): Promise<StringPool> {
  const pool = makeStringPool();
  let text = '';
  let inText = false;
  let aids = 0;
  const listener: XmlListener = {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') aids++;
      else if (name === 't') inText = aids === 0;
    },
    text: (part) => {
      if (!inText) return;
      text += part;
      refuseLongCell(text.length / 7);
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') aids--;
      else if (name === 'si') {
        const value = unescapeXlsx(text);
        refuseLongCell(value.length);
        pool.add(value);
      }
    },
  };
  await readPart(zip, 'xl/sharedStrings.xml', listener, limit);
  return pool;
}
