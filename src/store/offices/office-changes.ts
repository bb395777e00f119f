// Offices and officers as sealed steps change them: the row as it is now, and the history that is only added to (R4.1, R6.2, R24.1).
import type { Office, OfficeChange, Officer, OfficerChange } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { Office, Officer };

/** The offices of an institution, closed ones too. */
export function officesOf(tx: Pick<Transaction, 'office'>, institution: string): Promise<Office[]> {
  return tx.office.findMany({ where: { institutionCode: institution }, orderBy: { id: 'asc' } });
}

/** An office of this institution, or null. */
export function officeIn(tx: Pick<Transaction, 'office'>, institution: string, id: string): Promise<Office | null> {
  return tx.office.findFirst({ where: { id, institutionCode: institution } });
}

/** Adds an office. */
export async function addOffice(
  tx: Pick<Transaction, 'office'>,
  office: { id: string; institutionCode: string; kind: string; name: string; openedOn: string },
): Promise<void> {
  await tx.office.create({ data: office });
}

/** Changes the name or the end of an office. */
export async function changeOffice(
  tx: Pick<Transaction, 'office'>,
  id: string,
  set: { name: string } | { closedOn: string },
): Promise<void> {
  await tx.office.update({ where: { id }, data: set });
}

/** Keeps what happened to an office. */
export async function addOfficeChange(tx: Pick<Transaction, 'officeChange'>, change: OfficeChange): Promise<void> {
  await tx.officeChange.create({ data: change });
}

/** Batches of these categories that are not filed yet: at most 1000, oldest first. */
export function openBatches(
  tx: Pick<Transaction, 'batch'>,
  institution: string,
  categories: readonly string[],
): Promise<{ id: string; category: string }[]> {
  return tx.batch.findMany({
    where: { institution, category: { in: [...categories] }, state: { not: 'filed' } },
    orderBy: { id: 'asc' },
    select: { id: true, category: true },
    take: 1000,
  });
}

/** An officer of this institution, or null: the same for one of another and for none. */
export function officerIn(tx: Pick<Transaction, 'officer'>, institution: string, id: string): Promise<Officer | null> {
  return tx.officer.findFirst({ where: { id, office: { institutionCode: institution } } });
}

/** Whether a login name is taken. */
export async function isLoginTaken(tx: Pick<Transaction, 'officer'>, loginName: string): Promise<boolean> {
  return (await tx.officer.count({ where: { loginName } })) > 0;
}

/** Adds an officer with a first password. */
export async function addOfficerRow(
  tx: Pick<Transaction, 'officer'>,
  officer: Pick<Officer, 'id' | 'officeId' | 'name' | 'loginName' | 'passwordHash' | 'duties'> & { initialUntil: Date },
): Promise<void> {
  await tx.officer.create({ data: officer });
}

/** Changes an account; with `endSessions` all its sessions end at that instant. */
export async function changeOfficerRow(
  tx: Pick<Transaction, 'officer' | 'session'>,
  id: string,
  set: Partial<
    Pick<Officer, 'officeId' | 'duties' | 'active' | 'passwordHash' | 'initialUntil' | 'lockedUntil' | 'failedAttempts'>
  >,
  endSessions: Date | null,
): Promise<void> {
  await tx.officer.update({ where: { id }, data: set });
  if (endSessions) {
    await tx.session.updateMany({ where: { officerId: id, endedAt: null }, data: { endedAt: endSessions } });
  }
}

/** The version of the last change of an officer; 0 when no step changed them. */
export async function lastOfficerVersion(
  tx: Pick<Transaction, 'officerChange'>,
  institution: string,
  officerId: string,
): Promise<number> {
  const last = await tx.officerChange.aggregate({ where: { institution, officerId }, _max: { version: true } });
  return last._max.version ?? 0;
}

/** Keeps what happened to an officer. */
export async function addOfficerChange(tx: Pick<Transaction, 'officerChange'>, change: OfficerChange): Promise<void> {
  await tx.officerChange.create({ data: change });
}
