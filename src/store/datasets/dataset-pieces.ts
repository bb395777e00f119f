// The rows of a dataset while it lives: some hundred in a sealed box, under a key of the dataset's own that is deleted with them (R18.1).
import { createHash } from 'node:crypto';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import { cipherOf, newContentKey } from '../../secrecy/keyed-marks.ts';
import type { Transaction } from '../database/transaction.ts';

/** Which dataset. */
export interface DatasetKeyed {
  readonly institution: string;
  readonly datasetId: string;
}

/** Rows in one box: a page of the API opens one or two. */
export const ROWS_OF_PIECE = 500;
const BOXES_AT_ONCE = 20;

const keyContext = ({ institution, datasetId }: DatasetKeyed) => `${institution}/dataset/${datasetId}/key`;
const pieceContext = ({ institution, datasetId }: DatasetKeyed, piece: number) =>
  `${institution}/dataset/${datasetId}/rows/${piece}`;

/**
 * Keeps the rows under a new key.
 * @returns SHA-256 (hex) over the digests of the pieces in plain
 */
export async function keepPieces(
  tx: Transaction,
  of: DatasetKeyed,
  rows: readonly (readonly string[])[],
  cipher: FieldCipher,
): Promise<string> {
  await dropPieces(tx, of);
  const key = newContentKey();
  await tx.datasetKey.create({ data: { ...of, box: cipher.seal(key, keyContext(of)) } });
  const own = cipherOf(key);
  const whole = createHash('sha256');
  let waiting: { institution: string; datasetId: string; piece: number; box: Uint8Array<ArrayBuffer> }[] = [];
  const flush = async () => {
    await tx.datasetPiece.createMany({ data: waiting });
    waiting = [];
  };
  for (let piece = 0; piece * ROWS_OF_PIECE < rows.length; piece++) {
    const part = rows.slice(piece * ROWS_OF_PIECE, (piece + 1) * ROWS_OF_PIECE);
    const plain = Buffer.from(JSON.stringify(part), 'utf8');
    whole.update(createHash('sha256').update(plain).digest());
    waiting.push({ ...of, piece, box: Uint8Array.from(own.sealBytes(plain, pieceContext(of, piece))) });
    if (waiting.length === BOXES_AT_ONCE) await flush();
  }
  if (waiting.length > 0) await flush();
  return whole.digest('hex');
}

/** Reads pieces of a dataset as long as it is there. */
export type PieceReader = (piece: number) => Promise<string[][] | null>;

/**
 * The reader of a dataset's pieces; null when it has no key (any more). A piece that is gone is null.
 * @param later what reads the pieces, when the transaction that asked for the key is over
 * @throws {Tampered} {WrongKey}
 */
export async function pieceReader(
  db: Pick<Transaction, 'datasetKey'>,
  later: Pick<Transaction, 'datasetPiece'>,
  of: DatasetKeyed,
  cipher: FieldCipher,
): Promise<PieceReader | null> {
  const { institution, datasetId } = of;
  const kept = await db.datasetKey.findUnique({ where: { institution_datasetId: { institution, datasetId } } });
  if (!kept) return null;
  const own = cipherOf(cipher.open(kept.box, keyContext(of)));
  return async (piece) => {
    const where = { institution_datasetId_piece: { institution, datasetId, piece } };
    const row = await later.datasetPiece.findUnique({ where, select: { box: true } });
    if (!row) return null;
    return JSON.parse(Buffer.from(own.openBytes(row.box, pieceContext(of, piece))).toString('utf8')) as string[][];
  };
}

/** What is there to destroy: how many boxes, and SHA-256 (hex) over their digests, sealed as they are. */
export interface KeptPieces {
  readonly pieces: number;
  readonly boxesDigest: string;
}

/** The boxes of a dataset as a certificate of their destruction names them. */
export async function keptPieces(tx: Transaction, { institution, datasetId }: DatasetKeyed): Promise<KeptPieces> {
  const digests = await tx.$queryRaw<{ digest: string }[]>`
    SELECT encode(sha256("box"), 'hex') AS "digest" FROM "DatasetPiece"
    WHERE "institution" = ${institution} AND "datasetId" = ${datasetId}::uuid ORDER BY "piece"`;
  const hash = createHash('sha256');
  for (const { digest } of digests) hash.update(Buffer.from(digest, 'hex'));
  return { pieces: digests.length, boxesDigest: hash.digest('hex') };
}

/**
 * Removes the rows of a dataset and the key that opens them. What the database's files still hold of either until their space is used
 * again opens nothing without the other, and the key without the key ring neither.
 */
export async function dropPieces(tx: Transaction, { institution, datasetId }: DatasetKeyed): Promise<void> {
  await tx.datasetKey.deleteMany({ where: { institution, datasetId } });
  await tx.datasetPiece.deleteMany({ where: { institution, datasetId } });
}
