// Correction requests of students for records that were reported or filed (art. 15).
import type { CorrectionRequest } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { CorrectionRequest };

/** Adds an open request. */
export async function addCorrectionRequest(
  tx: Transaction,
  request: Pick<
    CorrectionRequest,
    'institution' | 'id' | 'caseNumber' | 'recordId' | 'category' | 'version' | 'content' | 'evidence' | 'raisedAt'
  >,
): Promise<void> {
  await tx.correctionRequest.create({ data: { ...request, state: 'open' } });
}

/** The request with this id, or null. */
export function findCorrectionRequest(
  tx: Pick<Transaction, 'correctionRequest'>,
  institution: string,
  id: string,
): Promise<CorrectionRequest | null> {
  return tx.correctionRequest.findUnique({ where: { institution_id: { institution, id } } });
}

/** The requests for a record, newest first, with how the application made of each stands; a hundred at most. */
export function correctionRequestsOf(
  tx: Pick<Transaction, 'correctionRequest'>,
  institution: string,
  recordId: string,
) {
  return tx.correctionRequest.findMany({
    where: { institution, recordId },
    orderBy: { id: 'desc' },
    take: 100,
    include: { application: { select: { state: true } } },
  });
}

/** Writes what became of a request. */
export async function advanceCorrectionRequest(
  tx: Transaction,
  institution: string,
  id: string,
  change: Partial<Pick<CorrectionRequest, 'state' | 'answer' | 'answeredById' | 'answeredAt' | 'applicationId'>>,
): Promise<void> {
  await tx.correctionRequest.update({ where: { institution_id: { institution, id } }, data: change });
}
