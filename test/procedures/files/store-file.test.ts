// Uploading files (art. 6, 11(1), 21): judged by content, kept by digest, secret ones sealed.
import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTable } from '../../../src/files/table.ts';
import type { FileKind } from '../../../src/procedures/files/file-kinds.ts';
import { storeFile } from '../../../src/procedures/files/store-file.ts';
import { inTransaction } from '../../../src/store/database/transaction.ts';
import { FileAltered, keepFile, openFile, readFile } from '../../../src/store/stored-files.ts';
import { photoJpeg, scanPdf } from '../../support/sample-files.ts';
import { recordCsv, sampleRecords } from '../../support/samples.ts';
import { refusal } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());

const store = (officer: string, kind: FileKind, bytes: Uint8Array, name = 'file') =>
  storeFile(test.callAs(officer), { institution: HERE, kind, name, bytes });

const records = recordCsv('regular-bachelor', sampleRecords('regular-bachelor', 2));

describe('What bad files get', () => {
  it.each<[string, string, FileKind, () => Uint8Array, string]>([
    ['a table of 40 MB', 'jiaowu.cai', 'records', () => Buffer.alloc(40 * 1024 * 1024, 'a,b\n'), 'file-too-large'],
    ['200,001 rows', 'jiaowu.cai', 'records', () => Buffer.from(`a,b\n${'x\n'.repeat(200_001)}`), 'file-too-large'],
    ['nothing', 'jiaowu.cai', 'records', () => Buffer.alloc(0), 'file-unreadable'],
    [
      'a table in UTF-16',
      'jiaowu.cai',
      'records',
      () => Buffer.from(`\uFEFF${records}`, 'utf16le'),
      'file-wrong-encoding',
    ],
    ['a PDF as a table', 'jiaowu.cai', 'records', () => scanPdf(), 'file-wrong-type'],
    ['a table as a scan', 'xuewei.guan', 'resolution-scan', () => records, 'file-wrong-type'],
    ['a PDF that is not one', 'xuewei.guan', 'resolution-scan', () => Buffer.from('%PDF-1.7 no'), 'file-unreadable'],
    ['a PDF with a script', 'xuewei.guan', 'resolution-scan', () => scanPdf('/JavaScript /JS'), 'file-unsafe'],
    ['a photo cut off as evidence', 'jiaowu.cai', 'evidence', () => photoJpeg('x').subarray(0, 200), 'file-unreadable'],
    ['gzip as an archive of photos', 'jiaowu.cai', 'photos', () => gzipSync('x'), 'file-wrong-type'],
  ])('%s', async (_, officer, kind, bytes, code) => {
    const answer = await store(officer, kind, bytes()).then(
      () => '',
      async (error) => (await refusal(Promise.reject(error))).codes.join(),
    );
    expect(answer).toBe(code);
  });
});

describe('What good files get', () => {
  it('200,000 rows and as many blank lines', async () => {
    const { mediaType } = await store('jiaowu.cai', 'records', Buffer.from(`a,b\n${'x\n\n'.repeat(200_000)}`));
    expect(mediaType).toBe('text/csv');
  });

  it('the same file twice is one file', async () => {
    const bytes = scanPdf('twice');
    const first = await store('xuewei.guan', 'resolution-scan', bytes, 'C:\\scans\\决议.pdf');
    const second = await store('xuewei.guan', 'resolution-scan', bytes, '又一次.pdf');
    expect(second.digest).toBe(first.digest);
    const kept = await test.world.db.prisma.storedFile.findMany({ where: { digest: first.digest } });
    expect(kept.map(({ size }) => size)).toEqual([bytes.length]);
    const given = await test.world.db.prisma.keptFile.findMany({ where: { digest: first.digest } });
    expect(given.map(({ kind, name, mediaType }) => ({ kind, name, mediaType }))).toEqual([
      { kind: 'resolution-scan', name: '决议.pdf', mediaType: 'application/pdf' },
    ]);
  });

  it('an officer may upload what they may do the step for, nothing else', async () => {
    expect((await refusal(store('jiaowu.cai', 'resolution-scan', scanPdf()))).kind).toBe('Forbidden');
    expect((await refusal(store('donghai.cai', 'evidence', scanPdf()))).kind).toBe('Forbidden');
    expect((await refusal(store('jiaowu.cai', 'decision', scanPdf()))).kind).toBe('Forbidden');
    expect(await store('sheng.shen', 'decision', scanPdf('decision'))).toMatchObject({ mediaType: 'application/pdf' });
  });
});

describe('Article 4: the right comes before the content', () => {
  it.each([
    ['of another institution', 'donghai.cai'],
    ['without the duty', 'jiaowu.he'],
  ])('an officer %s learns nothing of what is wrong with a file', async (_, officer) => {
    for (const bytes of [Buffer.from('%PDF-1.7 no'), Buffer.alloc(0), Buffer.alloc(40 * 1024 * 1024, 'a,b\n')]) {
      expect((await refusal(store(officer, 'records', bytes))).kind).toBe('Forbidden');
    }
  });

  it('a name of control characters and half characters is still a name', async () => {
    const bytes = scanPdf('named');
    const { digest } = await store('xuewei.guan', 'resolution-scan', bytes, `决\0议\uD842${'𠮷'.repeat(300)}`);
    const kept = await test.world.db.prisma.keptFile.findFirstOrThrow({ where: { digest } });
    expect(kept.name).toBe(`决\uFFFD议\uFFFD${'𠮷'.repeat(196)}`);
  });
});

