// Checking Merkle proofs of RFC 6962 / 9162. Making them is the log's business.
import { concatBytes, equalBytes, sha256 } from './bytes.ts';

/** Hash of a leaf: SHA-256(0x00 ‖ data) (RFC 9162 section 2.1.1). */
export function hashLeaf(data: Uint8Array): Promise<Uint8Array> {
  return sha256(concatBytes(Uint8Array.of(0), data));
}

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right) (RFC 9162 section 2.1.1). */
export function hashNode(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  return sha256(concatBytes(Uint8Array.of(1), left, right));
}

const half = (n: number): number => Math.floor(n / 2);
const odd = (n: number): boolean => n % 2 === 1;
const countable = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

/** True when `leaf` is at `index` of the tree of `size` leaves with this root (RFC 9162 section 2.1.3.2). Hashes of 32 bytes. */
export async function verifyInclusion(proof: {
  index: number;
  size: number;
  leaf: Uint8Array;
  path: readonly Uint8Array[];
  root: Uint8Array;
}): Promise<boolean> {
  const { index, size, leaf, path, root } = proof;
  if (!countable(index) || !countable(size) || index >= size || path.some((hash) => hash.length !== 32)) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (sn === 0) return false;
    if (odd(fn) || fn === sn) {
      hash = await hashNode(sibling, hash);
      while (!odd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      hash = await hashNode(hash, sibling);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equalBytes(hash, root);
}

/** True when the tree of `newSize` leaves extends that of `oldSize` without change (RFC 9162 section 2.1.4.2). The empty tree is a prefix of every tree. */
export async function verifyConsistency(proof: {
  oldSize: number;
  newSize: number;
  oldRoot: Uint8Array;
  newRoot: Uint8Array;
  path: readonly Uint8Array[];
}): Promise<boolean> {
  const { oldSize, newSize, oldRoot, newRoot, path } = proof;
  if (!countable(oldSize) || !countable(newSize) || oldSize > newSize) return false;
  if (path.some((hash) => hash.length !== 32)) return false;
  if (oldSize === newSize) return path.length === 0 && equalBytes(oldRoot, newRoot);
  if (oldSize === 0) return path.length === 0 && equalBytes(oldRoot, await sha256(new Uint8Array()));
  let fn = oldSize - 1;
  let sn = newSize - 1;
  while (odd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  // A complete old tree is itself the first node of the path, so it is left out of the proof.
  const [first, ...rest] = fn === 0 ? [oldRoot, ...path] : path;
  if (!first) return false;
  let oldHash = first;
  let newHash = first;
  for (const sibling of rest) {
    if (sn === 0) return false;
    if (odd(fn) || fn === sn) {
      oldHash = await hashNode(sibling, oldHash);
      newHash = await hashNode(sibling, newHash);
      while (!odd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      newHash = await hashNode(newHash, sibling);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equalBytes(oldHash, oldRoot) && equalBytes(newHash, newRoot);
}
