// What a name may be written with (art. 8(1)): said by what is allowed, so that a character nobody thought of is refused and not let in.

/** The kinds of what may not stand in a name; each is a violation code. */
export type CharacterCode =
  | 'name-replacement-character'
  | 'name-private-use-character'
  | 'name-control-character'
  | 'name-line-break'
  | 'name-broken-character'
  | 'name-character-not-allowed';

/** Letters of every script, marks that stand on or beside them, 〇, and the signs that names are joined with. */
const ALLOWED = /^[\p{L}\p{Mn}\p{Mc}\u3007 \u00b7'\u2019.-]$/u;
/** The same in words, for `expected`. */
export const ALLOWED_IN_NAMES = "文字 letters · - ' ’ . 空格 space";

/** Between the names of several supervisors, and around a word on one of them: 韩梅（校内）；李雷（校外）. */
const BETWEEN_NAMES = /^[；;、，,/（）()]$/;
export const ALLOWED_BETWEEN_NAMES = `${ALLOWED_IN_NAMES} ； ; 、 ， , / （ ） ( )`;

/**
 * What other systems write where they had no character: question marks and asterisks, geta and boxes, U+FFFD and U+FFFC, and the
 * descriptions of a character by its parts (U+2FF0–U+2FFF, U+31EF, U+303E).
 */
const REPLACEMENT =
  /[?*\uff1f\uff0a\ufe56\ufe61\u3013\u303e\u25a0\u25a1\u25ad-\u25af\u25fb-\u25fe\u2610\u2b1a-\u2b1c\ufffc\ufffd\u2ff0-\u2fff\u31ef]/;
const LINE_BREAK = /[\n\r\v\f\u0085\u2028\u2029]/;
/**
 * Nothing to be seen of them, though some count as letters: joiners, fillers of Hangul, variation selectors (the ideographic ones too:
 * they name a shape, not another character, and hardly any system keeps them), tags, the blank of Braille.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const UNASSIGNED = /\p{Cn}/u;
const NONCHARACTER = /\p{Noncharacter_Code_Point}/u;

/** Which rule a character (one code point) of a name breaks; null when it may stand there. `several`: the text may hold several names. */
export function brokenBy(character: string, several = false): CharacterCode | null {
  if (several && BETWEEN_NAMES.test(character)) return null;
  if (ALLOWED.test(character)) return UNSEEN.test(character) ? 'name-control-character' : null;
  if (REPLACEMENT.test(character)) return 'name-replacement-character';
  if (/\p{Co}/u.test(character)) return 'name-private-use-character';
  if (/\p{Cs}/u.test(character)) return 'name-broken-character';
  if (LINE_BREAK.test(character)) return 'name-line-break';
  if (UNSEEN.test(character)) return 'name-control-character';
  return isNewIdeograph(character) ? null : 'name-character-not-allowed';
}

/** Planes 2 and 3 hold Han characters alone: one that is younger than the Unicode of this program is somebody's name all the same. */
function isNewIdeograph(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  return point >= 0x20000 && point <= 0x3ffff && UNASSIGNED.test(character) && !NONCHARACTER.test(character);
}

/** A middle dot at an end, or two of them together; `at` counts UTF-16 units. */
export const LOOSE_DOT = /^\u00b7|\u00b7$|\u00b7(?=\u00b7)/;

/** More marks than any script puts on one letter (five occur in Burmese), or a mark without a letter under it. */
export const LOOSE_MARKS = /\p{M}{7,}|(?<![\p{L}\p{M}\u3007])\p{M}+/u;

/** Whether anything in the text is a letter; 〇 and characters younger than this program count. */
export function hasLetter(text: string): boolean {
  return /[\p{L}\u3007]/u.test(text) || [...text].some(isNewIdeograph);
}
