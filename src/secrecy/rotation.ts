// Changing a key ring (R21.1): a key is added, made current, dropped. Only ids are spoken of, never keys.
import { readKeyFile, replaceKeyFile } from './key-file.ts';
import { FIRST_INDEX_KEY, type KeptKey, type KeyRing, type KeyRingContent, makeKeyRing, newKey } from './key-ring.ts';
import { KeyFileProblem } from './secret-problems.ts';

/** What a key is for: sealing fields, or looking numbers up. */
export type KeyUse = 'field' | 'index';

/** A change of the ring that cannot be, with its sentences. */
export class KeyRingRefused extends Error {
  override readonly name = 'KeyRingRefused';
  readonly zh: string;
  readonly en: string;
  constructor({ zh, en }: { zh: string; en: string }) {
    super(en);
    this.zh = zh;
    this.en = en;
  }
}

interface Keys {
  readonly current: string;
  readonly keys: KeptKey[];
}

function keysOf(content: KeyRingContent, use: KeyUse): Keys {
  if (use === 'field') return { current: content.current, keys: content.keys };
  return content.index ?? { current: FIRST_INDEX_KEY, keys: [{ id: FIRST_INDEX_KEY, key: content.blindIndexKey }] };
}

function withKeys(content: KeyRingContent, use: KeyUse, keys: Keys): KeyRingContent {
  return use === 'field' ? { ...content, ...keys } : { ...content, index: { ...keys } };
}

const isUnknown = (id: string) => ({ zh: `密钥环中没有密钥 ${id}。`, en: `The key ring has no key ${id}.` });
const isCurrent = (id: string) => ({
  zh: `密钥 ${id} 是当前密钥，不能移除。`,
  en: `The key ${id} is the current one and cannot be dropped.`,
});

function known(content: KeyRingContent, use: KeyUse, id: string): Keys {
  const keys = keysOf(content, use);
  if (keys.keys.some((key) => key.id === id)) return keys;
  throw new KeyRingRefused(isUnknown(id));
}

/** Asks, before anything is counted or written, whether a key could be dropped at all. @throws {KeyRingRefused} as {@link withoutKey} */
export function requireDroppable(ring: KeyRing, use: KeyUse, id: string): void {
  const [ids, current] = use === 'field' ? [ring.keyIds, ring.currentKeyId] : [ring.indexKeyIds, ring.currentIndexId];
  if (!ids.includes(id)) throw new KeyRingRefused(isUnknown(id));
  if (id === current) throw new KeyRingRefused(isCurrent(id));
}

/** The content with a fresh key, current or only known; and the id of that key. */
export function withNewKey(
  content: KeyRingContent,
  use: KeyUse,
  current: boolean,
): { content: KeyRingContent; id: string } {
  const keys = keysOf(content, use);
  const fresh = newKey(use === 'field' ? 'k' : 'i');
  const all = { current: current ? fresh.id : keys.current, keys: [...keys.keys, fresh] };
  return { content: withKeys(content, use, all), id: fresh.id };
}

/** The content with a known key as the current one. @throws {KeyRingRefused} the ring has no such key */
export function withCurrent(content: KeyRingContent, use: KeyUse, id: string): KeyRingContent {
  return withKeys(content, use, { ...known(content, use, id), current: id });
}

/**
 * The content without a key. That nothing rests on it any more, the caller has made sure of. The first key of the look-ups goes from
 * the look-ups only: what is derived from it for ever stays.
 * @throws {KeyRingRefused} the ring has no such key, or it is the current one
 */
export function withoutKey(content: KeyRingContent, use: KeyUse, id: string): KeyRingContent {
  const { current, keys } = known(content, use, id);
  if (id === current) throw new KeyRingRefused(isCurrent(id));
  return withKeys(content, use, { current, keys: keys.filter((key) => key.id !== id) });
}

/**
 * Changes the file of a key ring: read, changed, judged, and put in its place at once or not at all. The caller sees to it that nobody
 * else changes it at the same time.
 * @returns the ring as it is now, and what `change` says besides the new content
 * @throws {KeyFileProblem} {KeyRingRefused}
 */
export function changeKeyRing<Said extends object>(
  path: string,
  passphrase: string | undefined,
  change: (content: KeyRingContent, ring: KeyRing) => Said & { readonly content: KeyRingContent },
): Said & { readonly ring: KeyRing } {
  const content = readKeyFile(path, passphrase);
  if (content === undefined) throw new KeyFileProblem('missing', path);
  const before = makeKeyRing(content);
  if (before === null) throw new KeyFileProblem('malformed', path);
  const { content: after, ...said } = change(content as KeyRingContent, before);
  const ring = makeKeyRing(after);
  // Nothing is written that the next start would refuse.
  if (ring === null) throw new KeyFileProblem('malformed', path);
  replaceKeyFile(path, after, passphrase);
  return { ...(said as unknown as Said), ring };
}
