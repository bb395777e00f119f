// Fetching the file of an archive: only who may export such a one, only what was sealed, and every time it is kept who did (R21.1).
import { createHash } from 'node:crypto';
import { ARCHIVE_STATES, type ArchiveState } from '../../regulation/archives.ts';
import { violation } from '../../regulation/violations.ts';
import { Tampered } from '../../secrecy/secret-problems.ts';
import { type ArchiveExport, type ArchiveKey, archiveBytes, insertDownload } from '../../store/archive/archives.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { FileAltered } from '../../store/stored-files.ts';
import type { Actor, World } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { archiveScope, mayFetchArchive } from './archive-access.ts';

/** The file, read from its beginning each time. */
export interface OpenedArchive {
  readonly row: ArchiveExport & { readonly fileDigest: string };
  bytes(): AsyncIterable<Uint8Array>;
}

/**
 * Opens the file of an archive and notes who did.
 * @param actor the officer who fetches it, by a session or by a link made for them
 * @throws {NotFound} no such archive, or none of theirs. {Refused} it is not sealed (yet). {FileAltered}
 */
export async function openArchive(world: World, actor: Actor, { institution, id }: ArchiveKey): Promise<OpenedArchive> {
  const db = world.db.prisma;
  const row = await db.archiveExport.findFirst({ where: { AND: [archiveScope(actor), { institution, id }] } });
  if (!row || !mayFetchArchive(actor, row)) throw new NotFound('archive', id);
  if (row.state !== 'done' || row.fileDigest === null) {
    const found = ARCHIVE_STATES[row.state as ArchiveState].zh;
    throw new Refused([violation('archive-not-sealed', 'archive', { found, expected: ARCHIVE_STATES.done.zh })]);
  }
  const { fileDigest } = row;
  const bytes = (): AsyncIterable<Uint8Array> => archiveBytes(db, row, world.cipher);
  if ((await digestOf(bytes())) !== fileDigest) throw new FileAltered(fileDigest);
  await insertDownload(db, { institution, id: uuidv7(), archiveId: id, officerId: actor.officerId, at: world.now() });
  return { row: { ...row, fileDigest }, bytes };
}

/** SHA-256 in hex; null when a sealed piece was altered. */
async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const piece of bytes) hash.update(piece);
  } catch (error) {
    if (error instanceof Tampered) return null;
    throw error;
  }
  return hash.digest('hex');
}
