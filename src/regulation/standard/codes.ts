// Looking codes and names up in the code tables, on a day, with an institution's own entries before ours.
import { addDays } from '../deadlines/deadlines.ts';
import { likeness } from './likeness.ts';
import type { CodeEntry, CodeTable } from './tables/code-entry.ts';
import { COUNTRY } from './tables/country.ts';
import { DEGREE_CATEGORY } from './tables/degree-category.ts';
import { GRADUATE_DISCIPLINE } from './tables/graduate-discipline.ts';
import { ETHNICITY, POLITICAL_STATUS, SEX } from './tables/personal.ts';
import {
  IDENTITY_TYPE,
  LENGTH_OF_STUDY,
  OUTCOME_TYPE,
  STUDY_FORM,
  STUDY_MODE,
  THESIS_LANGUAGE,
  THESIS_TOPIC_SOURCE,
} from './tables/study.ts';
import { UNDERGRADUATE_DISCIPLINE, UNDERGRADUATE_RECODINGS } from './tables/undergraduate-discipline.ts';

/** Every code table by name (R7.1); the name is also `CodeEntry.codeTable` of an institution's own edition. */
export const CODE_TABLES = {
  sex: SEX,
  ethnicity: ETHNICITY,
  politicalStatus: POLITICAL_STATUS,
  country: COUNTRY,
  identityType: IDENTITY_TYPE,
  degreeCategory: DEGREE_CATEGORY,
  graduateDiscipline: GRADUATE_DISCIPLINE,
  undergraduateDiscipline: UNDERGRADUATE_DISCIPLINE,
  studyForm: STUDY_FORM,
  studyMode: STUDY_MODE,
  lengthOfStudy: LENGTH_OF_STUDY,
  outcomeType: OUTCOME_TYPE,
  thesisTopicSource: THESIS_TOPIC_SOURCE,
  thesisLanguage: THESIS_LANGUAGE,
} as const satisfies Record<string, CodeTable>;
export type CodeTableName = keyof typeof CODE_TABLES;

/** The recodings that we ship: majors of the catalogue of 2026. */
export const RECODINGS: readonly RecodingRow[] = UNDERGRADUATE_RECODINGS.map((row) => ({
  codeTable: 'undergraduateDiscipline',
  ...row,
}));

/** A code with its name, as found. */
export interface Code {
  readonly code: string;
  readonly name: string;
}

/** A row of an institution's own edition, as it is kept (`CodeEntry` of the store). */
export interface CodeRow extends Code {
  readonly codeTable: string;
  readonly validFrom: string;
  readonly validUntil: string | null;
}

/** A text that officers said stands for a code (`CodeMapping` of the store). */
export interface MappingRow {
  readonly id: string;
  readonly codeTable: string;
  readonly value: string;
  readonly code: string;
}

/** A code that was replaced by another one of the same table from a day on. */
export interface RecodingRow {
  readonly codeTable: string;
  readonly oldCode: string;
  readonly newCode: string;
  readonly validFrom: string;
}

type Index = ReadonlyMap<string, readonly CodeEntry[]>;

/** What an institution has of its own, indexed once by {@link indexCodes}. */
export interface ExtraCodes {
  readonly tables: ReadonlyMap<CodeTableName, { readonly entries: readonly CodeEntry[]; readonly index: Index }>;
  /** By table and text. */
  readonly mappings: ReadonlyMap<CodeTableName, ReadonlyMap<string, MappingRow>>;
  readonly recodings: readonly RecodingRow[];
}

/** Whether a text names a code table. */
export function isCodeTable(text: string): text is CodeTableName {
  return Object.hasOwn(CODE_TABLES, text);
}

function index(entries: readonly CodeEntry[]): Index {
  const map = new Map<string, CodeEntry[]>();
  for (const entry of entries) {
    for (const text of new Set([entry.code, entry.name, ...(entry.aliases ?? [])])) {
      const known = map.get(text);
      if (known === undefined) map.set(text, [entry]);
      else known.push(entry);
    }
  }
  return map;
}

const INDEXES = new Map<CodeTableName, Index>(
  (Object.keys(CODE_TABLES) as CodeTableName[]).map((name) => [name, index(CODE_TABLES[name].entries)]),
);

