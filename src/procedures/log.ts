// The original-record log as procedures use it: append a leaf under the head's lock, read nodes back for proofs (R12.2).
import { appendLeaves, nodeHash } from '../sealing/log.ts';
import type { Transaction } from '../store/database/transaction.ts';
import { appendToTile, type LogHeadRow, readTile, writeLogHead } from '../store/seals/log.ts';

const TILE_HEIGHT = 8;
const TILE_WIDTH = 256;
const HASH_BYTES = 32;

/** Appends one leaf hash to a log whose head the caller has locked. Returns the index of the leaf. */
export async function appendLeaf(
  tx: Transaction,
  institution: string,
  head: LogHeadRow,
  leaf: Uint8Array,
): Promise<number> {
  const before = { size: head.size, hashes: head.frontier.map((hash) => Uint8Array.from(Buffer.from(hash, 'hex'))) };
  const { frontier, newNodes } = appendLeaves(before, [leaf]);
  for (const node of newNodes) {
    if (node.level % TILE_HEIGHT !== 0) continue; // levels between tiles are recomputed from the tile below
    const position = Math.floor(Number(node.index) / TILE_WIDTH);
    await appendToTile(tx, institution, node.level / TILE_HEIGHT, position, node.hash);
  }
  const hashes = frontier.hashes.map((hash) => Buffer.from(hash).toString('hex'));
  await writeLogHead(tx, institution, { size: frontier.size, frontier: hashes });
  return head.size;
}

/** A reader of complete-subtree nodes (level, index) over the stored tiles, caching the tiles it has read. */
export function nodeReader(
  tx: Pick<Transaction, 'logTile'>,
  institution: string,
): (level: number, index: number) => Promise<Uint8Array> {
  const tiles = new Map<string, Promise<Uint8Array | null>>();
  return async (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const span = 2 ** (level % TILE_HEIGHT);
    const first = index * span;
    const position = Math.floor(first / TILE_WIDTH);
    const key = `${tileLevel}/${position}`;
    if (!tiles.has(key)) tiles.set(key, readTile(tx, institution, tileLevel, position));
    const tile = await tiles.get(key);
    const offset = first % TILE_WIDTH;
    if (!tile || tile.length < (offset + span) * HASH_BYTES)
      throw new Error(`log of ${institution}: node ${level}/${index} is not stored`);
    let row: Uint8Array[] = [];
    for (let i = offset; i < offset + span; i++) row.push(tile.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
    while (row.length > 1) {
      const above: Uint8Array[] = [];
      for (let i = 0; i < row.length; i += 2) above.push(nodeHash(row[i] as Uint8Array, row[i + 1] as Uint8Array));
      row = above;
    }
    return row[0] as Uint8Array;
  };
}
