// Fields of personal data: what was sealed comes back only in its own place, and nothing shows a key.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeBlindIndex, rememberIndexes } from '../../src/secrecy/blind-index.ts';
import { makeFieldCipher } from '../../src/secrecy/field-cipher.ts';
import {
  type KeyRing,
  type KeyRingContent,
  loadKeyRing,
  makeKeyRing,
  newKeyRingContent,
} from '../../src/secrecy/key-ring.ts';
import { Tampered, WrongKey } from '../../src/secrecy/secret-problems.ts';

function ringOf(content: KeyRingContent): KeyRing {
  const ring = makeKeyRing(content);
  if (ring === null) throw new Error('not a key ring');
  return ring;
}

const CONTEXT = '10447/01890a5d-ac96-774b-bcce-b302099a8057/identityNumber';
const PLAIN = '11010519491231002X';
const content = newKeyRingContent();
const cipher = makeFieldCipher(ringOf(content));

describe('R21.1 a sealed field', () => {
  test('comes back in its own place, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (plain, context) => {
        expect(cipher.open(cipher.seal(plain, context), context)).toBe(plain);
      }),
    );
  });

  test('has the form v1.keyId.iv.ciphertext and shows nothing of the text', () => {
    const box = cipher.seal(PLAIN, CONTEXT);
    expect(box).toMatch(/^v1\.k[0-9a-f]{8}\.[\w-]{16}\.[\w-]+$/);
    expect(cipher.keyIdOf(box)).toBe(content.current);
    expect(box).not.toContain(PLAIN);
    expect(box).not.toContain(Buffer.from(PLAIN).toString('base64url'));
  });

  test('is another box each time', () => {
    const boxes = new Set(Array.from({ length: 2000 }, () => cipher.seal(PLAIN, CONTEXT)));
    expect(boxes.size).toBe(2000);
    expect(new Set([...boxes].map((box) => box.split('.')[2])).size).toBe(2000);
  });

  test('does not open in another record, field or institution', () => {
    const box = cipher.seal(PLAIN, CONTEXT);
    for (const other of [
      CONTEXT.replace('10447', '10448'),
      CONTEXT.replace('8057', '8058'),
      CONTEXT.replace('identityNumber', 'phone'),
      '',
    ]) {
      expect(() => cipher.open(box, other)).toThrow(Tampered);
    }
  });

  test('does not open with any character changed, cut or added', () => {
    const box = cipher.seal(PLAIN, CONTEXT);
    for (let at = 0; at < box.length; at++) {
      const changed = box.slice(0, at) + (box[at] === 'A' ? 'B' : 'A') + box.slice(at + 1);
      // A changed key id names a key that is not there, or no key id at all.
      expect(() => cipher.open(changed, CONTEXT), changed).toThrow(/altered|not on the key ring/);
      expect(() => cipher.open(box.slice(0, at), CONTEXT)).toThrow(Tampered);
    }
    for (const text of [`${box}A`, `${box}=`, `${box}\n`, ` ${box}`, PLAIN, '']) {
      expect(() => cipher.open(text, CONTEXT)).toThrow(Tampered);
    }
  });

  test('text with half a surrogate pair is refused, for it could not come back', () => {
    expect(() => cipher.seal('a\ud800', CONTEXT)).toThrow(TypeError);
  });

  test('an older key still opens, the current one seals; a foreign ring says that the key is missing', () => {
    const box = cipher.seal(PLAIN, CONTEXT);
    const next = newKeyRingContent();
    const both = makeFieldCipher(ringOf({ ...next, keys: [...content.keys, ...next.keys] }));
    expect(both.open(box, CONTEXT)).toBe(PLAIN);
    expect(both.keyIdOf(both.seal(PLAIN, CONTEXT))).toBe(next.current);
    expect(() => makeFieldCipher(ringOf(next)).open(box, CONTEXT)).toThrow(WrongKey);
  });

  test('another key under the same id does not open', () => {
    const impostor = newKeyRingContent();
    const keys = [{ id: content.current, key: impostor.keys[0]?.key ?? '' }];
    const other = makeFieldCipher(ringOf({ ...impostor, current: content.current, keys }));
    expect(() => other.open(cipher.seal(PLAIN, CONTEXT), CONTEXT)).toThrow(Tampered);
  });
});