/**
 * The institution's rows before ours; of a code that it has itself, our entry ends the day before its own one begins. What people
 * call an entry (other names, habits) goes over to the own one.
 */
function merged(table: CodeTableName, rows: readonly CodeRow[]): CodeEntry[] {
  const since = new Map<string, string>();
  for (const { code, validFrom } of rows) {
    const known = since.get(code);
    if (known === undefined || validFrom < known) since.set(code, validFrom);
  }
  const shipped: readonly CodeEntry[] = CODE_TABLES[table].entries;
  const own = rows.map(({ code, name, validFrom, validUntil }): CodeEntry => {
    const same = shipped.filter((entry) => entry.code === code);
    const [twin] = same.filter((entry) => entry.name === name);
    const hints = [...same.flatMap((entry) => entry.hints ?? []), ...same.map((entry) => entry.name)];
    return {
      ...{ code, name, validFrom, hints: hints.filter((hint) => hint !== name) },
      ...(validUntil === null ? {} : { validUntil }),
      ...(twin?.aliases === undefined ? {} : { aliases: twin.aliases }),
    };
  });
  const kept = shipped.flatMap((entry): CodeEntry[] => {
    const from = since.get(entry.code);
    if (from === undefined || (entry.validUntil !== undefined && entry.validUntil < from)) return [entry];
    const validUntil = dayBefore(from);
    return entry.validFrom !== undefined && entry.validFrom > validUntil ? [] : [{ ...entry, validUntil }];
  });
  return [...own, ...kept];
}

function dayBefore(day: string): string {
  return addDays(day, -1);
}

/** Indexes what an institution has of its own; rows of tables that do not exist are left out. */
export function indexCodes(
  rows: readonly CodeRow[],
  mappings: readonly MappingRow[] = [],
  recodings: readonly RecodingRow[] = [],
): ExtraCodes {
  const byTable = new Map<CodeTableName, CodeRow[]>();
  for (const row of rows) {
    if (!isCodeTable(row.codeTable)) continue;
    const known = byTable.get(row.codeTable);
    if (known === undefined) byTable.set(row.codeTable, [row]);
    else known.push(row);
  }
  const mapped = new Map<CodeTableName, Map<string, MappingRow>>();
  for (const mapping of mappings) {
    if (!isCodeTable(mapping.codeTable)) continue;
    const known = mapped.get(mapping.codeTable) ?? new Map<string, MappingRow>();
    mapped.set(mapping.codeTable, known.set(mapping.value, mapping));
  }
  const tables = [...byTable].map(([table, own]) => {
    const entries = merged(table, own);
    return [table, { entries, index: index(entries) }] as const;
  });
  return { tables: new Map(tables), mappings: mapped, recodings };
}

const validOn = (entry: CodeEntry, on: string) =>
  (entry.validFrom === undefined || entry.validFrom <= on) &&
  (entry.validUntil === undefined || on <= entry.validUntil);

/** All entries of a table with this code or name, whatever their validity. */
export function entriesOf(table: CodeTableName, codeOrName: string, extra?: ExtraCodes): readonly CodeEntry[] {
  return (extra?.tables.get(table)?.index ?? INDEXES.get(table))?.get(codeOrName) ?? [];
}

/** The whole table, the institution's own rows first. */
export function tableEntries(table: CodeTableName, extra?: ExtraCodes): readonly CodeEntry[] {
  return extra?.tables.get(table)?.entries ?? CODE_TABLES[table].entries;
}

/** Finds a code by code, name or official other name, valid on the day (YYYY-MM-DD, both ends included); null when there is none. */
export function lookUp(table: CodeTableName, codeOrName: string, on: string, extra?: ExtraCodes): Code | null {
  for (const entry of entriesOf(table, codeOrName, extra)) if (validOn(entry, on)) return entry;
  return null;
}

/** Whether an unlisted code is refused: the table is complete, or the institution has loaded its own edition. */
export function refusesUnlisted(table: CodeTableName, text: string, extra?: ExtraCodes): boolean {
  const { complete, shape }: CodeTable = CODE_TABLES[table];
  if (complete || extra?.tables.has(table)) return true;
  return shape === undefined || !shape.test(text);
}

