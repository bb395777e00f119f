// Reading record files: which edition a header is, and what a row says. Enrolment and roster files: enrolment-template.ts, roster-template.ts.
import type { CivilDate } from '../deadlines/deadlines.ts';
import type { RecordInput } from '../record/record.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category } from '../vocabulary.ts';
import { CATEGORIES } from '../vocabulary.ts';
import type { CellRule, UnmatchedText } from './cells.ts';
import { isValue, mappingKey, readCell, readDate, unmatchedIn } from './cells.ts';
import type { ExtraCodes } from './codes.ts';
import { entriesOf, lookUp, lookUpMapping } from './codes.ts';
import type { Edition, RecordColumn } from './edition.ts';
import type { Field, FieldName } from './fields.ts';
import { FIELDS } from './fields.ts';
import { knownHeadings, matchHeader } from './headings.ts';
import { editionsOn } from './shipped-editions.ts';

/** A header that was understood: the edition by its key, and per cell the field (null: a column beside the fields, or empty). Goes into {@link parseRow} as it is. */
export interface HeaderMatch {
  readonly edition: string;
  readonly verified: boolean;
  readonly columns: readonly (FieldName | null)[];
  /** Columns that are no field: what they say beside the fields, or nothing. */
  readonly sides: readonly (RecordColumn | null)[];
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

/** What a row or a form says of the fields. `rejected` are fields that had a text which could not be read: already named here, so not "missing" for the rules that follow. */
export interface GivenRow {
  readonly fields: RecordInput;
  readonly violations: Violation[];
  readonly rejected: ReadonlySet<FieldName>;
}

/** What a row of a file says; `unmatched` are texts that no code table has, `mappings` the ids of the officers' mappings that were applied. */
export interface ParsedRow extends GivenRow {
  readonly unmatched: readonly UnmatchedText[];
  readonly mappings: readonly string[];
}

interface Reading {
  readonly edition: Edition;
  readonly known: number;
  readonly result: ReturnType<typeof matchHeader<RecordColumn>>;
  /** Every column of the edition is there and no other. */
  readonly whole: boolean;
}

function readingOf(header: readonly string[], edition: Edition): Reading {
  const { columns } = edition;
  const known = knownHeadings(header, columns);
  const result = matchHeader(header, columns);
  const whole = !('violations' in result) && known === columns.length;
  return { edition, known, result, whole };
}

/**
 * Reads the header of a record file for a category. Of the editions the one that knows most of the headings is taken; where two know
 * as many, the one of which the file has every column, then our template, in which columns that enrolment record or resolution supply
 * may be missing and the order is free. Returns every violation at once.
 * @param editions those that hold for the institution on the day; the shipped ones when not given
 */
export function readHeader(
  header: readonly string[],
  category: Category,
  editions: readonly Edition[] = editionsOn([]),
): HeaderMatch | Violation[] {
  const readings = editions.map((edition) => readingOf(header, edition));
  const better = (a: Reading, b: Reading) => b.known - a.known || Number(b.whole) - Number(a.whole);
  const isFor = ({ edition }: Reading) => edition.categories.includes(category);
  const [own] = readings.filter(isFor).sort(better);
  const [best] = readings.filter(({ edition }) => edition.version > 0 || edition.validFrom !== null).sort(better);
  if (own === undefined || (best !== undefined && !isFor(best) && best.known > own.known)) {
    const expected = own?.edition.zh ?? CATEGORIES[category].zh;
    return [violation('edition-not-for-category', 'header', { found: best?.edition.zh, expected })];
  }
  const { edition, result } = own;
  if ('violations' in result) return result.violations;
  return {
    edition: edition.key,
    verified: edition.verified,
    columns: result.match.map((column) => column?.field ?? null),
    sides: result.match.map((column) => (column === null || column.field !== null ? null : column)),
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
const NOTHING: readonly never[] = [];

/** Whether a text is one of the names of the code that a field has. */
function isNameOf(field: FieldName, code: string, text: string, codes: ExtraCodes | undefined): boolean {
  const { table }: Field = FIELDS[field];
  if (table === undefined || table === 'discipline') return true;
  const entries = entriesOf(table, code, codes).filter((entry) => entry.code === code);
  return entries.some(({ name, aliases }) => name === text || aliases?.includes(text) === true);
}

function sideViolation(column: RecordColumn, text: string, fields: RecordInput, context: RowContext): Violation | null {
  const { side, heading, en } = column;
  if (side === undefined) return violation('column-not-kept', heading, { label: { zh: heading, en }, found: text });
  if (side === 'institution-code' && context.institution !== undefined && text !== context.institution) {
    return violation('row-institution-mismatch', 'institution', { found: text, expected: context.institution });
  }
  const field = side === 'degree-category-name' ? 'degreeCategory' : side === 'name-of' ? column.of : undefined;
  const code = field === undefined ? undefined : fields[field];
  if (field === undefined || code === undefined || isNameOf(field, code, text, context.codes)) return null;
  const { table }: Field = FIELDS[field];
  const [entry] =
    table === undefined || table === 'discipline'
      ? []
      : entriesOf(table, code, context.codes).filter((one) => one.code === code);
  return violation('code-name-mismatch', field, { label: FIELDS[field], found: text, expected: entry?.name });
}

/** A discipline that officers mapped, where the catalogue of the level does not list the text on the day. */
function mappedDiscipline(text: string, category: Category, on: string, codes: ExtraCodes | undefined) {
  if (codes === undefined || codes.mappings.size === 0) return null;
  const table = CATEGORIES[category].level === 'master' ? 'graduateDiscipline' : 'undergraduateDiscipline';
  const plain = mappingKey(text);
  return lookUp(table, plain, on, codes) === null ? lookUpMapping(table, plain, on, codes) : null;
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
  let unmatched: UnmatchedText[] | null = null;
  let mappings: string[] | null = null;
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
      const unknown = unmatchedIn(rule, cell, text, on);
      if (unknown !== null) unmatched = [...(unmatched ?? []), unknown];
      continue;
    }
    const mapping = name === 'disciplineCode' ? mappedDiscipline(text, category, on, context.codes) : cell.mapping;
    if (mapping) mappings = [...(mappings ?? []), mapping.id];
    const value = mapping?.code ?? cell.value;
    fields[name] = UPPER_CASE.has(name) ? value.toUpperCase() : value;
    if (name === 'name' && cell.raw !== undefined) fields.nameRaw = cell.raw;
  }
  for (let at = 0; at < header.sides.length; at++) {
    const side = header.sides[at];
    const text = cells[at]?.trim();
    if (side === null || side === undefined || text === undefined || text === '') continue;
    const wrong = sideViolation(side, text, fields, context);
    if (wrong !== null) violations.push(wrong);
  }
  return {
    fields,
    violations,
    rejected: rejected ?? NONE,
    unmatched: unmatched ?? NOTHING,
    mappings: mappings ?? NOTHING,
  };
}
