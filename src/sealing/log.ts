// The Merkle tree of RFC 6962 / 9162: hashing, appending with a compact frontier, proofs from complete-subtree nodes.
import { hash } from 'node:crypto';
import { levelsBefore, levelsBehind } from './verify/merkle-range.ts';

/** The complete subtrees that make up a tree, largest first: one hash for each bit set in `size`. */
export interface Frontier {
  size: number;
  hashes: Uint8Array[];
}

/** A complete subtree of 2^level leaves, the index-th of its level; its root. */
export interface LogNode {
  level: number;
  index: number;
  hash: Uint8Array;
}

/** Reads the root of the index-th complete subtree of 2^level leaves. */
export type ReadNode = (level: number, index: number) => Promise<Uint8Array>;

/** Root of the tree without leaves: SHA-256 of nothing (RFC 9162 section 2.1.1). */
export const emptyRoot: Uint8Array = hash('sha256', Buffer.alloc(0), 'buffer');

/** Frontier of the tree without leaves. */
export const emptyFrontier: Frontier = { size: 0, hashes: [] };

/** Hash of a leaf: SHA-256(0x00 ‖ data) (RFC 9162 section 2.1.1). */
export function leafHash(data: Uint8Array): Uint8Array {
  const message = Buffer.allocUnsafe(data.length + 1);
  message[0] = 0;
  message.set(data, 1);
  return hash('sha256', message, 'buffer');
}

const scratch = Buffer.alloc(65, 1);

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right) (RFC 9162 section 2.1.1). Both of 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  scratch.set(left, 1);
  scratch.set(right, 33);
  return hash('sha256', scratch, 'buffer');
}

function levelsOf(size: number): number[] {
  const levels: number[] = [];
  for (let rest = size, level = 0; rest > 0; rest = Math.floor(rest / 2), level += 1)
    if (rest % 2) levels.unshift(level);
  return levels;
}

/**
 * Appends leaves. Returns the new frontier and every complete subtree that came into being, leaves included, so that a
 * store can keep them. The given frontier is not changed.
 * @throws {RangeError} when the frontier's hashes do not fit its size
 */
export function appendLeaves(
  frontier: Frontier,
  leafHashes: readonly Uint8Array[],
): { frontier: Frontier; newNodes: LogNode[] } {
  const levels = levelsOf(frontier.size);
  if (levels.length !== frontier.hashes.length) throw new RangeError('frontier does not fit its size');
  const hashes = [...frontier.hashes];
  const newNodes: LogNode[] = [];
  let size = frontier.size;
  for (const leaf of leafHashes) {
    let node: LogNode = { level: 0, index: size, hash: leaf };
    newNodes.push(node);
    while (levels[levels.length - 1] === node.level) {
      levels.pop();
      const left = hashes.pop() as Uint8Array;
      node = { level: node.level + 1, index: Math.floor(node.index / 2), hash: nodeHash(left, node.hash) };
      newNodes.push(node);
    }
    levels.push(node.level);
    hashes.push(node.hash);
    size += 1;
  }
  return { frontier: { size, hashes }, newNodes };
}

/** Root of the whole tree, 32 bytes. */
export function rootOf(frontier: Frontier): Uint8Array {
  const [last, ...larger] = [...frontier.hashes].reverse();
  if (!last) return emptyRoot;
  return larger.reduce((right, left) => nodeHash(left, right), last);
}

/** Largest power of two smaller than n (n ≥ 2), and its exponent. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

async function rangeRoot(low: number, high: number, read: ReadNode): Promise<Uint8Array> {
  const width = high - low;
  if (Number.isInteger(Math.log2(width))) return read(Math.log2(width), low / width);
  const middle = low + split(width);
  const [left, right] = await Promise.all([rangeRoot(low, middle, read), rangeRoot(middle, high, read)]);
  return nodeHash(left, right);
}

/** Sibling ranges on the way from leaf `index` up, nearest first: PATH(m, D[n]) of RFC 9162 section 2.1.3.1. */
function inclusionRanges(index: number, low: number, high: number): [number, number][] {
  if (high - low === 1) return [];
  const middle = low + split(high - low);
  return index < middle
    ? [...inclusionRanges(index, low, middle), [middle, high]]
    : [...inclusionRanges(index, middle, high), [low, middle]];
}

