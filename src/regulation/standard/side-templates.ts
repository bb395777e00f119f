// Shared by the templates of enrolment and roster files: columns with cell rules, and the reading of a row into plain values.

import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category } from '../vocabulary.ts';
import { CATEGORIES, isKeyOf, keysOf } from '../vocabulary.ts';
import type { CellRule, UnmatchedText } from './cells.ts';
import { isValue, readCell, unmatchedIn } from './cells.ts';
import type { ExtraCodes } from './codes.ts';
import type { Field } from './fields.ts';
import { FIELDS, isFieldName } from './fields.ts';
import type { Column } from './headings.ts';

/** A column of such a template: its key in the row, and how its cells are read (null: by the template itself). */
export interface SideTemplateColumn<K extends string> extends Column {
  readonly key: K;
  readonly rule: CellRule | null;
}

/** A column for a field of art. 8; heading and rule are the field's unless given. */
export function fieldColumn<K extends string>(
  key: K,
  options: { readonly required?: boolean; readonly heading?: string; readonly aliases?: readonly string[] } = {},
): SideTemplateColumn<K> {
  if (!isFieldName(key)) throw new TypeError(`not a field: ${key}`);
  const { zh, en, kind, table, secret, mnemonic }: Field = FIELDS[key];
  const rule = { path: key, label: { zh, en }, kind, secret, ...(table === undefined ? {} : { table }) };
  const aliases = [zh, ...(mnemonic === null ? [] : [mnemonic]), ...(options.aliases ?? [])];
  return { key, heading: options.heading ?? zh, en, aliases, required: options.required ?? true, rule };
}

/** The column of the category, by its Chinese name or its word in the vocabulary. */
export const CATEGORY_COLUMN: SideTemplateColumn<'category'> = {
  key: 'category',
  heading: '类别',
  en: 'category',
  aliases: ['培养类别', '授予类别'],
  required: true,
  rule: null,
};

const CATEGORY_NAMES: ReadonlyMap<string, Category> = new Map(
  keysOf(CATEGORIES).map((name) => [CATEGORIES[name].zh, name]),
);

/** The category that a text names; null when it is none. */
export function readCategory(text: string): Category | null {
  return CATEGORY_NAMES.get(text) ?? (isKeyOf(CATEGORIES, text) ? text : null);
}

/** What a row of such a file says; `null` values could not be read or were empty. */
export interface SideRow<K extends string> {
  readonly values: Readonly<Partial<Record<K, string>>>;
  readonly category: Category | null;
  readonly violations: Violation[];
  readonly unmatched: readonly UnmatchedText[];
  readonly mappings: readonly string[];
}

/** The day at which codes are judged (without it: their newest meaning), and the institution's own entries. */
export interface SideContext {
  readonly on?: string;
  readonly codes?: ExtraCodes;
}

/** After every day of validity that a table could name. */
export const NEWEST = '2999-12-31';

/** Reads the cells of a row; a missing required cell is a violation of `article`. */
export function readSideRow<K extends string>(
  match: readonly (SideTemplateColumn<K> | null)[],
  cells: readonly string[],
  article: string,
  { on = NEWEST, codes }: SideContext,
): SideRow<K> {
  const values: Partial<Record<K, string>> = {};
  const violations: Violation[] = [];
  const unmatched: UnmatchedText[] = [];
  const mappings: string[] = [];
  let category: Category | null = null;
  for (const [at, column] of match.entries()) {
    if (column === null) continue;
    const text = cells[at]?.trim() ?? '';
    const label = { zh: column.heading, en: column.en };
    if (text === '') {
      if (column.required)
        violations.push(violation('field-missing', column.key, { label, article, found: '0', expected: '≥ 1' }));
    } else if (column.rule === null) {
      values[column.key] = text;
      if (column.key !== 'category') continue;
      category = readCategory(text);
      const expected = [...CATEGORY_NAMES.keys()].join(' / ');
      if (category === null) violations.push(violation('code-unknown', 'category', { label, found: text, expected }));
    } else {
      const cell = readCell(column.rule, text, on, codes);
      if (!isValue(cell)) {
        violations.push(cell);
        const unknown = unmatchedIn(column.rule, cell, text, on);
        if (unknown !== null) unmatched.push(unknown);
        continue;
      }
      if (cell.mapping) mappings.push(cell.mapping.id);
      values[column.key] = column.key === 'identityNumber' ? cell.value.toUpperCase() : cell.value;
    }
  }
  return { values, category, violations, unmatched, mappings };
}
