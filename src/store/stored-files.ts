// Files by their SHA-256. Files that carry identity numbers, phones or e-mails are kept sealed, piece by piece (R21.1).
import { createHash } from 'node:crypto';
import type { FieldCipher } from '../secrecy/field-cipher.ts';
import { Tampered } from '../secrecy/secret-problems.ts';
import { insertRows } from './database/bulk.ts';
import { executeOn, queryOn } from './database/own-connection.ts';
import type { Transaction } from './database/transaction.ts';
import { type AskedFile, type FileFacts, findFile, type Giver, noteGiven } from './kept-files.ts';

/** A file with its bytes in plain. */
export interface WholeFile extends FileFacts {
  readonly bytes: Uint8Array;
}

/** The kept bytes are not those whose digest was registered: they are never used or served. */
export class FileAltered extends Error {
  override readonly name = 'FileAltered';
  readonly digest: string;
  constructor(digest: string) {
    super('a stored file is not what was registered');
    this.digest = digest;
  }
}

/** Bytes of a piece. Files of earlier versions are kept in larger ones. */
const PIECE = 1024 * 1024;
const PIECE_KIND = 'piece';
const FILE_KIND = 'file';

const COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'digest', type: 'text' },
  { name: 'kind', type: 'text' },
  { name: 'size', type: 'int' },
  { name: 'bytes', type: 'bytea' },
  { name: 'createdAt', type: 'timestamptz' },
] as const;

const INSERT = `INSERT INTO "StoredFile" (${COLUMNS.map(({ name }) => `"${name}"`).join(', ')})
  VALUES ($1, $2, $3, $4, $5::bytea, $6::timestamptz) ON CONFLICT DO NOTHING`;

// Key by key, so that the database goes by the index also while it has no statistics: photos come by the thousand into an empty table.
const KEPT = `SELECT k."digest" FROM unnest($2::text[]) AS k("digest") CROSS JOIN LATERAL (
  SELECT FROM "StoredFile" s WHERE s."institution" = $1 AND s."digest" = k."digest" OFFSET 0) s`;

const pieceKey = (digest: string, piece: number): string => `${digest}/${String(piece).padStart(4, '0')}`;

/** Whether bytes with this digest are kept, as whatever they came. */
export async function isKept(
  tx: Pick<Transaction, 'storedFile'>,
  institution: string,
  digest: string,
): Promise<boolean> {
  return (await tx.storedFile.count({ where: { institution, digest, kind: FILE_KIND } })) > 0;
}

/**
 * Keeps a file as what it was given: its bytes once, whatever else they are. Who gives what others have given gets the same answer.
 * @param cipher given for a file that holds secret fields: its bytes are sealed in pieces of 1 MiB, each a row of its own. What is secret
 * as one kind is kept sealed for all: bytes that were kept plain are sealed now, and what is sealed stays so
 */
export async function keepFile(
  tx: Transaction,
  file: WholeFile,
  at: Date,
  cipher: FieldCipher | null,
  by: Giver = 'register',
): Promise<void> {
  await keepBytes(tx, file, at, cipher);
  await noteGiven(tx, [file], by, at);
}

async function keepBytes(tx: Transaction, file: WholeFile, at: Date, cipher: FieldCipher | null): Promise<void> {
  const { institution, digest, size, bytes } = file;
  const key = [institution, digest];
  if (!(await isKept(tx, institution, digest))) {
    const kept = cipher ? Buffer.alloc(0) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const added = await executeOn(tx, INSERT, [...key, FILE_KIND, size, kept, at]);
    if (added > 0 && cipher) await keepPieces(tx, file, at, cipher);
    if (added > 0) return;
  }
  if (!cipher) return;
  // Locked, so that of two who give it at once one seals it.
  const sql = `SELECT octet_length("bytes") = "size" AND "size" > 0 AS "plain" FROM "StoredFile" WHERE "institution" = $1 AND "digest" = $2 FOR UPDATE`;
  const [row] = await queryOn<{ plain: boolean }>(tx, sql, key);
  if (!row?.plain) return;
  await keepPieces(tx, file, at, cipher);
  await executeOn(tx, `UPDATE "StoredFile" SET "bytes" = '' WHERE "institution" = $1 AND "digest" = $2`, key);
}

