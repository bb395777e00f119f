// Reading institutions and offices: whose thing something is, and which office answers for it.
import type { Institution, Office } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { Institution, Office };

/** The institution with this code, or null. */
export function findInstitution(tx: Pick<Transaction, 'institution'>, code: string): Promise<Institution | null> {
  return tx.institution.findUnique({ where: { code } });
}

/** The office with this id, or null. */
export function findOffice(tx: Pick<Transaction, 'office'>, id: string): Promise<Office | null> {
  return tx.office.findUnique({ where: { id } });
}

/** The degree office of an institution (art. 4), or null while none is set up. */
export function findDegreeOffice(tx: Pick<Transaction, 'office'>, institution: string): Promise<Office | null> {
  return tx.office.findFirst({
    where: { institutionCode: institution, kind: 'degree-office' },
    orderBy: { id: 'asc' },
  });
}