describe('Article 21: sealed files', () => {
  it('a file of many pieces comes back as it was; one changed byte is noticed and never used', async () => {
    const { world } = test;
    const bytes = randomBytes(9 * 1024 * 1024 + 17);
    const digest = createHash('sha256').update(bytes).digest('hex');
    const facts = { institution: HERE, digest, kind: 'records', name: 'x', mediaType: 'text/csv', size: bytes.length };
    await inTransaction(world.db, (tx) => keepFile(tx, { ...facts, bytes }, world.now(), world.cipher));
    const asked = { institution: HERE, digest, kinds: ['records'] };
    const read = await readFile(world.db.prisma, asked, world.cipher);
    expect(Buffer.compare(read?.bytes ?? Buffer.alloc(0), bytes)).toBe(0);
    const key = `${digest}/0001`;
    const where = { institution_digest: { institution: HERE, digest: key } };
    const piece = await world.db.prisma.storedFile.findUniqueOrThrow({ where });
    const broken = Uint8Array.from(piece.bytes);
    broken[1000] = (broken[1000] ?? 0) ^ 1;
    const open = () => inTransaction(world.db, (tx) => openFile(tx, asked, world.cipher));
    await world.db.prisma.storedFile.update({ where, data: { bytes: broken } });
    await expect(readFile(world.db.prisma, asked, world.cipher)).rejects.toBeInstanceOf(FileAltered);
    await expect(open()).rejects.toBeInstanceOf(FileAltered);
    await world.db.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.storedFile.delete({ where });
    });
    await expect(readFile(world.db.prisma, asked, world.cipher)).rejects.toBeInstanceOf(FileAltered);
    await expect(open()).rejects.toBeInstanceOf(FileAltered);
  });

  it('is read piece by piece, as often as wanted, sealed or not, in pieces of today or of earlier versions', async () => {
    const { world } = test;
    const bytes = randomBytes(5 * 1024 * 1024 + 3);
    for (const kept of ['sealed', 'sealed in larger pieces', 'as it is'] as const) {
      const content = Buffer.concat([Buffer.from(kept), bytes]);
      const digest = createHash('sha256').update(content).digest('hex');
      const size = content.length;
      const facts = { institution: HERE, digest, kind: 'records', name: 'x', mediaType: 'text/csv', size };
      await inTransaction(world.db, async (tx) => {
        const cipher = kept === 'as it is' ? null : world.cipher;
        await keepFile(tx, { ...facts, bytes: content }, world.now(), cipher);
        if (kept !== 'sealed in larger pieces') return;
        // Nothing of the program deletes a file: what an earlier version left is put in place behind its back.
        await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
        await tx.storedFile.deleteMany({ where: { digest: { startsWith: `${digest}/` } } });
        for (const [n, from] of [0, 4 * 1024 * 1024].entries()) {
          const key = `${digest}/000${n}`;
          const box = world.cipher.sealBytes(content.subarray(from, from + 4 * 1024 * 1024), `${HERE}/${key}`);
          const row = { institution: HERE, digest: key, kind: 'piece', size: box.length, createdAt: world.now() };
          await tx.storedFile.create({ data: { ...row, bytes: Uint8Array.from(box) } });
        }
      });
      await inTransaction(world.db, async (tx) => {
        const open = (of: string, mostHeld?: number) =>
          openFile(tx, { institution: HERE, digest: of, kinds: ['records'] }, world.cipher, mostHeld);
        // A small file stays in memory; a large one is read anew each time.
        for (const mostHeld of [content.length, content.length - 1]) {
          const file = await open(digest, mostHeld);
          for (const _ of ['once', 'again']) {
            const pieces: Uint8Array[] = [];
            for await (const piece of file?.pieces() ?? []) pieces.push(piece);
            expect(Buffer.compare(Buffer.concat(pieces), content)).toBe(0);
          }
        }
        expect(await open('a'.repeat(64))).toBeNull();
        expect(await open(`${digest}/0000`)).toBeNull();
      });
    }
  });

  it('that is altered between its pieces is no bad table: the import fails and says what it is', async () => {
    const altered = async function* (): AsyncGenerator<Uint8Array> {
      yield records.subarray(0, 400);
      throw new FileAltered('a'.repeat(64));
    };
    const sound = async function* (): AsyncGenerator<Uint8Array> {
      yield records;
    };
    let pieces = sound;
    const limits = { name: 'x', maxBytes: 1e6, maxRows: 10 };
    const table = await openTable({ size: records.length, pieces: () => pieces() }, limits);
    pieces = altered;
    const reading = (async () => {
      for await (const _ of table.rows());
    })();
    await expect(reading).rejects.toBeInstanceOf(FileAltered);
  });
});
