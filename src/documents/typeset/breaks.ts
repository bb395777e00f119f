// Where a line may end, and how badly: one grade for each place between two graphemes.
import { barredAtEnd, barredAtStart, holdsNumber, isCounted, isDated, isDoubled } from './characters.ts';
import type { Grapheme } from './shape.ts';

/** FORBIDDEN would begin or end a line wrongly; TORN cuts a word or a date; WEAK parts a number from its unit or a name; GOOD is free. */
export const FORBIDDEN = 0;
export const TORN = 1;
export const WEAK = 2;
export const GOOD = 3;

/**
 * Grades of the places after each grapheme: `grades[i]` is the place between graphemes i and i + 1.
 * The last is always GOOD.
 */
export function gradeBreaks(graphemes: readonly Grapheme[]): Uint8Array {
  const grades = new Uint8Array(graphemes.length);
  let solid = '';
  for (let i = 0; i < graphemes.length; i++) {
    const before = graphemes[i];
    const after = graphemes[i + 1];
    if (before !== undefined && before.text !== ' ') solid = before.text;
    grades[i] = before === undefined || after === undefined ? GOOD : grade(before, after, solid);
  }
  keepNames(graphemes, grades);
  return grades;
}

/** `solid` is the last grapheme that is not a space: 《 followed by spaces still ends the line that a reader sees. */
function grade(before: Grapheme, after: Grapheme, solid: string): number {
  // Spaces stay with what stands before them, so that a line never begins with one.
  if (after.text === ' ') return FORBIDDEN;
  if (before.text === ' ') return barredAtEnd(solid) || barredAtStart(after.text) ? FORBIDDEN : GOOD;
  if (isDoubled(before.text, after.text)) return FORBIDDEN;
  if (before.western && after.western) return withinWord(before.text, after.text);
  if (barredAtEnd(before.text) || barredAtStart(after.text)) return FORBIDDEN;
  if (isDated(before.text, after.text)) return TORN;
  if (before.text === '附' && after.text === '件') return WEAK;
  if (isCounted(before.text, after.text) || holdsNumber(before.text, after.text)) return WEAK;
  return GOOD;
}

/** Long addresses may part after / ? & = and hyphens; nothing else inside a word, unless it is longer than a line. */
function withinWord(before: string, after: string): number {
  if (barredAtEnd(before) || barredAtStart(after)) return FORBIDDEN;
  if ('/?&='.includes(before)) return WEAK;
  return TORN;
}

/** A name is parted after its · or a space, elsewhere only for want of a better place. */
function keepNames(graphemes: readonly Grapheme[], grades: Uint8Array): void {
  graphemes.forEach((grapheme, index) => {
    const inside = grapheme.name && graphemes[index + 1]?.name === true;
    if (inside && grades[index] === GOOD && grapheme.text !== '·' && grapheme.text !== ' ') grades[index] = WEAK;
    const held = grapheme.whole && graphemes[index + 1]?.whole === true;
    if (held && (grades[index] ?? 0) > TORN) grades[index] = TORN;
  });
}
