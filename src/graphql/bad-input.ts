// Input that no rule of the regulation is asked about: errors that carry both languages to the edge, and what no text may hold.
import { GraphQLError } from 'graphql';
import type { Sentence } from './context.ts';

/** What was found and expected; `path` of the argument, `http` the status besides 200. */
export type Details = Readonly<Record<string, unknown>>;

/**
 * An error made where the language of the request is not known. Both sentences are in its extensions until the edge has
 * chosen one and taken them away.
 */
export function taught(code: string, sentence: Sentence, details: Details = {}): GraphQLError {
  return new GraphQLError(sentence.zh, { extensions: { code, ...details, sentence } });
}

/** The same for input that is not of its form: BAD_USER_INPUT. */
export function badInput(sentence: Sentence, details: Details = {}): GraphQLError {
  return taught('BAD_USER_INPUT', sentence, details);
}

/** UTF-16 units that any text may have. */
export const LONGEST_TEXT = 20_000;
const DEEPEST = 64;

/** What is wrong with a text wherever it arrives. */
export interface BadText {
  readonly path: string;
  readonly found: string;
  readonly expected: string;
  readonly sentence: Sentence;
}

const NOT_TEXT: Sentence = {
  zh: '文本中含有不能保存的字符。',
  en: 'The text holds a character that cannot be kept.',
};
const TOO_LONG: Sentence = { zh: '文本超过长度上限。', en: 'The text is longer than allowed.' };
const TOO_DEEP: Sentence = { zh: '变量的嵌套层数过多。', en: 'The variables are nested too deeply.' };

/** The first U+0000 or half of a surrogate pair as `U+0000`; no database keeps either. Null for a sound text. */
export function unkeepable(text: string): string | null {
  const [found] = /[\0\p{Cs}]/u.exec(text) ?? [];
  if (found === undefined) return null;
  return `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What is wrong with one text; null when nothing is. */
export function badText(text: string, path: string): BadText | null {
  const found = unkeepable(text);
  if (found !== null) return { path, found, expected: 'U+0001 – U+10FFFF', sentence: NOT_TEXT };
  if (text.length <= LONGEST_TEXT) return null;
  return { path, found: String(text.length), expected: `≤ ${LONGEST_TEXT}`, sentence: TOO_LONG };
}

/** The first bad text in the variables of a request, keys too; files are passed over. */
export function badVariable(value: unknown, path = '', depth = 0): BadText | null {
  if (typeof value === 'string') return badText(value, path);
  if (typeof value !== 'object' || value === null) return null;
  if (depth > DEEPEST) return { path, found: `> ${DEEPEST}`, expected: `≤ ${DEEPEST}`, sentence: TOO_DEEP };
  const plain = Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!plain) return null;
  for (const [key, inner] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    const bad = badText(key, path) ?? badVariable(inner, place, depth + 1);
    if (bad) return bad;
  }
  return null;
}
