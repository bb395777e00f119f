// Making an archive, sitting by sitting (R12.2): each is a transaction, so that a year of ten thousand records passes through in little memory.

import { gatherSubjects, movedSince } from '../../store/archive/archive-content.ts';
import { type ArchiveExport, beginAnew, findArchive, updateArchive } from '../../store/archive/archives.ts';
import { VERIFIER } from '../../store/archive/verifier-source.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { JobData } from '../../store/jobs.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import { missingRecords } from '../../store/responsibility/missing-records.ts';
import { lockLogHead, logSize } from '../../store/seals/log.ts';
import { FileAltered } from '../../store/stored-files.ts';
import type { World } from '../call.ts';
import type { JobWork, Piece, WaitedWork } from '../run-jobs.ts';
import { closeArchive } from './archive-close.ts';
import { writeFiles } from './archive-files.ts';
import { ArchiveBroken, type Making, writeRecords, writeRosters, writeSteps } from './archive-parts.ts';
import { keyNote } from './archive-secrets.ts';
import { archiveReadme } from './archive-texts.ts';
import { archiveWriter, WRITER_START, type WriterPosition } from './archive-writer.ts';

type Phase = 'records' | 'steps' | 'files' | 'close';

/** Where the making stands: how far the ZIP has come, how far the part at hand has, and how often it began. */
interface Position {
  readonly phase: Phase;
  readonly writer: WriterPosition;
  /** Leaves of the log when the gathering began. */
  readonly end: number;
  readonly after: string | null;
  readonly number: number;
  readonly tries: number;
}

/** A record that keeps moving is exported at another time. */
const MOST_TRIES = 5;

/** The context under which the key of the encrypted part is sealed while the archive is made. */
export const keyContext = (institution: string, id: string): string => `${institution}/archive/${id}/key`;

/** One sitting. What must not be sealed ends the archive with the reason; nothing of it is left but the row. */
const sit: JobWork = async (tx, world, job, position) => {
  const { archiveId } = job.input as { archiveId: string };
  const archive = await findArchive(tx, { institution: job.institution, id: archiveId });
  if (archive?.state !== 'building') return { done: 0, failed: 0, position: null };
  try {
    return await sitting(tx, world, archive, position as Position | null);
  } catch (error) {
    const failure =
      error instanceof ArchiveBroken
        ? error.failure
        : error instanceof FileAltered
          ? `file-altered ${error.digest}`
          : null;
    if (failure === null) throw error;
    await leaveUndone(tx, archive, failure);
    return { done: 0, failed: 1, position: null };
  }
};

/** The making of an archive. Whoever ordered one that cannot be made is told so, and may order it again. */
export const exportArchiveWork: WaitedWork = {
  piece: sit,
  async giveUp(tx, _world, job, error) {
    const { archiveId } = job.input as { archiveId: string };
    const archive = await findArchive(tx, { institution: job.institution, id: archiveId });
    if (archive?.state === 'building') await leaveUndone(tx, archive, `not-made ${error}`);
  },
};

async function leaveUndone(tx: Transaction, archive: ArchiveExport, failure: string): Promise<void> {
  await beginAnew(tx, archive);
  await updateArchive(tx, archive, { state: 'failed', failure, secretKeyBox: null });
}

async function sitting(
  tx: Transaction,
  world: World,
  archive: ArchiveExport,
  position: Position | null,
): Promise<Piece> {
  if (!position) return begin(tx, world, archive, 0);
  const writer = archiveWriter(tx, world, archive, position.writer);
  const making: Making = { tx, world, archive, writer, key: keyOf(world, archive), end: position.end };
  const go = async (next: Partial<Position>, done = 0): Promise<Piece> => {
    const to: Position = { ...position, ...next, writer: await writer.end() };
    return { done, failed: 0, position: to as unknown as JobData };
  };
  switch (position.phase) {
    case 'records': {
      const { after, written } = await writeRecords(making, position.after, position.number);
      const next = after === null ? { phase: 'steps' as const, after: '-1' } : { after, number: position.number + 1 };
      return go(next, written);
    }
    case 'steps': {
      const last = await writeSteps(making, Number(position.after));
      return go(last === null ? { phase: 'files', after: '' } : { after: String(last) });
    }
    case 'files': {
      const last = await writeFiles(making, position.after ?? '');
      if (last !== null) return go({ after: last });
      await writeRosters(making);
      return go({ phase: 'close', after: null });
    }
    case 'close': {
      await lockLogHead(tx, archive.institution);
      if (await movedSince(tx, archive, position.end)) {
        await beginAnew(tx, archive);
        const again = await begin(tx, world, archive, position.tries + 1);
        // What was counted once stays counted.
        return { ...again, done: 0 };
      }
      await refuseMissing(tx, archive);
      await closeArchive(making);
      return { done: 0, failed: 0, position: null };
    }
  }
}

/** What of a batch or a year steps are about must be there. @throws {ArchiveBroken} a record is not */
async function refuseMissing(tx: Transaction, archive: ArchiveExport): Promise<void> {
  const { institution, scope, subjectId, year, categories } = archive;
  if (scope === 'record') return;
  const batchId = scope === 'batch' ? subjectId : null;
  const [gone] = await missingRecords(tx, { institution, year: batchId === null ? year : null, batchId, categories });
  if (gone !== undefined) throw new ArchiveBroken('record-missing', gone);
}

/** Notes what the archive is about, and writes what does not depend on it. */
async function begin(tx: Transaction, world: World, archive: ArchiveExport, tries: number): Promise<Piece> {
  if (tries >= MOST_TRIES) throw new ArchiveBroken('moved-too-often', '');
  const { institution, id, title, scope, withSecrets, secretSalt } = archive;
  const end = await logSize(tx, institution);
  await gatherSubjects(tx, { institution, id }, archive);
  const writer = archiveWriter(tx, world, archive, WRITER_START);
  const name = (await findInstitution(tx, institution))?.name ?? institution;
  await writer.add('README.txt', archiveReadme({ title, institution: name, scope, withSecrets }));
  await writer.add('verifier/verify.mjs', Buffer.from(VERIFIER, 'utf8'));
  if (withSecrets) await writer.add('secret/key.json', Buffer.from(JSON.stringify(keyNote(secretSalt ?? '')), 'utf8'));
  const position: Position = { phase: 'records', writer: await writer.end(), end, after: null, number: 1, tries };
  return { done: 0, failed: 0, position: position as unknown as JobData };
}

function keyOf(world: World, { institution, id, secretKeyBox }: ArchiveExport): Uint8Array | null {
  return secretKeyBox === null
    ? null
    : Buffer.from(world.cipher.open(secretKeyBox, keyContext(institution, id)), 'hex');
}
