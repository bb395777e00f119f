// SHA-256 of the verifier: the vectors of FIPS 180-4, and what OpenSSL makes of any bytes.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, sha256, toHex } from '../../src/sealing/verify/bytes.ts';
import { runs } from '../support/chance.ts';

const judge = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('SHA-256', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('of %j is that of the standard', async (text, digest) => {
    expect(toHex(await sha256(new TextEncoder().encode(text)))).toBe(digest);
  });

  it('is that of OpenSSL at every length around the blocks, and for a part of a longer array', async () => {
    const long = Uint8Array.from({ length: 400 }, (_, at) => (at * 151 + 7) % 256);
    for (let length = 0; length <= 260; length++) {
      const part = long.subarray(3, 3 + length);
      expect(toHex(await sha256(part)), String(length)).toBe(judge(part));
    }
  });

  it('is that of OpenSSL for any bytes, on either side of what is short', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 9000, size: 'max' }), async (bytes) => {
        expect(toHex(await sha256(bytes))).toBe(judge(bytes));
        expect(fromHex(judge(bytes))).toEqual(await sha256(bytes));
      }),
      { numRuns: runs(200) },
    );
  });
});
