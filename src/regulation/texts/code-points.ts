// Code points: how one is told, how many a text has, and which of them no reader sees or reads.

/**
 * Control characters, marks that turn or join text unseen, letters without a shape, line and paragraph separators, private use, halves of
 * characters, points that are no characters, U+FFFD.
 */
export const UNREADABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{DI}\p{NChar}\u2800\ufffd]/u;

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
