// Declared hierarchies of the quasi-identifiers: each level made from the one below it, so that a value can only grow coarser.
import { CATEGORIES, isKeyOf } from '../vocabulary.ts';
import { countryGroup } from './country-groups.ts';

/** Chinese and English. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** One level of a hierarchy: what its values are, and how a value of the level below becomes one of them. */
export interface HierarchyLevel {
  readonly words: Words;
  /** Pure; never called with '' (no value stays no value until the last level). */
  readonly from: (finer: string) => string;
}

/** Level 0 is the value as recorded; these are the levels above it. The last one has the single value {@link ANY}. */
export interface Hierarchy {
  readonly base: Words;
  readonly above: readonly HierarchyLevel[];
}

/** The only value of the last level: the field tells nothing. */
export const ANY = '*';
/** A value that a level cannot place. */
export const OTHER = 'other';

/** Values that levels make, by what a reader of the table calls them; dates, months, years and parts of codes speak for themselves. */
export const GROUP_WORDS: Readonly<Record<string, Words>> = {
  [ANY]: { zh: '不限', en: 'any' },
  [OTHER]: { zh: '其他', en: 'other' },
  bachelor: { zh: '学士', en: 'bachelor' },
  master: { zh: '硕士', en: 'master' },
  'academic-master': { zh: '学术学位硕士', en: 'academic master' },
  'professional-master': { zh: '专业学位硕士', en: 'professional master' },
  'professional-bachelor': { zh: '专业学位学士', en: 'professional bachelor' },
  mainland: { zh: '内地', en: 'mainland' },
  'hong-kong-macao-taiwan': { zh: '港澳台', en: 'Hong Kong, Macao and Taiwan' },
  asia: { zh: '亚洲', en: 'Asia' },
  africa: { zh: '非洲', en: 'Africa' },
  europe: { zh: '欧洲', en: 'Europe' },
  'north-america': { zh: '北美洲', en: 'North America' },
  'south-america': { zh: '南美洲', en: 'South America' },
  oceania: { zh: '大洋洲', en: 'Oceania' },
  'outside-mainland': { zh: '境外', en: 'outside the mainland' },
  han: { zh: '汉族', en: 'Han' },
  'other-ethnicity': { zh: '少数民族及其他', en: 'other ethnic groups' },
  'resident-identity-card': { zh: '居民身份证', en: 'resident identity card' },
  'other-document': { zh: '其他证件', en: 'other document' },
  'part-time-or-distant': { zh: '非全日制及其他', en: 'not full-time' },
  'full-time': { zh: '全日制', en: 'full-time' },
  'public-thesis': { zh: '有论文或成果', en: 'with thesis or outcome' },
  'no-public-thesis': { zh: '无公开论文', en: 'without public thesis' },
  zh: { zh: '中文', en: 'Chinese' },
  'other-language': { zh: '其他语种', en: 'other language' },
};

const AS_RECORDED: Words = { zh: '原值', en: 'as recorded' };
const LAST: HierarchyLevel = { words: { zh: '不提供', en: 'not given' }, from: () => ANY };

const level = (zh: string, en: string, from: (finer: string) => string): HierarchyLevel => ({
  words: { zh, en },
  from,
});
const hierarchy = (base: Words, ...levels: readonly HierarchyLevel[]): Hierarchy => ({
  base,
  above: [...levels, LAST],
});
/** What the form matches, cut to a length; else {@link OTHER}. */
const cut = (form: RegExp, length: number) => (text: string) => (form.test(text) ? text.slice(0, length) : OTHER);

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;
const YEAR = /^\d{4}$/;

const month = level('年月', 'month', cut(DATE, 7));
const year = level('年份', 'year', cut(MONTH, 4));
const fiveYears = level('五年段', 'five years', (text) => {
  if (!YEAR.test(text)) return OTHER;
  const first = Number(text) - (Number(text) % 5);
  return `${String(first).padStart(4, '0')}–${String(first + 4).padStart(4, '0')}`;
});

/** Day → month → year → five years → nothing. */
export const BIRTH_DATE = hierarchy({ zh: '日期', en: 'day' }, month, year, fiveYears);
/** Day → month → year → nothing. */
export const CONFERRAL_DATE = hierarchy({ zh: '日期', en: 'day' }, month, year);
/** Month → year → nothing. */
export const STUDY_MONTH = hierarchy({ zh: '年月', en: 'month' }, year);

/**
 * Major or discipline → its class (专业类) or first-level discipline (一级学科) → discipline category (门类) → nothing.
 * Both catalogues number alike; the category of the record says which one a class is of.
 */
