// Archives as they are made and kept: the row, what it is about, the members of its ZIP and its sealed pieces. Retention never deletes (art. 12).
import type { ArchiveExport } from '../../generated/prisma/client.ts';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import { insertRows } from '../database/bulk.ts';
import { executeOn, queryMany, queryOn } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';

export type { ArchiveExport };

/** Which archive. */
export interface ArchiveKey {
  readonly institution: string;
  readonly id: string;
}

/** A member of an archive's ZIP. `digest`: SHA-256 (hex) of its plain bytes. */
export interface ArchiveEntryRow {
  readonly path: string;
  readonly digest: string;
  readonly size: number;
  readonly packed: number;
  readonly crc: number;
  readonly offset: number;
  readonly method: number;
}

const ENTRY = [
  { name: 'institution', type: 'text' },
  { name: 'archiveId', type: 'uuid' },
  { name: 'position', type: 'int' },
  { name: 'path', type: 'text' },
  { name: 'digest', type: 'text' },
  { name: 'size', type: 'int' },
  { name: 'packed', type: 'int' },
  { name: 'crc', type: 'bigint' },
  { name: 'offset', type: 'bigint' },
  { name: 'method', type: 'int' },
] as const;

const contextOf = ({ institution, id }: ArchiveKey, piece: number): string => `${institution}/archive/${id}/${piece}`;

/** The archive with this id, or null. */
export function findArchive(
  tx: Pick<Transaction, 'archiveExport'>,
  { institution, id }: ArchiveKey,
): Promise<ArchiveExport | null> {
  return tx.archiveExport.findUnique({ where: { institution_id: { institution, id } } });
}

/** Adds an archive that is to be made. */
export async function insertArchive(
  tx: Pick<Transaction, 'archiveExport'>,
  row: Omit<
    ArchiveExport,
    | 'failure'
    | 'steps'
    | 'files'
    | 'withheld'
    | 'logSize'
    | 'stepId'
    | 'sealedAt'
    | 'manifestDigest'
    | 'fileDigest'
    | 'size'
  >,
): Promise<void> {
  await tx.archiveExport.create({ data: row });
}

/** What is set of an archive while it is made; nothing once it is sealed. */
export async function updateArchive(
  tx: Pick<Transaction, 'archiveExport'>,
  { institution, id }: ArchiveKey,
  data: Partial<Omit<ArchiveExport, 'institution' | 'id'>>,
): Promise<void> {
  await tx.archiveExport.update({ where: { institution_id: { institution, id } }, data });
}

/** Adds members at the end of the list. @param first the position of the first of them */
export async function insertEntries(
  tx: Transaction,
  { institution, id }: ArchiveKey,
  first: number,
  entries: readonly ArchiveEntryRow[],
): Promise<void> {
  const rows = entries.map(({ path, digest, size, packed, crc, offset, method }, at) => {
    return [institution, id, first + at, path, digest, size, packed, crc, offset, method];
  });
  await insertRows(tx, 'ArchiveEntry', ENTRY, rows);
}

/** Every member in the order of the ZIP. */
export function readEntries(tx: Transaction, { institution, id }: ArchiveKey): Promise<ArchiveEntryRow[]> {
  const sql = `SELECT "path", "digest", "size", "packed", "crc", "offset", "method" FROM "ArchiveEntry"
    WHERE "institution" = $1 AND "archiveId" = $2::uuid ORDER BY "position"`;
  return queryMany<ArchiveEntryRow>(tx, sql, [institution, id]);
}

/** Seals one piece of the ZIP. By the connection itself: Prisma would have the box sent back. */
export async function insertPiece(
  tx: Transaction,
  key: ArchiveKey,
  piece: number,
  bytes: Uint8Array,
  cipher: FieldCipher,
): Promise<void> {
  const box = cipher.sealBytes(bytes, contextOf(key, piece));
  const sql = `INSERT INTO "ArchivePiece" ("institution", "archiveId", "piece", "box") VALUES ($1, $2::uuid, $3, $4::bytea)`;
  await executeOn(tx, sql, [key.institution, key.id, piece, box]);
}

/** The bytes of the ZIP, piece by piece. @throws {Tampered} {WrongKey} from the cipher */
export async function* archiveBytes(
  db: Pick<Transaction, 'archivePiece'>,
  key: ArchiveKey,
  cipher: FieldCipher,
): AsyncGenerator<Uint8Array> {
  for (let piece = 0; ; piece++) {
    const where = { institution_archiveId_piece: { institution: key.institution, archiveId: key.id, piece } };
    const row = await db.archivePiece.findUnique({ where, select: { box: true } });
    if (!row) return;
    yield cipher.openBytes(row.box, contextOf(key, piece));
  }
}

/** Takes back what was written of an archive that is not sealed, to begin anew; the database refuses it of a sealed one. */
export async function beginAnew(tx: Transaction, { institution, id }: ArchiveKey): Promise<void> {
  for (const table of ['ArchiveSubject', 'ArchiveEntry', 'ArchivePiece']) {
    await executeOn(tx, `DELETE FROM "${table}" WHERE "institution" = $1 AND "archiveId" = $2::uuid`, [
      institution,
      id,
    ]);
  }
}

/** Keeps that an officer fetched the file. */
export async function insertDownload(
  tx: Pick<Transaction, 'archiveDownload'>,
  row: { institution: string; id: string; archiveId: string; officerId: string; at: Date },
): Promise<void> {
  await tx.archiveDownload.create({ data: row });
}

/** How many records an archive of this choice would hold, and of which categories they are. */
export async function countChosen(
  tx: Transaction,
  institution: string,
  chosen: Chosen,
): Promise<{ category: string; count: number }[]> {
  const { sql, values } = conditionOf(chosen, 2);
  const rows = await queryOn<{ category: string; count: number }>(
    tx,
    `SELECT "category", count(*)::int AS "count" FROM "DegreeRecord" r WHERE "institution" = $1 AND ${sql} GROUP BY 1 ORDER BY 1`,
    [institution, ...values],
  );
  return rows;
}

/** A record, a batch, or a year of conferral in some categories. */
export interface Chosen {
  readonly scope: string;
  readonly subjectId: string | null;
  readonly year: number | null;
  readonly categories: readonly string[];
}

/** The condition on a record `r`, with its values from `$first` on. */
export function conditionOf(
  { scope, subjectId, year, categories }: Chosen,
  first: number,
): { sql: string; values: unknown[] } {
  if (scope === 'record') return { sql: `r."id" = $${first}::uuid`, values: [subjectId] };
  if (scope === 'batch') return { sql: `r."batchId" = $${first}::uuid`, values: [subjectId] };
  const sql = `r."conferralDate" >= $${first} AND r."conferralDate" <= $${first + 1} AND r."category" = ANY($${first + 2}::text[])`;
  return { sql, values: [`${year}-01-01`, `${year}-12-31`, [...categories]] };
}
