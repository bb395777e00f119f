// Names of people as Unicode text: what is normalised (the raw text is kept beside it) and what is refused (art. 8(1)).

import { FIELDS, isFieldName } from '../standard/fields.ts';
import { codePointLabel, codePoints } from '../texts/code-points.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { CharacterCode } from './name-characters.ts';
import {
  ALLOWED_BETWEEN_NAMES,
  ALLOWED_IN_NAMES,
  brokenBy,
  hasLetter,
  LOOSE_DOT,
  LOOSE_MARKS,
} from './name-characters.ts';

/** A name of only common Han characters needs nothing; the first test for nearly every row. */
const PLAIN = /^[\u4e00-\u9fff]+$/;
/** What other systems write for the middle dot of minority names, which is U+00B7: bullet, hyphenation point, katakana dots, full-width stop, dot operators. */
const OTHER_DOTS = /[\u2022\u2027\u2219\u22c5\u30fb\uff0e\uff65]/g;
/** Kangxi and other radicals, compatibility ideographs: the same characters under a second number. */
const COMPATIBILITY = /[\u2e80-\u2fdf\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;
const FULL_WIDTH_LETTERS = /[\uff21-\uff3a\uff41-\uff5a]/g;
/** Spaces of every width. A tab or a line end inside a name is a mistake worth telling, not a space. */
const SPACES = /\p{Zs}+/gu;
const SPACE_BETWEEN_HAN = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;
const SPACE_AROUND_DOT = / ?\u00b7 ?/g;

/** A name ready to be kept; `raw` is what stood in the file, only when it differed. */
export interface NormalizedName {
  readonly name: string;
  readonly raw?: string;
}

/**
 * Normalises a person's name: the middle dot becomes U+00B7, compatibility ideographs their ordinary characters, full-width letters
 * ordinary ones, letters with their marks apart (NFD, as macOS writes them) the composed ones (NFC); spaces at the ends, between Han
 * characters and around the dot go. Nothing else is touched.
 */
export function normalizeName(raw: string): NormalizedName {
  if (PLAIN.test(raw)) return { name: raw };
  const name = raw
    .replace(OTHER_DOTS, '\u00b7')
    .replace(COMPATIBILITY, (character) => character.normalize('NFKC'))
    .replace(FULL_WIDTH_LETTERS, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .normalize('NFC')
    .replace(SPACES, ' ')
    .trim()
    .replace(SPACE_BETWEEN_HAN, '')
    .replace(SPACE_AROUND_DOT, '\u00b7');
  return name === raw ? { name } : { name, raw };
}

/** Kinds and places that a refusal names at most: a name of rubbish needs no longer list. */
const MOST = 8;

/** Where a UTF-16 unit stands when code points are counted from 1. */
const placeOf = (text: string, unit: number) => codePoints(text.slice(0, unit)) + 1;

/** The characters of one kind that may not stand in the name, each with its places from 1: `U+003F #2 #5, U+FFFD #7`. */
function placesText(places: ReadonlyMap<string, readonly number[]>): string {
  const texts = [...places].slice(0, MOST).map(([character, all]) => {
    const shown = all.slice(0, MOST).map((place) => `#${place}`);
    return `${codePointLabel(character)} ${shown.join(' ')}${all.length > MOST ? ' …' : ''}`;
  });
  return texts.join(', ') + (places.size > MOST ? ', …' : '');
}

/** The characters that may not stand in a name, by the rule that each breaks. */
function badCharacters(name: string, several: boolean): Map<CharacterCode, Map<string, number[]>> {
  const bad = new Map<CharacterCode, Map<string, number[]>>();
  let place = 0;
  for (const character of name) {
    place++;
    const code = brokenBy(character, several);
    if (code === null) continue;
    const places = bad.get(code) ?? new Map<string, number[]>();
    places.set(character, [...(places.get(character) ?? []), place]);
    bad.set(code, places);
  }
  return bad;
}

/**
 * All that is wrong with the characters, the form and the length of a name (already normalised): one violation per kind, naming the code
 * points and their places from 1. An empty name is named by the rules of fields.
 */
export function nameViolations(name: string, path: string, maxLength = 40): Violation[] {
  if (name === '' || (name.length <= maxLength && PLAIN.test(name))) return [];
  const label = isFieldName(path) ? FIELDS[path] : { zh: '姓名', en: 'name' };
  // A student may have two supervisors, and the national structure has one field for them.
  const several = path === 'supervisorName';
  const expected = several ? ALLOWED_BETWEEN_NAMES : ALLOWED_IN_NAMES;
  const length = codePoints(name);
  // Beyond any length that is allowed nothing is counted character by character.
  const start = length > 2 * maxLength ? [...name.slice(0, 4 * maxLength)].slice(0, 2 * maxLength).join('') : name;
  const bad = badCharacters(start, several);
  const found = [...bad].map(([code, places]) => violation(code, path, { label, found: placesText(places), expected }));
  const dot = LOOSE_DOT.exec(start);
  if (dot) {
    const details = { label, found: `U+00B7 #${placeOf(start, dot.index)}`, expected: '阿依古丽·买买提' };
    found.push(violation('name-dot-misplaced', path, details));
  }
  const marks = LOOSE_MARKS.exec(start);
  // A selector or an enclosing mark is named for itself already.
  if (marks && bad.size === 0) {
    const [first = ''] = marks[0];
    const details = { label, found: `${codePointLabel(first)} #${placeOf(start, marks.index)}`, expected: '1–6' };
    found.push(violation('name-marks-misplaced', path, details));
  }
  if (!hasLetter(start) && bad.size === 0) {
    const shown = [...start].slice(0, MOST).map(codePointLabel).join(' ');
    found.push(violation('name-without-letter', path, { label, found: shown, expected: '≥ 1' }));
  }
  if (length > maxLength)
    found.push(violation('name-too-long', path, { label, found: String(length), expected: `≤ ${maxLength}` }));
  return found;
}
