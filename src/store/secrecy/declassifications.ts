// Declassifications of theses as they were recorded (R20.1): found by person, never with anything that a thesis says.
import type { Declassification, DeclassificationWithdrawal } from '../../generated/prisma/client.ts';
import type {
  DeclassificationForm,
  DeclassificationView,
  ReclassificationGround,
} from '../../regulation/declassification.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../database/transaction.ts';

export type { Declassification };

type Reads = Pick<Transaction, 'declassification'>;

/** A declassification with its withdrawal, if any. */
export type DeclassificationRow = Declassification & { readonly withdrawal: DeclassificationWithdrawal | null };

/** As the rules see it: its words were words of the vocabulary when it was recorded. */
export function toDeclassification({
  category,
  number,
  form,
  documentNumber,
  holdsFrom,
  withdrawal,
}: DeclassificationRow): DeclassificationView {
  return {
    ...{ category: category as Category, number, form: form as DeclassificationForm, documentNumber, holdsFrom },
    withdrawal: withdrawal && { ground: withdrawal.ground as ReclassificationGround, on: withdrawal.on },
  };
}

const WITH_WITHDRAWAL = { withdrawal: true } as const;

/** The declassification with this id, or null. */
export function findDeclassification(tx: Reads, institution: string, id: string): Promise<DeclassificationRow | null> {
  return tx.declassification.findUnique({ where: { institution_id: { institution, id } }, include: WITH_WITHDRAWAL });
}

/** Everything recorded in a category, first recorded first: as many as there are classified theses, which is few. */
export function declassificationsIn(tx: Reads, institution: string, category: string): Promise<DeclassificationRow[]> {
  return tx.declassification.findMany({
    where: { institution, category },
    include: WITH_WITHDRAWAL,
    orderBy: { id: 'asc' },
  });
}

/** Everything recorded in these institutions, first recorded first; as few as {@link declassificationsIn} of each. */
export function declassificationsFor(tx: Reads, institutions: readonly string[]): Promise<DeclassificationRow[]> {
  if (institutions.length === 0) return Promise.resolve([]);
  return tx.declassification.findMany({
    where: { institution: { in: [...institutions] } },
    include: WITH_WITHDRAWAL,
    orderBy: { id: 'asc' },
  });
}

/** Everything recorded for people of these numbers in a category, first recorded first. */
export function declassificationsOf(
  tx: Reads,
  institution: string,
  category: string,
  numbers: readonly string[],
): Promise<DeclassificationRow[]> {
  const number = { in: [...new Set(numbers)].filter((each) => each !== '') };
  if (number.in.length === 0) return Promise.resolve([]);
  return tx.declassification.findMany({
    where: { institution, category, number },
    include: WITH_WITHDRAWAL,
    orderBy: { id: 'asc' },
  });
}

/** Adds a declassification. */
export async function insertDeclassification(tx: Reads, row: Declassification): Promise<void> {
  await tx.declassification.create({ data: row });
}

/** Adds the withdrawal of one. */
export async function insertReclassification(
  tx: Pick<Transaction, 'declassificationWithdrawal'>,
  row: DeclassificationWithdrawal,
): Promise<void> {
  await tx.declassificationWithdrawal.create({ data: row });
}
