// F9: files whose bytes are not what was registered are named, whether they are kept plain or sealed.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { FileAltered, firstAltered, keepFile } from '../../src/store/stored-files.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
const digests: string[] = [];
beforeAll(async () => {
  test = await testWorld();
  for (const sealed of [false, true, false]) {
    const bytes = Buffer.from(`file ${digests.length}`);
    const digest = createHash('sha256').update(bytes).digest('hex');
    const file = { institution: HERE, digest, kind: 'evidence', name: 'a.pdf', mediaType: 'application/pdf' };
    const cipher = sealed ? test.world.cipher : null;
    await inTransaction(test.world.db, (tx) =>
      keepFile(tx, { ...file, size: bytes.length, bytes }, test.world.now(), cipher),
    );
    digests.push(digest);
  }
});
afterAll(() => test.close());

const altered = (asked: readonly string[] = digests) =>
  firstAltered(test.world.db.prisma, HERE, asked, test.world.cipher);
const flip = (digest: string) =>
  test.world.db.pool.query(
    `UPDATE "StoredFile" SET "bytes" = set_byte("bytes", octet_length("bytes") - 1, (get_byte("bytes", octet_length("bytes") - 1) + 1) % 256)
     WHERE "digest" = $1`,
    [digest],
  );

describe('F9: before anything is sent', () => {
  it('whole files are whole, and one that is gone is named', async () => {
    expect(await altered()).toBeNull();
    expect(await altered([])).toBeNull();
    const gone = '00'.repeat(32);
    expect(await altered([...digests, gone])).toBe(gone);
    expect(await firstAltered(test.world.db.prisma, '10999', digests, test.world.cipher)).toBe(digests[0]);
  });

  it('a changed byte is found, in plain bytes and in a sealed piece', async () => {
    await flip(digests[2] ?? '');
    expect(await altered()).toBe(digests[2]);
    await flip(`${digests[1]}/0000`);
    await expect(altered(digests.slice(0, 2))).rejects.toThrow(FileAltered);
  });
});
