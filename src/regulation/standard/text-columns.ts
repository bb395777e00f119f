// Shared by the tables that officers load as data (editions, code tables, mappings): columns of plain text, read by heading.
import type { Violation } from '../violations.ts';
import type { Column } from './headings.ts';
import { matchHeader } from './headings.ts';

/** A column of plain text with its key. */
export interface TextColumn<K extends string> extends Column {
  readonly key: K;
}

/** A header that was understood: the key of each cell. */
export type TextHeader<K extends string> = readonly (K | null)[];

/** A row as text by key, trimmed; what is empty or missing is `''`. */
export type TextRow<K extends string> = Readonly<Record<K, string>>;

/** Makes a column. */
export function textColumn<K extends string>(
  key: K,
  heading: string,
  en: string,
  options: { readonly required?: boolean; readonly aliases?: readonly string[] } = {},
): TextColumn<K> {
  return { key, heading, en, required: options.required ?? false, aliases: [key, ...(options.aliases ?? [])] };
}

/** Reads a header; every violation at once. */
export function readTextHeader<K extends string>(
  header: readonly string[],
  columns: readonly TextColumn<K>[],
): TextHeader<K> | Violation[] {
  const result = matchHeader(header, columns);
  return 'violations' in result ? result.violations : result.match.map((column) => column?.key ?? null);
}

/** Whether a header was understood. */
export function isTextHeader<K extends string>(header: TextHeader<K> | Violation[]): header is TextHeader<K> {
  return header.every((cell) => cell === null || typeof cell === 'string');
}

/** Reads a row under its header. */
export function readTextRow<K extends string>(
  header: TextHeader<K>,
  cells: readonly string[],
  columns: readonly TextColumn<K>[],
): TextRow<K> {
  const row = Object.fromEntries(columns.map(({ key }) => [key, ''])) as Record<K, string>;
  for (const [at, key] of header.entries()) if (key !== null) row[key] = cells[at]?.trim() ?? '';
  return row;
}

/** Whether a text is something that people can read: not empty, not too long, no control or private-use characters. */
export function isPlainText(text: string, most: number): boolean {
  return text !== '' && [...text].length <= most && !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]/u.test(text);
}