/** The code that officers said a text stands for, when that code is valid on the day; null when there is none. */
export function lookUpMapping(table: CodeTableName, text: string, on: string, extra?: ExtraCodes): MappingRow | null {
  const mapping = extra?.mappings.get(table)?.get(text);
  if (mapping === undefined) return null;
  return lookUp(table, mapping.code, on, extra)?.code === mapping.code ? mapping : null;
}

/** What a code became by the day, through as many recodings as there were; null when it was never recoded or is not valid then. */
export function recoded(table: CodeTableName, code: string, on: string, extra?: ExtraCodes): Code | null {
  const all = [...(extra?.recodings ?? []), ...RECODINGS].filter(
    (row) => row.codeTable === table && row.validFrom <= on,
  );
  const seen = new Set([code]);
  let now = code;
  for (;;) {
    const next = all.find(({ oldCode }) => oldCode === now)?.newCode;
    if (next === undefined || seen.has(next)) break;
    seen.add(next);
    now = next;
  }
  const found = now === code ? null : lookUp(table, now, on, extra);
  return found === null ? null : { code: found.code, name: found.name };
}

/** A code that a text may have meant; `likeness` 1 = the same, ½ = hardly. */
export interface Proposal extends Code {
  readonly likeness: number;
}

/**
 * The entries nearest to a text, best first, at most three: for a person to choose from, never taken silently (R9.4).
 * 中共党员 → 中国共产党党员, 乌兹别克族 → 乌孜别克族. With `on`, only what is valid on that day, and first of all what the code became.
 */
export function nearest(table: CodeTableName, text: string, on?: string, extra?: ExtraCodes): Proposal[] {
  const wanted = text.trim().normalize('NFKC');
  if (wanted === '') return [];
  if (wanted.length > LONGEST_WANTED) return [];
  const codes = extra ?? NOTHING_OWN;
  const known = remembered.get(codes) ?? new Map<string, Proposal[]>();
  remembered.set(codes, known);
  const key = `${table} ${on ?? ''} ${wanted}`;
  const found = known.get(key) ?? findNearest(table, wanted, on, extra);
  if (known.size < MOST_REMEMBERED) known.set(key, found);
  return found;
}

/** A file repeats its words: the same text is compared with a table of thousands once, not in every row. */
const remembered = new WeakMap<ExtraCodes, Map<string, Proposal[]>>();
const MOST_REMEMBERED = 5000;
const NOTHING_OWN = indexCodes([]);
/** Characters of a text that may be the name of something; a cell may hold a whole essay, which is like no code. */
const LONGEST_WANTED = 200;

/** Every text by which an entry is found, as it is compared; entries live as long as their tables. */
const comparable = new WeakMap<CodeEntry, readonly string[]>();

function textsOf(entry: CodeEntry): readonly string[] {
  const known = comparable.get(entry);
  if (known !== undefined) return known;
  const all = [entry.code, entry.name, ...(entry.aliases ?? []), ...(entry.hints ?? [])];
  const texts = all.map((text) => text.normalize('NFKC'));
  comparable.set(entry, texts);
  return texts;
}

function findNearest(table: CodeTableName, wanted: string, on: string | undefined, extra?: ExtraCodes): Proposal[] {
  const now = on === undefined ? null : recoded(table, wanted.toUpperCase(), on, extra);
  const scored = tableEntries(table, extra)
    .filter((entry) => on === undefined || validOn(entry, on))
    .map((entry: CodeEntry) => ({ entry, score: Math.max(...textsOf(entry).map((text) => likeness(wanted, text))) }));
  const near = scored
    .filter(({ entry, score }) => score >= 0.5 && entry.code !== now?.code)
    .sort((a, b) => b.score - a.score)
    .map(({ entry: { code, name }, score }) => ({ code, name, likeness: score }));
  return [...(now === null ? [] : [{ ...now, likeness: 1 }]), ...near].slice(0, 3);
}

/** Proposals as one text for `expected` of a violation: `01 中国共产党党员 / 02 …`; undefined when there are none. */
export function proposals(table: CodeTableName, text: string, on?: string, extra?: ExtraCodes): string | undefined {
  const found = nearest(table, text, on, extra);
  return found.length === 0 ? undefined : found.map(({ code, name }) => `${code} ${name}`).join(' / ');
}
