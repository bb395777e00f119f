// How records ended: deleted, revoked, or the certificate declared invalid (R15.2, R16.2). Tombstones; only ever added to.
import type { RecordEnd } from '../../generated/prisma/client.ts';
import { insertRows } from '../database/bulk.ts';
import type { Transaction } from '../database/transaction.ts';

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

/** How a record ended, and the leaf of the step that ended it. */
export interface EndInLog extends Pick<RecordEnd, 'recordId' | 'state' | 'on'> {
  readonly leafIndex: number;
}

const ENDING_STEPS = ['delete', 'revoke', 'declare-invalid'];

/**
 * The ends of an institution's records that are among the first `size` leaves of its log, by record id.
 * @param page how many to skip and how many to give at most
 */
export function endsInLog(
  db: Pick<Transaction, '$queryRaw'>,
  institution: string,
  size: number,
  page: { readonly skip: number; readonly most: number },
): Promise<EndInLog[]> {
  return db.$queryRaw<EndInLog[]>`
    SELECT e."recordId"::text, e."state", e."on", t."leafIndex" FROM "RecordEnd" e
    JOIN "StepSubject" s ON s."institution" = e."institution" AND s."subjectId" = e."recordId"
    JOIN "Step" t ON t."institution" = s."institution" AND t."id" = s."stepId"
    WHERE e."institution" = ${institution} AND t."name" = ANY(${ENDING_STEPS}) AND t."leafIndex" < ${size}
    ORDER BY e."recordId" LIMIT ${page.most} OFFSET ${page.skip}`;
}
