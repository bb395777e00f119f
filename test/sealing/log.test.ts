// The Merkle log of RFC 6962, against its own definition and roots and proofs that are known.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  appendLeaves,
  consistencyProof,
  emptyFrontier,
  emptyRoot,
  inclusionProof,
  leafHash,
  merkleTree,
  rootOf,
} from '../../src/sealing/log.ts';
import { verifyConsistency, verifyInclusion } from '../../src/sealing/verify/merkle.ts';
import { runs } from '../support/chance.ts';
import { flipped } from './seals.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

// The leaves and roots with which the authors of Certificate Transparency test their implementations.
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (text) => leafHash(Buffer.from(text, 'hex')),
);
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

function logOf(leaves: readonly Uint8Array[], chunks: readonly number[] = []) {
  const nodes = new Map<string, Uint8Array>();
  let frontier = emptyFrontier;
  let at = 0;
  for (const width of [...chunks, leaves.length]) {
    const appended = appendLeaves(frontier, leaves.slice(at, at + width));
    frontier = appended.frontier;
    for (const node of appended.newNodes) nodes.set(`${node.level}/${node.index}`, node.hash);
    at += width;
  }
  const read = async (level: number, index: number) =>
    nodes.get(`${level}/${index}`) ?? Promise.reject(new Error(`no node ${level}/${index}`));
  return { root: rootOf(frontier), read, frontier };
}

const manyLeaves = (count: number) => Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)));

describe('RFC 6962 section 2.1: roots', () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))('the tree of %i leaves', (size, root) => {
    expect(hex(logOf(LEAVES.slice(0, size)).root)).toBe(root);
    expect(hex(merkleTree(LEAVES.slice(0, size)).root)).toBe(root);
  });

  it('the empty tree', () => {
    expect(hex(emptyRoot)).toBe(ROOTS[0]);
  });

  it('known proofs', async () => {
    const { read } = logOf(LEAVES);
    expect((await inclusionProof(8, 0, read)).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect((await inclusionProof(8, 5, read)).map(hex)).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect((await consistencyProof(1, 8, read)).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect((await consistencyProof(6, 8, read)).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });
});

describe('appending', () => {
  it('gives the same tree in whatever portions, and agrees with the tree of a batch', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.array(fc.integer({ min: 0, max: 70 }), { maxLength: 6 }),
        (size, chunks) => {
          const leaves = manyLeaves(size);
          const whole = logOf(leaves);
          expect(logOf(leaves, chunks).root).toEqual(whole.root);
          expect(Buffer.from(merkleTree(leaves).root)).toEqual(Buffer.from(whole.root));
          expect(whole.frontier.size).toBe(size);
        },
      ),
    );
  });

  it('refuses a frontier that does not fit its size', () => {
    expect(() => appendLeaves({ size: 3, hashes: [] }, manyLeaves(1))).toThrow(RangeError);
  });

  it('keeps indexes beyond 2^32 exact', () => {
    const size = 2 ** 40;
    const { frontier, newNodes } = appendLeaves({ size, hashes: manyLeaves(1) }, manyLeaves(2));
    expect(frontier).toMatchObject({ size: size + 2 });
    expect(newNodes.map(({ level, index }) => [level, index])).toEqual([
      [0, size],
      [0, size + 1],
      [1, size / 2],
    ]);
  });
});

describe('proofs', () => {
  it('every inclusion proof verifies, from the log and from a batch', async () => {
    for (const size of [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33]) {
      const leaves = manyLeaves(size);
      const { root, read } = logOf(leaves);
      const batch = merkleTree(leaves);
      for (const [index, leaf] of leaves.entries()) {
        const path = await inclusionProof(size, index, read);
        expect(batch.proof(index).map(hex)).toEqual(path.map(hex));
        expect(await verifyInclusion({ index, size, leaf, path, root })).toBe(true);
      }
    }
  });

  it('an inclusion proof with anything changed fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 130 }), fc.nat(), fc.nat(), fc.nat(), async (size, a, b, c) => {
        const leaves = manyLeaves(size);
        const { root, read } = logOf(leaves);
        const index = a % size;
        const leaf = leaves[index] as Uint8Array;
        const path = await inclusionProof(size, index, read);
        const good = { index, size, leaf, path, root };
        expect(await verifyInclusion(good)).toBe(true);
        const bad = [
          { ...good, leaf: flipped(leaf, b % 32) },
          { ...good, root: flipped(root, b % 32) },
          { ...good, path: [...path, root] },
          { ...good, index: size },
          { ...good, index: -1 },
          { ...good, index: 0.5 },
          ...(path.length > 0
            ? [
                { ...good, path: path.map((hash, i) => (i === c % path.length ? flipped(hash, b % 32) : hash)) },
                { ...good, path: path.slice(1) },
                { ...good, path: path.slice(0, -1) },
                { ...good, path: path.map((hash) => hash.subarray(0, 31)) },
                { ...good, index: (index + 1 + (b % (size - 1 || 1))) % size },
              ].filter((one) => one.index !== index || one.path !== path)
            : []),
        ];
        for (const one of bad) expect(await verifyInclusion(one)).toBe(false);
      }),
      { numRuns: runs(60) },
    );
  });

  it('every consistency proof verifies and none does with anything changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 70 }),
        fc.integer({ min: 0, max: 70 }),
        fc.nat(),
        fc.nat(),
        async (a, b, c, d) => {
          const [oldSize, newSize] = a <= b ? [a, b] : [b, a];
          const leaves = manyLeaves(newSize);
          const { root: newRoot, read } = logOf(leaves);
          const { root: oldRoot } = logOf(leaves.slice(0, oldSize));
          const path = await consistencyProof(oldSize, newSize, read);
          const good = { oldSize, newSize, oldRoot, newRoot, path };
          expect(await verifyConsistency(good)).toBe(true);
          const bad = [
            { ...good, oldRoot: flipped(oldRoot, c % 32) },
            { ...good, path: [...path, newRoot] },
            { ...good, oldSize: newSize + 1 },
            ...(oldSize > 0 ? [{ ...good, newRoot: flipped(newRoot, c % 32) }] : []),
            ...(path.length > 0
              ? [
                  { ...good, path: path.slice(1) },
                  { ...good, path: path.map((hash, i) => (i === d % path.length ? flipped(hash, c % 32) : hash)) },
                ]
              : []),
          ];
          for (const one of bad) expect(await verifyConsistency(one)).toBe(false);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it('a rewritten log is not consistent with an older head', async () => {
    const leaves = manyLeaves(20);
    const old = logOf(leaves.slice(0, 11));
    const rewritten = logOf(leaves.map((leaf, i) => (i === 4 ? leafHash(Buffer.from('other')) : leaf)));
    const path = await consistencyProof(11, 20, rewritten.read);
    expect(
      await verifyConsistency({ oldSize: 11, newSize: 20, oldRoot: old.root, newRoot: rewritten.root, path }),
    ).toBe(false);
  });

  it('refuses proofs of what is not there', async () => {
    const { read } = logOf(manyLeaves(3));
    await expect(inclusionProof(3, 3, read)).rejects.toThrow(RangeError);
    await expect(consistencyProof(4, 3, read)).rejects.toThrow(RangeError);
    expect(() => merkleTree(manyLeaves(3)).proof(3)).toThrow(RangeError);
  });
});
