// Names as an internal disclosure shows them (art. 11(3)): enough for who knows the person, never more than the policy says.
import type { Policy } from '../policy.ts';

const HIDDEN = '*';
const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * Masks a name: `whole` shows all, `family-name` the first character, `middle-hidden` the first and the last. Every other one, middle dots
 * and spaces of minority and foreign names included, becomes `*`; so does the last of a name of two, and a name of one character wholly,
 * because nothing would be hidden otherwise. A character is what readers see as one: letters keep their marks.
 */
export function maskName(name: string, rule: Policy['nameMask']): string {
  if (rule === 'whole') return name;
  const characters = Array.from(CHARACTERS.segment(name), ({ segment }) => segment);
  const last = characters.length - 1;
  return characters
    .map((character, at) => {
      const first = at === 0 && last > 0;
      const end = rule === 'middle-hidden' && at === last && last > 1;
      return first || end ? character : HIDDEN;
    })
    .join('');
}
