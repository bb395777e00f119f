// Files by their SHA-256. Files that carry identity numbers, phones or e-mails are kept sealed, piece by piece (R21.1).
import { createHash } from 'node:crypto';
import type { FieldCipher } from '../secrecy/field-cipher.ts';
import { Tampered } from '../secrecy/secret-problems.ts';
import { insertRows } from './bulk.ts';
import type { Transaction } from './transaction.ts';

/** What is known of a file besides its bytes. */
export interface FileFacts {
  readonly institution: string;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly digest: string;
  readonly kind: string;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
}

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

const PIECE = 4 * 1024 * 1024;
const PIECE_KIND = 'piece';
const SELECT = { institution: true, digest: true, kind: true, name: true, mediaType: true, size: true } as const;

const COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'digest', type: 'text' },
  { name: 'kind', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'mediaType', type: 'text' },
  { name: 'size', type: 'int' },
  { name: 'bytes', type: 'bytea' },
  { name: 'createdAt', type: 'timestamptz' },
] as const;

const pieceKey = (digest: string, piece: number): string => `${digest}/${String(piece).padStart(4, '0')}`;

/** What is known of a file, or null. */
export function findFile(
  tx: Pick<Transaction, 'storedFile'>,
  institution: string,
  digest: string,
): Promise<FileFacts | null> {
  return tx.storedFile.findUnique({ where: { institution_digest: { institution, digest } }, select: SELECT });
}

/** What is known of several files, by digest. */
export async function findFileFacts(
  tx: Pick<Transaction, 'storedFile'>,
  institution: string,
  digests: readonly string[],
): Promise<Map<string, FileFacts>> {
  const rows = await tx.storedFile.findMany({
    where: { institution, digest: { in: [...digests] } },
    select: SELECT,
  });
  return new Map(rows.map((row) => [row.digest, row]));
}

/**
 * Keeps a file unless its digest is there.
 * @param cipher given for a file that holds secret fields: its bytes are sealed in pieces of 4 MiB, each a row of its own
 */
export async function keepFile(tx: Transaction, file: WholeFile, at: Date, cipher: FieldCipher | null): Promise<void> {
  const { institution, digest, kind, name, mediaType, size, bytes } = file;
  if (await findFile(tx, institution, digest)) return;
  if (!cipher) {
    await tx.storedFile.create({
      data: { institution, digest, kind, name, mediaType, size, bytes: Uint8Array.from(bytes), createdAt: at },
    });
    return;
  }
  await tx.storedFile.create({
    data: { institution, digest, kind, name, mediaType, size, bytes: new Uint8Array(), createdAt: at },
  });
  for (let piece = 0; piece * PIECE < bytes.length; piece++) {
    const key = pieceKey(digest, piece);
    const box = cipher.sealBytes(bytes.subarray(piece * PIECE, (piece + 1) * PIECE), `${institution}/${key}`);
    await tx.storedFile.create({
      data: {
        institution,
        digest: key,
        kind: PIECE_KIND,
        name: '',
        mediaType: 'application/octet-stream',
        size: box.length,
        bytes: Uint8Array.from(box),
        createdAt: at,
      },
    });
  }
}

/**
 * A file with its bytes, put together again if it was sealed in pieces; null when there is none.
 * @throws {FileAltered} the bytes do not have the digest, or a sealed piece was altered; {WrongKey} from the cipher
 */
export async function readFile(
  tx: Pick<Transaction, 'storedFile'>,
  institution: string,
  digest: string,
  cipher: FieldCipher,
): Promise<WholeFile | null> {
  const found = await tx.storedFile.findUnique({ where: { institution_digest: { institution, digest } } });
  if (!found || found.kind === PIECE_KIND) return null;
  const { createdAt: _, ...file } = found;
  const bytes = file.bytes.length === file.size ? file.bytes : await readPieces(tx, file, cipher);
  if (createHash('sha256').update(bytes).digest('hex') !== digest) throw new FileAltered(digest);
  return { ...file, bytes };
}

async function readPieces(
  tx: Pick<Transaction, 'storedFile'>,
  { institution, digest, size }: FileFacts,
  cipher: FieldCipher,
): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  for (let piece = 0; piece * PIECE < size; piece++) {
    const key = pieceKey(digest, piece);
    const row = await tx.storedFile.findUnique({ where: { institution_digest: { institution, digest: key } } });
    if (!row) throw new FileAltered(digest);
    filled += openPiece(cipher, row.bytes, `${institution}/${key}`, digest).copy(bytes, filled);
  }
  if (filled !== size) throw new FileAltered(digest);
  return bytes;
}

function openPiece(cipher: FieldCipher, box: Uint8Array, context: string, digest: string): Buffer {
  try {
    return Buffer.from(cipher.openBytes(box, context));
  } catch (error) {
    throw error instanceof Tampered ? new FileAltered(digest) : error;
  }
}

/** Keeps many small files in one statement; those whose digest is there already are left as they are. */
export async function keepSmallFiles(tx: Transaction, files: readonly WholeFile[], at: Date): Promise<void> {
  const digests = files.map((file) => file.digest);
  const institution = files[0]?.institution ?? '';
  const known = await tx.storedFile.findMany({
    where: { institution, digest: { in: digests } },
    select: { digest: true },
  });
  const seen = new Set(known.map((file) => file.digest));
  const fresh: unknown[][] = [];
  for (const file of files) {
    if (seen.has(file.digest)) continue;
    seen.add(file.digest);
    const { digest, kind, name, mediaType, size, bytes } = file;
    fresh.push([file.institution, digest, kind, name, mediaType, size, bytes, at]);
  }
  if (fresh.length > 0) await insertRows(tx, 'StoredFile', COLUMNS, fresh);
}
