// Names of people as Unicode text: what is normalised (the raw text is kept beside it) and what is refused (art. 8(1)).
import { FIELDS, isFieldName } from './standard/fields.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';

/** A name of only common Han characters needs nothing; the first test for nearly every row. */
const PLAIN = /^[\u4e00-\u9fff]+$/;
/** What other systems write for the middle dot of minority names, which is U+00B7: bullet, hyphenation point, katakana dots, full-width stop, dot operators. */
const OTHER_DOTS = /[\u2022\u2027\u2219\u22c5\u30fb\uff0e\uff65]/g;
/** Kangxi and other radicals, compatibility ideographs: the same characters under a second number. */
const COMPATIBILITY = /[\u2e80-\u2fdf\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;
const FULL_WIDTH_LETTERS = /[\uff21-\uff3a\uff41-\uff5a]/g;
const SPACES = /[\s\u00a0\u3000]+/g;
const SPACE_BETWEEN_HAN = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;
const SPACE_AROUND_DOT = / ?\u00b7 ?/g;

/** A name ready to be kept; `raw` is what stood in the file, only when it differed. */
export interface NormalizedName {
  readonly name: string;
  readonly raw?: string;
}

/**
 * Normalises a person's name: the middle dot becomes U+00B7, compatibility ideographs their ordinary characters, full-width letters
 * ordinary ones; spaces at the ends, between Han characters and around the dot go. Nothing else is touched.
 */
export function normalizeName(raw: string): NormalizedName {
  if (PLAIN.test(raw)) return { name: raw };
  const name = raw
    .replace(OTHER_DOTS, '\u00b7')
    .replace(COMPATIBILITY, (character) => character.normalize('NFKC'))
    .replace(FULL_WIDTH_LETTERS, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(SPACES, ' ')
    .trim()
    .replace(SPACE_BETWEEN_HAN, '')
    .replace(SPACE_AROUND_DOT, '\u00b7');
  return name === raw ? { name } : { name, raw };
}

/** A code point as `U+E000`. */
export function codePointLabel(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Length in code points; surrogate pairs count once. */
export function codePoints(text: string): number {
  let pairs = 0;
  for (let at = 0; at < text.length - 1; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdbff && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) pairs++;
  }
  return text.length - pairs;
}

type CharacterCode =
  | 'name-replacement-character'
  | 'name-private-use-character'
  | 'name-control-character'
  | 'name-broken-character';

/** Which rule a code point of a name breaks. */
function brokenBy(point: number): CharacterCode | null {
  if (point === 0x3f || point === 0xff1f || point === 0xfffd) return 'name-replacement-character';
  if ((point >= 0xe000 && point <= 0xf8ff) || point >= 0xf0000) return 'name-private-use-character';
  if (point >= 0xd800 && point <= 0xdfff) return 'name-broken-character';
  const control = point < 0x20 || (point >= 0x7f && point < 0xa0);
  const invisible = (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e);
  return control || invisible || point === 0xfeff || (point >= 0x2060 && point <= 0x2069)
    ? 'name-control-character'
    : null;
}

/** All that is wrong with the characters and the length of a name (already normalised): one violation per kind, naming the code points. */
export function nameViolations(name: string, path: string, maxLength = 40): Violation[] {
  if (name.length <= maxLength && PLAIN.test(name)) return [];
  const label = isFieldName(path) ? FIELDS[path] : { zh: '姓名', en: 'name' };
  const bad = new Map<CharacterCode, Set<string>>();
  for (const character of name) {
    const code = brokenBy(character.codePointAt(0) ?? 0);
    if (code !== null) bad.set(code, (bad.get(code) ?? new Set()).add(codePointLabel(character)));
  }
  const found = [...bad].map(([code, points]) => violation(code, path, { label, found: [...points].join(' ') }));
  const length = codePoints(name);
  if (length > maxLength)
    found.push(violation('name-too-long', path, { label, found: String(length), expected: `≤ ${maxLength}` }));
  return found;
}
