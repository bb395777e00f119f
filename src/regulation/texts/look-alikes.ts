// Two texts that a reader takes for one: what is told of them must show where they differ (art. 9).
import { codePointLabel } from './code-points.ts';

/** Letters of other alphabets that print like Latin ones, and the Latin ones. */
const OTHERS = 'АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧον';
const LATIN = 'ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXov';
const LATIN_OF = new Map([...OTHERS].map((letter, at) => [letter, [...LATIN][at] ?? letter]));
/** What is seen little or not at all, or stands in many forms: spaces, marks, joiners, dots, strokes, quotation marks. */
const SLIGHT =
  /[\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u00b7\u2022\u2027\u2219\u22c5\u30fb.\p{Pd}\u2212'’‘`\u02bc\u00b4]/gu;
/** Code points that are shown of a difference. */
const MOST = 8;

const seen = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(SLIGHT, '')
    .replace(/[^\p{ASCII}\p{Script=Han}]/gu, (letter) => LATIN_OF.get(letter) ?? letter);

/** Whether two different texts may look the same on a screen or on paper. */
export function lookAlike(one: string, other: string): boolean {
  return one !== other && one !== '' && other !== '' && seen(one) === seen(other);
}

/**
 * Found and expected of a mismatch. Where they look alike, each is followed by the code points that differ and the place of the first,
 * from 1: `José (#4 U+0065 U+0301)` beside `José (#4 U+00E9)`; `–` where one has nothing there. Other texts stay as they are.
 */
export function toldApart(found: string, expected: string): { found: string; expected: string } {
  if (!lookAlike(found, expected)) return { found, expected };
  const [one, other] = [[...found], [...expected]];
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start++;
  let end = 0;
  const most = Math.min(one.length, other.length) - start;
  while (end < most && one.at(-1 - end) === other.at(-1 - end)) end++;
  const told = (text: string, all: readonly string[]) => {
    const differing = all.slice(start, all.length - end);
    const labels = differing.slice(0, MOST).map(codePointLabel);
    return `${text} (#${start + 1} ${labels.join(' ') || '–'}${differing.length > MOST ? ' …' : ''})`;
  };
  return { found: told(found, one), expected: told(expected, other) };
}
