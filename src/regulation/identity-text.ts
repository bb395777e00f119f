// Identity numbers where nobody meant to write one: a column mistaken for another, the name of a photo, a line of a reason (art. 21).

/** Eighteen characters of GB 11643 that stand by themselves: certificate numbers have sixteen, digests are longer. */
const STANDING = /(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/g;

/** The text with every identity number in it masked as by `maskIdentityNumber`: 3****************1. */
export function hideIdentityNumbers(text: string): string {
  // Most texts are too short or have no digits in a row; asking that first costs nothing.
  if (text.length < 18) return text;
  return text.replace(STANDING, (number) => `${number.charAt(0)}${'*'.repeat(16)}${number.charAt(17)}`);
}

/** Written on purpose: full-width or with gaps at the customary places too, and with a birth date, which numbers of papers and bodies have not. */
const WRITTEN =
  /(?<![0-9A-Za-z])[1-9]\d{5}[\s-]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[\s-]?\d{3}[\dXx](?![0-9A-Za-z])/;

/** Whether an identity number stands in a text that somebody wrote. */
export function holdsIdentityNumber(text: string): boolean {
  return text.length >= 18 && WRITTEN.test(text.normalize('NFKC'));
}
