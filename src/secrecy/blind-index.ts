// Exact look-up of encrypted values (TRUST, personal data): a keyed digest, never a plain hash of a guessable number.
import { createHmac, type KeyObject } from 'node:crypto';

/** Gives the look-up key of a value for a purpose. */
export type BlindIndex = (value: string, purpose: string) => string;

/**
 * Gives the look-up key of a value: HMAC-SHA-256 in base64url, 43 characters, not truncated.
 * The same value has different look-up keys for different purposes (`identity-number`, `phone` …) and installations.
 * The caller normalises the value first: what differs by one character does not match.
 */
export function makeBlindIndex(key: KeyObject | Uint8Array): BlindIndex {
  return (value, purpose) =>
    createHmac('sha256', key).update(`${purpose.length}:${purpose}:${value}`, 'utf8').digest('base64url');
}

/** The same look-up keys, of which the last ones are remembered: for a file whose numbers are looked up first and kept after. Not for longer than one piece of work: values stay in memory as long as it does. */
export function rememberIndexes(index: BlindIndex, most: number): BlindIndex {
  const known = new Map<string, string>();
  return (value, purpose) => {
    const key = `${purpose.length}:${purpose}:${value}`;
    let made = known.get(key);
    if (made === undefined) {
      made = index(value, purpose);
      if (known.size >= most) known.clear();
      known.set(key, made);
    }
    return made;
  };
}
