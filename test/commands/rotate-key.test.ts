// Article 21: what an operator does to change keys, by the command line: ids and counts are shown, keys never.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { checkKeyRing } from '../../src/procedures/secrecy/check-key-ring.ts';
import { blindIndexOf, IDENTITY_PURPOSE } from '../../src/secrecy/blind-index.ts';
import { makeFieldCipher } from '../../src/secrecy/field-cipher.ts';
import { FIRST_INDEX_KEY, loadKeyRing } from '../../src/secrecy/key-ring.ts';
import { type Database, openDatabase } from '../../src/store/database/connect.ts';
import { migrate } from '../../src/store/database/migrate.ts';
import { MIGRATIONS } from '../support/database.ts';
import { run } from './child.ts';

const folder = mkdtempSync(join(tmpdir(), 'vermilion-rotate-'));
let data = '';
let path = '';
let places = 0;
beforeEach(() => {
  places += 1;
  data = join(folder, String(places));
  path = join(data, 'key-ring.json');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = (words: string[], environment: Record<string, string> = {}) =>
  run(words, { VERMILION_DATA: data, ...environment });
const ring = (passphrase?: string) => loadKeyRing(path, { create: false, ...(passphrase ? { passphrase } : {}) });
const keysInFile = () => [...readFileSync(path, 'utf8').matchAll(/"([A-Za-z0-9_-]{43})"/g)].map(([, key = '']) => key);

/** The embedded database of the place, for a moment. */
async function inDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase({ dataDirectory: data });
  try {
    await migrate(db, MIGRATIONS);
    return await work(db);
  } finally {
    await db.close();
  }
}

describe('rotate-key', () => {
  it('adds a key and makes it current, says ids and to back the file up, and never a key', async () => {
    const first = loadKeyRing(path, { create: true });
    const { code, out, err } = await command(['rotate-key']);
    const now = ring();
    expect([code, now.keyIds.length, now.keyIds[0]]).toEqual([0, 2, first.currentKeyId]);
    expect(now.currentKeyId).toBe(now.keyIds[1]);
    expect(out).toBe(`field\t${first.currentKeyId}\nfield\t${now.currentKeyId}\tcurrent\nindex\tfirst\tcurrent\n`);
    expect(err).toMatch(/Back the key ring up now[\s\S]*reencryptSecrets/);
    for (const key of keysInFile()) expect(out + err).not.toContain(key);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('in two steps for several servers: first known, then current', async () => {
    const first = loadKeyRing(path, { create: true });
    expect((await command(['rotate-key', '--prepare', '--index'])).code).toBe(0);
    const prepared = ring();
    expect(prepared.currentIndexId).toBe(FIRST_INDEX_KEY);
    const [, id = ''] = prepared.indexKeyIds;
    // Who writes with the old key and who writes with the new one find each other's people.
    const [old, next] = [blindIndexOf(first), blindIndexOf(prepared)];
    expect(next.lookUps('370000', IDENTITY_PURPOSE)).toContain(old('370000', IDENTITY_PURPOSE));
    expect((await command(['rotate-key', '--make-current', 'nobody', '--index'])).code).toBe(1);
    expect((await command(['rotate-key', '--make-current', id, '--index'])).code).toBe(0);
    expect(ring().currentIndexId).toBe(id);
    expect(prepared.indexKeyIds).toEqual(ring().indexKeyIds);
    expect(next.lookUps('370000', IDENTITY_PURPOSE)).toContain(blindIndexOf(ring())('370000', IDENTITY_PURPOSE));
  });

  it('twice at once loses no key', async () => {
    loadKeyRing(path, { create: true });
    const ended = await Promise.all([
      command(['rotate-key']),
      command(['rotate-key']),
      command(['rotate-key', '--index']),
    ]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect([ring().keyIds.length, ring().indexKeyIds.length]).toEqual([3, 2]);
  });

  it('keeps a wrapped ring wrapped, and refuses it without its passphrase', async () => {
    const passphrase = 'rings and seals';
    const environment = { VERMILION_KEY_RING_PASSPHRASE: passphrase };
    expect((await command(['new-key-ring'], environment)).code).toBe(0);
    expect((await command(['rotate-key'], environment)).code).toBe(0);
    expect(keysInFile()).toEqual([]);
    expect(ring(passphrase).keyIds).toHaveLength(2);
    const { code, err } = await command(['rotate-key']);
    expect([code, err]).toEqual([1, expect.stringMatching(/passphrase/)]);
    expect((await command(['rotate-key', '--list'], environment)).out.split('\n')).toHaveLength(4);
  });

  it('says how it is called, and what is wrong with the file', async () => {
    loadKeyRing(path, { create: true });
    const bytes = readFileSync(path);
    for (const words of [['--prepare', '--list'], ['now'], ['--make-current'], ['--what']]) {
      const { code, err } = await command(['rotate-key', ...words]);
      expect([code, err]).toEqual([2, expect.stringContaining('Usage: rotate-key')]);
    }
    expect(readFileSync(path)).toEqual(bytes);
    writeFileSync(path, '{}');
    expect(await command(['rotate-key'])).toMatchObject({ code: 1, err: expect.stringMatching(/malformed/) });
    rmSync(path);
    expect(await command(['rotate-key'])).toMatchObject({ code: 1, err: expect.stringMatching(/missing/) });
  });
});

describe('drop-key', () => {
  it('drops a key only when nothing is under it, and never the current one', async () => {
    const first = loadKeyRing(path, { create: true });
    const box = makeFieldCipher(first).sealBytes(Buffer.from('371502'), '10447/a/0000');
    await inDatabase(async (db) => {
      await checkKeyRing(db, first, new Date());
      await db.pool.query(`INSERT INTO "StoredFile" VALUES ('10447', 'a/0000', 'piece', 1, $1, now())`, [box]);
    });
    await command(['rotate-key']);
    const bytes = readFileSync(path);
    const used = await command(['drop-key', first.currentKeyId]);
    expect([used.code, used.err]).toEqual([1, expect.stringMatching(/still in use[\s\S]*StoredFile\t1/)]);
    expect(await command(['drop-key', ring().currentKeyId])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/current one/),
    });
    expect(await command(['drop-key', 'nobody'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/no key nobody/),
    });
    expect(await command(['drop-key'])).toMatchObject({ code: 2 });
    expect(readFileSync(path)).toEqual(bytes);

    await inDatabase(async (db) => {
      await checkKeyRing(db, ring(), new Date());
      const again = makeFieldCipher(ring());
      const resealed = again.sealBytes(again.openBytes(box, '10447/a/0000'), '10447/a/0000');
      await db.pool.query(`UPDATE "StoredFile" SET "bytes" = $1`, [resealed]);
    });
    expect((await command(['drop-key', first.currentKeyId])).code).toBe(0);
    expect(ring().keyIds).toEqual([ring().currentKeyId]);
    // The register does not ask for the dropped key, but for the one that is in use.
    await inDatabase(async (db) => {
      await checkKeyRing(db, ring(), new Date());
      await expect(checkKeyRing(db, first, new Date())).rejects.toThrow(ring().currentKeyId);
    });
  });
});
