// Thesis or practice outcome of a record (art. 8(3); 学位法 arts 20, 26; data structure 2024-06).

import { entriesOf } from '../standard/codes.ts';
import { WITHOUT_THESIS } from '../standard/field-needs.ts';
import { FIELDS } from '../standard/fields.ts';
import { codePoints } from '../texts/code-points.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category } from '../vocabulary.ts';
import type { RecordContext, RecordFields } from './record.ts';

const THESIS_FIELDS = [
  'thesisTitle',
  'thesisKeywords',
  'thesisTopicSource',
  'thesisDirection',
  'thesisLanguage',
] as const;
const BACHELOR_TYPES: readonly string[] = ['LW', 'BS', 'SM', 'QT', 'W'];

/** Types that a category may have. Whether a classified thesis SM may enter, its declassification decides (R20.1). */
const TYPES_OF: Readonly<Record<Category, readonly string[]>> = {
  'regular-bachelor': BACHELOR_TYPES,
  'international-student-bachelor': BACHELOR_TYPES,
  'adult-education-bachelor': BACHELOR_TYPES,
  'academic-master': ['thesis', 'SM'],
  'professional-master': ['thesis', 'practice-outcome', 'SM'],
  'equivalent-education-master': ['thesis', 'SM'],
};

/** A type as a refusal shows it: `thesis 学位论文`. */
const typeWithName = (code: string) => `${code} ${entriesOf('outcomeType', code)[0]?.name ?? ''}`.trim();

const SEPARATOR = /[;；]/;

function directionViolations(direction: string, disciplineName: string): Violation[] {
  const parts = direction.split(SEPARATOR).map((part) => part.trim());
  const label = FIELDS.thesisDirection;
  const path = 'thesisDirection';
  if (parts.length > 2)
    return [violation('directions-too-many', path, { found: String(parts.length), expected: '≤ 2' })];
  return parts.flatMap((part) => {
    if (codePoints(part) > 15)
      return [violation('field-too-long', path, { label, found: String(codePoints(part)), expected: '≤ 15' })];
    return part === disciplineName && part !== ''
      ? [violation('field-malformed', path, { label, found: part, expected: `≠ ${disciplineName}` })]
      : [];
  });
}

/**
 * Adds what is wrong with the thesis: type of another level, fields where there is no thesis, the direction. What a field says is never
 * repeated, only how long it is: beside the mark 涉密论文, or for a person whose thesis was only processed, it may be the secret (R20.1),
 * and refusals are kept with the import.
 */
export function thesisViolations(record: RecordFields, context: RecordContext, into: Violation[]): void {
  const { outcomeType, category, level } = record;
  const filled = THESIS_FIELDS.filter((name) => record[name] !== null && record[name] !== '');
  if (outcomeType !== null && outcomeType !== '') {
    if (WITHOUT_THESIS.has(outcomeType)) {
      for (const name of filled) {
        into.push(
          violation('thesis-field-without-thesis', name, {
            label: FIELDS[name],
            found: String(codePoints(record[name] ?? '')),
            expected: '0',
          }),
        );
      }
    }
    if (!TYPES_OF[category].includes(outcomeType)) {
      const expected = TYPES_OF[category].map(typeWithName).join(' / ');
      into.push(violation('outcome-type-not-of-level', 'outcomeType', { found: outcomeType, expected }));
    }
  } else if (level === 'bachelor' && filled.length > 0 && context.pending?.has('outcomeType') !== true) {
    into.push(
      violation('field-missing', 'outcomeType', {
        ...{ label: FIELDS.outcomeType, article: '8(3)' },
        expected: TYPES_OF[category].map(typeWithName).join(' / '),
      }),
    );
  }
  if (record.thesisDirection) into.push(...directionViolations(record.thesisDirection, record.disciplineName));
}
