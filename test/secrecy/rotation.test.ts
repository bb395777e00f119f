// Article 21: a key ring is changed at once or not at all, and what was sealed or derived before stays readable and the same.
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { blindIndexOf, IDENTITY_PURPOSE, makeBlindIndex } from '../../src/secrecy/blind-index.ts';
import { makeFieldCipher } from '../../src/secrecy/field-cipher.ts';
import {
  FIRST_INDEX_KEY,
  type KeyRingContent,
  loadKeyRing,
  makeKeyRing,
  newKeyRingContent,
} from '../../src/secrecy/key-ring.ts';
import { changeKeyRing, KeyRingRefused, withCurrent, withNewKey, withoutKey } from '../../src/secrecy/rotation.ts';
import { KeyFileProblem, WrongKey } from '../../src/secrecy/secret-problems.ts';
import { runs } from '../support/chance.ts';

const folder = mkdtempSync(join(tmpdir(), 'vermilion-ring-'));
let path = '';
let files = 0;
beforeEach(() => {
  files += 1;
  path = join(folder, String(files), 'key-ring.json');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ringOf = (content: KeyRingContent) => {
  const ring = makeKeyRing(content);
  if (!ring) throw new Error('malformed');
  return ring;
};
const add = (use: 'field' | 'index' = 'field', current = true) =>
  changeKeyRing(path, undefined, (content) => withNewKey(content, use, current));

describe('a key ring', () => {
  it('of an earlier version loads as it is, and looks up under its first key', () => {
    const content = newKeyRingContent();
    expect(content.index).toBeUndefined();
    const ring = ringOf(content);
    expect([ring.currentIndexId, ring.indexKeyIds]).toEqual([FIRST_INDEX_KEY, [FIRST_INDEX_KEY]]);
    const first = makeBlindIndex(ring.blindIndexKey);
    for (const purpose of [IDENTITY_PURPOSE, 'student-link']) {
      expect(blindIndexOf(ring)('370000', purpose)).toBe(first('370000', purpose));
    }
  });

  it('takes a fresh key, current at once or only known, and keeps the others', () => {
    const before = loadKeyRing(path, { create: true });
    const { ring, id } = add();
    expect([ring.currentKeyId, ring.keyIds]).toEqual([id, [before.currentKeyId, id]]);
    const known = add('field', false);
    expect([known.ring.currentKeyId, known.ring.keyIds]).toEqual([id, [before.currentKeyId, id, known.id]]);
    const { ring: chosen } = changeKeyRing(path, undefined, (content) => ({
      content: withCurrent(content, 'field', known.id),
    }));
    expect(chosen.currentKeyId).toBe(known.id);
    const again = loadKeyRing(path, { create: false });
    expect(again.keyIds).toEqual(chosen.keyIds);
    for (const key of before.keyIds) expect(again.fieldKey(key)?.equals(before.fieldKey(key) as never)).toBe(true);
  });

  it('drops a key but never the current one or one that it has not', () => {
    const before = loadKeyRing(path, { create: true });
    const { id } = add();
    const bytes = readFileSync(path);
    const drop = (key: string) =>
      changeKeyRing(path, undefined, (content) => ({ content: withoutKey(content, 'field', key) }));
    expect(() => drop(id)).toThrow(KeyRingRefused);
    expect(() => drop('nobody')).toThrow(KeyRingRefused);
    expect(() => changeKeyRing(path, undefined, (c) => ({ content: withCurrent(c, 'field', 'nobody') }))).toThrow(
      KeyRingRefused,
    );
    expect(readFileSync(path)).toEqual(bytes);
    expect(drop(before.currentKeyId).ring.keyIds).toEqual([id]);
  });

  it('changes the key of look-ups alone: links that were sent and digests in the log come out the same, even when the first key is dropped from the look-ups', () => {
    const old = blindIndexOf(loadKeyRing(path, { create: true }));
    const { id } = add('index');
    const both = blindIndexOf(loadKeyRing(path, { create: false }));
    expect(both.keyIds).toEqual([id, FIRST_INDEX_KEY]);
    expect(both.lookUps('370000', IDENTITY_PURPOSE)).toEqual([
      both('370000', IDENTITY_PURPOSE),
      old('370000', IDENTITY_PURPOSE),
    ]);
    expect(both('370000', IDENTITY_PURPOSE)).not.toBe(old('370000', IDENTITY_PURPOSE));
    const { ring } = changeKeyRing(path, undefined, (content) => ({
      content: withoutKey(content, 'index', FIRST_INDEX_KEY),
    }));
    const fresh = blindIndexOf(ring);
    expect(fresh.lookUps('370000', IDENTITY_PURPOSE)).toEqual([both('370000', IDENTITY_PURPOSE)]);
    for (const purpose of ['student-link', 'disclosure-link', 'roster-salt', 'download-link']) {
      expect(fresh('370000', purpose)).toBe(old('370000', purpose));
      expect(fresh.lookUps('370000', purpose)).toEqual([old('370000', purpose)]);
    }
  });

  it('is refused when an index key is missing, doubled, or the first one under another id', () => {
    const content = withNewKey(newKeyRingContent(), 'index', true).content;
    const index = content.index as NonNullable<KeyRingContent['index']>;
    expect(makeKeyRing(content)).not.toBeNull();
    for (const bad of [
      { ...index, current: 'nobody' },
      { ...index, keys: [] },
      { ...index, keys: [...index.keys, ...index.keys] },
      { ...index, keys: [...index.keys, { id: 'other', key: content.blindIndexKey }] },
      { ...index, keys: index.keys.map(({ id }) => ({ id, key: content.keys[0]?.key ?? '' })) },
      {
        ...index,
        keys: index.keys.map((one) => (one.id === FIRST_INDEX_KEY ? { ...one, key: index.keys[1]?.key ?? '' } : one)),
      },
      null,
    ]) {
      expect(makeKeyRing({ ...content, index: bad })).toBeNull();
    }
  });
});

describe('the file of a key ring', () => {
  it('keeps its permissions, stays a link where it was one, and leaves no draft behind', () => {
    loadKeyRing(path, { create: true });
    chmodSync(path, 0o400);
    const link = join(folder, String(files), 'link.json');
    symlinkSync(path, link);
    changeKeyRing(link, undefined, (content) => withNewKey(content, 'field', true));
    expect(statSync(path).mode & 0o777).toBe(0o400);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(loadKeyRing(path, { create: false }).keyIds).toHaveLength(2);
    expect(readdirSync(join(folder, String(files))).sort()).toEqual(['key-ring.json', 'link.json']);
  });

  it('stays wrapped by its passphrase', () => {
    const passphrase = '学位 2026 春';
    const before = loadKeyRing(path, { create: true, passphrase });
    const { id } = changeKeyRing(path, passphrase, (content) => withNewKey(content, 'field', true));
    expect(readFileSync(path, 'utf8')).not.toContain(id);
    expect(loadKeyRing(path, { create: false, passphrase }).keyIds).toEqual([before.currentKeyId, id]);
    expect(() => changeKeyRing(path, 'another', (content) => withNewKey(content, 'field', true))).toThrow(
      KeyFileProblem,
    );
    expect(() => changeKeyRing(path, undefined, (content) => withNewKey(content, 'field', true))).toThrow(
      KeyFileProblem,
    );
  });

  it('is not touched when what would be written is no key ring', () => {
    loadKeyRing(path, { create: true });
    const bytes = readFileSync(path);
    expect(() => changeKeyRing(path, undefined, (content) => ({ content: { ...content, keys: [] } }))).toThrow(
      KeyFileProblem,
    );
    expect(readFileSync(path)).toEqual(bytes);
    expect(() => changeKeyRing(join(folder, 'nowhere.json'), undefined, (c) => ({ content: c }))).toThrow(/missing/);
    writeFileSync(path, '{}');
    expect(() => add()).toThrow(/malformed/);
  });

  it('is whole whenever its writer is killed, with every key that was said to be there', async () => {
    loadKeyRing(path, { create: true });
    const said = new Set<string>();
    for (const after of [3, 11, 24]) {
      const child = spawn(process.execPath, ['--import', 'tsx', 'test/support/rotate-until-killed.ts', path]);
      let out = '';
      await new Promise<void>((done) => {
        child.stdout.on('data', (bytes) => {
          out += bytes;
          if (out.split('\n').length > after) child.kill('SIGKILL');
        });
        child.on('close', () => done());
      });
      // The last line may have been cut.
      for (const id of out.split('\n').slice(0, -1)) said.add(id);
      const ring = loadKeyRing(path, { create: false });
      expect([...said].filter((id) => !ring.keyIds.includes(id))).toEqual([]);
      expect(ring.fieldKey(ring.currentKeyId)).toBeDefined();
    }
    expect(said.size).toBeGreaterThan(30);
    expect(existsSync(path)).toBe(true);
  });
});

describe('property: rotated any number of times', () => {
  it('everything sealed under any key opens under the whole ring, re-sealed under the newest it opens under that alone, and look-ups agree', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(texts, fc.array(fc.boolean(), { maxLength: 5 }), (plain, rotations) => {
        let content = newKeyRingContent();
        const sealed: { box: string; bytes: Uint8Array; text: string; context: string; index: string }[] = [];
        const sealAll = () => {
          const [cipher, index] = [makeFieldCipher(ringOf(content)), blindIndexOf(ringOf(content))];
          for (const [at, text] of plain.entries()) {
            const context = `10447/${sealed.length}/${at}`;
            const bytes = cipher.sealBytes(Buffer.from(text), context);
            sealed.push({
              box: cipher.seal(text, context),
              bytes,
              text,
              context,
              index: index(text, IDENTITY_PURPOSE),
            });
          }
        };
        sealAll();
        for (const index of rotations) {
          ({ content } = withNewKey(content, index ? 'index' : 'field', true));
          sealAll();
        }
        const [whole, look] = [makeFieldCipher(ringOf(content)), blindIndexOf(ringOf(content))];
        const alone = makeFieldCipher(
          ringOf({ ...content, keys: content.keys.filter(({ id }) => id === content.current) }),
        );
        for (const { box, bytes, text, context, index } of sealed) {
          expect(whole.open(box, context)).toBe(text);
          expect(Buffer.from(whole.openBytes(bytes, context)).toString()).toBe(text);
          expect(alone.open(whole.seal(whole.open(box, context), context), context)).toBe(text);
          expect(look.lookUps(text, IDENTITY_PURPOSE)).toContain(index);
          if (whole.keyIdOf(box) !== content.current) expect(() => alone.open(box, context)).toThrow(WrongKey);
          expect(whole.keyIdOfBytes(bytes)).toBe(whole.keyIdOf(box));
        }
      }),
      { numRuns: runs(60) },
    );
  });
});
