// R12.2: commitments stand for personal data and open field by field; the text of a checkpoint is that of C2SP.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalBytes } from '../../src/sealing/canonical.ts';
import { checkpointText, parseCheckpoint } from '../../src/sealing/checkpoint.ts';
import { commitRecord, openFields, recordDigest } from '../../src/sealing/commitment.ts';
import { digestOfCommitments, opens } from '../../src/sealing/verify/commitment.ts';
import { runs } from '../support/chance.ts';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
/** The documented derivation, field by field. */
const saltOf = (fields: object, salt: Uint8Array, name: string): Buffer => {
  const names = Object.keys(fields).sort();
  const all = createHash('shake256', { outputLength: 32 * names.length });
  const salts = all.update(Buffer.concat([salt, Buffer.of(0), canonicalBytes(names)])).digest();
  return salts.subarray(32 * names.indexOf(name), 32 * names.indexOf(name) + 32);
};
const salts = fc.uint8Array({ minLength: 16, maxLength: 40 });
const records = fc.dictionary(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)),
  {
    minKeys: 1,
  },
);

describe('R12.2: commitments instead of personal data', () => {
  it('are made as documented', () => {
    fc.assert(
      fc.property(records, salts, (fields, salt) => {
        const { commitments, digest } = commitRecord(fields, salt);
        for (const [name, value] of Object.entries(fields)) {
          const fieldSalt = saltOf(fields, salt, name);
          expect(commitments[name]).toBe(sha256(fieldSalt, canonicalBytes(value)).toString('hex'));
        }
        expect(digest).toBe(sha256(canonicalBytes(commitments)).toString('hex'));
      }),
    );
  });

  it('leave no field out, whatever its name', () => {
    const fields = JSON.parse('{"__proto__":"a","toString":"b"}');
    const { commitments } = commitRecord(fields, new Uint8Array(16));
    expect(Object.keys(commitments)).toEqual(['__proto__', 'toString']);
    expect(Object.keys(openFields(fields, new Uint8Array(16), ['__proto__']))).toEqual(['__proto__']);
  });

  it('open one by one, and only to the value that was committed', async () => {
    await fc.assert(
      fc.asyncProperty(records, salts, async (fields, salt) => {
        const { commitments, digest } = commitRecord(fields, salt);
        expect(await digestOfCommitments(commitments)).toBe(digest);
        for (const [name, opening] of Object.entries(openFields(fields, salt, Object.keys(fields)))) {
          const commitment = commitments[name] ?? '';
          expect(await opens(commitment, opening)).toBe(true);
          expect(await opens(commitment, { ...opening, value: [opening.value] })).toBe(false);
          expect(
            await opens(commitment, {
              ...opening,
              salt: opening.salt.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
            }),
          ).toBe(false);
          expect(await opens(commitment, { ...opening, salt: '' })).toBe(false);
        }
      }),
      { numRuns: runs(30) },
    );
  });

  it('of a long value are right, too', () => {
    const salt = Buffer.alloc(16, 9);
    const value = '学'.repeat(100_000);
    const fields = { name: '王', thesisTitle: value };
    const fieldSalt = saltOf(fields, salt, 'thesisTitle');
    expect(commitRecord(fields, salt).commitments.thesisTitle).toBe(
      sha256(fieldSalt, canonicalBytes(value)).toString('hex'),
    );
  });

  it('are the same, whatever the order of the fields, and whoever asks for the digest alone', () => {
    fc.assert(
      fc.property(records, salts, (fields, salt) => {
        const { digest } = commitRecord(fields, salt);
        const backwards = Object.keys(fields).reverse();
        expect(recordDigest(fields, backwards, salt)).toBe(digest);
      }),
    );
  });

  it('need a salt that cannot be guessed, and a field that is there', () => {
    expect(() => commitRecord({ name: '王' }, Buffer.alloc(15))).toThrow(RangeError);
    expect(() => openFields({ name: '王' }, Buffer.alloc(16), ['sex'])).toThrow(RangeError);
  });
});

describe('C2SP tlog-checkpoint', () => {
  const root = Buffer.alloc(32, 7);

  it('is three lines, and comes back', () => {
    const text = checkpointText({ origin: 'vermilion.example/10447', size: 12, root });
    expect(text).toBe(`vermilion.example/10447\n12\n${root.toString('base64')}\n`);
    expect(parseCheckpoint(text)).toEqual({ origin: 'vermilion.example/10447', size: 12, root: new Uint8Array(root) });
  });

  it.each([
    `o\n01\n${root.toString('base64')}\n`,
    `o\n1\n${root.toString('base64')}`,
    `o\n1\n${root.toString('base64')}\nmore\n`,
    `o\r\n1\n${root.toString('base64')}\n`,
    `o\n-1\n${root.toString('base64')}\n`,
    `o\n9999999999999999\n${root.toString('base64')}\n`,
    `o\n1\n${root.toString('base64').replace('c=', 'd=')}\n`,
    '',
  ])('has one spelling only: %j is none', (text) => {
    expect(parseCheckpoint(text)).toBeUndefined();
  });

  it('cannot be made of nonsense', () => {
    expect(() => checkpointText({ origin: 'a\nb', size: 1, root })).toThrow(RangeError);
    expect(() => checkpointText({ origin: 'a', size: -1, root })).toThrow(RangeError);
    expect(() => checkpointText({ origin: 'a', size: 1, root: root.subarray(1) })).toThrow(RangeError);
  });
});
