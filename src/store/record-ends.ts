// How records ended: deleted, revoked, or the certificate declared invalid (R15.2, R16.2). Tombstones; only ever added to.
import type { RecordEnd } from '../generated/prisma/client.ts';
import { insertRows } from './bulk.ts';
import type { Transaction } from './transaction.ts';

export type { RecordEnd };

const COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'recordId', type: 'uuid' },
  { name: 'state', type: 'text' },
  { name: 'on', type: 'text' },
  { name: 'ground', type: 'text' },
  { name: 'documentNumber', type: 'text' },
  { name: 'fileDigest', type: 'text' },
  { name: 'applicationId', type: 'uuid' },
  { name: 'at', type: 'timestamptz' },
] as const;

/** Adds the ends of records. */
export async function addEnds(tx: Transaction, ends: readonly RecordEnd[]): Promise<void> {
  const rows = ends.map((end) => COLUMNS.map(({ name }) => end[name]));
  await insertRows(tx, 'RecordEnd', COLUMNS, rows);
}

/** The ends of an institution's records in the order in which they were kept, a page after a place. */
export function readEnds(
  db: Pick<Transaction, 'recordEnd'>,
  institution: string,
): Promise<Pick<RecordEnd, 'recordId' | 'state' | 'on' | 'at'>[]> {
  return db.recordEnd.findMany({
    where: { institution },
    orderBy: [{ at: 'asc' }, { recordId: 'asc' }],
    select: { recordId: true, state: true, on: true, at: true },
  });
}