async function keepPieces(tx: Transaction, file: WholeFile, at: Date, cipher: FieldCipher): Promise<void> {
  const { institution, digest, bytes } = file;
  for (let piece = 0; piece * PIECE < bytes.length; piece++) {
    const key = pieceKey(digest, piece);
    const box = cipher.sealBytes(bytes.subarray(piece * PIECE, (piece + 1) * PIECE), `${institution}/${key}`);
    await executeOn(tx, INSERT, [institution, key, PIECE_KIND, box.length, box, at]);
  }
}

type Reads = Pick<Transaction, 'storedFile'>;

/**
 * A file that was given as one of these kinds, with its bytes; null when it was not.
 * @throws {FileAltered} the bytes do not have the digest, or a sealed piece was altered; {WrongKey} from the cipher
 */
export async function readFile(
  tx: Reads & Pick<Transaction, 'keptFile'>,
  asked: AskedFile,
  cipher: FieldCipher,
): Promise<WholeFile | null> {
  const file = await findFile(tx, asked);
  const bytes = file && (await readBytes(tx, asked.institution, asked.digest, cipher));
  return file && bytes && { ...file, bytes };
}

/**
 * The bytes with this digest as whatever they came, put together again if they were sealed in pieces; null when there are none. For who knows
 * already that they are what he needs.
 * @throws {FileAltered} the bytes do not have the digest, or a sealed piece was altered; {WrongKey} from the cipher
 */
export async function readBytes(
  tx: Reads,
  institution: string,
  digest: string,
  cipher: FieldCipher,
): Promise<Uint8Array | null> {
  const where = { institution, digest, kind: FILE_KIND };
  const kept = await tx.storedFile.findFirst({ where, select: { size: true } });
  if (!kept) return null;
  const read = async (key: string): Promise<Uint8Array | undefined> => {
    const where = { institution_digest: { institution, digest: key } };
    return (await tx.storedFile.findUnique({ where, select: { bytes: true } }))?.bytes;
  };
  const pieces: Uint8Array[] = [];
  for await (const piece of piecesOf({ institution, digest, size: kept.size }, read, cipher)) pieces.push(piece);
  const bytes = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  if (createHash('sha256').update(bytes).digest('hex') !== digest) throw new FileAltered(digest);
  return bytes;
}

/**
 * The first of these files whose kept bytes are not what was registered, or that is gone; null when all are whole. The database does the
 * hashing, so that no file travels; whoever then sends one reads it by {@link readFile}, which hashes again. Sealed files are read here.
 */
export async function firstAltered(
  tx: Pick<Transaction, 'storedFile' | '$queryRaw'>,
  institution: string,
  digests: readonly string[],
  cipher: FieldCipher,
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ digest: string; plain: boolean; whole: boolean }[]>`
    SELECT "digest", octet_length("bytes") = "size" AS "plain", encode(sha256("bytes"), 'hex') = "digest" AS "whole"
    FROM "StoredFile" WHERE "institution" = ${institution} AND "kind" <> ${PIECE_KIND} AND "digest" = ANY(${[...digests]})`;
  const found = new Map(rows.map((row) => [row.digest, row]));
  for (const digest of digests) {
    const row = found.get(digest);
    if (!row || (row.plain && !row.whole)) return digest;
    // Throws by itself when a piece was altered.
    if (!row.plain) await readBytes(tx, institution, digest, cipher);
  }
  return null;
}

/** The bytes of those of these files that are kept plain and whole, in one statement; the caller compares them with their digests. */
export async function plainBytes(
  tx: Transaction,
  institution: string,
  digests: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const sql = `SELECT "digest", "bytes" FROM "StoredFile" WHERE "institution" = $1 AND "digest" = ANY($2::text[])
    AND octet_length("bytes") = "size"`;
  const rows = await queryOn<{ digest: string; bytes: Uint8Array }>(tx, sql, [institution, [...digests]]);
  return new Map(rows.map(({ digest, bytes }) => [digest, bytes]));
}