/**
 * Proof that leaf `index` is in the tree of `size` leaves (RFC 9162 section 2.1.3.1): hashes from the leaf upward.
 * @throws {RangeError} when there is no such leaf
 */
export async function inclusionProof(size: number, index: number, read: ReadNode): Promise<Uint8Array[]> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError('no such leaf');
  return Promise.all(inclusionRanges(index, 0, size).map(([low, high]) => rangeRoot(low, high, read)));
}

/** SUBPROOF(m, D[n], b) of RFC 9162 section 2.1.4.1 as ranges. */
function consistencyRanges(old: number, low: number, high: number, known: boolean): [number, number][] {
  if (old === high) return known ? [] : [[low, high]];
  const middle = low + split(high - low);
  return old <= middle
    ? [...consistencyRanges(old, low, middle, known), [middle, high]]
    : [...consistencyRanges(old, middle, high, false), [low, middle]];
}

/**
 * Proof that the tree of `oldSize` leaves is a prefix of that of `newSize` (RFC 9162 section 2.1.4.1). Empty for equal sizes and for an empty old tree.
 * @throws {RangeError} when oldSize > newSize
 */
export async function consistencyProof(oldSize: number, newSize: number, read: ReadNode): Promise<Uint8Array[]> {
  if (!Number.isSafeInteger(oldSize) || oldSize < 0 || oldSize > newSize) throw new RangeError('not an older size');
  if (oldSize === 0 || oldSize === newSize) return [];
  const ranges = consistencyRanges(oldSize, 0, newSize, true);
  return Promise.all(ranges.map(([low, high]) => rangeRoot(low, high, read)));
}

/**
 * The complete subtrees before leaf `first` and from leaf `behind` to the end: with the leaves between them they make up the root of the
 * tree of `size` leaves, so that none can be left out unseen.
 * @throws {RangeError} when the run is empty or not of the tree
 */
export async function rangeProof(
  size: number,
  first: number,
  behind: number,
  read: ReadNode,
): Promise<{ before: Uint8Array[]; after: Uint8Array[] }> {
  if (!(Number.isSafeInteger(first) && first >= 0 && first < behind && behind <= size))
    throw new RangeError('no such run');
  const nodes = (levels: readonly number[], from: number): Promise<Uint8Array[]> => {
    let at = from;
    const wanted = levels.map((level) => {
      const index = at / 2 ** level;
      at += 2 ** level;
      return read(level, index);
    });
    return Promise.all(wanted);
  };
  const [before, after] = await Promise.all([nodes(levelsBefore(first), 0), nodes(levelsBehind(behind, size), behind)]);
  return { before, after };
}

/** A whole tree in memory, for the records of one batch: its root and the proof of each leaf. @throws {RangeError} for a proof of no leaf */
export function merkleTree(leafHashes: readonly Uint8Array[]): {
  root: Uint8Array;
  proof: (index: number) => Uint8Array[];
} {
  const levels: (readonly Uint8Array[])[] = [leafHashes];
  for (let level = leafHashes; level.length > 1; levels.push(level)) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] as Uint8Array;
      const right = level[i + 1];
      // An unpaired last node rises unchanged: this gives the root that RFC 6962 defines by splitting.
      above.push(right ? nodeHash(left, right) : left);
    }
    level = above;
  }
  const proof = (index: number): Uint8Array[] => {
    if (!(index in leafHashes)) throw new RangeError('no such leaf');
    return levels.flatMap((level, height) => level[Math.floor(index / 2 ** height) ^ 1] ?? []);
  };
  return { root: levels[levels.length - 1]?.[0] ?? emptyRoot, proof };
}
