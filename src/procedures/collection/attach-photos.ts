// Attaching photos from an archive: each is found its person by file name, checked by content and kept by digest (R8.1).
import { createHash } from 'node:crypto';
import { readZip, type ZipFileEntry } from '../../files/zip.ts';
import { transitionViolations } from '../../regulation/lifecycle.ts';
import { hideIdentityNumbers } from '../../regulation/record/identity-text.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { learnFromLoad } from '../../store/database/fresh-plans.ts';
import { allDone, type Transaction } from '../../store/database/transaction.ts';
import { reviseRecords } from '../../store/records/record-versions.ts';
import { readRecords } from '../../store/records/records.ts';
import { keepSmallFiles, readFile } from '../../store/stored-files.ts';
import type { Call } from '../call.ts';
import { PHOTO_ARCHIVE } from '../files/file-kinds.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { notUploadedAs } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { loadBatch } from '../records/batch-work.ts';
import { commitFields } from '../records/commit-record.ts';
import type { PlainViolation } from '../records/record-results.ts';
import type { Subject } from '../statement.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { judgePhoto, type Photo } from './photo.ts';
import { type PhotoOwners, readPhotoOwners } from './photo-owners.ts';

/** Which batch, and the archive that was uploaded before. */
export type AttachPhotosInput = { institution: string; batchId: string; fileDigest: string };

/** A file of the archive that was not taken, and why. */
export type PhotoProblem = { entry: string; violations: readonly PlainViolation[] };

/** How many records have a new photo, and which files were not taken. */
export type AttachPhotosResult = { attached: number; problems: readonly PhotoProblem[] };

/** Photos that are kept together, and so many bytes of them: more are hardly faster, and two groups are in memory. */
const AT_ONCE = 500;
const BYTES_AT_ONCE = 4 * 1024 * 1024;

/**
 * Attaches the photos of an archive to the collected records of a batch (step `attach-photos`); a photo that a record has already is left.
 * Files are named by identity number, student number or certificate number.
 * @throws {Refused} the archive is unsafe or broken, or none of its photos can be taken. {NotFound} no such batch or file
 */
export function attachPhotos(call: Call, input: AttachPhotosInput): Promise<Performed<AttachPhotosResult>> {
  const { institution, batchId, fileDigest } = input;
  const { world } = call;
  return perform(call, 'attach-photos', institution, input, (tx) =>
    refusingBadFiles('file', async () => {
      const batch = await loadBatch(tx, institution, batchId);
      const target = await targetIn(tx, institution, batch.category);
      requireMayAct(call, 'attach-photos', target);
      await learnFromLoad(tx, 'DegreeRecord');
      const archive = await readFile(tx, { institution, digest: fileDigest, kinds: ['photos'] }, world.cipher);
      if (!archive) throw notUploadedAs('photos', 'fileDigest', fileDigest);
      const owners = await readPhotoOwners(tx, institution, batchId, world.blindIndex);
      const problems: PhotoProblem[] = [];
      const subjects: Subject[] = [];
      let writing: Promise<readonly Subject[]> = Promise.resolve([]);
      try {
        for await (const photos of photoGroups(readZip({ bytes: archive.bytes }, PHOTO_ARCHIVE), owners, problems)) {
          const write = await attach(tx, call, institution, photos, problems);
          subjects.push(...(await writing));
          // While the database writes these photos, the next are read and judged.
          writing = write();
          writing.catch(() => {}); // told by the next await
        }
        subjects.push(...(await writing));
      } catch (error) {
        // Where writing failed, that is why: whatever is asked after it in the same transaction fails, too.
        await writing;
        throw error;
      } finally {
        // What came after the rollback would be done outside the transaction.
        await Promise.allSettled([writing]);
      }
      const attached = subjects.length;
      return {
        target,
        violations: attached > 0 ? [] : ofEntries(problems),
        subjects,
        facts: { batchId, category: batch.category, attached, refused: problems.length },
        files: [fileDigest],
        save: async () => ({ attached, problems }),
      };
    }),
  );
}

/** Photos that are good by themselves and belong to somebody, some hundred at a time; the others become problems. */
async function* photoGroups(
  entries: AsyncIterable<ZipFileEntry>,
  owners: PhotoOwners,
  problems: PhotoProblem[],
): AsyncGenerator<Photo[]> {
  let group: Photo[] = [];
  let size = 0;
  for await (const { name, bytes } of entries) {
    const bad = judgePhoto(name, bytes);
    const owner = owners.find(name, bad.length === 0);
    const violations = [...owner.violations, ...bad];
    if (violations.length > 0 || owner.recordId === null) {
      // Photos are often named by identity numbers, and the answer is kept for a retry (R21.1).
      problems.push({ entry: hideIdentityNumbers(name), violations });
      continue;
    }
    const digest = createHash('sha256').update(bytes).digest('hex');
    group.push({ entry: name, recordId: owner.recordId, bytes, digest });
    size += bytes.length;
    if (group.length < AT_ONCE && size < BYTES_AT_ONCE) continue;
    yield group;
    group = [];
    size = 0;
  }
  if (group.length > 0) yield group;
}

/** Reads the records of these photos; gives what keeps the photos and gives their records a new version. */
async function attach(
  tx: Transaction,
  { world }: Call,
  institution: string,
  photos: readonly Photo[],
  problems: PhotoProblem[],
): Promise<() => Promise<readonly Subject[]>> {
  const byRecord = new Map(photos.map((photo) => [photo.recordId, photo]));
  const records = await readRecords(tx, institution, { id: { in: [...byRecord.keys()] } }, world.cipher);
  const open = records.filter(({ row }) => {
    const violations = transitionViolations('attach-photos', row.state as RecordState);
    if (violations.length > 0)
      problems.push({ entry: hideIdentityNumbers(byRecord.get(row.id)?.entry ?? ''), violations });
    return violations.length === 0 && byRecord.get(row.id)?.digest !== row.photoDigest;
  });
  const at = world.now();
  const files = open.flatMap(({ row }) => {
    const photo = byRecord.get(row.id);
    if (!photo) return [];
    const { digest, bytes } = photo;
    const name = `${row.certificateNumber}.jpg`;
    return { institution, digest, kind: 'photo', name, mediaType: 'image/jpeg', size: bytes.length, bytes };
  });
  const revisions = open.map(({ row, fields }) => {
    const next = { ...fields, photoDigest: byRecord.get(row.id)?.digest ?? null };
    return { row, fields: next, before: fields, committed: commitFields(next) };
  });
  return async () => {
    const kept = keepSmallFiles(tx, files, at);
    const [, subjects] = await allDone(kept, reviseRecords(tx, institution, revisions, at, world));
    return subjects;
  };
}

/** Why nothing could be attached, file by file. */
function ofEntries(problems: readonly PhotoProblem[]): Violation[] {
  if (problems.length === 0) return [violation('nothing-to-do', 'file', { found: '0', expected: '≥ 1' })];
  return problems
    .slice(0, 200)
    .flatMap(({ entry, violations }) => violations.map((broken) => ({ ...broken, path: `${entry}:${broken.path}` })));
}
