// Identity numbers where nobody meant to write one: a column mistaken for another, the name of a photo, a line of a reason (art. 21).
import { isRealDay } from '../deadlines/deadlines.ts';
import { identityCheckCharacter } from './identity-check.ts';

/** Eighteen characters of GB 11643 that stand by themselves: certificate numbers have sixteen, digests are longer. */
const STANDING = /(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/g;

/** The text with every identity number in it masked as by `maskIdentityNumber`: 3****************1. */
export function hideIdentityNumbers(text: string): string {
  // Most texts are too short or have no digits in a row; asking that first costs nothing.
  if (text.length < 18) return text;
  return text.replace(STANDING, (number) => `${number.charAt(0)}${'*'.repeat(16)}${number.charAt(17)}`);
}

/** Groups of digits, one separator between two of them: what a number is that somebody wrote with gaps. */
const GROUPS = /\d+(?:[\s\p{Pd}\u2212._·*/\\|,]\d+)*(?:[\s\p{Pd}\u2212._·]?[Xx])?/gu;
const LETTER = /[A-Za-z]/;
const SEPARATORS = /[^\dXx]+/u;
/** The regions of GB/T 2260 by their first two digits, and the cards of foreigners who live here for good. */
const REGION = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)/;
/** Where people part it: region, day of birth, sequence. */
const CUSTOMARY: readonly string[] = ['18', '6,12', '14,4', '6,8,4', '15', '6,9', '12,3', '6,6,3'];
/**
 * A wrong check character is a slip of the pen and gives the person away all the same, up to this year of birth; whoever is younger holds
 * no degree yet, while numbers of certificates of graduation bear such years in the same place.
 */
const LAST_BIRTH = 2012;

function isOfPerson(number: string, customary: boolean): boolean {
  if (!REGION.test(number)) return false;
  const old = number.length === 15;
  const year = Number(old ? `19${number.slice(6, 8)}` : number.slice(6, 10));
  const at = old ? 8 : 10;
  if (
    year < 1900 ||
    year >= 2100 ||
    !isRealDay(year, Number(number.slice(at, at + 2)), Number(number.slice(at + 2, at + 4)))
  )
    return false;
  if (old) return customary;
  return identityCheckCharacter(number) === number[17]?.toUpperCase() || (customary && year <= LAST_BIRTH);
}

/**
 * Whether an identity number stands in a text that somebody wrote, full-width or with gaps too: eighteen characters, or the fifteen of the
 * first generation. Between groups that are not the customary ones only a right check character makes it one, so that days, case numbers
 * and certificate numbers side by side do not.
 *
 * @param first whether the fifteen digits of the first generation count; numbers of papers and parcels have fifteen of their own.
 */
export function holdsIdentityNumber(text: string, first = true): boolean {
  if (text.length < 15) return false;
  const plain = text.normalize('NFKC');
  for (const { 0: run, index } of plain.matchAll(GROUPS)) {
    // Letters beside it make it a number of something else, unless the check character says otherwise.
    const apart = !LETTER.test(`${plain.charAt(index - 1)}${plain.charAt(index + run.length)}`);
    const groups = run.split(SEPARATORS).filter((group) => group !== '');
    for (let from = 0; from < groups.length; from++) {
      let number = '';
      const lengths: number[] = [];
      for (let to = from; to < groups.length && number.length < 18; to++) {
        const group = groups[to] ?? '';
        number += group;
        lengths.push(group.length);
        const whole = number.length === 18 || (first && number.length === 15 && /^\d+$/.test(number));
        if (whole && isOfPerson(number, apart && CUSTOMARY.includes(lengths.join(',')))) return true;
      }
    }
  }
  return false;
}
