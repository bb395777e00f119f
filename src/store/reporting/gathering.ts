// The records of a resolution as far as its roster knows them (R5.1), and which of them wait for a supplementary report (R11.6).
import type { DegreeRecord } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

const SELECT = {
  id: true,
  state: true,
  category: true,
  rosterSequence: true,
  name: true,
  studentNumber: true,
  applicationNumber: true,
  degreeCategory: true,
  disciplineCode: true,
  conferralDate: true,
  certificateNumber: true,
} as const;

/** A record beside its place on the roster: nothing of it is secret. */
export type RosterRecord = Pick<DegreeRecord, keyof typeof SELECT>;

/** Every record of a resolution that was not deleted, in the order of the roster. */
export function recordsBesideRoster(
  db: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  resolutionId: string,
): Promise<RosterRecord[]> {
  return db.degreeRecord.findMany({
    where: { institution, resolutionId, state: { not: 'deleted' } },
    orderBy: [{ rosterSequence: 'asc' }, { id: 'asc' }],
    select: SELECT,
  });
}

/** The records of a resolution that stand in a supplementary report which was neither refused nor withdrawn. */
export async function recordsInSupplementary(
  db: Pick<Transaction, 'applicationRecord'>,
  institution: string,
  resolutionId: string,
): Promise<Set<string>> {
  const rows = await db.applicationRecord.findMany({
    where: {
      institution,
      application: { kind: 'supplementary-report', resolutionId, state: { notIn: ['refused', 'withdrawn'] } },
    },
    select: { recordId: true },
  });
  return new Set(rows.map(({ recordId }) => recordId));
}
