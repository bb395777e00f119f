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
  /** The 256-bit HMAC key of the blind index. */
  readonly blindIndexKey: KeyObject;
  toJSON(): string;
};

/** What the key file holds. Keys are 32 bytes in base64url, oldest first; ids are letters, digits, `-` and `_`. */
export type KeyRingContent = {
  current: string;
  keys: { id: string; key: string }[];
  blindIndexKey: string;
};

const KEY_BYTES = 32;

/** Fresh random content for a first start. */
export function newKeyRingContent(): KeyRingContent {
  const id = `k${randomBytes(4).toString('hex')}`;
  return {
    current: id,
    keys: [{ id, key: randomBytes(KEY_BYTES).toString('base64url') }],
    blindIndexKey: randomBytes(KEY_BYTES).toString('base64url'),
  };
}

function toKey(text: unknown): KeyObject | null {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]{43}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  // A key of one repeated byte is a placeholder somebody left in.
  if (bytes.length !== KEY_BYTES || bytes.every((byte) => byte === bytes[0])) return null;
  return createSecretKey(bytes);
}

/** Makes a ring of parsed content. Null when anything is missing, of the wrong size, or a key is used twice. */
export function makeKeyRing(content: unknown): KeyRing | null {
  if (typeof content !== 'object' || content === null) return null;
  const { current, keys, blindIndexKey } = content as Partial<Record<keyof KeyRingContent, unknown>>;
  const indexKey = toKey(blindIndexKey);
  if (typeof current !== 'string' || !Array.isArray(keys) || indexKey === null) return null;
  const byId = new Map<string, KeyObject>();
  for (const item of keys as unknown[]) {
    if (typeof item !== 'object' || item === null) return null;
    const { id, key } = item as { id?: unknown; key?: unknown };
    const made = toKey(key);
    if (typeof id !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(id) || byId.has(id) || made === null) return null;
    if (made.equals(indexKey) || [...byId.values()].some((other) => other.equals(made))) return null;
    byId.set(id, made);
  }
  if (!byId.has(current)) return null;
  const ring = {
    currentKeyId: current,
    keyIds: [...byId.keys()],
    toJSON: () => '[secret]',
    [inspect.custom]: () => '[secret]',
  };
  Object.defineProperty(ring, 'fieldKey', { value: (id: string) => byId.get(id), enumerable: false });
  Object.defineProperty(ring, 'blindIndexKey', { value: indexKey, enumerable: false });
  return Object.freeze(ring) as unknown as KeyRing;
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
