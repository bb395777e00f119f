// R4.2, R21.1: the same bytes may be several things. Each upload is judged by its own kind, each use asks for the kind that it needs,
// nobody learns of what others gave, and what is secret as one kind is kept sealed for all.
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOfFile } from '../../../src/procedures/archive/archive-files.ts';
import { FILE_KINDS, type FileKind } from '../../../src/procedures/files/file-kinds.ts';
import { storeFile } from '../../../src/procedures/files/store-file.ts';
import { missingFile } from '../../../src/procedures/files/uploaded-as.ts';
import { fileAs, findVisibleFile } from '../../../src/procedures/files/visible-files.ts';
import { runDueJobs } from '../../../src/procedures/run-jobs.ts';
import { checkKeyRing } from '../../../src/procedures/secrecy/check-key-ring.ts';
import { reencryptSecrets } from '../../../src/procedures/secrecy/re-encrypt.ts';
import { confirmOnPaper } from '../../../src/procedures/student/confirm-on-paper.ts';
import { storeStudentFile } from '../../../src/procedures/student/student-upload.ts';
import { makeKeyRing } from '../../../src/secrecy/key-ring.ts';
import { withNewKey } from '../../../src/secrecy/rotation.ts';
import { inTransaction } from '../../../src/store/database/transaction.ts';
import { findFile } from '../../../src/store/kept-files.ts';
import { keepFile, readBytes, readFile } from '../../../src/store/stored-files.ts';
import { makeArchive, ORDER } from '../../support/archives.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { photoJpeg, scanPdf } from '../../support/sample-files.ts';
import { refusal } from '../../support/stages.ts';
import { studentOfRecord } from '../../support/student.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 2);
});
afterAll(() => test.close());

const MB = 1024 * 1024;
const db = () => test.world.db.prisma;
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const store = (as: string, kind: FileKind, bytes: Uint8Array, name = 'a.pdf') =>
  storeFile(test.callAs(as), { institution: HERE, kind, name, bytes });
const bytesOf = (digest: string) => db().storedFile.findFirstOrThrow({ where: { institution: HERE, digest } });
const read = (digest: string) => readBytes(db(), HERE, digest, test.world.cipher);
const as = (digest: string, kind: FileKind) => findFile(db(), { institution: HERE, digest, kinds: [kind] });

/** Who may upload which PDF. */
const PDFS = {
  evidence: 'jiaowu.cai',
  decision: 'sheng.shen',
  'resolution-scan': 'xuewei.guan',
  'delivery-proof': 'xuewei.guan',
  declassification: 'jiaowu.cai',
} as const satisfies Partial<Record<FileKind, string>>;

describe('The same bytes as several kinds', () => {
  it('are taken by each with the same answer, kept once, sealed once one of them is secret, and read as each', async () => {
    const bytes = scanPdf('many things');
    const digest = digestOf(bytes);
    const answers: object[] = [];
    for (const [kind, officer] of Object.entries(PDFS)) answers.push(await store(officer, kind as FileKind, bytes));
    const student = await studentOfRecord(test, batch.recordIds[0] ?? '');
    answers.push({ ...(await storeStudentFile(student, { name: 'b.pdf', bytes })), simulated: false });
    const same = { digest, mediaType: 'application/pdf', size: bytes.length, simulated: false };
    expect(answers).toEqual(answers.map(() => same));
    expect(await db().storedFile.count({ where: { digest } })).toBe(1);
    expect((await bytesOf(digest)).bytes).toHaveLength(0);
    for (const kind of [...Object.keys(PDFS), 'student-evidence'] as FileKind[]) {
      const whole = await readFile(db(), { institution: HERE, digest, kinds: [kind] }, test.world.cipher);
      expect(whole?.kind).toBe(kind);
      expect(Buffer.from(whole?.bytes ?? []).equals(bytes)).toBe(true);
    }
    expect(await as(digest, 'policy-basis')).toBeNull();
  });

  it('each upload is judged by the rules of its own kind, whatever the bytes passed for before', async () => {
    const photo = photoJpeg('evidence');
    await store('jiaowu.cai', 'evidence', photo);
    expect((await refusal(store('sheng.shen', 'decision', photo))).codes).toEqual(['file-wrong-type']);
    const large = scanPdf('large'.padEnd(6 * MB));
    await store('jiaowu.cai', 'evidence', large);
    expect((await refusal(store('jiaowu.cai', 'declassification', large))).codes).toEqual(['file-too-large']);
    const student = await studentOfRecord(test, batch.recordIds[0] ?? '');
    expect((await refusal(storeStudentFile(student, { name: 'a', bytes: large }))).codes).toEqual(['file-too-large']);
    expect([await as(digestOf(photo), 'decision'), await as(digestOf(large), 'declassification')]).toEqual([
      null,
      null,
    ]);
    expect((await refusal(store('jiaowu.cai', 'decision', photo))).kind).toBe('Forbidden');
  });

  it('a secret upload of bytes that were kept plain seals them, and they go over to a new key with everything else', async () => {
    const bytes = scanPdf('plain first'.padEnd(3 * MB));
    const { digest } = await store('jiaowu.cai', 'evidence', bytes);
    expect((await bytesOf(digest)).bytes).toHaveLength(bytes.length);
    await store('jiaowu.cai', 'declassification', bytes);
    expect((await bytesOf(digest)).bytes).toHaveLength(0);
    await store('xuewei.guan', 'delivery-proof', bytes);
    expect((await bytesOf(digest)).bytes).toHaveLength(0);
    const start = async () => {
      const ring = makeKeyRing(test.ring());
      if (!ring) throw new Error('the key ring is malformed');
      await checkKeyRing(test.world.db, ring, test.world.now());
    };
    await start();
    const before = await db().storedFile.findMany({ where: { digest: { startsWith: `${digest}/` } } });
    expect(before).toHaveLength(4);
    test.useRing(withNewKey(test.ring(), 'field', true).content);
    await start();
    await reencryptSecrets(test.callAs('xuewei.guan'), { institution: HERE });
    await runDueJobs(test.world);
    const after = await db().storedFile.findMany({ where: { digest: { startsWith: `${digest}/` } } });
    const keyOf = (box: Uint8Array) => Buffer.from(box.subarray(1, 1 + (box[0] ?? 0))).toString();
    expect(new Set([...before, ...after].map((piece) => keyOf(piece.bytes))).size).toBe(2);
    expect(Buffer.from((await read(digest)) ?? []).equals(bytes)).toBe(true);
  });
});

