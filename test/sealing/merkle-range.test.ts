// R12.2: a run of leaves with the subtrees around it makes up the root, and nothing else does.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendLeaves, emptyFrontier, leafHash, rangeProof, rootOf } from '../../src/sealing/log.ts';
import { rootOfLeaves, verifyRange } from '../../src/sealing/verify/merkle-range.ts';
import { runs } from '../support/chance.ts';

function logOf(size: number) {
  const leaves = Array.from({ length: size }, (_, at) => leafHash(Buffer.from(`leaf ${at}`)));
  const { frontier, newNodes } = appendLeaves(emptyFrontier, leaves);
  const nodes = new Map(newNodes.map((node) => [`${node.level}/${node.index}`, node.hash]));
  const read = async (level: number, index: number) => nodes.get(`${level}/${index}`) ?? new Uint8Array();
  return { leaves, root: rootOf(frontier), read };
}

const run = fc.integer({ min: 1, max: 300 }).chain((size) =>
  fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })).chain(([, first]) =>
    fc.record({
      size: fc.constant(size),
      first: fc.constant(first),
      behind: fc.integer({ min: first + 1, max: size }),
    }),
  ),
);

describe('R12.2: a run of leaves', () => {
  it('proves every run of every tree', async () => {
    await fc.assert(
      fc.asyncProperty(run, async ({ size, first, behind }) => {
        const { leaves, root, read } = logOf(size);
        const proof = await rangeProof(size, first, behind, read);
        const range = { size, first, leaves: leaves.slice(first, behind), ...proof, root };
        expect(await verifyRange(range)).toBe(true);
        expect(Buffer.from((await rootOfLeaves(leaves)) ?? [])).toEqual(Buffer.from(root));
      }),
      { numRuns: runs(150) },
    );
  });

  it('is none with a leaf less, more, elsewhere or changed', async () => {
    await fc.assert(
      fc.asyncProperty(run, fc.nat(), async ({ size, first, behind }, pick) => {
        const { leaves, root, read } = logOf(size);
        const proof = await rangeProof(size, first, behind, read);
        const own = leaves.slice(first, behind);
        const at = pick % own.length;
        const stranger = leafHash(Buffer.from('stranger'));
        const wrong = [
          own.filter((_, index) => index !== at),
          [...own.slice(0, at), stranger, ...own.slice(at)],
          own.map((leaf, index) => (index === at ? stranger : leaf)),
          ...(own.length > 1 ? [[...own.slice(1), own[0] as Uint8Array]] : []),
        ];
        for (const leaves of wrong) expect(await verifyRange({ size, first, leaves, ...proof, root })).toBe(false);
        expect(await verifyRange({ size, first: first + 1, leaves: own, ...proof, root })).toBe(false);
        // The size is sealed with the root: beyond the last leaf there is no run at all.
        expect(await verifyRange({ size: behind - 1, first, leaves: own, ...proof, root })).toBe(false);
      }),
      { numRuns: runs(100) },
    );
  });

  it('is not asked for where there is none', async () => {
    const { read } = logOf(4);
    await expect(rangeProof(4, 2, 2, read)).rejects.toThrow(RangeError);
    await expect(rangeProof(4, 2, 5, read)).rejects.toThrow(RangeError);
    await expect(rangeProof(4, -1, 2, read)).rejects.toThrow(RangeError);
  });
});
