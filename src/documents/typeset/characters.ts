// What kind of character stands where: the classes that line breaking and squeezing ask about (GB/T 15834, 避头尾).

/** May not begin a line: closing marks, stops, and Latin stops. */
const NO_START = new Set([...'，。、；：？！）》〉」』】〕〗”’…—～·•‧％‰℃％,.;:?!)]}%°″′ー々〻〟']);
/** May not end a line: opening marks. */
const NO_END = new Set([...'（《〈「『【〔〖“‘([{〝￥＄']);
/** Full-width closing marks with an empty right half. */
const EMPTY_RIGHT = new Set([...'，。、；：）》〉」』】〕〗”’']);
/** Full-width opening marks with an empty left half. */
const EMPTY_LEFT = new Set([...'（《〈「『【〔〖“‘']);
/** Counted with the number before it. */
const UNITS = new Set([...'年月日号时分秒名人个次条项份页级届学元万亿岁天位％%℃']);
const NUMERALS = new Set([...'〇零一二三四五六七八九十百千']);
const DATE_UNITS = new Set([...'年月日号']);

/** True when a line may not begin with this grapheme. */
export function barredAtStart(text: string): boolean {
  return NO_START.has(text);
}

/** True when a line may not end with this grapheme. */
export function barredAtEnd(text: string): boolean {
  return NO_END.has(text);
}

/** True for full-width closing marks, whose right half is empty. */
export function emptyOnRight(text: string): boolean {
  return EMPTY_RIGHT.has(text);
}

/** True for full-width opening marks, whose left half is empty. */
export function emptyOnLeft(text: string): boolean {
  return EMPTY_LEFT.has(text);
}

/** —— and …… are one mark in two cells. */
export function isDoubled(before: string, after: string): boolean {
  return before === after && (before === '—' || before === '…');
}

/** True when a number and what follows it are one word: 3号, 2026年, 5名, 十二月. */
export function isCounted(before: string, after: string): boolean {
  if (/^[0-9]$/.test(before)) return UNITS.has(after);
  return NUMERALS.has(before) && DATE_UNITS.has(after);
}

/** True for 2026年 and 17号: a number and a unit that are never parted, whatever the line looks like (GB/T 9704-2012, 7.3.5). */
export function isDated(before: string, after: string): boolean {
  return DATE_UNITS.has(after) && (/^[0-9]$/.test(before) || NUMERALS.has(before));
}

/** True when an ordinal, a year bracket or 附件 holds the number after it: 第3次, 〔2026〕3号, 附件4. */
export function holdsNumber(before: string, after: string): boolean {
  return (
    (before === '第' || before === '〔' || before === '〕' || before === '件' || before === '-') &&
    /^[0-9]$/.test(after)
  );
}
