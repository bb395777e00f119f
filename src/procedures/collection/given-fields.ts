// Fields as officers give them one by one: the same normalisation as in a file, and nothing that is not a field of art. 8.
import { normalizeName } from '../../regulation/record/names.ts';
import type { RecordInput } from '../../regulation/record/record.ts';
import type { GivenRow } from '../../regulation/standard/editions.ts';
import { fieldText } from '../../regulation/standard/field-text.ts';
import { FIELD_NAMES, FIELDS, type FieldName, isFieldName } from '../../regulation/standard/fields.ts';
import { type Violation, violation } from '../../regulation/violations.ts';

/** Fields by name; null or '' empties an optional one. */
export type GivenFields = { [field: string]: string | null };

/** What is never given by hand. */
/** The first names of fields that may be given, as an example: all of them would be a page. */
const SOME_FIELDS = `${FIELD_NAMES.slice(0, 8).join(' / ')} / …`;
const NOT_BY_HAND: ReadonlySet<string> = new Set(['photoDigest']);

/** The given fields, trimmed and with the name normalised, those that are to be empty, and what is not a field that may be given. */
export function readGivenFields(given: GivenFields): GivenRow & { readonly emptied: readonly FieldName[] } {
  const fields: RecordInput = {};
  const emptied: FieldName[] = [];
  const violations: Violation[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (!isFieldName(name) || NOT_BY_HAND.has(name)) {
      const label = isFieldName(name) ? FIELDS[name] : { zh: name, en: name };
      violations.push(violation('field-not-of-level', name, { label, expected: SOME_FIELDS }));
      continue;
    }
    const text = value?.trim() ?? '';
    if (text === '') emptied.push(name);
    else if (name === 'name') {
      const { name: normalized, raw } = normalizeName(value ?? '');
      fields.name = normalized;
      if (raw !== undefined) fields.nameRaw = raw;
    } else fields[name] = fieldText(name, text);
  }
  return { fields, emptied, violations, rejected: new Set() };
}
