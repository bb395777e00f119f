// Checking opened fields of a record: a holder reveals some values with their salts, the rest stay commitments.
import { concatBytes, fromHex, sha256, toHex } from './bytes.ts';
import { canonicalBytes, type JsonValue } from './canonical.ts';

/** One revealed field: its value and the salt of this field only (64 hex digits). */
export type Opening = { value: JsonValue; salt: string };

/** SHA-256(canonical(commitments)) in hex: the digest of a record of which only commitments are known. */
export async function digestOfCommitments(commitments: Readonly<Record<string, string>>): Promise<string> {
  return toHex(await sha256(canonicalBytes(commitments)));
}

/** True when the opening is the committed one: SHA-256(salt ‖ canonical(value)) equals the commitment. */
export async function opens(commitment: string, opening: Opening): Promise<boolean> {
  const salt = fromHex(opening.salt);
  if (salt?.length !== 32) return false;
  return toHex(await sha256(concatBytes(salt, canonicalBytes(opening.value)))) === commitment;
}