describe('R21.1 the blind index', () => {
  const index = makeBlindIndex(ringOf(content).blindIndexKey);

  test('is the same for the same value, and for nothing else', () => {
    expect(index(PLAIN, 'identity-number')).toBe(index(PLAIN, 'identity-number'));
    expect(index(PLAIN, 'identity-number')).toMatch(/^[\w-]{43}$/);
    const others = [
      index(PLAIN, 'phone'),
      index('11010519491231002x', 'identity-number'),
      index('b', 'a'),
      index('', 'a:b'),
      index(':b', 'a'),
    ];
    expect(new Set([...others, index(PLAIN, 'identity-number')]).size).toBe(6);
    expect(makeBlindIndex(ringOf(newKeyRingContent()).blindIndexKey)(PLAIN, 'phone')).not.toBe(index(PLAIN, 'phone'));
  });

  test('remembered, it is the same as made anew, also after more values than are kept', () => {
    let made = 0;
    const lookUps: typeof index.lookUps = (value, purpose) => {
      made += 1;
      return index.lookUps(value, purpose);
    };
    const counting = Object.assign((value: string, purpose: string) => index(value, purpose), { lookUps, keyIds: [] });
    const remembering = rememberIndexes(counting, 3);
    const values = ['a', 'b', 'a', 'c', 'd', 'a', ':b', ''];
    expect(values.map((value) => remembering(value, 'a'))).toEqual(values.map((value) => index(value, 'a')));
    expect(remembering('b', 'a:')).toBe(index('b', 'a:'));
    expect(made).toBeLessThan(values.length + 1);
  });

  test('is HMAC-SHA-256 over purpose and value', () => {
    // openssl: printf '1:p:v' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0001…1f -binary | basenc --base64url
    const key = Uint8Array.from({ length: 32 }, (_, at) => at);
    expect(makeBlindIndex(key)('v', 'p')).toBe('Xm9yoGr0Iwa-aTqiH0iuGMZ-AWbbmzNU_N07C5QlQ5E');
  });
});

describe('P9 nothing shows a key', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ring-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('the ring, the cipher and every error keep the canary', () => {
    const ring = loadKeyRing(join(folder, 'keys.json'), { create: true });
    const key = ring.fieldKey(ring.currentKeyId)?.export() ?? Buffer.alloc(0);
    const indexKey = ring.blindIndexKey.export();
    expect([key.length, indexKey.length]).toEqual([32, 32]);
    const own = makeFieldCipher(ring);
    const errors: unknown[] = [];
    for (const box of ['x', own.seal('a', 'b'), 'v1.none.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA']) {
      try {
        own.open(box, 'c');
      } catch (error) {
        errors.push(error);
      }
    }
    expect(errors).toHaveLength(3);
    const all = { showHidden: true, depth: 10, getters: true };
    const shown = [
      JSON.stringify(ring),
      JSON.stringify({ ring }),
      inspect(ring),
      inspect({ deep: { ring } }, all),
      `${ring}`,
      inspect(own, all),
    ];
    shown.push(
      inspect(ring, { ...all, customInspect: false }),
      JSON.stringify(own),
      inspect(errors, all),
      JSON.stringify(Object.assign({}, ring)),
    );
    for (const secret of [key, indexKey]) {
      for (const form of ['hex', 'base64', 'base64url', 'latin1'] as const) {
        for (const text of shown) expect(text).not.toContain(secret.toString(form));
      }
      for (const text of shown) expect(text).not.toContain([...secret.subarray(0, 4)].join(', '));
    }
    expect(JSON.stringify(ring)).toBe('"[secret]"');
    expect(inspect(ring)).toBe('[secret]');
  });
});
