// Leaves of a batch, written out for speed, against what they are: the hash of the canonical JSON of a subject.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { batchLeaf, type Subject } from '../../src/procedures/statement.ts';
import { batchLeaf as leafOfVerifier } from '../../src/sealing/bundle.ts';
import { canonicalBytes } from '../../src/sealing/canonical.ts';

const text = fc.string({ unit: 'grapheme' });
const subject = fc.record({
  kind: fc.constantFrom<Subject['kind']>('record', 'batch', 'certificate-template'),
  id: fc.oneof(fc.uuid(), text),
  version: fc.nat(),
  digest: fc.oneof(fc.constant('0af5'.repeat(16)), text),
});

it('R12.2: a leaf is SHA-256 of a zero byte and the canonical JSON of its subject, for us and for the verifier', () => {
  fc.assert(
    fc.property(subject, (each) => {
      const leaf = createHash('sha256').update(Buffer.of(0)).update(canonicalBytes(each)).digest('hex');
      expect(Buffer.from(batchLeaf(each)).toString('hex')).toBe(leaf);
      expect(Buffer.from(leafOfVerifier(each)).toString('hex')).toBe(leaf);
    }),
  );
});
