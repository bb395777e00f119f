// The paper trail of a case: every document sealed for it, every dispatch to an addressee, every decision. Only ever added to.
import type { ApplicationDecision, ApplicationDocument, Dispatch } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { ApplicationDecision, ApplicationDocument, Dispatch };

type Papers = Pick<Transaction, 'applicationDocument' | 'dispatch' | 'applicationDecision'>;

/** The documents sealed for a case, oldest first; the last one is in force. */
export function documentsOf(tx: Papers, institution: string, applicationId: string): Promise<ApplicationDocument[]> {
  return tx.applicationDocument.findMany({ where: { institution, applicationId }, orderBy: { sequence: 'asc' } });
}

/** Adds a sealed document. */
export async function addDocument(tx: Transaction, document: ApplicationDocument): Promise<void> {
  await tx.applicationDocument.create({ data: document });
}

/** The dispatches of a case, by document and addressee. */
export function dispatchesOf(tx: Papers, institution: string, applicationId: string): Promise<Dispatch[]> {
  return tx.dispatch.findMany({
    where: { institution, applicationId },
    orderBy: [{ document: 'asc' }, { at: 'asc' }, { addressee: 'asc' }],
  });
}

/** Adds a dispatch. */
export async function addDispatch(tx: Transaction, dispatch: Dispatch): Promise<void> {
  await tx.dispatch.create({ data: dispatch });
}

/** The decisions on a case, oldest first. */
export function decisionsOf(tx: Papers, institution: string, applicationId: string): Promise<ApplicationDecision[]> {
  return tx.applicationDecision.findMany({ where: { institution, applicationId }, orderBy: { sequence: 'asc' } });
}

/** Adds a decision. */
export async function addDecision(tx: Transaction, decision: ApplicationDecision): Promise<void> {
  await tx.applicationDecision.create({ data: decision });
}
