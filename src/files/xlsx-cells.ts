// What one XLSX cell says, as text: numbers as they were typed, days as YYYY-MM-DD. Pure.
import { unwrapCell } from './cell-text.ts';
import type { StringPool } from './string-pool.ts';
import { type CellStyle, unescapeXlsx } from './xlsx-parts.ts';

/** What values need to know about their workbook. */
export type CellContext = { strings: StringPool; styles: readonly CellStyle[]; from1904: boolean };

/** A cell as it stands in the sheet: type (`t`), style number (`s`), and the text of its value. */
export type RawCell = { type: string; style: number; text: string };

const DAY_MS = 86_400_000;
const LAST_SERIAL = 2_958_465;
const pad = (value: number): string => String(value).padStart(2, '0');

/**
 * A serial number as a day, `YYYY-MM-DD`, with ` HH:MM:SS` when it has a time. Null when it is no day of the calendar
 * that spreadsheets know. Serial 60 is 1900-02-29, a day that never was, because that is what the officer saw.
 */
export function serialToDate(serial: number, from1904: boolean): string | null {
  if (!(serial >= 1 && serial < LAST_SERIAL + 1)) return null;
  let day = Math.floor(serial);
  let seconds = Math.round((serial - day) * 86_400);
  if (seconds === 86_400) {
    day++;
    seconds = 0;
  }
  const clock =
    seconds === 0
      ? ''
      : ` ${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  if (!from1904 && day === 60) return `1900-02-29${clock}`;
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  return new Date(epoch + day * DAY_MS).toISOString().slice(0, 10) + clock;
}

// Programs write 82.3 as 82.299999999999997; the shortest text of the same number is what was typed. Whole numbers and
// those in scientific notation stay as they stand: digits that are gone must be seen to be gone.
function asTyped(text: string): string {
  const digits = text.replace(/[^0-9]/g, '').length;
  if (digits < 16 || !/^-?\d+\.\d+$/.test(text)) return text;
  const shortest = String(Number(text));
  return shortest.includes('e') ? text : shortest;
}

function numberText(raw: RawCell, style: CellStyle | undefined, from1904: boolean): string {
  const text = raw.text.trim();
  if (text === '') return '';
  if (style?.date) return serialToDate(Number(text), from1904) ?? text;
  if (style?.zeros && /^\d+$/.test(text)) return text.padStart(style.zeros, '0');
  return asTyped(text);
}

const plain = (text: string, style: CellStyle | undefined): string => (style?.asText ? text : unwrapCell(text));

/** The text of a cell, or null when it refers to a shared text that does not exist. */
export function cellText(raw: RawCell, context: CellContext): string | null {
  const style = context.styles[raw.style];
  switch (raw.type) {
    case 's': {
      const text = /^\s*\d+\s*$/.test(raw.text) ? context.strings.get(Number(raw.text)) : undefined;
      return text === undefined ? null : plain(text, style);
    }
    case 'inlineStr':
    case 'str':
      return plain(unescapeXlsx(raw.text), style);
    case 'b':
      return raw.text.trim() === '1' ? 'TRUE' : 'FALSE';
    case 'd':
      return raw.text.trim().replace(/T00:00(:00)?(\.0+)?Z?$/, '');
    case 'e':
      return raw.text.trim();
    default:
      return numberText(raw, style, context.from1904);
  }
}
