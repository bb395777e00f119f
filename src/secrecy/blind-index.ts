// Exact look-up of encrypted values (TRUST, personal data): a keyed digest, never a plain hash of a guessable number.
import { createHmac, type KeyObject } from 'node:crypto';
import { FIRST_INDEX_KEY, type KeyRing } from './key-ring.ts';

/** The purpose under which identity numbers are looked up, in records and enrolment records alike. */
export const IDENTITY_PURPOSE = 'identity-number';

/**
 * What is only looked up, and so may go over to another key. Everything else that is derived – tokens of links that were sent, and keyed
 * digests that stand in sealed steps, such as those of a roster – must come out the same for ever and stays under the first key.
 */
const LOOKED_UP: ReadonlySet<string> = new Set([IDENTITY_PURPOSE]);

/** Gives the look-up key of a value for a purpose: what is written from now on. */
export type BlindIndex = {
  (value: string, purpose: string): string;
  /** Every look-up key under which the value may have been written, the current one first: several while keys change. */
  lookUps(value: string, purpose: string): readonly string[];
  /** The ids of the keys under which values are looked up, the current one first. */
  readonly keyIds: readonly string[];
};

/** A key of the index with its id. */
export interface IndexKey {
  readonly id: string;
  readonly key: KeyObject | Uint8Array;
}

/**
 * Gives the look-up key of a value: HMAC-SHA-256 in base64url, 43 characters, not truncated.
 * The same value has different look-up keys for different purposes (`identity-number`, `phone` …) and installations.
 * The caller normalises the value first: what differs by one character does not match.
 *
 * @param key under it everything is derived but what may be looked up under `lookUpKeys`
 * @param lookUpKeys the keys of the look-ups, the current one first; `key` alone where none are given
 */
export function makeBlindIndex(
  key: KeyObject | Uint8Array,
  lookUpKeys: readonly IndexKey[] = [{ id: FIRST_INDEX_KEY, key }],
): BlindIndex {
  const digest = (under: KeyObject | Uint8Array, value: string, purpose: string): string =>
    createHmac('sha256', under).update(`${purpose.length}:${purpose}:${value}`, 'utf8').digest('base64url');
  const current = lookUpKeys[0]?.key ?? key;
  const index = (value: string, purpose: string): string =>
    digest(LOOKED_UP.has(purpose) ? current : key, value, purpose);
  const lookUps = (value: string, purpose: string): readonly string[] =>
    LOOKED_UP.has(purpose) ? lookUpKeys.map((each) => digest(each.key, value, purpose)) : [digest(key, value, purpose)];
  return Object.assign(index, { lookUps, keyIds: lookUpKeys.map(({ id }) => id) });
}

/** The blind index of a ring. */
export function blindIndexOf(ring: KeyRing): BlindIndex {
  const ids = [ring.currentIndexId, ...ring.indexKeyIds.filter((id) => id !== ring.currentIndexId)];
  const keys = ids.flatMap((id) => {
    const key = ring.indexKey(id);
    return key ? [{ id, key }] : [];
  });
  return makeBlindIndex(ring.blindIndexKey, keys);
}

/** The same look-up keys, of which the last ones are remembered: for a file whose numbers are looked up first and kept after. Not for longer than one piece of work: values stay in memory as long as it does. */
export function rememberIndexes(index: BlindIndex, most: number): BlindIndex {
  const known = new Map<string, readonly string[]>();
  const lookUps = (value: string, purpose: string): readonly string[] => {
    const key = `${purpose.length}:${purpose}:${value}`;
    let made = known.get(key);
    if (made === undefined) {
      made = index.lookUps(value, purpose);
      if (known.size >= most) known.clear();
      known.set(key, made);
    }
    return made;
  };
  const current = (value: string, purpose: string): string => lookUps(value, purpose)[0] ?? index(value, purpose);
  return Object.assign(current, { lookUps, keyIds: index.keyIds });
}
