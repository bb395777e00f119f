// Internal disclosures: their openings, the people under them, and the links for students and staff (R11.3).
import type { DisclosureLink, DisclosureOpening } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { DisclosureLink, DisclosureOpening };

/** Adds the next opening of a batch; openings are never changed. */
export async function addOpening(tx: Transaction, opening: Omit<DisclosureOpening, 'number'>): Promise<void> {
  const { institution, batchId } = opening;
  const before = await tx.disclosureOpening.count({ where: { institution, batchId } });
  await tx.disclosureOpening.create({ data: { ...opening, number: before + 1 } });
}

/** The last opening of a batch, or null. */
export function lastOpening(
  tx: Pick<Transaction, 'disclosureOpening'>,
  institution: string,
  batchId: string,
): Promise<DisclosureOpening | null> {
  return tx.disclosureOpening.findFirst({ where: { institution, batchId }, orderBy: { number: 'desc' } });
}

/** What is shown of a person: the key fields, none of which is secret. */
export interface DisclosedRow {
  readonly id: string;
  readonly rosterSequence: number;
  readonly name: string;
  readonly degreeCategory: string;
  readonly disciplineCode: string;
  readonly conferralDate: string;
  readonly certificateNumber: string;
  readonly resolutionNumber: string;
}

const SHOWN = {
  id: true,
  rosterSequence: true,
  name: true,
  degreeCategory: true,
  disciplineCode: true,
  conferralDate: true,
  certificateNumber: true,
  resolutionNumber: true,
} as const;

/** How many records of a batch are under disclosure now. */
export function countDisclosing(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  batchId: string,
): Promise<number> {
  return tx.degreeRecord.count({ where: { institution, batchId, state: 'disclosing' } });
}

/** The people of a batch under disclosure behind a place of the roster, in its order. */
export function disclosedRows(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  batchId: string,
  after: number,
  take: number,
): Promise<DisclosedRow[]> {
  return tx.degreeRecord.findMany({
    where: { institution, batchId, state: 'disclosing', rosterSequence: { gt: after } },
    orderBy: [{ rosterSequence: 'asc' }, { id: 'asc' }],
    take,
    select: SHOWN,
  });
}

/** The record under disclosure at a place of the roster, or null. */
export function disclosedAt(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  batchId: string,
  rosterSequence: number,
): Promise<DisclosedRow | null> {
  const where = { institution, batchId, state: 'disclosing', rosterSequence };
  return tx.degreeRecord.findFirst({ where, select: SHOWN });
}

/** The link of a batch that holds, or null. */
export function standingLink(
  tx: Pick<Transaction, 'disclosureLink'>,
  institution: string,
  batchId: string,
): Promise<DisclosureLink | null> {
  return tx.disclosureLink.findFirst({ where: { institution, batchId, revokedAt: null } });
}

/** A link by its id, with its batch, or null. */
export function findLink(tx: Pick<Transaction, 'disclosureLink'>, institution: string, id: string) {
  return tx.disclosureLink.findUnique({ where: { institution_id: { institution, id } }, include: { batch: true } });
}

/** The link that a token opens, with its batch and resolution, or null. */
export function linkByToken(tx: Pick<Transaction, 'disclosureLink'>, tokenHash: string) {
  return tx.disclosureLink.findUnique({
    where: { tokenHash },
    include: { batch: { include: { resolution: true, of: true } } },
  });
}

/** Adds a link. */
export async function addLink(tx: Transaction, link: DisclosureLink): Promise<void> {
  await tx.disclosureLink.create({ data: link });
}

/** Ends a link. */
export async function endLink(tx: Transaction, institution: string, id: string, at: Date): Promise<void> {
  await tx.disclosureLink.update({ where: { institution_id: { institution, id } }, data: { revokedAt: at } });
}
