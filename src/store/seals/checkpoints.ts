// Sealed heads of the logs. Rows are only ever added.
import type { Checkpoint } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

/** The checkpoint over exactly this many leaves, or null. */
export function findCheckpoint(
  tx: Pick<Transaction, 'checkpoint'>,
  institution: string,
  size: number,
): Promise<Checkpoint | null> {
  return tx.checkpoint.findUnique({ where: { institution_size: { institution, size } } });
}

/** Adds a checkpoint. */
export async function keepCheckpoint(
  tx: Transaction,
  checkpoint: { institution: string; size: number; text: string; seal: Uint8Array; at: Date },
): Promise<void> {
  await tx.checkpoint.create({ data: { ...checkpoint, seal: Uint8Array.from(checkpoint.seal) } });
}
