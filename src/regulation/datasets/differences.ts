// What two datasets tell together (R18.1): whoever lays one beside the other must not be left with a few people, nor with more fields of the same ones.

import { isDatasetField } from '../anonymity/dataset-fields.ts';
import { addDays, type CivilDate } from '../deadlines/deadlines.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { datasetFieldWords } from './fields.ts';

/** Days for which the fields that an organisation had of somebody bind what it may have of the same people next. */
export const FIELDS_REMEMBERED_DAYS = 365;

/**
 * Refuses a dataset that differs from an earlier one by some people, but fewer than k: the two, one after the other, would single them out.
 * The number itself is not told.
 */
export function differenceViolations(
  { both, gone, added }: { readonly both: number; readonly gone: number; readonly added: number },
  k: number,
): Violation[] {
  const few = (people: number) => people > 0 && people < k;
  if (both === 0 || !(few(gone) || few(added))) return [];
  return [violation('dataset-difference-too-small', 'selection', { found: `1 – ${k - 1}`, expected: `0 / ≥ ${k}` })];
}

/**
 * Refuses fields that an organisation did not have in an earlier dataset of the same people, made so recently that it may still know it.
 * @param earlier the fields of that dataset, and the day it was destroyed
 */
export function furtherFieldsViolations(
  fields: readonly string[],
  earlier: { readonly fields: readonly string[]; readonly destroyedOn: CivilDate },
  today: CivilDate,
): Violation[] {
  const until = addDays(earlier.destroyedOn, FIELDS_REMEMBERED_DAYS);
  const further = fields.filter((field) => isDatasetField(field) && !earlier.fields.includes(field));
  if (further.length === 0 || today > until) return [];
  const words = (of: readonly string[]) => of.map((field) => datasetFieldWords(field).zh).join('、');
  return [
    violation('dataset-further-fields', 'fields', {
      found: words(further),
      expected: `${words(earlier.fields)}；> ${until}`,
    }),
  ];
}