export const DISCIPLINE = hierarchy(
  { zh: '专业代码', en: 'discipline code' },
  level('一级学科或专业类', 'first-level discipline or class of majors', cut(/^\d{2}[0-9A-Z]{2}/, 4)),
  level('学科门类', 'discipline category', cut(/^\d{2}/, 2)),
);

/** Country or region → mainland, Hong Kong, Macao and Taiwan, or continent → inside or outside the mainland → nothing. */
export const COUNTRY_OR_REGION = hierarchy(
  { zh: '国家或地区', en: 'country or region' },
  level(
    '内地、港澳台或洲',
    'mainland, Hong Kong, Macao and Taiwan, or continent',
    (code) => countryGroup(code) ?? OTHER,
  ),
  level('境内外', 'inside or outside the mainland', (group) =>
    group === 'mainland' || group === OTHER ? group : 'outside-mainland',
  ),
);

/** Ethnicity → Han or other → nothing. */
export const ETHNIC_GROUP = hierarchy(
  { zh: '民族', en: 'ethnicity' },
  level('汉族或其他', 'Han or other', (code) => (code === '01' ? 'han' : 'other-ethnicity')),
);

/** Type of identity document → resident identity card or other → nothing: it tells where a person is from. */
export const DOCUMENT_TYPE = hierarchy(
  { zh: '证件类型', en: 'type of document' },
  level('居民身份证或其他', 'resident identity card or other', (code) =>
    code === '01' ? 'resident-identity-card' : 'other-document',
  ),
);

/** Category of art. 4 → level of degree → nothing. */
export const DEGREE_LEVEL_OF_CATEGORY = hierarchy(
  { zh: '学位类别', en: 'category' },
  level('学位层次', 'level', (category) => (isKeyOf(CATEGORIES, category) ? CATEGORIES[category].level : OTHER)),
);

/** Degree category (GB/T 6864) → academic or professional of its level → level → nothing. */
export const DEGREE_KIND = hierarchy(
  { zh: '学位类别代码', en: 'degree category' },
  level('学位类型', 'kind of degree', (code) => {
    if (/^40\d$|^41\d$/.test(code)) return 'bachelor';
    if (/^30\d$|^31\d$/.test(code)) return 'academic-master';
    if (/^3\d{2}(\d{2})?$/.test(code)) return 'professional-master';
    return /^4\d{2}(\d{2})?$/.test(code) ? 'professional-bachelor' : OTHER;
  }),
  level('学位层次', 'level', (kind) => (kind === OTHER ? OTHER : kind.endsWith('bachelor') ? 'bachelor' : 'master')),
);

/** Form or mode of study → full-time or not → nothing. */
export const FULL_TIME = hierarchy(
  { zh: '学习形式（方式）', en: 'form or mode of study' },
  level('是否全日制', 'full-time or not', (code) => (code === 'full-time' ? code : 'part-time-or-distant')),
);

/** Type of thesis or outcome → with or without one that libraries show → nothing. */
export const PUBLIC_THESIS = hierarchy(
  { zh: '论文类型', en: 'type of thesis' },
  level('有无公开论文', 'with or without a public thesis', (code) =>
    code === 'W' || code === 'SM' ? 'no-public-thesis' : 'public-thesis',
  ),
);

/** Language of the thesis → Chinese or other → nothing. */
export const LANGUAGE = hierarchy(
  { zh: '语种', en: 'language' },
  level('中文或其他', 'Chinese or other', (code) => (code === 'zh' ? code : 'other-language')),
);

/** As recorded or not at all. */
export const ALL_OR_NOTHING = hierarchy(AS_RECORDED);

/** Political status by kind, for the distance between two of them: members, youth league, democratic parties, none. */
export const POLITICAL_KIND = hierarchy(
  { zh: '政治面貌', en: 'political status' },
  level('类别', 'kind', (code) => {
    if (code === '01' || code === '02') return 'party';
    if (code === '03') return 'league';
    return code >= '04' && code <= '11' ? 'democratic-parties' : 'none';
  }),
);

/** Highest level of a hierarchy. */
export function highestLevel({ above }: Hierarchy): number {
  return above.length;
}

/** What the values of a level are. @throws {RangeError} no such level */
export function wordsOfLevel({ base, above }: Hierarchy, at: number): Words {
  const words = at === 0 ? base : above[at - 1]?.words;
  if (words === undefined) throw new RangeError(`no level ${at}`);
  return words;
}

/** A value at every level, from 0 (as recorded) to the last (`*`); '' stays '' until the last. */
export function levelsOf({ above }: Hierarchy, value: string): string[] {
  const all = [value];
  let finer = value;
  for (const [at, { from }] of above.entries()) {
    finer = finer === '' && at < above.length - 1 ? '' : from(finer);
    all.push(finer);
  }
  return all;
}
