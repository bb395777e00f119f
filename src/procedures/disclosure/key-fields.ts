// The key fields of a record as they were disclosed: whether they still are what the school was shown (R11.3, R14.1).
import { KEY_FIELDS } from '../../regulation/standard/fields.ts';
import type { OpenRecord } from '../../store/records/records.ts';
import { digestOf } from '../subjects.ts';

/** SHA-256 (hex) of the key fields of a record, none of which is secret. */
export function keyDigest(fields: OpenRecord['fields']): string {
  return digestOf(Object.fromEntries(KEY_FIELDS.map((name) => [name, fields[name] ?? null])));
}

/** Whether the key fields were disclosed exactly as they are now. */
export function disclosureHolds({ row, fields }: OpenRecord): boolean {
  return row.disclosedKeyDigest !== null && row.disclosedKeyDigest === keyDigest(fields);
}
