// One cell of a file → one value of the register: dates, months, numbers, codes, names. What cannot be read is said, never guessed.
import { isCivilDate, isCivilMonth } from '../deadlines/deadlines.ts';
import { normalizeName } from '../record/names.ts';
import type { ViolationCode } from '../violation-codes.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { CodeTableName, ExtraCodes, MappingRow } from './codes.ts';
import { entriesOf, lookUp, lookUpMapping, proposals, recoded } from './codes.ts';
import { fieldText } from './field-text.ts';
import type { FieldKind } from './fields.ts';

/** How the cell of a column is read. `path` is the field that violations name. */
export interface CellRule {
  readonly path: string;
  readonly label: { readonly zh: string; readonly en: string };
  readonly kind: FieldKind;
  readonly table?: CodeTableName | 'discipline';
  /** Secret values are not repeated in a violation (R21.1). */
  readonly secret?: boolean;
}

/** A cell that could be read; `raw` is the text of a name that was normalised, `mapping` the officers' mapping that gave the code. */
export interface ReadValue {
  readonly value: string;
  readonly raw?: string;
  readonly mapping?: MappingRow;
}

/** A text that is no code or name of its table on its day. */
export interface UnmatchedText {
  readonly table: CodeTableName;
  readonly value: string;
  readonly on: string;
}
/** The value of a cell, or why it has none. */
export type CellValue = ReadValue | Violation;

/** Whether a cell could be read. */
export function isValue(cell: CellValue): cell is ReadValue {
  return 'value' in cell;
}

const SCIENTIFIC = /^[-+]?\d(?:\.\d+)?[eE]\+?\d+$/;
const ASCII = /^[\x20-\x7e]*$/;
const DATE = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/;
const MONTH = /^(\d{4})(?:[-/.]|年)(\d{1,2})月?$/;
const COMPACT_DATE = /^\d{8}$/;
const COMPACT_MONTH = /^\d{6}$/;

/** Full-width digits and letters to ordinary ones; ordinary texts are returned as they are. */
const narrow = (text: string) => (ASCII.test(text) ? text : text.normalize('NFKC').trim());

/** `20260621`, `2026-06-21`, `2026/6/21`, `2026年6月21日` → `2026-06-21`; null when it is none or does not exist. */
export function readDate(text: string): string | null {
  if (isCivilDate(text)) return text;
  let date: string;
  if (COMPACT_DATE.test(text)) date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  else {
    const [, year, month = '', day = ''] = DATE.exec(text) ?? [];
    if (year === undefined) return null;
    date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  }
  return isCivilDate(date) ? date : null;
}

/** `202209`, `2022-09`, `2022/9`, `2022年9月`, and the first of a month that a spreadsheet made of it → `2022-09`; null when it is none. */
export function readMonth(text: string): string | null {
  if (isCivilMonth(text)) return text;
  let month: string;
  if (COMPACT_MONTH.test(text)) month = `${text.slice(0, 4)}-${text.slice(4)}`;
  else {
    const [, year, number = ''] = MONTH.exec(text) ?? [];
    if (year === undefined) return text.endsWith('-01') && isCivilDate(text) ? text.slice(0, 7) : null;
    month = `${year}-${number.padStart(2, '0')}`;
  }
  return isCivilMonth(month) ? month : null;
}

/** Why a text is no code of its table on the day: expired, with what holds now, or unknown, with what is nearest. */
function codeRefusal(rule: CellRule, table: CodeTableName, text: string, on: string, extra?: ExtraCodes): Violation {
  const [known] = entriesOf(table, text, extra);
  const details = { label: rule.label, found: text };
  if (known === undefined) {
    const expected = proposals(table, text, on, extra) ?? proposals(table, text, undefined, extra);
    return violation('code-unknown', rule.path, { ...details, expected });
  }
  const now =
    lookUp(table, known.name, on, extra) ??
    lookUp(table, known.code, on, extra) ??
    recoded(table, known.code, on, extra);
  const expected = now === null ? undefined : `${now.code} ${now.name}`;
  return violation('code-not-valid-on-date', rule.path, { ...details, found: `${text} (${on})`, expected });
}

function readCode(rule: CellRule, table: CodeTableName, text: string, on: string, extra?: ExtraCodes): CellValue {
  const code = lookUp(table, text, on, extra) ?? lookUp(table, narrow(text), on, extra);
  if (code !== null) return { value: code.code };
  const mapping = lookUpMapping(table, mappingKey(text), on, extra);
  if (mapping !== null) return { value: mapping.code, mapping };
  return codeRefusal(rule, table, text, on, extra);
}

/** A text as mappings remember it: trimmed, full-width letters and digits narrowed, letters in capitals. */
export function mappingKey(text: string): string {
  return narrow(text.trim()).toUpperCase();
}

/** The text of a refused cell that has a code table of its own; null for everything else. */
export function unmatchedIn({ table }: CellRule, refused: Violation, text: string, on: string): UnmatchedText | null {
  if (table === undefined || table === 'discipline') return null;
  if (refused.code !== 'code-unknown' && refused.code !== 'code-not-valid-on-date') return null;
  return { table, value: mappingKey(text), on };
}

function refusal({ path, label, secret }: CellRule, code: ViolationCode, text: string, expected?: string): Violation {
  return violation(code, path, { label, found: secret === true ? '***' : text, expected });
}

/** Reads a cell that is not empty (already trimmed); codes are judged on the day `on`. */
export function readCell(rule: CellRule, text: string, on: string, extra?: ExtraCodes): CellValue {
  const { kind, table } = rule;
  if (kind === 'name') {
    const { name, raw } = normalizeName(text);
    return raw === undefined ? { value: name } : { value: name, raw };
  }
  if (kind === 'text' || kind === 'digest') return { value: fieldText(rule.path, text) };
  if (kind === 'code' && table !== undefined && table !== 'discipline') return readCode(rule, table, text, on, extra);
  const plain = narrow(text);
  if (kind === 'date') {
    const date = readDate(plain);
    return date === null ? refusal(rule, 'date-impossible', text, 'yyyyMMdd / YYYY-MM-DD') : { value: date };
  }
  if (kind === 'month') {
    const month = readMonth(plain);
    return month === null ? refusal(rule, 'month-impossible', text, 'yyyyMM / YYYY-MM') : { value: month };
  }
  // The digits that the notation lost are not secret any more: there is nobody they point to.
  if (SCIENTIFIC.test(plain))
    return violation('number-damaged-by-spreadsheet', rule.path, { label: rule.label, found: text });
  return { value: plain };
}
