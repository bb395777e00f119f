// Identity numbers where nobody meant to write one: a column mistaken for another, the name of a photo, a line of a reason (art. 21).

/** Eighteen characters of GB 11643 that stand by themselves: certificate numbers have sixteen, digests are longer. */
const STANDING = /(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/g;

/** The text with every identity number in it masked as by `maskIdentityNumber`: 3****************1. */
export function hideIdentityNumbers(text: string): string {
  // Most texts are too short or have no digits in a row; asking that first costs nothing.
  if (text.length < 18) return text;
  return text.replace(STANDING, (number) => `${number.charAt(0)}${'*'.repeat(16)}${number.charAt(17)}`);
}