describe('Each use asks for the kind that it needs', () => {
  it('what was uploaded as evidence proves no signature on paper until it is uploaded as that, too', async () => {
    const bytes = scanPdf('signed');
    const { digest } = await store('jiaowu.cai', 'evidence', bytes);
    const of = { institution: HERE, kind: 'record', id: batch.recordIds[1] ?? '', expectedVersion: 1 } as const;
    const confirm = () => confirmOnPaper(test.callAs('jiaowu.cai'), { ...of, fileDigest: digest });
    expect((await refusal(confirm())).codes).toEqual(['file-missing']);
    await store('jiaowu.cai', 'student-evidence', bytes);
    expect(await confirm()).toMatchObject({ stepId: expect.any(String) });
  });

  it('the refusal says as what the officer uploaded it, and nothing of what others did', async () => {
    const bytes = scanPdf('whose');
    const { digest } = await store('jiaowu.cai', 'evidence', bytes);
    const found = (officer: string, of = digest) =>
      inTransaction(test.world.db, async (tx) => {
        const needed = { institution: HERE, path: 'x', digest: of, kind: 'policy-basis', article: '24' } as const;
        return (await missingFile(tx, test.callAs(officer), needed)).map((broken) => broken.found);
      });
    expect(await found('jiaowu.cai')).toEqual(['evidence 证明材料 (evidence)']);
    const nothing = digestOf(Buffer.from('never uploaded'));
    expect(await found('xuewei.guan')).toEqual([digest]);
    expect(await found('xuewei.guan', nothing)).toEqual([nothing]);
  });
});

describe('Nobody learns of what others gave', () => {
  it('the name of another upload is shown to nobody: one’s own in one’s own work, in downloads none', async () => {
    const bytes = scanPdf('named');
    const { digest } = await store('jiaowu.cai', 'evidence', bytes, '张三的处分决定.pdf');
    await store('yanjiu.cai', 'evidence', bytes, '附件一.pdf');
    const nameFor = async (officer: string) => {
      const by = `officer/${test.callAs(officer).actor.officerId}` as const;
      return (await findFile(db(), { institution: HERE, digest, kinds: ['evidence'], by }))?.name;
    };
    expect(await nameFor('jiaowu.cai')).toBe('张三的处分决定.pdf');
    expect(await nameFor('yanjiu.cai')).toBe('附件一.pdf');
    const neutral = `${digest.slice(0, 12)}.pdf`;
    expect(await nameFor('jixu.cai')).toBe(neutral);
    expect((await fileAs(db(), { institution: HERE, digest, kind: 'evidence' }))?.name).toBe(`证明材料-${neutral}`);
  });

  it('uploading known bytes opens no use of others: a photo stays with those who see its record', async () => {
    const record = await db().degreeRecord.findFirstOrThrow({ where: { id: batch.recordIds[0] ?? '' } });
    const digest = record.photoDigest ?? expect.fail();
    const sees = async (officer: string) =>
      (await findVisibleFile(test.world, test.callAs(officer).actor, { institution: HERE, digest }))?.kind ?? null;
    expect([await sees('jiaowu.cai'), await sees('yanjiu.cai')]).toEqual(['photo', null]);
    const bytes = (await read(digest)) ?? expect.fail();
    await store('yanjiu.cai', 'evidence', bytes);
    expect([await sees('jiaowu.cai'), await sees('yanjiu.cai')]).toEqual(['photo', null]);
    const ofKind = { institution: HERE, digest, kind: 'evidence' } as const;
    expect(await findVisibleFile(test.world, test.callAs('jiaowu.cai').actor, ofKind)).toBeNull();
  });
});

