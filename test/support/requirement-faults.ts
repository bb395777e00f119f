// What may be wrong with the table of requirements: each fault one sentence. The test of the table asks this, and plants faults to see them found.
import type { Entry, Requirement } from '../../src/regulation/requirements/requirement.ts';
import type { NamedTest } from './named-tests.ts';

/** What the table is held against. */
export interface Surroundings {
  /** Whether a path below the root exists. */
  exists(path: string): boolean;
  /** The tests of a file; null when there is no such file. */
  testsIn(file: string): readonly NamedTest[] | null;
  /** Every article that a violation code, a step or a refusal cites, and who cites it. */
  readonly cited: ReadonlyMap<string, string>;
  /** The article of each violation code. */
  readonly articleOfCode: Readonly<Record<string, { readonly article: string }>>;
  /** Ids of requirements that comments and tests cite, and where. */
  readonly mentioned: ReadonlyMap<string, string>;
}

const ARTICLES = Array.from({ length: 24 }, (_, at) => String(at + 1));
const HAN = /\p{Script=Han}/u;
const kept = (entry: Entry): entry is Requirement => !('byPeople' in entry);
const wholeArticle = (article: string) => article.replace(/\(\d\)$/, '');

function textFaults(id: string, what: string, { zh, en }: { readonly zh: string; readonly en: string }): string[] {
  return [
    ...(HAN.test(zh) && zh.endsWith('。') ? [] : [`${id}: ${what} is no Chinese sentence`]),
    ...(/^[A-Z].*\.$/.test(en) && !HAN.test(en) ? [] : [`${id}: ${what} is no English sentence`]),
  ];
}

function testFaults({ id, tests }: Requirement, around: Surroundings): string[] {
  const named = Object.entries(tests).flatMap(([file, names]) => names.map((name) => ({ file, name })));
  if (named.length === 0) return [`${id}: no test`];
  let everywhere = false;
  const faults = named.flatMap(({ file, name }) => {
    const there = around.testsIn(file);
    if (!there) return [`${id}: no file ${file}`];
    const found = there.filter((one) => one.name === name);
    if (found.length === 0) return [`${id}: ${file} has no test “${name}”`];
    if (found.every(({ live }) => live === 0)) return [`${id}: “${name}” of ${file} is skipped or empty`];
    everywhere ||= found.some(({ live, conditional }) => live > 0 && !conditional);
    return [];
  });
  return faults.length > 0 || everywhere ? faults : [`${id}: no test that runs everywhere`];
}

function requirementFaults(requirement: Requirement, around: Surroundings): string[] {
  const { id, article, code, codes = [], laws = [] } = requirement;
  const cites = [article, ...laws];
  return [
    ...(code.length > 0 ? [] : [`${id}: no code`]),
    ...code.filter((path) => !around.exists(path)).map((path) => `${id}: no ${path}`),
    ...testFaults(requirement, around),
    ...codes
      .filter((one) => !cites.map(wholeArticle).includes(wholeArticle(around.articleOfCode[one]?.article ?? '')))
      .filter((one) => !FOREIGN.includes(one))
      .map((one) => `${id}: ${one} is of another article`),
  ];
}

/** Codes that enforce a requirement of another article than their own: the purpose of an export (19) is asked under article 21. */
const FOREIGN: readonly string[] = ['export-purpose-missing'];

/** Everything wrong with the table; empty when it is sound. */
export function requirementFaultsOf(entries: readonly Entry[], around: Surroundings): string[] {
  const ids = entries.map(({ id }) => id);
  const articles = new Set(entries.map(({ article }) => wholeArticle(article)));
  const covered = new Set(entries.filter(kept).flatMap(({ article, laws = [] }) => [article, ...laws]));
  const covers = (article: string) => covered.has(article) || covered.has(wholeArticle(article));
  return [
    ...ARTICLES.filter((article) => !articles.has(article)).map((article) => `article ${article} is missing`),
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id}: twice`),
    ...entries
      .filter(({ id, article }) => !id.startsWith(`R${wholeArticle(article)}.`))
      .map(({ id }) => `${id}: of another article`),
    ...entries.flatMap((entry) => textFaults(entry.id, 'the rule', entry)),
    ...entries.flatMap((entry) =>
      kept(entry) ? requirementFaults(entry, around) : textFaults(entry.id, 'why it is by people', entry.byPeople),
    ),
    ...[...around.cited]
      .filter(([article]) => !covers(article))
      .map(([article, who]) => `${who} cites ${article}, which no requirement covers`),
    ...[...around.mentioned]
      .filter(([id]) => !ids.includes(id))
      .map(([id, where]) => `${where} cites ${id}, which is no requirement`),
  ];
}
