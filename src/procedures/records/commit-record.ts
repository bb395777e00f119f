// How a record enters the log: the digest of salted commitments to its fields, under a salt of this version only (R12.2, R21.1).
import type { RecordFields } from '../../regulation/record/record.ts';
import { recordDigest } from '../../sealing/commitment.ts';
import { makeRandomPool } from '../../secrecy/random-pool.ts';

const newSalt = makeRandomPool(16);

/** The fields that are committed to: all that are not null, in plain text. */
export function committedFields(fields: RecordFields): Record<string, string> {
  const committed: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== null) committed[name] = value;
  return committed;
}

/** A fresh salt (16 random bytes) and the digest of the {@link committedFields} under it, both lower-case hex. */
export function commitFields(fields: RecordFields): { salt: string; digest: string } {
  const salt = newSalt();
  return { salt: salt.toString('hex'), digest: recordDigest(fields, namesIn(fields), salt) };
}

type Names = readonly (keyof RecordFields)[];
/** The names found last: the records of a file mostly have the same ones, and whoever gets the same list need not read it again. */
let lastNames: Names = [];

/** The names of the fields that are not null. */
function namesIn(fields: RecordFields): Names {
  let count = 0;
  let same = true;
  for (const name in fields) {
    if (fields[name as keyof RecordFields] !== null) same &&= lastNames[count++] === name;
  }
  if (!same || count !== lastNames.length) {
    lastNames = (Object.keys(fields) as (keyof RecordFields)[]).filter((name) => fields[name] !== null);
  }
  return lastNames;
}
