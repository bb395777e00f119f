// Exports: who took which records for what, and the sealed pieces of the file for as long as it is kept (R7.1, R21.1).
import type { RecordExport } from '../../generated/prisma/client.ts';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import { executeOn, queryOn } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

export type { RecordExport };

/** Bytes of a piece before it is sealed. */
const PIECE = 1024 * 1024;

const contextOf = (institution: string, exportId: string, piece: number): string =>
  `${institution}/export/${exportId}/${piece}`;

/** Adds an export. */
export async function insertExport(
  tx: Transaction,
  row: Omit<RecordExport, 'selection'> & { readonly selection: object },
): Promise<void> {
  await tx.recordExport.create({ data: row });
}

/** By the connection itself: Prisma would have every box sent back. */
const INSERT_PIECE = `INSERT INTO "ExportPiece" ("institution", "exportId", "piece", "box") VALUES ($1, $2::uuid, $3, $4::bytea)`;

/** Seals the bytes as they come, a mebibyte at a time: nothing of them is kept open, on no disk. */
export async function keepExportPieces(
  tx: Transaction,
  of: { readonly institution: string; readonly id: string },
  bytes: AsyncIterable<Uint8Array>,
  cipher: FieldCipher,
): Promise<void> {
  const { institution, id: exportId } = of;
  let piece = 0;
  let waiting: Uint8Array[] = [];
  let size = 0;
  const seal = async (): Promise<void> => {
    const box = cipher.sealBytes(Buffer.concat(waiting), contextOf(institution, exportId, piece));
    await executeOn(tx, INSERT_PIECE, [institution, exportId, piece, box]);
    piece++;
    waiting = [];
    size = 0;
  };
  for await (const part of bytes) {
    for (let at = 0; at < part.length; ) {
      const taken = part.subarray(at, at + PIECE - size);
      waiting.push(Uint8Array.from(taken));
      size += taken.length;
      at += taken.length;
      if (size === PIECE) await seal();
    }
  }
  if (size > 0) await seal();
}

/** The bytes of an export, piece by piece. @throws {Tampered} {WrongKey} from the cipher */
export async function* exportBytes(
  db: Pick<Transaction, 'exportPiece'>,
  { institution, id: exportId }: { readonly institution: string; readonly id: string },
  cipher: FieldCipher,
): AsyncGenerator<Uint8Array> {
  for (let piece = 0; ; piece++) {
    const where = { institution_exportId_piece: { institution, exportId, piece } };
    const row = await db.exportPiece.findUnique({ where, select: { box: true } });
    if (!row) return;
    yield cipher.openBytes(row.box, contextOf(institution, exportId, piece));
  }
}

/** Removes the sealed pieces of exports of an institution that have expired. */
export async function forgetExpired(tx: Transaction, institution: string, at: Date): Promise<void> {
  const sql = `DELETE FROM "ExportPiece" p USING "RecordExport" e WHERE p."institution" = $1
    AND e."institution" = p."institution" AND e."id" = p."exportId" AND e."expiresAt" <= $2`;
  await queryOn(tx, sql, [institution, at.toISOString()]);
}
