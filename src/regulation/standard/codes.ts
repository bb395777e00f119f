// Looking codes and names up in the code tables, on a day, with an institution's own entries before ours.

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
import { UNDERGRADUATE_DISCIPLINE } from './tables/undergraduate-discipline.ts';

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

type Index = ReadonlyMap<string, readonly CodeEntry[]>;

/** An institution's own entries, indexed once by {@link indexCodes}. */
export type ExtraCodes = ReadonlyMap<CodeTableName, Index>;

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

/** Indexes the rows of an institution's own edition; rows of tables that do not exist are left out. */
export function indexCodes(rows: readonly CodeRow[]): ExtraCodes {
  const byTable = new Map<CodeTableName, CodeEntry[]>();
  for (const { codeTable, code, name, validFrom, validUntil } of rows) {
    if (!Object.hasOwn(CODE_TABLES, codeTable)) continue;
    const table = codeTable as CodeTableName;
    const entry = { code, name, validFrom, ...(validUntil === null ? {} : { validUntil }) };
    byTable.set(table, [...(byTable.get(table) ?? []), entry]);
  }
  return new Map([...byTable].map(([table, entries]) => [table, index(entries)]));
}

const validOn = (entry: CodeEntry, on: string) =>
  (entry.validFrom === undefined || entry.validFrom <= on) &&
  (entry.validUntil === undefined || on <= entry.validUntil);

/** All entries of a table with this code or name, whatever their validity. */
export function entriesOf(table: CodeTableName, codeOrName: string, extra?: ExtraCodes): readonly CodeEntry[] {
  const own = extra?.get(table)?.get(codeOrName);
  const built = INDEXES.get(table)?.get(codeOrName);
  if (own === undefined) return built ?? [];
  return built === undefined ? own : [...own, ...built];
}

/** Finds a code by code, name or official other name, valid on the day (YYYY-MM-DD, both ends included); null when there is none. */
export function lookUp(table: CodeTableName, codeOrName: string, on: string, extra?: ExtraCodes): Code | null {
  for (const entry of entriesOf(table, codeOrName, extra)) if (validOn(entry, on)) return entry;
  return null;
}

/** Whether an unlisted code is refused: the table is complete, or the institution has loaded its own edition. */
export function refusesUnlisted(table: CodeTableName, text: string, extra?: ExtraCodes): boolean {
  const { complete, shape }: CodeTable = CODE_TABLES[table];
  if (complete || extra?.has(table)) return true;
  return shape === undefined || !shape.test(text);
}

/**
 * The entries nearest to a text, best first, at most three: for a person to choose from, never taken silently (R9.4).
 * 中共党员 → 中国共产党党员, 乌兹别克族 → 乌孜别克族.
 */
export function nearest(table: CodeTableName, text: string): Code[] {
  const wanted = text.trim().normalize('NFKC');
  if (wanted === '') return [];
  const scored = CODE_TABLES[table].entries.map((entry: CodeEntry) => {
    const texts = [entry.code, entry.name, ...(entry.aliases ?? []), ...(entry.hints ?? [])];
    return { entry, score: Math.max(...texts.map((candidate) => likeness(wanted, candidate.normalize('NFKC')))) };
  });
  return scored
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ entry: { code, name } }) => ({ code, name }));
}

/** Proposals as one text for `expected` of a violation: `01 中国共产党党员 / 02 …`; undefined when there are none. */
export function proposals(table: CodeTableName, text: string): string | undefined {
  const found = nearest(table, text);
  return found.length === 0 ? undefined : found.map(({ code, name }) => `${code} ${name}`).join(' / ');
}
