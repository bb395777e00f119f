// Whom links are issued to: ids of records or enrolment records, by keyset, so that thousands pass through in pieces.
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';
import { isConfirmed } from './student-words.ts';

/** Which people: of a batch, of a category before the meeting, or named one by one. */
export interface People {
  readonly institution: string;
  readonly batchId?: string | undefined;
  readonly category?: string | undefined;
  /** Only who graduates on this day or later; enrolment records of a category. */
  readonly graduationFrom?: string | undefined;
  readonly recordIds?: readonly string[] | undefined;
  readonly enrolmentRecordIds?: readonly string[] | undefined;
  /** Only who has not confirmed the present version. */
  readonly unconfirmedOnly: boolean;
}

/** Records of a batch that the student can still speak about; named ones whatever their state. */
const OPEN_STATES = ['collected', 'cross-checked', 'disclosing', 'disclosed'];

/** Whether the people are found by their degree records. */
export function byRecords(people: People): boolean {
  return people.batchId !== undefined || people.recordIds !== undefined;
}

function recordWhere({ institution, batchId, recordIds }: People): Prisma.DegreeRecordWhereInput {
  const which = batchId ? { batchId, state: { in: OPEN_STATES } } : { id: { in: [...(recordIds ?? [])] } };
  return { institution, ...which };
}

function enrolmentWhere(people: People): Prisma.EnrolmentRecordWhereInput {
  const { institution, category, graduationFrom, enrolmentRecordIds } = people;
  if (enrolmentRecordIds) return { institution, id: { in: [...enrolmentRecordIds] } };
  const from = graduationFrom === undefined ? {} : { graduationDate: { gte: graduationFrom } };
  return { institution, category: category ?? '', ...from };
}

type Reads = Pick<Transaction, 'degreeRecord' | 'enrolmentRecord'>;

/** How many people there are, confirmed ones included. */
export function countPeople(tx: Reads, people: People): Promise<number> {
  return byRecords(people)
    ? tx.degreeRecord.count({ where: recordWhere(people) })
    : tx.enrolmentRecord.count({ where: enrolmentWhere(people) });
}

/** A person to whom a link may go. */
export interface PersonToAsk {
  readonly id: string;
  /** The enrolment record behind a degree record. */
  readonly enrolmentRecordId: string | null;
  /** The present version is confirmed, and not disputed since. */
  readonly confirmed: boolean;
}

/** The next people after an id, in the order of ids. */
export async function nextPeople(
  tx: Reads,
  people: People,
  after: string | null,
  take: number,
): Promise<PersonToAsk[]> {
  const rest = after === null ? {} : { id: { gt: after } };
  const page = {
    orderBy: { id: 'asc' },
    take,
  } as const;
  const word = { id: true, version: true } as const;
  const select = { ...word, confirmations: { select: word }, disputes: { select: word } } as const;
  if (byRecords(people)) {
    const where = { AND: [recordWhere(people), rest] };
    const rows = await tx.degreeRecord.findMany({ where, ...page, select: { ...select, enrolmentRecordId: true } });
    return rows.map((row) => ({
      id: row.id,
      enrolmentRecordId: row.enrolmentRecordId,
      confirmed: isConfirmed(row),
    }));
  }
  const where = { AND: [enrolmentWhere(people), rest] };
  const rows = await tx.enrolmentRecord.findMany({ where, ...page, select });
  return rows.map((row) => ({ id: row.id, enrolmentRecordId: null, confirmed: isConfirmed(row) }));
}

/** The offices that own these people's categories are asked for their duties: every category among them. */
export async function categoriesOf(tx: Reads, people: People): Promise<string[]> {
  const rows = byRecords(people)
    ? await tx.degreeRecord.findMany({ where: recordWhere(people), distinct: ['category'], select: { category: true } })
    : await tx.enrolmentRecord.findMany({
        where: enrolmentWhere(people),
        distinct: ['category'],
        select: { category: true },
      });
  return rows.map(({ category }) => category);
}