/** A file to be read piece by piece, as often as wanted. */
export interface OpenFile extends FileFacts {
  pieces(): AsyncIterable<Uint8Array>;
}

/** Bytes of a file that is kept in memory as a whole while it is open, rather than read and opened anew each time it is gone through. */
const MOST_HELD = 16 * 1024 * 1024;

/**
 * Opens a file that was given as one of these kinds in flat memory: it is read once to check its digest, and a large one again by whoever wants its
 * pieces, within the transaction. Null when there is none.
 * @param mostHeld bytes of a file that is not read again
 * @throws {FileAltered} here and while it is read: the bytes do not have the digest, or a sealed piece was altered. {WrongKey}
 */
export async function openFile(
  tx: Transaction,
  asked: AskedFile,
  cipher: FieldCipher,
  mostHeld: number = MOST_HELD,
): Promise<OpenFile | null> {
  const { institution, digest } = asked;
  const file = await findFile(tx, asked);
  if (!file) return null;
  const sql = 'SELECT "bytes" FROM "StoredFile" WHERE "institution" = $1 AND "digest" = $2';
  const read = async (key: string): Promise<Uint8Array | undefined> =>
    (await queryOn<{ bytes: Uint8Array }>(tx, sql, [institution, key]))[0]?.bytes;
  const again = () => piecesOf(file, read, cipher);
  const small = file.size <= mostHeld;
  const held: Uint8Array[] = [];
  const hash = createHash('sha256');
  for await (const piece of again()) {
    hash.update(piece);
    if (small) held.push(piece);
  }
  if (hash.digest('hex') !== digest) throw new FileAltered(digest);
  const pieces = async function* () {
    yield* held;
  };
  return { ...file, pieces: small ? pieces : again };
}

/** The bytes of a file in the pieces in which they are kept: one, or as many sealed ones as there are. */
async function* piecesOf(
  { institution, digest, size }: Pick<FileFacts, 'institution' | 'digest' | 'size'>,
  read: (key: string) => Promise<Uint8Array | undefined>,
  cipher: FieldCipher,
): AsyncGenerator<Uint8Array> {
  const whole = await read(digest);
  if (whole?.length === size) {
    yield whole;
    return;
  }
  let given = 0;
  for (let piece = 0; given < size; piece++) {
    const key = pieceKey(digest, piece);
    const box = await read(key);
    const opened = box && openPiece(cipher, box, `${institution}/${key}`, digest);
    given += opened?.length ?? 0;
    if (!opened || opened.length === 0 || given > size) throw new FileAltered(digest);
    yield opened;
  }
}

function openPiece(cipher: FieldCipher, box: Uint8Array, context: string, digest: string): Buffer {
  try {
    return Buffer.from(cipher.openBytes(box, context));
  } catch (error) {
    throw error instanceof Tampered ? new FileAltered(digest) : error;
  }
}

/** Keeps many small files of the register's own in one statement; bytes that are there already are left as they are. */
export async function keepSmallFiles(tx: Transaction, files: readonly WholeFile[], at: Date): Promise<void> {
  const digests = files.map((file) => file.digest);
  const institution = files[0]?.institution ?? '';
  const known = await queryOn<{ digest: string }>(tx, KEPT, [institution, digests]);
  const seen = new Set(known.map((file) => file.digest));
  const fresh: unknown[][] = [];
  for (const file of files) {
    if (seen.has(file.digest)) continue;
    seen.add(file.digest);
    fresh.push([file.institution, file.digest, FILE_KIND, file.size, file.bytes, at]);
  }
  if (fresh.length > 0) await insertRows(tx, 'StoredFile', COLUMNS, fresh);
  await noteGiven(tx, files, 'register', at);
}
