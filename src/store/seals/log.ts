// The rows of an institution's Merkle log: head and tiles (C2SP tlog-tiles). What they mean is the business of sealing/.
import type { Transaction } from '../database/transaction.ts';

/** Number of leaves, and the roots of the complete subtrees on the right edge in lower-case hex, largest first. */
export interface LogHeadRow {
  readonly size: number;
  readonly frontier: readonly string[];
}

/** Reads the head of a log and locks it until the transaction ends: steps of one institution follow one another. */
export async function lockLogHead(tx: Transaction, institution: string): Promise<LogHeadRow> {
  await tx.$executeRaw`INSERT INTO "LogHead" ("institution", "size", "frontier") VALUES (${institution}, 0, '{}') ON CONFLICT DO NOTHING`;
  const rows = await tx.$queryRaw<
    LogHeadRow[]
  >`SELECT "size", "frontier" FROM "LogHead" WHERE "institution" = ${institution} FOR UPDATE`;
  const head = rows[0];
  if (!head) throw new Error('the log head vanished under its lock');
  return head;
}

/** How many leaves a log has now, without waiting for who is adding one. */
export async function logSize(tx: Pick<Transaction, 'logHead'>, institution: string): Promise<number> {
  return (await tx.logHead.findUnique({ where: { institution }, select: { size: true } }))?.size ?? 0;
}

/** A text that is another one as soon as the log has grown: for what is kept until then. */
export async function logState(tx: Pick<Transaction, 'logHead'>, institution: string): Promise<string> {
  const head = await tx.logHead.findUnique({ where: { institution }, select: { size: true, frontier: true } });
  return head ? `${head.size} ${head.frontier.join(' ')}` : '';
}

/** Replaces the head of a log; the caller holds its lock. */
export async function writeLogHead(tx: Transaction, institution: string, head: LogHeadRow): Promise<void> {
  await tx.logHead.update({ where: { institution }, data: { size: head.size, frontier: [...head.frontier] } });
}

/** Adds one 32-byte hash at the end of a tile. */
export async function appendToTile(
  tx: Transaction,
  institution: string,
  level: number,
  position: number,
  hash: Uint8Array,
): Promise<void> {
  await tx.$executeRaw`INSERT INTO "LogTile" ("institution", "level", "position", "hashes") VALUES (${institution}, ${level}, ${position}, ${hash})
    ON CONFLICT ("institution", "level", "position") DO UPDATE SET "hashes" = "LogTile"."hashes" || EXCLUDED."hashes"`;
}

/** The concatenated hashes of a tile, or null where none is kept. */
export async function readTile(
  tx: Pick<Transaction, 'logTile'>,
  institution: string,
  level: number,
  position: number,
): Promise<Uint8Array | null> {
  const tile = await tx.logTile.findUnique({ where: { institution_level_position: { institution, level, position } } });
  return tile?.hashes ?? null;
}
