// Writing an archive's ZIP in several sittings: each sitting is one transaction, and what it wrote is there or not at all.
import { createHash } from 'node:crypto';
import { type ZipPart, zipPart } from '../../files/zip-parts.ts';
import { type ArchiveEntryRow, type ArchiveKey, insertEntries, insertPiece } from '../../store/archive/archives.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { World } from '../call.ts';

/** How far the ZIP has come: bytes, pieces and members so far. */
export type WriterPosition = { offset: number; pieces: number; entries: number };

/** Where a ZIP begins. */
export const WRITER_START: WriterPosition = { offset: 0, pieces: 0, entries: 0 };

/** Takes members one by one; {@link ArchiveWriter.end} keeps what is left. */
export interface ArchiveWriter {
  /** Adds a member. @param stored what does not get smaller */
  add(path: string, bytes: Uint8Array, stored?: boolean): Promise<void>;
  /** Adds bytes behind the members: the table of contents. */
  append(bytes: Uint8Array): Promise<void>;
  end(): Promise<WriterPosition>;
}

/** Bytes of a sealed piece. */
const PIECE = 1024 * 1024;

/** Goes on writing where the last sitting ended. */
export function archiveWriter(
  tx: Transaction,
  world: Pick<World, 'cipher'>,
  key: ArchiveKey,
  from: WriterPosition,
): ArchiveWriter {
  const position = { ...from };
  let waiting: Uint8Array[] = [];
  let size = 0;
  let rows: ArchiveEntryRow[] = [];
  const flush = async (): Promise<void> => {
    if (size === 0) return;
    await insertPiece(tx, key, position.pieces, Buffer.concat(waiting), world.cipher);
    position.pieces += 1;
    waiting = [];
    size = 0;
  };
  const append = async (bytes: Uint8Array): Promise<void> => {
    for (let at = 0; at < bytes.length; ) {
      const taken = bytes.subarray(at, at + PIECE - size);
      waiting.push(taken);
      size += taken.length;
      at += taken.length;
      if (size === PIECE) await flush();
    }
    position.offset += bytes.length;
  };
  const keepRows = async (): Promise<void> => {
    if (rows.length === 0) return;
    await insertEntries(tx, key, position.entries, rows);
    position.entries += rows.length;
    rows = [];
  };
  return {
    async add(path, bytes, stored = false) {
      const { bytes: pieces, part } = await zipPart(path, bytes, position.offset, stored);
      rows.push({ ...part, digest: createHash('sha256').update(bytes).digest('hex') });
      for (const piece of pieces) await append(piece);
      if (rows.length >= 500) await keepRows();
    },
    append,
    async end() {
      await flush();
      await keepRows();
      return { ...position };
    },
  };
}

/** A kept member as the table of contents of the ZIP names it. */
export function toPart({ digest: _, method, ...row }: ArchiveEntryRow): ZipPart {
  return { ...row, method: method === 8 ? 8 : 0 };
}
