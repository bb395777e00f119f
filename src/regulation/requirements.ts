// The regulation as a table: every article with what it asks in our own words, the code that keeps it, the tests that prove it, and
// what is counted of it. The rows live by chapter in requirements/.
import { ARTICLE_10 } from './requirements/article-10.ts';
import { ARTICLE_11 } from './requirements/article-11.ts';
import { ARTICLE_12 } from './requirements/article-12.ts';
import { CHAPTER_1 } from './requirements/chapter-1.ts';
import { CHAPTER_2 } from './requirements/chapter-2.ts';
import { CHAPTER_3 } from './requirements/chapter-3.ts';
import { CHAPTER_5 } from './requirements/chapter-5.ts';
import { CHAPTER_6 } from './requirements/chapter-6.ts';
import { CHAPTER_7 } from './requirements/chapter-7.ts';
import { CHAPTER_8 } from './requirements/chapter-8.ts';
import type { Entry, Requirement } from './requirements/requirement.ts';
import { isKept } from './requirements/requirement.ts';
import type { StepName } from './steps.ts';
import { STEPS } from './steps.ts';
import type { ViolationCode } from './violation-codes.ts';
import { VIOLATION_CODES } from './violation-codes.ts';
import { keysOf } from './vocabulary.ts';

/** A chapter of the regulation with its rows, in the order of the articles. */
export interface Chapter {
  readonly number: number;
  readonly zh: string;
  readonly en: string;
  readonly entries: readonly Entry[];
}

/** The chapters of the regulation. */
export const CHAPTERS: readonly Chapter[] = [
  { number: 1, zh: '总则', en: 'General', entries: CHAPTER_1 },
  { number: 2, zh: '机构与职责', en: 'Offices and duties', entries: CHAPTER_2 },
  { number: 3, zh: '信息内容', en: 'The information', entries: CHAPTER_3 },
  { number: 4, zh: '报送流程与要求', en: 'Reporting', entries: [...ARTICLE_10, ...ARTICLE_11, ...ARTICLE_12] },
  { number: 5, zh: '更改、删除与撤销', en: 'Change, deletion, revocation', entries: CHAPTER_5 },
  { number: 6, zh: '公开、共享与使用', en: 'Use', entries: CHAPTER_6 },
  { number: 7, zh: '安全与责任', en: 'Safety and responsibility', entries: CHAPTER_7 },
  { number: 8, zh: '附则', en: 'Final', entries: CHAPTER_8 },
];

/** Every row of the table, in the order of the articles. */
export const REQUIREMENTS: readonly Entry[] = CHAPTERS.flatMap(({ entries }) => entries);

/** What the software keeps. */
export const KEPT: readonly Requirement[] = REQUIREMENTS.filter(isKept);

const firstOf = new Map<string, string>();
for (const { article, laws = [], id } of KEPT) {
  for (const cited of [article, ...laws]) if (!firstOf.has(cited)) firstOf.set(cited, id);
}
/** Whether another requirement of the same article claims it, so that it is not the first one's by default. */
function isClaimed(article: string, name: string, claims: (requirement: Requirement) => readonly string[]): boolean {
  return KEPT.some((one) => one.article === article && claims(one).includes(name));
}

/** The violation codes that enforce a requirement: its own, and as the first of its article those that no other one of it claims. */
export function codesOf({ id, codes = [] }: Requirement): ViolationCode[] {
  const rest = keysOf(VIOLATION_CODES).filter((code) => {
    const { article } = VIOLATION_CODES[code];
    return firstOf.get(article) === id && !isClaimed(article, code, (one) => one.codes ?? []);
  });
  return [...codes, ...rest];
}

/** The steps that a requirement concerns: its own, and as the first of its article those that no other one of it claims. */
export function stepsOf({ id, steps = [] }: Requirement): StepName[] {
  const rest = keysOf(STEPS).filter((step) => {
    const { article } = STEPS[step];
    return firstOf.get(article) === id && !isClaimed(article, step, (one) => one.steps ?? []);
  });
  return [...steps, ...rest];
}
