// The fields of a record as an officer enters them: derived from the table of fields, all as text.
import { FIELD_NAMES, FIELDS } from '../../regulation/standard/fields.ts';
import { builder } from '../builder.ts';

/** Fields by name; null empties one, an absent one is left as it is. */
export const RecordFieldsInput = builder.inputType('RecordFieldsInput', {
  description:
    'Fields of a record. Codes as codes, days `2026-06-30`, months `2022-09`. What a category needs is in the violations.',
  fields: (t) =>
    Object.fromEntries(
      FIELD_NAMES.filter((name) => name !== 'photoDigest').map((name) => {
        const { zh, en, article } = FIELDS[name];
        return [name, t.string({ required: false, description: `${zh}\n${en} (article ${article})` })];
      }),
    ),
});

/** The fields as procedures take them. */
export function givenFields(input: object): { [field: string]: string | null } {
  return Object.fromEntries(
    Object.entries(input as Record<string, string | null>).filter(([, value]) => value !== undefined),
  );
}
