// Who saw which secret value of which record, and why (R21.1). Rows are only ever added; the value itself is not here.
import type { Reveal } from '../generated/prisma/client.ts';
import type { Transaction } from './transaction.ts';

/** Adds a reveal. */
export async function keepReveal(tx: Transaction, reveal: Reveal): Promise<void> {
  await tx.reveal.create({ data: reveal });
}
