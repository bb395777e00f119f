// Article 21: bytes sealed for one place open only there, unchanged, with the same ring.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFieldCipher } from '../../src/secrecy/field-cipher.ts';
import { makeKeyRing, newKeyRingContent } from '../../src/secrecy/key-ring.ts';
import { Tampered, WrongKey } from '../../src/secrecy/secret-problems.ts';

function cipher() {
  const ring = makeKeyRing(newKeyRingContent());
  if (!ring) throw new Error('the key ring is malformed');
  return makeFieldCipher(ring);
}

describe('Article 21: sealed bytes', () => {
  const here = cipher();

  it('come back as they were, and never twice as the same box', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.string(), (plain, context) => {
        const box = here.sealBytes(plain, context);
        expect(Buffer.compare(here.openBytes(box, context), plain)).toBe(0);
        expect(Buffer.compare(here.sealBytes(plain, context), box)).not.toBe(0);
      }),
    );
  });

  it('open nowhere else, with no other ring, and not with any one byte changed', () => {
    const box = here.sealBytes(Buffer.from('371502200103150011'), '10447/a/0000');
    expect(() => here.openBytes(box, '10447/a/0001')).toThrow(Tampered);
    expect(() => cipher().openBytes(box, '10447/a/0000')).toThrow(WrongKey);
    for (let at = 0; at < box.length; at++) {
      const changed = Uint8Array.from(box);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => here.openBytes(changed, '10447/a/0000'), `byte ${at}`).toThrow();
      expect(() => here.openBytes(box.subarray(0, at), '10447/a/0000'), `cut at ${at}`).toThrow();
    }
  });
});
