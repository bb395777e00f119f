// A run of leaves in a log: with the complete subtrees before and behind it the root comes out, or a leaf was left out or put in.
import { equalBytes } from './bytes.ts';
import { hashNode } from './merkle.ts';

/** Levels of the complete subtrees before leaf `first`, largest first. */
export function levelsBefore(first: number): number[] {
  const levels: number[] = [];
  for (let rest = first, level = 0; rest > 0; rest = Math.floor(rest / 2), level += 1)
    if (rest % 2) levels.unshift(level);
  return levels;
}

/** Levels of the complete subtrees from leaf `from` to the end of a tree of `size` leaves, in order. */
export function levelsBehind(from: number, size: number): number[] {
  const levels: number[] = [];
  for (let at = from; at < size; ) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= size) level += 1;
    levels.push(level);
    at += 2 ** level;
  }
  return levels;
}

/**
 * Whether these are exactly the leaves `first` … `first + leaves.length - 1` of the tree of `size` leaves with this root. A leaf less, more or
 * elsewhere gives another root (RFC 9162 section 2.1.1). All hashes have 32 bytes.
 */
export async function verifyRange(range: {
  size: number;
  first: number;
  leaves: readonly Uint8Array[];
  before: readonly Uint8Array[];
  after: readonly Uint8Array[];
  root: Uint8Array;
}): Promise<boolean> {
  const { size, first, leaves, before, after, root } = range;
  const behind = first + leaves.length;
  if (leaves.length === 0 || behind > size) return false;
  const beforeLevels = levelsBefore(first);
  const afterLevels = levelsBehind(behind, size);
  if (beforeLevels.length !== before.length || afterLevels.length !== after.length) return false;
  const levels = [...beforeLevels];
  const hashes = [...before];
  const add = async (level: number, hash: Uint8Array): Promise<void> => {
    let node = hash;
    let height = level;
    while (levels.at(-1) === height) {
      levels.pop();
      node = await hashNode(hashes.pop() as Uint8Array, node);
      height += 1;
    }
    levels.push(height);
    hashes.push(node);
  };
  for (const leaf of leaves) await add(0, leaf);
  for (const [at, level] of afterLevels.entries()) await add(level, after[at] as Uint8Array);
  let top = hashes.pop() as Uint8Array;
  while (hashes.length > 0) top = await hashNode(hashes.pop() as Uint8Array, top);
  return equalBytes(top, root);
}

/** The root of a whole tree of leaves; `undefined` without one (RFC 9162 section 2.1.1). */
export async function rootOfLeaves(leaves: readonly Uint8Array[]): Promise<Uint8Array | undefined> {
  let level = [...leaves];
  while (level.length > 1) {
    const below = level;
    // Side by side: each hash alone would wait for the one before it.
    const above = Array.from({ length: Math.ceil(below.length / 2) }, (_, at) => {
      const left = below[2 * at] as Uint8Array;
      const right = below[2 * at + 1];
      return right ? hashNode(left, right) : left;
    });
    level = await Promise.all(above);
  }
  return level[0];
}
