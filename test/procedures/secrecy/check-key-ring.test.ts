// Article 21: a server does not start with a key ring that lacks what the register rests on; the sentence names ids and what to do.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkKeyRing, KeyRingMismatch } from '../../../src/procedures/secrecy/check-key-ring.ts';
import { type KeyRingContent, makeKeyRing, newKey, newKeyRingContent } from '../../../src/secrecy/key-ring.ts';
import { withCurrent, withNewKey, withoutKey } from '../../../src/secrecy/rotation.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.close());
beforeEach(() => db.reset());

const AT = new Date('2026-06-23T00:00:00Z');
const check = (content: KeyRingContent) => {
  const ring = makeKeyRing(content);
  if (!ring) throw new Error('malformed');
  return checkKeyRing(db, ring, AT);
};
const known = async () =>
  (await db.prisma.ringKey.findMany({ orderBy: [{ use: 'asc' }, { id: 'asc' }] })).map(({ use, id }) => `${use}/${id}`);

describe('Article 21: the key ring at a start', () => {
  it('enters the keys that are current, once', async () => {
    const content = newKeyRingContent();
    await check(content);
    await check(content);
    expect(await known()).toEqual([`field/${content.current}`, 'index/first']);
    const { check: value } = await db.prisma.ringKey.findFirstOrThrow({ where: { use: 'field' } });
    expect(value).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(content.keys[0]?.key).not.toContain(value);
  });

  it('is not entered for a key that is only known, so that a server without it still starts', async () => {
    const content = newKeyRingContent();
    const prepared = withNewKey(content, 'field', false);
    await check(prepared.content);
    await check(content);
    await check(withCurrent(prepared.content, 'field', prepared.id));
    await expect(check(content)).rejects.toThrow(KeyRingMismatch);
  });

  it.each(['field', 'index'] as const)('is refused when it lacks a %s key in use', async (use) => {
    const content = newKeyRingContent();
    const { content: rotated, id } = withNewKey(content, use, true);
    await check(content);
    await check(rotated);
    const error = await check(content).catch((caught: KeyRingMismatch) => caught);
    expect(error).toMatchObject({
      zh: expect.stringMatching(new RegExp(`${use}/${id}.*docs/keys.md`)),
      en: expect.stringMatching(new RegExp(`${use}/${id}.*docs/keys.md`)),
    });
    const old = use === 'field' ? content.current : 'first';
    await expect(check(withoutKey(rotated, use, old))).rejects.toThrow(`${use}/${old}`);
    await check(rotated);
  });

  it('is refused when it has another key under an id in use: the ring of another installation', async () => {
    const content = newKeyRingContent();
    await check(content);
    const other = { ...content, blindIndexKey: newKey('i').key };
    await expect(check(other)).rejects.toThrow(/index\/first.*another installation/);
  });

  it('learns the check value of a key that it knew from boxes of earlier versions', async () => {
    const content = newKeyRingContent();
    await db.prisma.ringKey.create({ data: { use: 'field', id: content.current, firstUsedAt: AT } });
    await check(content);
    const impostor = { ...content, keys: [{ id: content.current, key: newKey('k').key }] };
    await expect(check(impostor)).rejects.toThrow(content.current);
  });
});
