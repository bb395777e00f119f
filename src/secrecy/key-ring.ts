// The keys for personal data (R21.1): what a key ring is, and how it shows itself, which is not at all.
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { createKeyFile, readKeyFile } from './key-file.ts';
import { KeyFileProblem } from './secret-problems.ts';

/**
 * Field keys by id, one of them current, and the key of the blind index. Holds platform key objects, which print no
 * bytes; `JSON.stringify` and `util.inspect` of the ring say `[secret]`.
 */
export type KeyRing = {
  /** The id of the key that seals new fields. */
  readonly currentKeyId: string;
  /** Ids of all keys, oldest first. */
  readonly keyIds: readonly string[];
  /** A 256-bit AES key, or undefined when the ring does not hold that id. */
  fieldKey(id: string): KeyObject | undefined;
  /** The 256-bit HMAC key of everything that is derived and must come out the same for ever: link tokens, digests in sealed steps. */
  readonly blindIndexKey: KeyObject;
  /** The id of the key under which look-ups are written from now on. */
  readonly currentIndexId: string;
  /** Ids of all keys under which look-ups may have been written, oldest first. */
  readonly indexKeyIds: readonly string[];
  /** A 256-bit HMAC key of the look-ups, or undefined when the ring does not hold that id. */
  indexKey(id: string): KeyObject | undefined;
  toJSON(): string;
};

/** What the key file holds. Keys are 32 bytes in base64url, oldest first; ids are letters, digits, `-` and `_`. */
export type KeyRingContent = {
  current: string;
  keys: KeptKey[];
  blindIndexKey: string;
  /** The keys of the look-ups; without it there is one, `blindIndexKey`, under the id {@link FIRST_INDEX_KEY}. */
  index?: { current: string; keys: KeptKey[] };
};

/** A key as the file holds it. */
export type KeptKey = { id: string; key: string };

/** The id under which `blindIndexKey` is the key of the look-ups, until another takes its place. */
export const FIRST_INDEX_KEY = 'first';

const KEY_BYTES = 32;

/** A fresh random key under an id of its own: `k` of a field key, `i` of a key of the look-ups, and eight hex digits. */
export function newKey(prefix: 'k' | 'i'): KeptKey {
  return {
    id: `${prefix}${randomBytes(4).toString('hex')}`,
    key: randomBytes(KEY_BYTES).toString('base64url'),
  };
}

/** Fresh random content for a first start. */
export function newKeyRingContent(): KeyRingContent {
  const first = newKey('k');
  return { current: first.id, keys: [first], blindIndexKey: randomBytes(KEY_BYTES).toString('base64url') };
}

function toKey(text: unknown): KeyObject | null {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]{43}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  // A key of one repeated byte is a placeholder somebody left in.
  if (bytes.length !== KEY_BYTES || bytes.every((byte) => byte === bytes[0])) return null;
  return createSecretKey(bytes);
}

/** Keys by id. Null when anything is malformed, an id is given twice, or a key is one of `taken`; it takes its own. */
function keysById(given: unknown, taken: KeyObject[]): Map<string, KeyObject> | null {
  if (!Array.isArray(given)) return null;
  const byId = new Map<string, KeyObject>();
  for (const item of given as unknown[]) {
    if (typeof item !== 'object' || item === null) return null;
    const { id, key } = item as { id?: unknown; key?: unknown };
    const made = toKey(key);
    if (typeof id !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(id) || byId.has(id) || made === null) return null;
    if (taken.some((other) => other.equals(made))) return null;
    taken.push(made);
    byId.set(id, made);
  }
  return byId;
}

/** Makes a ring of parsed content. Null when anything is missing, of the wrong size, or a key is used twice. */
export function makeKeyRing(content: unknown): KeyRing | null {
  if (typeof content !== 'object' || content === null) return null;
  const { current, keys, blindIndexKey, index } = content as Partial<Record<keyof KeyRingContent, unknown>>;
  const firstIndexKey = toKey(blindIndexKey);
  if (typeof current !== 'string' || firstIndexKey === null) return null;
  const taken = [firstIndexKey];
  const byId = keysById(keys, taken);
  if (!byId?.has(current)) return null;
  const lookUps = indexKeys(index, firstIndexKey, taken);
  if (lookUps === null) return null;
  const ring = {
    currentKeyId: current,
    keyIds: [...byId.keys()],
    currentIndexId: lookUps.current,
    indexKeyIds: [...lookUps.byId.keys()],
    toJSON: () => '[secret]',
    [inspect.custom]: () => '[secret]',
  };
  Object.defineProperty(ring, 'fieldKey', { value: (id: string) => byId.get(id), enumerable: false });
  Object.defineProperty(ring, 'indexKey', { value: (id: string) => lookUps.byId.get(id), enumerable: false });
  Object.defineProperty(ring, 'blindIndexKey', { value: firstIndexKey, enumerable: false });
  return Object.freeze(ring) as unknown as KeyRing;
}

/** The keys of the look-ups. The first one is `blindIndexKey` itself, and under its own id only. */
function indexKeys(
  given: unknown,
  first: KeyObject,
  taken: KeyObject[],
): { current: string; byId: Map<string, KeyObject> } | null {
  if (given === undefined) return { current: FIRST_INDEX_KEY, byId: new Map([[FIRST_INDEX_KEY, first]]) };
  if (typeof given !== 'object' || given === null) return null;
  const { current, keys } = given as { current?: unknown; keys?: unknown };
  const others = taken.filter((key) => key !== first);
  const byId = keysById(keys, others);
  if (!byId || typeof current !== 'string' || !byId.has(current)) return null;
  const misnamed = [...byId].some(([id, key]) => (id === FIRST_INDEX_KEY) !== key.equals(first));
  return misnamed ? null : { current, byId };
}

/**
 * The key ring of an installation.
 *
 * @param path a JSON file that only its owner can read (0600 or stricter; not checked on Windows)
 * @param opts.create make a file with random keys when there is none; two processes that start at once get the same keys
 * @param opts.passphrase wraps the file's content (scrypt, AES-256-GCM); must be given for a wrapped file, and only for one
 * @throws KeyFileProblem, with a sentence in Chinese and English and never a key
 */
export function loadKeyRing(path: string, opts: { create: boolean; passphrase?: string }): KeyRing {
  let content = readKeyFile(path, opts.passphrase);
  if (content === undefined) {
    if (!opts.create) throw new KeyFileProblem('missing', path);
    createKeyFile(path, newKeyRingContent(), opts.passphrase);
    content = readKeyFile(path, opts.passphrase);
  }
  const ring = makeKeyRing(content);
  if (ring === null) throw new KeyFileProblem('malformed', path);
  return ring;
}
