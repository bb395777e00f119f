// The figures of a year from which every answer of statistics is taken: filed records, counted by the database and protected at once (R17.1).

import { lookUp } from '../../regulation/standard/codes.ts';
import { contentOf, type StatisticsContent } from '../../regulation/statistics/content.ts';
import type { Group } from '../../regulation/statistics/cube.ts';
import { disciplineOf, nationalityOf, sexOf } from '../../regulation/statistics/dimensions.ts';
import { publishable, yearViolations } from '../../regulation/statistics/publication.ts';
import type { Violation } from '../../regulation/violations.ts';
import { CATEGORIES, isKeyOf } from '../../regulation/vocabulary.ts';
import type { Database } from '../../store/database/connect.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { logState } from '../../store/seals/log.ts';
import {
  type CountedRow,
  countFiled,
  publicationsOf,
  type StatisticsPublication,
} from '../../store/statistics/statistics.ts';
import type { World } from '../call.ts';
import { policyFor, todayOf } from '../situation.ts';
import type { JsonObject } from '../statement.ts';
import { digestOf } from '../subjects.ts';
import { inTurns } from '../turns.ts';

/** What counting reads. */
export type FigureReads = Pick<Transaction, '$queryRawUnsafe' | 'policy' | 'statisticsPublication'>;

/** The figures of a year as they could be published today, and what stands in the way. */
export interface Figures {
  readonly content: StatisticsContent | null;
  readonly violations: readonly Violation[];
  /** SHA-256 (hex) of the figures: what an officer saw is what they publish. */
  readonly digest: string | null;
  /** Up to which civil day filings are counted. */
  readonly asOf: string;
  /** Versions that are public, the first one first. */
  readonly earlier: readonly StatisticsPublication[];
}

/**
 * Counts and protects a year. Versions that are public are protected together with it, so that the difference of two tells nobody
 * anything. The threshold is that of today's policy.
 */
export async function figuresOf(
  tx: FigureReads,
  world: Pick<World, 'now'>,
  institution: string,
  year: number,
): Promise<Figures> {
  const asOf = todayOf(world);
  const impossible = yearViolations(year, asOf);
  if (impossible.length > 0) return { content: null, violations: impossible, digest: null, asOf, earlier: [] };
  const { smallestCell } = await policyFor(tx, institution, asOf);
  const earlier = await publicationsOf(tx, institution, year);
  const { groups, names } = groupsOf(await countFiled(tx, institution, year));
  const work = publishable(groups, smallestCell, earlier.map(contentOfPublication));
  const { safe, violations } = await inTurns(work);
  const known = new Map([...earlier.flatMap(namesIn), ...names]);
  const content = safe && contentOf(year, safe, known);
  return { content, violations, digest: content && figuresDigest(content), asOf, earlier };
}

interface Kept {
  readonly state: string;
  readonly day: string;
  readonly figures: Promise<Figures>;
}

/** The last figures of each institution and year. Every change of a record, a policy or a publication is a step, so the log tells. */
const kept = new WeakMap<Database, Map<string, Kept>>();
const MOST_KEPT = 64;

/** {@link figuresOf} for looking at: made once for a state of the log and a day, however often somebody asks. */
export async function previewFigures(
  world: Pick<World, 'db' | 'now'>,
  institution: string,
  year: number,
): Promise<Figures> {
  const known = kept.get(world.db) ?? new Map<string, Kept>();
  kept.set(world.db, known);
  const key = `${institution}/${year}`;
  const state = await logState(world.db.prisma, institution);
  const day = todayOf(world);
  const last = known.get(key);
  if (last?.state === state && last.day === day) return last.figures;
  const figures = figuresOf(world.db.prisma, world, institution, year);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, { state, day, figures });
  figures.catch(() => known.delete(key));
  return figures;
}

/** SHA-256 (hex) of figures without the day on which they were looked at. */
function figuresDigest(content: StatisticsContent): string {
  return digestOf(JSON.parse(JSON.stringify(content)) as JsonObject);
}

/** The figures of a publication, as they were written when it was sealed. */
export function contentOfPublication({ content }: Pick<StatisticsPublication, 'content'>): StatisticsContent {
  return content as unknown as StatisticsContent;
}

/** Names of disciplines that an earlier version had, in case nobody is left there. */
function namesIn(publication: StatisticsPublication): [string, string][] {
  return contentOfPublication(publication).nodes.flatMap(({ key, zh }): [string, string][] => {
    const [, code = ''] = /^discipline:(.+)$/.exec(key) ?? [];
    return code === '' ? [] : [[code, zh.slice(code.length).trim()]];
  });
}

/** Rows of the database as groups of people, and the names of their disciplines. */
export function groupsOf(rows: readonly CountedRow[]): {
  readonly groups: readonly Group[];
  readonly names: ReadonlyMap<string, string>;
} {
  const names = new Map<string, string>();
  const groups = rows.flatMap(({ category, disciplineCode, disciplineName, sex, country, count }): Group[] => {
    if (!isKeyOf(CATEGORIES, category)) return [];
    const { level } = CATEGORIES[category];
    const discipline = disciplineOf(level, disciplineCode);
    // A second-level code is counted under its first-level discipline and must not give it its own name.
    const listed = level === 'master' ? lookUp('graduateDiscipline', discipline, ALWAYS)?.name : undefined;
    const name = listed ?? (discipline === disciplineCode ? disciplineName : '');
    const known = names.get(discipline);
    if (known === undefined || known === '' || (name !== '' && name < known)) names.set(discipline, name);
    return [{ category, discipline, sex: sexOf(sex), nationality: nationalityOf(country), count }];
  });
  return { groups, names };
}

/** Names are wanted whenever a code was valid; the catalogue of 2022 is the last one that we have. */
const ALWAYS = '2024-01-01';
