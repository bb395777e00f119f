// Draws of records to be examined in person, and what the examinations found (R11.2). Rows are only ever added.

import type { CrossCheckDraw, DrawnRecord, Examination } from '../../generated/prisma/client.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { insertRows } from '../database/bulk.ts';
import type { Transaction } from '../database/transaction.ts';

export type { CrossCheckDraw, DrawnRecord, Examination };

type Reads = Pick<Transaction, 'crossCheckDraw' | 'drawnRecord' | 'examination'>;

/** The draws of a batch, oldest first. */
export function drawsOf(
  tx: Pick<Reads, 'crossCheckDraw'>,
  institution: string,
  batchId: string,
): Promise<CrossCheckDraw[]> {
  return tx.crossCheckDraw.findMany({ where: { institution, batchId }, orderBy: { number: 'asc' } });
}

/** The populations of the draws of a batch, of these records only when given. */
export function drawnRecords(
  tx: Pick<Reads, 'drawnRecord'>,
  institution: string,
  batchId: string,
  recordIds?: readonly string[],
): Promise<DrawnRecord[]> {
  const which = recordIds ? { recordId: { in: [...recordIds] } } : {};
  return tx.drawnRecord.findMany({
    where: { institution, batchId, ...which },
    orderBy: [{ draw: 'asc' }, { recordId: 'asc' }],
  });
}

/** The examinations of a batch, oldest first; of one record when given. */
export function examinationsOf(
  tx: Pick<Reads, 'examination'>,
  institution: string,
  batchId: string,
  recordIds?: readonly string[],
): Promise<Examination[]> {
  const which = recordIds ? { recordId: { in: [...recordIds] } } : {};
  return tx.examination.findMany({ where: { institution, batchId, ...which }, orderBy: { id: 'asc' } });
}

/** The records of a batch that wait for their cross-check, in the order of their ids. */
export function waitingRecords(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  batchId: string,
): Promise<{ id: string; version: number }[]> {
  const where = { institution, batchId, state: 'collected' };
  return tx.degreeRecord.findMany({ where, orderBy: { id: 'asc' }, select: { id: true, version: true } });
}

/** The papers that wait for a second entry: places and numbers, behind a place of the roster; none of the values. */
export function sheetRows(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  batchId: string,
  after: number,
  take: number,
) {
  return tx.degreeRecord.findMany({
    where: {
      ...{ institution, batchId, state: 'collected', rosterSequence: { gt: after } },
      drawn: { some: { batchId, sampled: true } },
    },
    orderBy: { rosterSequence: 'asc' },
    take,
    select: { rosterSequence: true, category: true, studentNumber: true, applicationNumber: true },
  });
}

const DRAWN_COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'batchId', type: 'uuid' },
  { name: 'draw', type: 'int' },
  { name: 'recordId', type: 'uuid' },
  { name: 'version', type: 'int' },
  { name: 'sampled', type: 'boolean' },
] as const;

/** Adds a draw with everybody who was drawn from. */
export async function addDraw(
  tx: Transaction,
  draw: CrossCheckDraw,
  population: readonly { readonly id: string; readonly version: number; readonly sampled: boolean }[],
): Promise<void> {
  const { institution, batchId, number } = draw;
  await tx.crossCheckDraw.create({ data: draw });
  const rows = population.map(({ id, version, sampled }) => [institution, batchId, number, id, version, sampled]);
  await insertRows(tx, 'DrawnRecord', DRAWN_COLUMNS, rows);
}

/** An examination as it is added. */
export type NewExamination = Omit<Examination, 'wrong' | 'entered'> & {
  readonly wrong: readonly { readonly field: string; readonly words: string }[];
  readonly entered: { readonly [field: string]: string } | null;
};

/** Adds examinations. */
export async function addExaminations(tx: Transaction, rows: readonly NewExamination[]): Promise<void> {
  const data = rows.map(({ wrong, entered, ...row }) => ({
    ...row,
    wrong: wrong.map((one) => ({ ...one })),
    entered: entered === null ? Prisma.DbNull : { ...entered },
  }));
  await tx.examination.createMany({ data });
}