describe('Article 12: what an archive holds of them', () => {
  it('a photo that a student handed in as evidence is sealed in the register and still the photo of the archive', async () => {
    const record = await db().degreeRecord.findFirstOrThrow({ where: { id: batch.recordIds[1] ?? '' } });
    const digest = record.photoDigest ?? expect.fail();
    const student = await studentOfRecord(test, record.id);
    await storeStudentFile(student, { name: '照片.jpg', bytes: (await read(digest)) ?? expect.fail() });
    expect((await bytesOf(digest)).bytes).toHaveLength(0);
    const { id: archiveId } = await makeArchive(test, { ...ORDER, batchId: batch.batchId });
    const entries = await db().archiveEntry.findMany({ where: { archiveId, path: { contains: digest } } });
    expect(entries.map(({ path }) => path)).toEqual([`files/${digest}.jpg`]);
  });

  it('what a step rests on goes by the strictest rule of all that it was given as', () => {
    const line = { digest: 'd', mediaType: 'application/pdf', size: 1, passing: false, photo: false };
    const rules = { withSecrets: false, onePerson: false, wholeHouse: true };
    const place = (kinds: string[], more: object = {}, of: object = {}) =>
      placeOfFile({ ...line, kinds, ...of }, { ...rules, ...more });
    expect(place(['evidence'])).toEqual({ path: 'files/d.pdf', secret: false });
    expect(place(['evidence', 'student-evidence'])).toEqual({ reason: 'secret' });
    expect(place(['evidence', 'student-evidence'], { withSecrets: true })).toMatchObject({ secret: true });
    expect(place(['code-table', 'roster'], { onePerson: true })).toEqual({ reason: 'holds-other-people' });
    expect(place(['code-table', 'roster'], { wholeHouse: false })).toEqual({ reason: 'holds-other-categories' });
    expect(place(['photo', 'student-evidence'], {}, { photo: true })).toMatchObject({ secret: false });
  });
});

describe('Whatever comes in which order', () => {
  it('bytes are kept once, as what they were given and nothing else, and sealed from the first secret kind on', async () => {
    const KINDS = ['evidence', 'records', 'declassification', 'decision'] as const;
    const upload = fc.record({ of: fc.nat(2), kind: fc.constantFrom(...KINDS), by: fc.constantFrom('a', 'b') });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(upload, { minLength: 1, maxLength: 8 }), async (uploads) => {
        run++;
        const { world } = test;
        const contents = [0, 1, 2].map((at) => Buffer.from(`run ${run}, file ${at}`));
        for (const [at, { of, kind, by }] of uploads.entries()) {
          const bytes = contents[of] ?? expect.fail();
          const facts = { institution: HERE, digest: digestOf(bytes), kind, name: `${at}`, mediaType: 'text/csv' };
          const cipher = FILE_KINDS[kind].secret ? world.cipher : null;
          await inTransaction(world.db, (tx) =>
            keepFile(tx, { ...facts, size: bytes.length, bytes }, world.now(), cipher, `officer/${by}`),
          );
        }
        for (const [of, bytes] of contents.entries()) {
          const digest = digestOf(bytes);
          const given = uploads.flatMap((each, at) => (each.of === of ? [{ ...each, at }] : []));
          const kept = await db().storedFile.findMany({ where: { digest } });
          expect(kept).toHaveLength(given.length === 0 ? 0 : 1);
          if (kept[0]) {
            const secret = given.some(({ kind }) => FILE_KINDS[kind].secret);
            expect(kept[0].bytes.length).toBe(secret ? 0 : bytes.length);
            expect(Buffer.from((await read(digest)) ?? []).equals(bytes)).toBe(true);
          }
          for (const kind of KINDS) {
            for (const by of ['a', 'b']) {
              const own = given.find((each) => each.kind === kind && each.by === by);
              const asked = { institution: HERE, digest, kinds: [kind], by: `officer/${by}` } as const;
              const file = await findFile(db(), asked);
              expect(file !== null).toBe(given.some((each) => each.kind === kind));
              if (own) expect(file?.name).toBe(`${own.at}`);
            }
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});
