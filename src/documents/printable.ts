// Texts that must be printed whatever they hold: a paper that proves something is not left out for want of a glyph.
import { codeName, type FontSet, unprintable } from './fonts/fonts.ts';

/** The text with every character that no face has as 〔U+20BB7〕; line ends stay. */
export function spelledOut(fonts: FontSet, text: string): string {
  const missing = new Map(
    unprintable(fonts, text.replace(/[\r\n]/g, '')).map(({ character, codePoint }) => [character, codePoint]),
  );
  if (missing.size === 0) return text;
  return [...text]
    .map((character) => {
      const codePoint = missing.get(character);
      return codePoint === undefined ? character : `〔${codeName(codePoint)}〕`;
    })
    .join('');
}
