// Article 12: the original-record archive, exported as one sealed ZIP and verified by who trusts the root certificate only.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyArchive } from '../../src/sealing/verify/archive.ts';
import type { Verdict } from '../../src/sealing/verify/verdict.ts';
import { type Members, makeArchive, sourceOf } from '../support/archives.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { bringTo } from '../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let batch: Collected;
let other: Collected;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 5);
  other = await collectedBatch(test, 3);
  await bringTo(test, batch, 'reported-upward');
  await bringTo(test, other, 'cross-checked');
});
afterAll(() => test.close());

const verify = (members: Members): Promise<Verdict> => verifyArchive(sourceOf(members), { roots: [test.root.der] });
const failed = ({ checks }: Verdict) =>
  checks.filter(({ outcome }) => outcome === 'failed').map(({ name, zh }) => `${name}: ${zh}`);

describe('Article 12: an archive', () => {
  it.each(['record', 'batch', 'year'] as const)('of a %s is believed by who trusts the root only', async (scope) => {
    const of = {
      record: { recordId: batch.recordIds[2] ?? '' },
      batch: { batchId: batch.batchId },
      year: { year: 2026 },
    }[scope];
    const { members } = await makeArchive(test, of);
    const verdict = await verify(members);
    expect(failed(verdict)).toEqual([]);
    expect(verdict.verdict).toBe('valid');
  });
});
