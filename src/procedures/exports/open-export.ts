// Fetching the file of an export: only who made it, only while it is kept, only if it is the file that was sealed (R21.1).
import { createHash } from 'node:crypto';
import { mayAct } from '../../regulation/duties.ts';
import { violation } from '../../regulation/violations.ts';
import { Tampered } from '../../secrecy/secret-problems.ts';
import { exportBytes, type RecordExport } from '../../store/exports/exports.ts';
import { FileAltered } from '../../store/stored-files.ts';
import type { Actor, World } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { targetIn } from '../target.ts';

/** The file, read from its beginning each time. */
export interface OpenedExport {
  readonly row: RecordExport;
  bytes(): AsyncIterable<Uint8Array>;
}

/**
 * Opens the file of an export.
 * @param actor null for the holder of a signed link, for whom this was asked when the link was made
 * @throws {NotFound} no such export, or made by somebody else. {Refused} it has expired. {FileAltered}
 */
export async function openExport(
  world: World,
  actor: Actor | null,
  key: { readonly institution: string; readonly id: string },
): Promise<OpenedExport> {
  const db = world.db.prisma;
  const row = await db.recordExport.findUnique({ where: { institution_id: key } });
  if (!row) throw new NotFound('export', key.id);
  if (actor !== null) {
    const { institution, provincialOfficeId } = await targetIn(db, key.institution);
    const may = mayAct(actor, 'export-records', { institution, provincialOfficeId }).length === 0;
    const own = row.createdById === actor.officerId && may;
    if (!own) throw new NotFound('export', key.id);
  }
  if (row.expiresAt <= world.now()) {
    throw new Refused([violation('export-expired', 'export', { expected: row.expiresAt.toISOString() })]);
  }
  const bytes = (): AsyncIterable<Uint8Array> => exportBytes(db, key, world.cipher);
  if ((await digestOf(bytes())) !== row.fileDigest) throw new FileAltered(row.fileDigest);
  return { row, bytes };
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
