// Reading record files: which edition a header is, and what a row says. Enrolment and roster files: enrolment-template.ts, roster-template.ts.
import type { CivilDate } from '../deadlines.ts';
import type { RecordInput } from '../record.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category } from '../vocabulary.ts';
import { CATEGORIES } from '../vocabulary.ts';
import type { CellRule } from './cells.ts';
import { isValue, readCell, readDate } from './cells.ts';
import type { ExtraCodes } from './codes.ts';
import { entriesOf } from './codes.ts';
import type { EditionId, RecordColumn, SideColumn } from './columns.ts';
import { EDITIONS, NATIONAL_BACHELOR_COLUMNS, templateColumns } from './columns.ts';
import type { Field, FieldName } from './fields.ts';
import { FIELDS } from './fields.ts';
import { knownHeadings, matchHeader } from './headings.ts';

/** A header that was understood: the edition, and per cell the field (null: a column beside the fields, or empty). Goes into {@link parseRow} as it is. */
export interface HeaderMatch {
  readonly edition: EditionId;
  readonly columns: readonly (FieldName | null)[];
  readonly sides: readonly (SideColumn | null)[];
}

/** What the reading of a row needs beside it. */
export interface RowContext {
  /** The day at which codes are judged when the row has no conferral date of its own: the resolution's, or today. */
  readonly on: CivilDate;
  /** Code of the importing institution: a row of another one is refused. */
  readonly institution?: string;
  /** The institution's own entries, and the officers' remembered mappings. */
  readonly codes?: ExtraCodes;
}

/** What a row says. `rejected` are fields that had a text which could not be read: already named here, so not "missing" for the rules that follow. */
export interface ParsedRow {
  readonly fields: RecordInput;
  readonly violations: Violation[];
  readonly rejected: ReadonlySet<FieldName>;
}

/**
 * Reads the header of a record file for a category. National edition: exactly its 27 columns; our template: any order, and columns
 * that enrolment record or resolution supply may be missing. Returns every violation at once.
 */
export function readHeader(header: readonly string[], category: Category): HeaderMatch | Violation[] {
  const own = templateColumns(category);
  const national = knownHeadings(header, NATIONAL_BACHELOR_COLUMNS) > knownHeadings(header, own);
  if (national && CATEGORIES[category].level !== 'bachelor') {
    const details = { found: EDITIONS['bachelor-2024-06'].zh, expected: EDITIONS['vermilion-1'].zh };
    return [violation('edition-not-for-category', 'header', details)];
  }
  const columns: readonly RecordColumn[] = national ? NATIONAL_BACHELOR_COLUMNS : own;
  const result = matchHeader(header, columns);
  if ('violations' in result) return result.violations;
  return {
    edition: national ? 'bachelor-2024-06' : 'vermilion-1',
    columns: result.match.map((column) => column?.field ?? null),
    sides: result.match.map((column) => column?.side ?? null),
  };
}

const RULES = new Map<FieldName, CellRule>(
  (Object.keys(FIELDS) as FieldName[]).map((path) => {
    const { zh, en, kind, table, secret }: Field = FIELDS[path];
    return [path, { path, label: { zh, en }, kind, secret, ...(table === undefined ? {} : { table }) }];
  }),
);

/** Letters of these numbers are written in capitals: the check character x, certificate letters, major suffixes. */
const UPPER_CASE: ReadonlySet<FieldName> = new Set<FieldName>([
  'identityNumber',
  'certificateNumber',
  'disciplineCode',
]);

/** 工学 in a file of bachelors is 工学学士: people leave the level out where it is the same in every row. */
const LEVEL_WORDS = { bachelor: '学士', master: '硕士' } as const;

function withLevel(name: FieldName, text: string, category: Category, codes: ExtraCodes | undefined): string {
  if (name !== 'degreeCategory' || entriesOf('degreeCategory', text, codes).length > 0) return text;
  const whole = text + LEVEL_WORDS[CATEGORIES[category].level];
  return entriesOf('degreeCategory', whole, codes).length > 0 ? whole : text;
}

const NONE: ReadonlySet<FieldName> = new Set();

function sideViolation(side: SideColumn, text: string, fields: RecordInput, context: RowContext): Violation | null {
  if (side === 'institution-code' && context.institution !== undefined && text !== context.institution) {
    return violation('row-institution-mismatch', 'institution', { found: text, expected: context.institution });
  }
  const { degreeCategory } = fields;
  if (side !== 'degree-category-name' || degreeCategory === undefined) return null;
  const entries = entriesOf('degreeCategory', degreeCategory, context.codes).filter(
    ({ code }) => code === degreeCategory,
  );
  if (entries.some(({ name, aliases }) => name === text || aliases?.includes(text) === true)) return null;
  const details = { label: FIELDS.degreeCategory, found: text, expected: entries[0]?.name };
  return violation('code-name-mismatch', 'degreeCategory', details);
}

/**
 * Reads one row under a header that {@link readHeader} understood: names become codes, dates and months their ISO form, names are
 * normalised with `nameRaw` kept. `category` is the one chosen for the file.
 */
export function parseRow(
  header: HeaderMatch,
  cells: readonly string[],
  category: Category,
  context: RowContext,
): ParsedRow {
  const fields: RecordInput = {};
  const violations: Violation[] = [];
  let rejected: Set<FieldName> | null = null;
  const dateCell = cells[header.columns.indexOf('conferralDate')];
  const on = (dateCell === undefined ? null : readDate(dateCell.trim())) ?? context.on;
  for (let at = 0; at < header.columns.length; at++) {
    const name = header.columns[at];
    const text = cells[at]?.trim();
    if (name === null || name === undefined || text === undefined || text === '') continue;
    const rule = RULES.get(name);
    if (rule === undefined) continue;
    const cell = readCell(rule, withLevel(name, text, category, context.codes), on, context.codes);
    if (!isValue(cell)) {
      violations.push(cell);
      rejected ??= new Set();
      rejected.add(name);
      continue;
    }
    fields[name] = UPPER_CASE.has(name) ? cell.value.toUpperCase() : cell.value;
    if (name === 'name' && cell.raw !== undefined) fields.nameRaw = cell.raw;
  }
  for (let at = 0; at < header.sides.length; at++) {
    const side = header.sides[at];
    const text = cells[at]?.trim();
    if (side === null || side === undefined || text === undefined || text === '') continue;
    const wrong = sideViolation(side, text, fields, context);
    if (wrong !== null) violations.push(wrong);
  }
  return { fields, violations, rejected: rejected ?? NONE };
}
